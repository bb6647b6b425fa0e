//! The topics, the groups of each, and which group carries out which command.

use blockers::events::fits::{Fits, WhereFits};
use blockers::events::{
    BackupCommand, Command, DragEvent, Dropped, GameCommand, GameEnded, KeyEvent, PanelCommand, PointerEvent,
    RecordChanged, ReplayCommand, ShapeDragEvent, SoundCommand, TableSet, UndoCommand,
};
use blockers::handlers::command::handler_of;
use blockers::records::BackupError;
use blockers::world::{Panel, Setting, Switch, Wanted};
use blockers_event_bus::{Answer, Bus, DeadLetter, Failure, Request};
use blockers_rules::Recording;

use crate::driver::Session;

#[test]
fn every_topic_has_its_groups_in_the_order_of_the_data_flow() {
    let session = Session::new(7);
    let topics = [
        "pointer",
        "key",
        "drag",
        "shape drag",
        "fits.request",
        "fits.answer",
        "command",
        "table set",
        "dropped",
        "game ended",
        "record changed",
        "record changed.dead",
        "failure",
    ];
    let commands = [
        "new game",
        "undo",
        "replay",
        "panels",
        "share",
        "backup",
        "redelivery",
        "volume",
        "settings",
        "inspector panel",
        "gesture",
    ];
    let on_table_set =
        ["placement", "scoring", "staging", "best scores", "save game", "game over", "sound", "announcement"];
    let on_drop = [
        "placement",
        "clearing",
        "scoring",
        "staging",
        "best scores",
        "save game",
        "game over",
        "sound",
        "haptics",
        "announcement",
        "recorder",
    ];
    assert_eq!(session.app.world().resource::<Bus>().topics(), topics);
    assert_eq!(session.groups::<PointerEvent>(), ["keyboard", "gesture"]);
    assert_eq!(session.groups::<KeyEvent>(), ["keyboard", "hover announcement"]);
    assert_eq!(session.groups::<DragEvent>(), ["carrying"]);
    let on_shape_drag = ["main area", "staging area", "scoring", "sound", "haptics", "fit hint"];
    assert_eq!(session.groups::<ShapeDragEvent>(), on_shape_drag);
    assert_eq!(session.groups::<Request<WhereFits>>(), ["rules"]);
    assert_eq!(session.groups::<Answer<Fits>>(), ["fit hint"]);
    assert_eq!(session.groups::<Command>(), commands);
    assert_eq!(session.groups::<TableSet>(), on_table_set);
    assert_eq!(session.groups::<Dropped>(), on_drop);
    assert_eq!(session.groups::<GameEnded>(), ["statistics", "daily"]);
    assert_eq!(session.groups::<RecordChanged>(), ["storage"]);
    assert_eq!(session.groups::<DeadLetter<RecordChanged>>(), ["failure report"]);
    assert_eq!(session.groups::<Failure>(), ["failure report"]);
}

/// The number of commands, with every variant of the enums inside [`Command`].
const COMMANDS: usize = 23;

/// Returns one command of each variant, at the index that [`index`] returns for it.
fn commands() -> [Command; COMMANDS] {
    [
        GameCommand::Request(Wanted::Another).into(),
        GameCommand::Confirm.into(),
        UndoCommand::Undo.into(),
        UndoCommand::Redo.into(),
        PanelCommand::Open(Panel::Menu).into(),
        PanelCommand::Close.into(),
        PanelCommand::ShowStatistics(None).into(),
        ReplayCommand::Start.into(),
        ReplayCommand::Open(Recording::default()).into(),
        ReplayCommand::Toggle.into(),
        ReplayCommand::Step.into(),
        ReplayCommand::Faster.into(),
        ReplayCommand::Seek(0).into(),
        ReplayCommand::Close.into(),
        Command::Share,
        BackupCommand::Export.into(),
        BackupCommand::Import(String::new()).into(),
        BackupCommand::RefuseImport(BackupError::TooLarge { bytes: 1 }).into(),
        BackupCommand::ConfirmImport.into(),
        SoundCommand::ToggleMute.into(),
        SoundCommand::SetVolume(0.5).into(),
        Command::ChangeSetting(Setting::Marks(Switch::On)),
        Command::ToggleInspector,
    ]
}

/// Returns the index of a command in [`commands`]. A new variant does not compile until it has one.
fn index(command: &Command) -> usize {
    match command {
        Command::Game(GameCommand::Request(_)) => 0,
        Command::Game(GameCommand::Confirm) => 1,
        Command::Undo(UndoCommand::Undo) => 2,
        Command::Undo(UndoCommand::Redo) => 3,
        Command::Panel(PanelCommand::Open(_)) => 4,
        Command::Panel(PanelCommand::Close) => 5,
        Command::Panel(PanelCommand::ShowStatistics(_)) => 6,
        Command::Replay(ReplayCommand::Start) => 7,
        Command::Replay(ReplayCommand::Open(_)) => 8,
        Command::Replay(ReplayCommand::Toggle) => 9,
        Command::Replay(ReplayCommand::Step) => 10,
        Command::Replay(ReplayCommand::Faster) => 11,
        Command::Replay(ReplayCommand::Seek(_)) => 12,
        Command::Replay(ReplayCommand::Close) => 13,
        Command::Share => 14,
        Command::Backup(BackupCommand::Export) => 15,
        Command::Backup(BackupCommand::Import(_)) => 16,
        Command::Backup(BackupCommand::RefuseImport(_)) => 17,
        Command::Backup(BackupCommand::ConfirmImport) => 18,
        Command::Sound(SoundCommand::ToggleMute) => 19,
        Command::Sound(SoundCommand::SetVolume(_)) => 20,
        Command::ChangeSetting(_) => 21,
        Command::ToggleInspector => 22,
    }
}

#[test]
fn every_command_is_carried_out_by_a_group_of_the_topic_command() {
    let commands = commands();
    assert_eq!(commands.each_ref().map(index), std::array::from_fn::<usize, COMMANDS, _>(|n| n), "one of each variant");
    let groups = Session::new(7).groups::<Command>();
    for command in &commands {
        let handler = handler_of(command);
        assert!(groups.iter().any(|group| group == handler), "{command:?}: no group `{handler}` in {groups:?}");
    }
}

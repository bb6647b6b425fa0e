//! The commands of the page's buttons and keys.

use crate::events::{BackupCommand, Command, GameCommand, PanelCommand, ReplayCommand, SoundCommand, UndoCommand};
use crate::input::browser::Key;
use crate::world::{Panel, Wanted};
use blockers_rules::GameKind;

/// Returns the id of every button in index.html, and its command.
pub(super) fn buttons() -> Vec<(&'static str, Command)> {
    let play = |kind| Command::from(GameCommand::Request(Wanted::Kind(kind)));
    let open = |panel| Command::from(PanelCommand::Open(panel));
    let statistics = |of| Command::from(PanelCommand::ShowStatistics(of));
    vec![
        ("new-game", GameCommand::Request(Wanted::Another).into()),
        ("undo", UndoCommand::Undo.into()),
        ("redo", UndoCommand::Redo.into()),
        ("open-menu", open(Panel::Menu)),
        ("mute", SoundCommand::ToggleMute.into()),
        ("play-again", GameCommand::Request(Wanted::Another).into()),
        ("over-watch", ReplayCommand::Start.into()),
        ("over-share", Command::Share),
        ("over-undo", UndoCommand::Undo.into()),
        ("kind-classic", play(GameKind::Classic)),
        ("kind-kind", play(GameKind::Relaxed)),
        ("kind-daily", play(GameKind::Daily)),
        ("watch", ReplayCommand::Start.into()),
        ("share", Command::Share),
        ("open-statistics", open(Panel::Statistics)),
        ("export", BackupCommand::Export.into()),
        ("open-help", open(Panel::Help)),
        ("open-settings", open(Panel::Settings)),
        ("settings-sound", SoundCommand::ToggleMute.into()),
        ("settings-close", PanelCommand::Close.into()),
        ("help-close", PanelCommand::Close.into()),
        ("menu-close", PanelCommand::Close.into()),
        ("question-yes", GameCommand::Confirm.into()),
        ("question-no", PanelCommand::Close.into()),
        ("replacing-yes", BackupCommand::ConfirmImport.into()),
        ("replacing-no", PanelCommand::Close.into()),
        ("statistics-close", PanelCommand::Close.into()),
        ("of-all", statistics(None)),
        ("of-classic", statistics(Some(GameKind::Classic))),
        ("of-kind", statistics(Some(GameKind::Relaxed))),
        ("of-daily", statistics(Some(GameKind::Daily))),
        ("of-seed", statistics(Some(GameKind::Seed))),
        ("replay-toggle", ReplayCommand::Toggle.into()),
        ("replay-step", ReplayCommand::Step.into()),
        ("replay-speed", ReplayCommand::Faster.into()),
        ("replay-share", Command::Share),
        ("replay-close", ReplayCommand::Close.into()),
        ("play-on", GameCommand::Request(Wanted::PlayOn).into()),
    ]
}

/// Returns the shortcuts and their commands.
pub(super) fn keys() -> [(Key, Command); 8] {
    [
        (Key::plain("n"), GameCommand::Request(Wanted::Another).into()),
        (Key::plain("m"), SoundCommand::ToggleMute.into()),
        (Key::sign("?"), PanelCommand::Open(Panel::Help).into()),
        (Key::plain("i"), Command::ToggleInspector),
        (Key::plain("u"), UndoCommand::Undo.into()),
        (Key::with_control("z"), UndoCommand::Undo.into()),
        (Key::with_control_and_shift("z"), UndoCommand::Redo.into()),
        (Key::with_control("y"), UndoCommand::Redo.into()),
    ]
}

/// The ids of the dialogs. The browser closes a dialog by itself when Escape is pressed, for example, so the program
/// listens for that.
pub(super) const DIALOGS: [&str; 6] = ["menu", "statistics", "settings", "help", "question", "replacing"];

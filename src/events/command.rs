//! What the player asks for with a button, a key or a link.

use crate::records::BackupError;
use crate::world::{Panel, Setting, Wanted};
use blockers_rules::{GameKind, Recording};

/// A command of the player. [`handlers::command::handler_of`](crate::handlers::command::handler_of) names its handler.
#[derive(Clone, PartialEq, Debug)]
pub enum Command {
    /// Start another game.
    Game(GameCommand),
    /// Undo or redo a drop.
    Undo(UndoCommand),
    /// Open or close a panel.
    Panel(PanelCommand),
    /// Start, control or end a replay.
    Replay(ReplayCommand),
    /// Share the current game as a link.
    Share,
    /// Export or import all records.
    Backup(BackupCommand),
    /// Change the volume.
    Sound(SoundCommand),
    /// Change a setting.
    ChangeSetting(Setting),
    /// Open the inspector, or close it if it is open.
    ToggleInspector,
}

/// A command about the player's own game.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GameCommand {
    /// Start this game. If the current game would be missed, a question comes first.
    Request(Wanted),
    /// Answer that question with yes.
    Confirm,
}

/// A command that goes back or forth by one drop.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UndoCommand {
    /// Take the last drop back.
    Undo,
    /// Repeat the drop that was taken back last.
    Redo,
}

/// A command about panels.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PanelCommand {
    /// Open this panel in the place of any other.
    Open(Panel),
    /// Close the open panel. If it was opened from the menu, the menu may open again.
    Close,
    /// Show the statistics of this kind of game, or of all.
    ShowStatistics(Option<GameKind>),
}

/// A command about replays.
#[derive(Clone, PartialEq, Debug)]
pub enum ReplayCommand {
    /// Replay the player's game from its beginning.
    Start,
    /// Replay this recording from its beginning.
    Open(Recording),
    /// Pause, or continue if paused.
    Toggle,
    /// Play one drop, then pause.
    Step,
    /// Change to the next speed, and from the last to the first.
    Faster,
    /// Jump to the state after this many drops.
    Seek(usize),
    /// Return to the player's own game.
    Close,
}

/// A command about backups.
#[derive(Clone, PartialEq, Debug)]
pub enum BackupCommand {
    /// Save all records as a file.
    Export,
    /// Replace all records by those of this file. If some would be missed, a question comes first.
    Import(String),
    /// Report a file that is refused unread, for example for its size.
    RefuseImport(BackupError),
    /// Answer the question with yes.
    ConfirmImport,
}

/// A command about the sound.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum SoundCommand {
    /// Mute, or unmute if muted.
    ToggleMute,
    /// Set the volume, from 0 to 1, and unmute.
    SetVolume(f32),
}

/// Lets `GameCommand::Confirm.into()` stand for `Command::Game(GameCommand::Confirm)`.
macro_rules! into_command {
    ($($variant:ident($part:ty),)+) => {$(
        impl From<$part> for Command {
            fn from(part: $part) -> Self {
                Self::$variant(part)
            }
        }
    )+};
}

into_command! {
    Game(GameCommand),
    Undo(UndoCommand),
    Panel(PanelCommand),
    Replay(ReplayCommand),
    Backup(BackupCommand),
    Sound(SoundCommand),
}

//! What the player asked for besides dragging.

use crate::records::BackupError;
use crate::rules::{GameKind, Recording};
use crate::world::{Panel, Setting, Wanted};

/// The player pressed a button or a key, or opened a link.
#[derive(Clone, PartialEq, Debug)]
pub enum CommandEvent {
    /// A game was asked for.
    GameRequested(Wanted),
    /// The question whether to leave the game in progress was answered with yes.
    GameConfirmed,
    /// The last drop shall be taken back.
    UndoRequested,
    /// What was taken back shall be played again.
    RedoRequested,
    /// A panel was opened; it takes the place of any other.
    PanelOpened(Panel),
    /// The panel that is open was closed.
    PanelClosed,
    /// The statistics shall be of this kind of game; of all, with `None`.
    StatisticsChosen(Option<GameKind>),
    /// The game at hand shall be shown from its beginning.
    ReplayRequested,
    /// This game shall be shown from its beginning.
    RecordingOpened(Recording),
    /// Something was asked of the replay that is going on.
    Replay(ReplayControl),
    /// The game at hand shall be shared as a link.
    ShareRequested,
    /// Everything that is stored shall be given as a file.
    ExportRequested,
    /// This file shall take the place of everything that is stored.
    ImportRequested(String),
    /// A file was chosen that needs no reading to be refused.
    ImportRefused(BackupError),
    /// The question whether a file shall take the place of everything was answered with yes.
    ImportConfirmed,
    /// The sound was switched on or off, whichever it was not.
    MuteToggled,
    /// The volume was set, 0 to 1.
    VolumeSet(f32),
    /// The player chose something of the settings.
    SettingChosen(Setting),
    /// The inspector was opened or closed, whichever it was not.
    InspectorToggled,
}

/// What can be asked of a replay.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReplayControl {
    /// Play or pause, whichever it does not.
    Toggle,
    /// One drop, then pause.
    Step,
    /// The next speed, and after the last the first.
    Faster,
    /// To where the game stood after so many drops.
    Seek(usize),
    /// Back to the player's own game.
    Close,
}

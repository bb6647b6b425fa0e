//! The state of the game as entities and resources. Handlers change it, and the view draws it.
//!
//! Components are small and describe a state, not an action. Components of moving entities have the start time `since`,
//! in milliseconds of the bus; the view defines the duration and the look of the motion.

pub(crate) mod decimals;
pub mod geometry;
pub mod hand;
pub mod language;
pub mod layout;
pub mod panel;
pub mod play;
pub mod settings;

use std::collections::VecDeque;

use bevy_ecs::prelude::*;

use blockers_rules::{Anchor, Cell, Colour, Complete, Piece, Slot};
use geometry::{BoardPosition, Point};

pub use hand::{Held, KeyHand};
pub use language::Language;
pub use panel::{OpenPanel, Panel, ShownStatistics, Today, Wanted};
pub use play::{OwnGame, Play, Replay, ReplayHand};
pub use settings::{
    Choice, Lift, MotionChoice, Setting, Settings, SoundSettings, Switch, SystemPreferences, ThemeChoice,
};

/// The value of a stored record.
#[derive(Resource, Clone, Default, PartialEq, Debug)]
#[component(clone_behavior = Ignore)]
pub struct Stored<T: Send + Sync + 'static>(pub T);

/// The state of saving the game, which is stored in two slots in turn.
#[derive(Resource, Clone, Copy, Default, PartialEq, Eq, Debug)]
#[component(clone_behavior = Ignore)]
pub struct Generations {
    /// The slot that is written next, 0 or 1.
    pub next: usize,
    /// The generation of the newest save.
    pub newest: u64,
    /// The id of the game for which a notice said that it is too long to be saved.
    pub too_long: Option<u64>,
}

/// The number of shapes that have been dropped since the program started, accepted or not.
#[derive(Resource, Clone, Copy, Default)]
#[component(clone_behavior = Ignore)]
pub struct Drops(pub u64);

/// A coloured cell of the board.
#[derive(Component, Clone, Copy, PartialEq, Debug)]
#[component(clone_behavior = Ignore)]
pub struct Tile {
    /// The cell.
    pub cell: Cell,
    /// The colour.
    pub colour: Colour,
}

/// A tile that has just been placed.
#[derive(Component, Clone, Copy, Debug)]
#[component(clone_behavior = Ignore)]
pub struct Settling {
    /// When the tile was placed.
    pub since: u64,
}

/// A former tile that is being cleared: it is still on the screen, but no longer on the board.
#[derive(Component, Clone, Copy, Debug)]
#[component(clone_behavior = Ignore)]
pub struct Leaving {
    /// The cell.
    pub cell: Cell,
    /// The colour.
    pub colour: Colour,
    /// When the line was cleared.
    pub since: u64,
    /// The number of steps before this cell disappears. The cells disappear in a wave that starts at the dropped shape.
    pub steps: u64,
}

/// A piece in its slot, or on its way to or from it.
#[derive(Component, Clone, Copy, PartialEq, Debug)]
#[component(clone_behavior = Ignore)]
pub struct Staged {
    /// The slot.
    pub slot: Slot,
    /// The piece.
    pub piece: Piece,
    /// `true` if the piece fits somewhere on the current board. Otherwise it is grey and cannot be dragged.
    pub fits: bool,
}

/// A staged piece that has just been dealt.
#[derive(Component, Clone, Copy, Debug)]
#[component(clone_behavior = Ignore)]
pub struct Arriving {
    /// When the piece appears. This may be in the future, because the pieces of a hand appear one after the other.
    pub since: u64,
}

/// The position of a dragged piece relative to the pointer.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Grip {
    /// The position of the pointer.
    pub pointer: Point,
    /// The point of the piece under the pointer, in cells from the piece's top-left corner. For a finger it is below
    /// the piece, so that the finger does not hide the piece.
    pub grab: BoardPosition,
}

/// A staged piece that is being dragged.
#[derive(Component, Clone, Copy, Debug)]
#[component(clone_behavior = Ignore)]
pub struct Carried {
    /// The current position.
    pub grip: Grip,
    /// When the drag began.
    pub since: u64,
}

/// A staged piece that was released and moves back to its slot.
#[derive(Component, Clone, Copy, Debug)]
#[component(clone_behavior = Ignore)]
pub struct Returning {
    /// The position at which it was released.
    pub grip: Grip,
    /// When it was released.
    pub since: u64,
}

/// The preview of where the dragged piece would be dropped. There is at most one.
#[derive(Component, Clone, Copy, PartialEq, Debug)]
#[component(clone_behavior = Ignore)]
pub struct Phantom {
    /// The piece.
    pub piece: Piece,
    /// The position of its top-left cell.
    pub at: Anchor,
    /// The rows and columns that the drop would complete.
    pub complete: Complete,
}

/// The points of a drop, shown at its position.
#[derive(Component, Clone, Copy, PartialEq, Debug)]
#[component(clone_behavior = Ignore)]
pub struct ScoreBump {
    /// The points.
    pub points: u64,
    /// The number of cleared rows and columns.
    pub lines: u32,
    /// The position on the board.
    pub at: BoardPosition,
    /// When the drop was accepted.
    pub since: u64,
}

/// The scores in the bar.
#[derive(Resource, Clone, Copy, Default, PartialEq, Eq, Debug)]
#[component(clone_behavior = Ignore)]
pub struct Score {
    /// The score of the current game.
    pub points: u64,
    /// The best score of this kind of game without undo, including the current game.
    pub best: u64,
    /// The best score with undo, if the current game has undos.
    pub undone_best: Option<u64>,
}

/// The result of the last game, while its panel is shown.
#[derive(Resource, Clone, Copy, PartialEq, Eq, Debug)]
#[component(clone_behavior = Ignore)]
pub struct Ended {
    /// The score.
    pub score: u64,
    /// The best score of this kind of game: of games without undo if this game is clean, otherwise of games with undo.
    pub best: u64,
    /// `true` if the game has no undos.
    pub clean: bool,
    /// `true` if the game has raised that best score since the program started.
    pub raised: bool,
    /// The number of drops.
    pub drops: u32,
    /// The number of cleared rows and columns.
    pub lines: u32,
    /// `true` if all drops are the player's own. Otherwise the game does not count for the best scores.
    pub all_own: bool,
    /// When the game ended.
    pub since: u64,
}

/// The content of the inspector, while it is open.
#[derive(Resource, Default, Debug)]
pub struct Inspector {
    /// The last drops, one on each line.
    pub drops: VecDeque<String>,
}

/// What the storage reported last, for the notices to the player.
#[derive(Resource, Default, Debug)]
pub struct StorageState {
    /// Why the last write failed; `None` if it succeeded.
    pub error: Option<String>,
    /// The keys of the records that were stored since the last frame.
    pub stored: Vec<String>,
}

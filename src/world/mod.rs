//! The table: the entities and resources that handlers change and the view draws.
//!
//! Components are small and say what is, never what to do. Those that move carry the moment when they began, `since`, in the
//! bus's milliseconds; how long it takes and how it looks is the view's business.

pub mod geometry;
pub mod hand;
pub mod language;
pub mod layout;
pub mod panel;
pub mod play;
pub mod settings;

use std::collections::VecDeque;
use std::fmt;

use bevy_ecs::prelude::*;

use crate::rules::{Anchor, Cell, Colour, Complete, Piece, Slot};
use geometry::{BoardPosition, Point};

pub use hand::{Held, KeyHand};
pub use language::Language;
pub use panel::{OpenPanel, Panel, ShownStatistics, Today, Wanted};
pub use play::{OwnGame, Play, Replay, ReplayHand};
pub use settings::{Lift, MotionChoice, Setting, Settings, Switch, SystemWishes, ThemeChoice};

/// What the storage has of a record, in memory.
#[derive(Resource, Clone, Default, PartialEq, Debug)]
pub struct Kept<T: Send + Sync + 'static>(pub T);

/// How the game is stored: in two records, one after the other, each newer than the one before.
#[derive(Resource, Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Generations {
    /// The record that is written next, 0 or 1.
    pub next: usize,
    /// How often it has been stored.
    pub newest: u64,
    /// The number of the game whose player was told that it has become too long to be stored.
    pub too_long: Option<u64>,
}

/// How many shapes have been let go since the program began, accepted or not.
#[derive(Resource, Clone, Copy, Default)]
pub struct Drops(pub u64);

/// A coloured cell of the board.
#[derive(Component, Clone, Copy, PartialEq, Debug)]
#[expect(missing_docs, reason = "the types say it")]
pub struct Tile {
    pub cell: Cell,
    pub colour: Colour,
}

/// A tile that has just been placed.
#[derive(Component, Clone, Copy, Debug)]
#[expect(missing_docs, reason = "see the module")]
pub struct Settling {
    pub since: u64,
}

/// What was a tile and is being cleared: it is on the screen, but no longer on the board.
#[derive(Component, Clone, Copy, Debug)]
#[expect(missing_docs, reason = "see the module")]
pub struct Leaving {
    pub cell: Cell,
    pub colour: Colour,
    pub since: u64,
    /// The cells go in a wave from where the shape fell; so many steps of it are before this one.
    pub steps: u64,
}

/// A piece in its slot, or on its way.
#[derive(Component, Clone, Copy, PartialEq, Debug)]
pub struct Staged {
    /// Its slot.
    pub slot: Slot,
    /// The piece.
    pub piece: Piece,
    /// Does it fit somewhere on the board as it is? If not it is grey and cannot be dragged.
    pub fits: bool,
}

/// A staged piece that has just been dealt.
#[derive(Component, Clone, Copy, Debug)]
#[expect(missing_docs, reason = "`since` may lie ahead: a hand comes in one after the other")]
pub struct Arriving {
    pub since: u64,
}

/// How a piece hangs at a pointer.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Grip {
    /// Where the pointer is.
    pub pointer: Point,
    /// The place of the piece that is under the pointer, in cells from the piece's top-left corner. It may lie outside of
    /// the piece: below it, where a finger would hide it.
    pub grab: BoardPosition,
}

/// A staged piece that is being dragged.
#[derive(Component, Clone, Copy, Debug)]
#[expect(missing_docs, reason = "see the module")]
pub struct Carried {
    pub grip: Grip,
    pub since: u64,
}

/// A staged piece that was let go and springs back to its slot.
#[derive(Component, Clone, Copy, Debug)]
#[expect(missing_docs, reason = "see the module; the grip is where it was let go")]
pub struct Returning {
    pub grip: Grip,
    pub since: u64,
}

/// Where the dragged piece would be let go. There is one, or none.
#[derive(Component, Clone, Copy, PartialEq, Debug)]
pub struct Phantom {
    /// The piece.
    pub piece: Piece,
    /// Where its top-left cell would be.
    pub at: Anchor,
    /// The rows and columns that this would complete.
    pub complete: Complete,
}

/// The points of a drop, where they were won.
#[derive(Component, Clone, Copy, PartialEq, Debug)]
#[expect(missing_docs, reason = "see the module")]
pub struct ScoreBump {
    pub points: u64,
    pub lines: u32,
    pub at: BoardPosition,
    pub since: u64,
}

/// The numbers at the top.
#[derive(Resource, Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Score {
    /// Points of this game.
    pub points: u64,
    /// The highest score of this kind of game so far, this game's included, with no drop ever taken back.
    pub best: u64,
    /// The highest one with drops taken back, if that was done in this game.
    pub undone_best: Option<u64>,
}

/// How the last game ended; there is one while its panel is shown.
#[derive(Resource, Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the totals of the game; see the module for `since`")]
pub struct Ended {
    pub score: u64,
    /// The best score of the kind of game: of clean games, or of those with drops taken back, whichever this one is.
    pub best: u64,
    /// Was no drop ever taken back in it?
    pub clean: bool,
    /// Has it raised that best, since the program began?
    pub raised: bool,
    pub drops: u32,
    pub lines: u32,
    /// Are all of its drops the player's own? Else it is no best.
    pub all_own: bool,
    pub since: u64,
}

/// What the inspector lists, while it is open.
#[derive(Resource, Default, Debug)]
pub struct Inspector {
    /// The last drops, a line each.
    pub drops: VecDeque<String>,
}

/// The player's settings of sound. As a text, for the storage: `on` or `off`, a blank, and the volume.
#[derive(Resource, Clone, Copy, PartialEq, Debug)]
pub struct SoundSettings {
    /// No sound at all.
    pub muted: bool,
    volume: f32,
}

impl Default for SoundSettings {
    fn default() -> Self {
        Self { muted: false, volume: 0.7 }
    }
}

impl SoundSettings {
    /// Sound at this volume, which is brought between 0 and 1; not muted.
    #[must_use]
    pub fn audible(volume: f32) -> Self {
        Self { muted: false, volume: if volume.is_nan() { 0.0 } else { volume.clamp(0.0, 1.0) } }
    }

    /// The volume, 0 to 1, which is kept while muted.
    #[must_use]
    pub fn volume(self) -> f32 {
        self.volume
    }

    /// How loud it is: the volume, or nothing.
    #[must_use]
    pub fn loudness(self) -> f32 {
        if self.muted { 0.0 } else { self.volume }
    }

    /// Reads what [`fmt::Display`] wrote; `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (state, volume) = text.split_once(' ')?;
        let muted = match state {
            "on" => false,
            "off" => true,
            _ => return None,
        };
        let volume = volume.parse().ok().filter(|volume| (0.0..=1.0).contains(volume))?;
        Some(Self { muted, volume })
    }
}

impl fmt::Display for SoundSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", if self.muted { "off" } else { "on" }, self.volume)
    }
}

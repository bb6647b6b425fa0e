//! A shape was let go, and the rules have decided.

use super::pointer::PointerKind;
use crate::rules::{Refusal, Slot, Turn};

/// A shape was let go. Everything that this did is in here; who reads it asks nobody.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Dropped {
    /// No other drop of this run of the program has the same: by it a consumer knows what it has done already.
    pub id: u64,
    /// The slot that the shape was from.
    pub slot: Slot,
    /// With what it was dragged.
    pub kind: PointerKind,
    /// Is it the player's own game? A drop that is only shown counts for nothing.
    pub live: bool,
    /// The whole turn, or why there was none.
    pub outcome: Result<Turn, Refusal>,
}

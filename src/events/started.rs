//! A game began.

use crate::rules::{Piece, SLOTS};

/// A new game was dealt, with an empty board.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Started {
    /// What lies in the slots.
    pub staged: [Option<Piece>; SLOTS],
    /// For each slot: does its piece fit somewhere?
    pub fits: [bool; SLOTS],
}

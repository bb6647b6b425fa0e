//! A game as it was played: its deal and its drops. Everything else follows from these.
//!
//! Comes in: a recording, from wherever. Goes out: the game that it leads to, or the drop that the rules do not allow. How a
//! recording is written down is [`notation`](super::notation)'s business.

use std::fmt;

use super::bitboard::Cell;
use super::deal::Deal;
use super::game::{Game, Refusal, Slot};

/// An accepted drop: the slot that the piece came from, and the cell where its top-left one went.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[expect(missing_docs, reason = "see above")]
pub struct DropAt {
    pub slot: Slot,
    pub at: Cell,
}

/// A whole game, or its beginning.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Recording {
    /// What it was dealt from.
    pub deal: Deal,
    /// How often the player went back in it. A game with none is clean.
    pub undos: u32,
    /// The drops that led to where it stands, without those that were taken back.
    pub drops: Vec<DropAt>,
}

/// A drop of a recording that the rules refuse: it was not played so.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct IllegalDrop {
    /// The number of the drop, from 1.
    pub number: usize,
    /// The drop.
    pub drop: DropAt,
    /// What the rules say.
    pub refusal: Refusal,
}

impl fmt::Display for IllegalDrop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "drop {}, {}, is against the rules: {}", self.number, self.drop, self.refusal)
    }
}

impl std::error::Error for IllegalDrop {}

impl Recording {
    /// Plays it by the rules, and returns the game that it leads to.
    ///
    /// # Errors
    /// The first [`IllegalDrop`].
    pub fn verify(&self) -> Result<Game, IllegalDrop> {
        let mut game = self.deal.game();
        for (before, &drop) in self.drops.iter().enumerate() {
            game.play(drop.slot, drop.at.into()).map_err(|refusal| IllegalDrop {
                number: before + 1,
                drop,
                refusal,
            })?;
        }
        Ok(game)
    }
}

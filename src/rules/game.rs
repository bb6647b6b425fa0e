//! A whole game: board, hand, score. The only place that changes one.
//!
//! Comes in: drops. Goes out: a [`Turn`], which says everything that the drop did, or a [`Refusal`] and no change at all.

use std::fmt;

use super::bitboard::Bitboard;
use super::board::Board;
use super::clearing::{self, Complete};
use super::dealer::{Dealer, Hand, SLOTS};
use super::placement::{self, Anchor};
use super::scoring;
use super::shape::Piece;

/// One of the staging area's three slots.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Slot(u8);

impl Slot {
    /// The three slots, in the order in which they are dealt to.
    pub const ALL: [Self; SLOTS] = [Self(0), Self(1), Self(2)];

    /// The slot with this number, `None` past the last.
    #[must_use]
    pub fn new(number: usize) -> Option<Self> {
        Self::ALL.get(number).copied()
    }

    /// The slot's number, 0 to 2.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A game in progress, or one that is over.
#[derive(Clone, Debug)]
pub struct Game {
    board: Board,
    staged: [Option<Piece>; SLOTS],
    score: u64,
    drops: u32,
    lines: u32,
    dealer: Dealer,
}

/// What an accepted drop did, from the placement to the end of the game.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Turn {
    /// The slot that the piece came from; it is empty now, or has been dealt to.
    pub slot: Slot,
    /// The piece that was placed.
    pub piece: Piece,
    /// The cells that it took.
    pub placed: Bitboard,
    /// The rows and columns that were complete then, and have been cleared.
    pub complete: Complete,
    /// The points that this gave.
    pub points: u64,
    /// The score with these points.
    pub score: u64,
    /// The three pieces that were dealt, if the drop emptied the last slot.
    pub dealt: Option<Hand>,
    /// For each slot: does it hold a piece that still fits somewhere?
    pub fits: [bool; SLOTS],
    /// Is the game over? It is when nothing fits.
    pub over: bool,
}

/// Why a drop was refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// There is nothing in the slot.
    EmptySlot,
    /// A cell of the shape would be off the board.
    OffBoard,
    /// A cell of the shape would lie on one that is taken.
    Occupied,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EmptySlot => "the slot is empty",
            Self::OffBoard => "the shape would leave the board",
            Self::Occupied => "a cell there is taken",
        })
    }
}

impl std::error::Error for Refusal {}

impl Game {
    /// A new game: an empty board and the dealer's first hand.
    #[must_use]
    pub fn new(mut dealer: Dealer) -> Self {
        let staged = dealer.deal(Bitboard::EMPTY).map(Some);
        Self { board: Board::default(), staged, score: 0, drops: 0, lines: 0, dealer }
    }

    /// Lets the piece in `slot` go with its top-left cell at `at`: places, clears, deals and scores in one step.
    ///
    /// # Errors
    /// A [`Refusal`] where the piece cannot lie there. Then nothing has changed.
    pub fn play(&mut self, slot: Slot, at: Anchor) -> Result<Turn, Refusal> {
        let piece = self.staged(slot).ok_or(Refusal::EmptySlot)?;
        let placed = placement::cells(piece.shape, at).ok_or(Refusal::OffBoard)?;
        if self.board.occupied().intersects(placed) {
            return Err(Refusal::Occupied);
        }
        self.board.fill(placed, piece.colour);
        self.staged[slot.index()] = None;
        let complete = clearing::complete(self.board.occupied());
        self.board.empty(complete.cells());
        // The original deals before it clears. Its dealing does not look at the board, so that is the same; a dealer that looks
        // must see the board that the hand is for.
        let emptied = self.staged.iter().all(Option::is_none);
        let dealt = emptied.then(|| self.dealer.deal(self.board.occupied()));
        if let Some(hand) = dealt {
            self.staged = hand.map(Some);
        }
        let points = scoring::points(complete);
        self.score += points;
        self.drops += 1;
        self.lines += complete.lines();
        let fits = self.fits();
        let over = fits == [false; SLOTS];
        Ok(Turn { slot, piece, placed, complete, points, score: self.score, dealt, fits, over })
    }

    /// Every anchor at which the piece in this slot could be let go; empty for an empty slot.
    #[must_use]
    pub fn anchors(&self, slot: Slot) -> Bitboard {
        let occupied = self.board.occupied();
        self.staged(slot).map_or(Bitboard::EMPTY, |piece| placement::anchors(occupied, piece.shape))
    }

    /// The rows and columns that the piece in this slot would complete at this anchor; none where it cannot lie.
    #[must_use]
    pub fn would_complete(&self, slot: Slot, at: Anchor) -> Complete {
        let occupied = self.board.occupied();
        let placed = self.staged(slot).and_then(|piece| placement::cells(piece.shape, at));
        match placed {
            Some(placed) if !occupied.intersects(placed) => clearing::complete(occupied | placed),
            _ => Complete::default(),
        }
    }

    /// For each slot: does it hold a piece that fits somewhere on the board as it is?
    #[must_use]
    pub fn fits(&self) -> [bool; SLOTS] {
        Slot::ALL.map(|slot| !self.anchors(slot).is_empty())
    }

    /// Is the game over? It is when no staged piece fits anywhere.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.fits() == [false; SLOTS]
    }

    /// The board as it is.
    #[must_use]
    pub fn board(&self) -> &Board {
        &self.board
    }

    /// The piece in a slot.
    #[must_use]
    pub fn staged(&self, slot: Slot) -> Option<Piece> {
        self.staged[slot.index()]
    }

    /// Points so far.
    #[must_use]
    pub fn score(&self) -> u64 {
        self.score
    }

    /// Accepted drops so far.
    #[must_use]
    pub fn drops(&self) -> u32 {
        self.drops
    }

    /// Rows and columns cleared so far.
    #[must_use]
    pub fn lines(&self) -> u32 {
        self.lines
    }
}

//! A whole game: board, staged pieces and score. [`Game::play`] is the only function that changes a game.

use std::fmt;

use super::bitboard::Bitboard;
use super::board::Board;
use super::clearing::{self, Complete};
use super::dealer::Dealer;
use super::drop_at::DropAt;
use super::hand::{Hand, SLOTS, Slot};
use super::placement::{self, Anchor};
use super::scoring;
use super::shape::Piece;

/// A game, in progress or over.
///
/// ```
/// use blockers_rules::{Dealer, Game};
///
/// let mut game = Game::new(Dealer::classic(7));
/// while let Some(drop) = game.legal_drops().next() {
///     game.play(drop.slot, drop.at.into()).unwrap();
/// }
/// assert!(game.is_over());
/// assert!(game.drops() > 0);
/// ```
#[derive(Clone, Debug)]
pub struct Game {
    board: Board,
    staged: [Option<Piece>; SLOTS],
    score: u64,
    drops: u32,
    lines: u32,
    dealer: Dealer,
}

/// Everything that an accepted drop changed.
///
/// ```
/// use blockers_rules::{Anchor, Dealer, Game, Slot};
///
/// let mut game = Game::new(Dealer::classic(7));
/// let turn = game.play(Slot::ALL[1], Anchor { row: 4, column: 4 }).unwrap();
/// assert_eq!(turn.placed.count(), turn.piece.shape.mask().count());
/// assert_eq!((turn.complete.lines(), turn.points, turn.score), (0, 0, 0));
/// assert_eq!(turn.dealt, None, "two slots still hold a piece");
/// assert!(!turn.over);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Turn {
    /// The slot that the piece came from. It is empty now, unless a new hand has been dealt.
    pub slot: Slot,
    /// The piece that was placed.
    pub piece: Piece,
    /// The cells that the piece was placed on.
    pub placed: Bitboard,
    /// The rows and columns that the drop completed. They have been cleared.
    pub complete: Complete,
    /// The points for this drop.
    pub points: u64,
    /// The score after this drop.
    pub score: u64,
    /// The hand that was dealt, if the drop emptied the last slot.
    pub dealt: Option<Hand>,
    /// For each slot, `true` if it holds a piece that fits somewhere.
    pub fits: [bool; SLOTS],
    /// `true` if the game is over, because no piece fits.
    pub over: bool,
}

/// The reason why a drop was refused.
///
/// ```
/// use blockers_rules::{Anchor, Dealer, Game, Refusal, Slot};
///
/// let mut game = Game::new(Dealer::classic(7));
/// let refusal = game.play(Slot::ALL[0], Anchor { row: 0, column: 10 }).unwrap_err();
/// assert_eq!(refusal, Refusal::OffBoard);
/// assert_eq!(refusal.to_string(), "the shape would leave the board");
/// assert_eq!(game.drops(), 0);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// The slot is empty.
    EmptySlot,
    /// A cell of the shape would be off the board.
    OffBoard,
    /// A cell of the shape would be on an occupied cell.
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
    /// Creates a game with an empty board and the dealer's first hand.
    #[must_use]
    pub fn new(mut dealer: Dealer) -> Self {
        let staged = dealer.deal(Bitboard::EMPTY).map(Some);
        Self { board: Board::default(), staged, score: 0, drops: 0, lines: 0, dealer }
    }

    /// Drops the piece in `slot` with its top-left cell at `at`: places, clears, deals and scores in one step.
    ///
    /// # Errors
    /// Returns a [`Refusal`] if the piece cannot be placed there. The game is then unchanged.
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
        // The original game deals before it clears. The order does not matter for the classic dealer, which ignores the
        // board. The relaxed dealer must get the board on which the hand will be placed.
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

    /// Returns every legal drop: slot by slot, and within a slot in reading order of the cells. The iterator does not
    /// borrow the game, so drops can be played while it exists.
    ///
    /// ```
    /// use blockers_rules::{Deal, Slot};
    ///
    /// let game = Deal::default().game();
    /// let from_first_slot = game.legal_drops().filter(|drop| drop.slot == Slot::ALL[0]);
    /// assert!(from_first_slot.map(|drop| drop.at).eq(game.anchors(Slot::ALL[0]).cells()));
    /// ```
    pub fn legal_drops(&self) -> impl Iterator<Item = DropAt> + use<> {
        let anchors = Slot::ALL.map(|slot| (slot, self.anchors(slot)));
        anchors.into_iter().flat_map(|(slot, anchors)| anchors.cells().map(move |at| DropAt { slot, at }))
    }

    /// Returns the number of legal drops, without listing them.
    #[must_use]
    pub fn legal_drop_count(&self) -> u32 {
        Slot::ALL.into_iter().map(|slot| self.anchors(slot).count()).sum()
    }

    /// Returns every cell at which the piece in this slot can be dropped. The set is empty for an empty slot.
    #[must_use]
    pub fn anchors(&self, slot: Slot) -> Bitboard {
        let occupied = self.board.occupied();
        self.staged(slot).map_or(Bitboard::EMPTY, |piece| placement::anchors(occupied, piece.shape))
    }

    /// Returns the rows and columns that the piece in this slot would complete at this anchor; none if it cannot be
    /// placed there.
    #[must_use]
    pub fn would_complete(&self, slot: Slot, at: Anchor) -> Complete {
        let occupied = self.board.occupied();
        let placed = self.staged(slot).and_then(|piece| placement::cells(piece.shape, at));
        match placed {
            Some(placed) if !occupied.intersects(placed) => clearing::complete(occupied | placed),
            _ => Complete::default(),
        }
    }

    /// Returns, for each slot, `true` if it holds a piece that fits somewhere on the board.
    #[must_use]
    pub fn fits(&self) -> [bool; SLOTS] {
        Slot::ALL.map(|slot| !self.anchors(slot).is_empty())
    }

    /// Returns `true` if the game is over, which means that no staged piece fits anywhere.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.fits() == [false; SLOTS]
    }

    /// Returns the board.
    #[must_use]
    pub fn board(&self) -> &Board {
        &self.board
    }

    /// Returns the piece in a slot, or `None` if the slot is empty.
    #[must_use]
    pub fn staged(&self, slot: Slot) -> Option<Piece> {
        self.staged[slot.index()]
    }

    /// Returns the points so far.
    #[must_use]
    pub fn score(&self) -> u64 {
        self.score
    }

    /// Returns the number of drops so far. Refused drops do not count.
    #[must_use]
    pub fn drops(&self) -> u32 {
        self.drops
    }

    /// Returns the number of rows and columns cleared so far.
    #[must_use]
    pub fn lines(&self) -> u32 {
        self.lines
    }
}

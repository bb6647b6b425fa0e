//! The board: the colour of each cell.

use super::bitboard::{Bitboard, Cell};
use super::shape::Colour;

/// The cells of the board with their colours, stored as one set of cells for each colour. No cell is in two sets.
///
/// ```
/// use blockers_rules::{Anchor, Cell, Deal, Slot};
///
/// let mut game = Deal::default().game();
/// let turn = game.play(Slot::ALL[0], Anchor { row: 0, column: 0 }).unwrap();
/// let board = game.board();
/// assert_eq!(board.occupied(), turn.placed);
/// assert_eq!(board.colour(Cell::new(0, 0).unwrap()), Some(turn.piece.colour));
/// assert_eq!(board.colour(Cell::new(9, 9).unwrap()), None);
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Board {
    colours: [Bitboard; Colour::ALL.len()],
}

impl Board {
    /// Returns the cells that are occupied.
    #[must_use]
    pub fn occupied(&self) -> Bitboard {
        self.colours.iter().fold(Bitboard::EMPTY, |all, &cells| all | cells)
    }

    /// Returns the colour of a cell, or `None` if it is empty.
    #[must_use]
    pub fn colour(&self, cell: Cell) -> Option<Colour> {
        Colour::ALL.into_iter().find(|colour| self.colours[colour.index()].contains(cell))
    }

    /// Fills these cells with a colour. All of them must be empty.
    pub(super) fn fill(&mut self, cells: Bitboard, colour: Colour) {
        debug_assert!(!self.occupied().intersects(cells), "a filled cell is filled again");
        self.colours[colour.index()] |= cells;
    }

    /// Empties these cells.
    pub(super) fn empty(&mut self, cells: Bitboard) {
        for colour in &mut self.colours {
            *colour = *colour - cells;
        }
    }
}

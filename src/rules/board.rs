//! The main area: which cells are taken, and by which colour.

use super::bitboard::{Bitboard, Cell};
use super::shape::Colour;

/// The board's cells, one set for each colour. No cell is in two of them.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Board {
    colours: [Bitboard; Colour::ALL.len()],
}

impl Board {
    /// Every cell that is taken.
    #[must_use]
    pub fn occupied(&self) -> Bitboard {
        self.colours.iter().fold(Bitboard::EMPTY, |all, &cells| all | cells)
    }

    /// The colour that a cell has, `None` if it is empty.
    #[must_use]
    pub fn colour(&self, cell: Cell) -> Option<Colour> {
        Colour::ALL.into_iter().find(|colour| self.colours[colour.index()].contains(cell))
    }

    /// Gives these cells, all of them empty until now, a colour.
    pub(super) fn fill(&mut self, cells: Bitboard, colour: Colour) {
        debug_assert!(!self.occupied().intersects(cells), "a cell is filled once");
        self.colours[colour.index()] |= cells;
    }

    /// Empties these cells.
    pub(super) fn empty(&mut self, cells: Bitboard) {
        for colour in &mut self.colours {
            *colour = *colour - cells;
        }
    }
}

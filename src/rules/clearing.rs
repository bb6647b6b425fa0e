//! Complete rows and columns.
//!
//! Comes in: the occupied cells. Goes out: which rows and columns are complete, and their cells.

use super::bitboard::{Bitboard, SIZE};

/// Some of the board's rows, or some of its columns: bit `n` stands for line `n`.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Lines(u16);

impl Lines {
    /// How many lines.
    #[must_use]
    pub const fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// The numbers of the lines, 0 to 9, ascending.
    pub fn numbers(self) -> impl Iterator<Item = u8> {
        (0..SIZE).filter(move |line| self.0 >> line & 1 == 1)
    }

    fn complete(occupied: Bitboard, line: fn(u8) -> Bitboard) -> Self {
        Self((0..SIZE).filter(|&n| occupied.contains_all(line(n))).fold(0, |lines, n| lines | 1 << n))
    }
}

/// Rows and columns that are complete on the same board.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the types say it")]
pub struct Complete {
    pub rows: Lines,
    pub columns: Lines,
}

impl Complete {
    /// How many rows and columns together.
    #[must_use]
    pub const fn lines(self) -> u32 {
        self.rows.count() + self.columns.count()
    }

    /// The cells of all of them; a cell in a row and a column is there once, a set being a set.
    #[must_use]
    pub fn cells(self) -> Bitboard {
        let rows = self.rows.numbers().map(Bitboard::row);
        rows.chain(self.columns.numbers().map(Bitboard::column)).fold(Bitboard::EMPTY, |cells, line| cells | line)
    }
}

/// The complete rows and columns, found together.
#[must_use]
pub fn complete(occupied: Bitboard) -> Complete {
    Complete { rows: Lines::complete(occupied, Bitboard::row), columns: Lines::complete(occupied, Bitboard::column) }
}

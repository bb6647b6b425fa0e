//! Finds complete rows and columns, which a drop clears.

use super::bitboard::{Bitboard, SIZE};

/// A set of rows, or a set of columns. Bit `n` stands for row or column `n`.
///
/// ```
/// use blockers_rules::{Bitboard, clearing};
///
/// let complete = clearing::complete(Bitboard::row(0) | Bitboard::row(4));
/// assert_eq!(complete.rows.count(), 2);
/// assert_eq!(complete.rows.numbers().collect::<Vec<_>>(), [0, 4]);
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Lines(u16);

impl Lines {
    /// Returns the number of rows or columns in the set.
    #[must_use]
    pub const fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// Returns the numbers of the rows or columns, 0 to 9, in ascending order.
    pub fn numbers(self) -> impl Iterator<Item = u8> {
        (0..SIZE).filter(move |line| self.0 >> line & 1 == 1)
    }

    fn complete(occupied: Bitboard, line: fn(u8) -> Bitboard) -> Self {
        Self((0..SIZE).filter(|&n| occupied.contains_all(line(n))).fold(0, |lines, n| lines | 1 << n))
    }
}

/// The rows and columns that are complete at the same time.
///
/// ```
/// use blockers_rules::{Bitboard, clearing};
///
/// let complete = clearing::complete(Bitboard::row(4) | Bitboard::column(7));
/// assert_eq!(complete.lines(), 2);
/// assert_eq!(complete.cells().count(), 19);
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Complete {
    /// The complete rows.
    pub rows: Lines,
    /// The complete columns.
    pub columns: Lines,
}

impl Complete {
    /// Returns the number of rows and columns together.
    #[must_use]
    pub const fn lines(self) -> u32 {
        self.rows.count() + self.columns.count()
    }

    /// Returns the cells of all of them. A cell in both a row and a column is in the set once.
    #[must_use]
    pub fn cells(self) -> Bitboard {
        let rows = self.rows.numbers().map(Bitboard::row);
        rows.chain(self.columns.numbers().map(Bitboard::column)).fold(Bitboard::EMPTY, |cells, line| cells | line)
    }
}

/// Returns the complete rows and columns of a board with these cells occupied.
#[must_use]
pub fn complete(occupied: Bitboard) -> Complete {
    Complete { rows: Lines::complete(occupied, Bitboard::row), columns: Lines::complete(occupied, Bitboard::column) }
}

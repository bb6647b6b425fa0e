//! A set of board cells in one integer: the arithmetic under placement and clearing.
//!
//! Comes in: cells. Goes out: sets of cells and what is true of them. Knows the size of the board and nothing else.

use std::fmt;
use std::ops::{BitAnd, BitOr, BitOrAssign, Not, Sub};

/// Rows of the board, and columns: it is a square.
pub const SIZE: u8 = 10;

/// Cells of the board.
pub const CELLS: usize = SIZE as usize * SIZE as usize;

/// One cell of the board. Row 0 is the top one, column 0 the left one; a cell off the board cannot be written down.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell(u8);

impl Cell {
    /// The cell at this row and column, `None` if that is off the board.
    #[must_use]
    pub const fn new(row: i32, column: i32) -> Option<Self> {
        let size = SIZE as i32;
        if row >= 0 && row < size && column >= 0 && column < size {
            Some(Self((row * size + column) as u8))
        } else {
            None
        }
    }

    /// Row, 0 to 9 from the top.
    #[must_use]
    pub const fn row(self) -> u8 {
        self.0 / SIZE
    }

    /// Column, 0 to 9 from the left.
    #[must_use]
    pub const fn column(self) -> u8 {
        self.0 % SIZE
    }

    /// Place in reading order, 0 to 99.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// Every cell of the board in reading order.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..CELLS as u8).map(Self)
    }
}

impl fmt::Debug for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({}, {})", self.row(), self.column())
    }
}

/// A set of cells. Bit `10 row + column` stands for a cell, so row 0 is in the ten lowest bits:
///
/// ```text
/// bit  0  1  2 …  9
///     10 11 12 … 19
///      …
///     90 91 92 … 99
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Bitboard(u128);

impl Bitboard {
    /// No cell.
    pub const EMPTY: Self = Self(0);
    /// Every cell.
    pub const FULL: Self = Self((1 << CELLS) - 1);
    /// The top row.
    const TOP: u128 = (1 << SIZE) - 1;
    /// The left column.
    const LEFT: u128 = {
        let mut bits = 0;
        let mut row = 0;
        while row < SIZE {
            bits |= 1 << (row * SIZE);
            row += 1;
        }
        bits
    };

    /// The set of a row's ten cells; empty for a row that the board does not have.
    #[must_use]
    pub const fn row(row: u8) -> Self {
        if row < SIZE { Self(Self::TOP << (row * SIZE)) } else { Self::EMPTY }
    }

    /// The set of a column's ten cells; empty for a column that the board does not have.
    #[must_use]
    pub const fn column(column: u8) -> Self {
        if column < SIZE { Self(Self::LEFT << column) } else { Self::EMPTY }
    }

    /// The cells of so many columns, from the left.
    #[must_use]
    pub(crate) const fn left(columns: u8) -> Self {
        Self(Self::LEFT * ((1 << columns) - 1))
    }

    /// Is the cell in the set?
    #[must_use]
    pub const fn contains(self, cell: Cell) -> bool {
        self.0 >> cell.0 & 1 == 1
    }

    /// Are all cells of the other set in this one?
    #[must_use]
    pub const fn contains_all(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }

    /// Have the two sets a cell in common?
    #[must_use]
    pub const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Is there no cell in the set?
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many cells are in the set.
    #[must_use]
    pub const fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// Puts a cell into the set.
    pub const fn add(&mut self, cell: Cell) {
        self.0 |= 1 << cell.0;
    }

    /// The set with a cell more.
    #[must_use]
    pub const fn with(mut self, cell: Cell) -> Self {
        self.add(cell);
        self
    }

    /// The set moved so that what was at the top-left corner is now at `cell`. Cells that would leave the board at the
    /// right wrap into the next row: the caller moves only what stays on the board.
    #[must_use]
    pub(crate) const fn moved_to(self, cell: Cell) -> Self {
        Self(self.0 << cell.0)
    }

    /// The set moved back, so that what was at `cell` is now at the top-left corner; the inverse of [`Self::moved_to`].
    #[must_use]
    pub(crate) const fn moved_from(self, cell: Cell) -> Self {
        Self(self.0 >> cell.0)
    }

    /// The cells of the set in reading order.
    pub fn cells(self) -> impl Iterator<Item = Cell> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            if rest == 0 {
                return None;
            }
            let cell = Cell(rest.trailing_zeros() as u8);
            rest &= rest - 1;
            Some(cell)
        })
    }
}

impl BitAnd for Bitboard {
    type Output = Self;
    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl BitOr for Bitboard {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Bitboard {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

impl Sub for Bitboard {
    type Output = Self;
    /// The cells of this set that are not in the other.
    fn sub(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

impl Not for Bitboard {
    type Output = Self;
    /// The cells of the board that are not in the set.
    fn not(self) -> Self {
        Self(!self.0 & Self::FULL.0)
    }
}

impl FromIterator<Cell> for Bitboard {
    fn from_iter<I: IntoIterator<Item = Cell>>(cells: I) -> Self {
        cells.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl fmt::Debug for Bitboard {
    /// Ten lines of ten, `X` a cell of the set.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for cell in Cell::all() {
            let end = if cell.column() + 1 == SIZE { "\n" } else { "" };
            write!(f, "{}{end}", if self.contains(cell) { 'X' } else { '.' })?;
        }
        Ok(())
    }
}

//! Sets of board cells, each stored in one integer. Placement and clearing are computed with them.
//!
//! This file depends on the size of the board and on nothing else.

use std::fmt;
use std::ops::{BitAnd, BitOr, BitOrAssign, Not, Sub};

/// Number of rows of the board, and of columns: the board is a square.
pub const SIZE: u8 = 10;

/// Number of cells of the board.
pub const CELLS: usize = SIZE as usize * SIZE as usize;

/// A cell of the board. Row 0 is at the top, column 0 at the left. A `Cell` is always on the board.
///
/// ```
/// use blockers_rules::Cell;
///
/// let cell = Cell::new(6, 3).unwrap();
/// assert_eq!((cell.row(), cell.column(), cell.index()), (6, 3, 63));
/// assert_eq!(Cell::new(10, 0), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell(u8);

impl Cell {
    /// Returns the cell at this row and column, or `None` if it would be off the board.
    #[must_use]
    pub const fn new(row: i32, column: i32) -> Option<Self> {
        let size = SIZE as i32;
        if row >= 0 && row < size && column >= 0 && column < size {
            Some(Self((row * size + column) as u8))
        } else {
            None
        }
    }

    /// Returns the row, 0 to 9 from the top.
    #[must_use]
    pub const fn row(self) -> u8 {
        self.0 / SIZE
    }

    /// Returns the column, 0 to 9 from the left.
    #[must_use]
    pub const fn column(self) -> u8 {
        self.0 % SIZE
    }

    /// Returns the position in reading order, 0 to 99.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// Returns every cell of the board in reading order.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..CELLS as u8).map(Self)
    }
}

impl fmt::Debug for Cell {
    /// Writes the row and the column: `(6, 3)`.
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
///
/// The operators are those of sets: `|` is the union, `&` the intersection, `-` the difference, `!` the complement. The
/// debug format is a picture of the board:
///
/// ```
/// use blockers_rules::{Bitboard, Cell};
///
/// let corner = Cell::new(9, 9).unwrap();
/// let cells = (Bitboard::row(1) | Bitboard::column(2)).with(corner);
/// assert_eq!(cells.count(), 20);
/// assert!(cells.contains(corner));
///
/// let picture = "\
/// ..X.......
/// XXXXXXXXXX
/// ..X.......
/// ..X.......
/// ..X.......
/// ..X.......
/// ..X.......
/// ..X.......
/// ..X.......
/// ..X......X
/// ";
/// assert_eq!(format!("{cells:?}"), picture);
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Bitboard(u128);

impl Bitboard {
    /// The set of no cells.
    pub const EMPTY: Self = Self(0);
    /// The set of all cells.
    pub const FULL: Self = Self((1 << CELLS) - 1);
    /// The bits of the top row.
    const TOP: u128 = (1 << SIZE) - 1;
    /// The bits of the left column.
    const LEFT: u128 = {
        let mut bits = 0;
        let mut row = 0;
        while row < SIZE {
            bits |= 1 << (row * SIZE);
            row += 1;
        }
        bits
    };

    /// Returns the ten cells of a row, or the empty set if the board has no such row.
    #[must_use]
    pub const fn row(row: u8) -> Self {
        if row < SIZE { Self(Self::TOP << (row * SIZE)) } else { Self::EMPTY }
    }

    /// Returns the ten cells of a column, or the empty set if the board has no such column.
    #[must_use]
    pub const fn column(column: u8) -> Self {
        if column < SIZE { Self(Self::LEFT << column) } else { Self::EMPTY }
    }

    /// Returns the cells of the leftmost `columns` columns.
    #[must_use]
    pub(crate) const fn left(columns: u8) -> Self {
        Self(Self::LEFT * ((1 << columns) - 1))
    }

    /// Returns `true` if the cell is in the set.
    #[must_use]
    pub const fn contains(self, cell: Cell) -> bool {
        self.0 >> cell.0 & 1 == 1
    }

    /// Returns `true` if every cell of the other set is in this one.
    #[must_use]
    pub const fn contains_all(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }

    /// Returns `true` if the two sets have a cell in common.
    #[must_use]
    pub const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Returns `true` if the set has no cells.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns the number of cells in the set.
    #[must_use]
    pub const fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// Adds a cell to the set.
    pub const fn add(&mut self, cell: Cell) {
        self.0 |= 1 << cell.0;
    }

    /// Returns the set with this cell added.
    #[must_use]
    pub const fn with(mut self, cell: Cell) -> Self {
        self.add(cell);
        self
    }

    /// Returns the set moved so that the top-left cell of the board moves to `cell`. Cells that would leave the board
    /// at the right wrap into the next row, so the caller must only move sets that stay on the board.
    #[must_use]
    pub(crate) const fn moved_to(self, cell: Cell) -> Self {
        Self(self.0 << cell.0)
    }

    /// Returns the set moved so that `cell` moves to the top-left cell of the board. This is the inverse of
    /// [`Self::moved_to`].
    #[must_use]
    pub(crate) const fn moved_from(self, cell: Cell) -> Self {
        Self(self.0 >> cell.0)
    }

    /// Returns the cells of the set in reading order.
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
    /// Returns the cells of this set that are not in the other.
    fn sub(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

impl Not for Bitboard {
    type Output = Self;
    /// Returns the cells of the board that are not in the set.
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
    /// Writes ten lines of ten characters: `X` for a cell of the set, `.` for any other.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for cell in Cell::all() {
            let end = if cell.column() + 1 == SIZE { "\n" } else { "" };
            write!(f, "{}{end}", if self.contains(cell) { 'X' } else { '.' })?;
        }
        Ok(())
    }
}

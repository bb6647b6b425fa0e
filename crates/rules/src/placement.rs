//! Where a shape can be placed: on the board, on empty cells.

use super::bitboard::{Bitboard, Cell, SIZE};
use super::shape::Shape;

/// The position at which a shape's top-left cell is dropped, in cells from the board's top-left cell. It may be off the
/// board.
///
/// ```
/// use blockers_rules::{Anchor, Cell, Shape, placement};
///
/// assert_eq!(Anchor::from(Cell::new(2, 3).unwrap()), Anchor { row: 2, column: 3 });
/// assert_eq!(placement::cells(Shape::DOT, Anchor { row: -1, column: 0 }), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Anchor {
    /// The row, counted downwards from 0.
    pub row: i32,
    /// The column, counted to the right from 0.
    pub column: i32,
}

impl From<Cell> for Anchor {
    fn from(cell: Cell) -> Self {
        Self { row: cell.row().into(), column: cell.column().into() }
    }
}

/// Returns the cells that a shape covers at this anchor, or `None` if one of them is off the board.
///
/// ```
/// use blockers_rules::{Anchor, Cell, Shape, placement};
///
/// let cells = placement::cells(Shape::DOT, Anchor { row: 2, column: 3 }).unwrap();
/// assert!(cells.cells().eq([Cell::new(2, 3).unwrap()]));
/// ```
#[must_use]
pub fn cells(shape: Shape, at: Anchor) -> Option<Bitboard> {
    let cell = Cell::new(at.row, at.column)?;
    let inside = cell.row() + shape.rows() <= SIZE && cell.column() + shape.columns() <= SIZE;
    inside.then(|| shape.mask().moved_to(cell))
}

/// For each shape, the anchors at which it does not leave the board at the right. The lower edge needs no such set,
/// because no cell below the board is free.
const INSIDE: [Bitboard; Shape::ALL.len()] = {
    let mut inside = [Bitboard::EMPTY; Shape::ALL.len()];
    let mut shape = 0;
    while shape < inside.len() {
        inside[shape] = Bitboard::left(SIZE + 1 - Shape::ALL[shape].columns());
        shape += 1;
    }
    inside
};

/// Returns every anchor at which the shape can be placed on a board with these cells occupied.
///
/// A shape fits at an anchor if each of its cells, counted from the anchor, is free. So the free cells are moved back
/// by each of the shape's offsets, and the result is the intersection of these sets: nine shifts at most for the whole
/// board.
///
/// ```
/// use blockers_rules::{Bitboard, Shape, placement};
///
/// assert_eq!(placement::anchors(Bitboard::EMPTY, Shape::DOT), Bitboard::FULL);
/// assert_eq!(placement::anchors(Bitboard::row(0), Shape::DOT), !Bitboard::row(0));
/// ```
#[must_use]
pub fn anchors(occupied: Bitboard, shape: Shape) -> Bitboard {
    let free = !occupied;
    let inside = INSIDE[usize::from(shape.number())];
    shape.mask().cells().fold(inside, |anchors, offset| anchors & free.moved_from(offset))
}

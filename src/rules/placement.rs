//! Where a shape may lie: on the board, on empty cells.
//!
//! Comes in: the occupied cells, a shape, an anchor. Goes out: the cells it would take, or why not.

use super::bitboard::{Bitboard, Cell, SIZE};
use super::shape::Shape;

/// Where a shape's top-left cell is let go, in cells from the board's top-left cell. It may lie off the board.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "rows count down, columns to the right")]
pub struct Anchor {
    pub row: i32,
    pub column: i32,
}

impl From<Cell> for Anchor {
    fn from(cell: Cell) -> Self {
        Self { row: cell.row().into(), column: cell.column().into() }
    }
}

/// The cells that a shape covers at this anchor; `None` if one of them is off the board.
#[must_use]
pub fn cells(shape: Shape, at: Anchor) -> Option<Bitboard> {
    let cell = Cell::new(at.row, at.column)?;
    let inside = cell.row() + shape.rows() <= SIZE && cell.column() + shape.columns() <= SIZE;
    inside.then(|| shape.mask().moved_to(cell))
}

/// The anchors at which a shape does not leave the board at the right. Below the board nothing is free, so that needs no set.
const INSIDE: [Bitboard; Shape::ALL.len()] = {
    let mut inside = [Bitboard::EMPTY; Shape::ALL.len()];
    let mut shape = 0;
    while shape < inside.len() {
        inside[shape] = Bitboard::left(SIZE + 1 - Shape::ALL[shape].columns());
        shape += 1;
    }
    inside
};

/// Every anchor at which the shape may be placed, all at once.
///
/// An anchor is free for the shape if each of its cells, seen from there, is free. So the free cells are moved back by
/// each of the shape's offsets, and what is in all of these sets is the answer: at most nine shifts for the whole board.
#[must_use]
pub fn anchors(occupied: Bitboard, shape: Shape) -> Bitboard {
    let free = !occupied;
    let inside = INSIDE[usize::from(shape.number())];
    shape.mask().cells().fold(inside, |anchors, offset| anchors & free.moved_from(offset))
}

//! Finds out whether a hand can be placed, in any order. Lines that are completed on the way are cleared.
//!
//! The first two pieces are tried at every place. For the last one no search is needed, because [`placement::anchors`]
//! returns all its places at once.

use super::bitboard::{Bitboard, Cell};
use super::clearing;
use super::hand::{Hand, SLOTS};
use super::placement::{self, Anchor};
use super::shape::Shape;

/// The index of a piece in its hand, and the cell that its top-left cell is placed on.
pub type Placement = (usize, Cell);

/// The orders in which the pieces of a hand can be placed.
const ORDERS: [[usize; SLOTS]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

/// Returns an order and places in which the whole hand can be placed on a board with these cells occupied, or `None` if
/// there are none. Of several orders it returns the first of `0 1 2`, `0 2 1`, `1 0 2`, ….
///
/// ```
/// use blockers_rules::{Bitboard, Cell, Colour, Piece, Shape, solver};
///
/// let dots = [Piece { shape: Shape::DOT, colour: Colour::Red }; 3];
/// let placements = solver::find_placement(Bitboard::EMPTY, dots).unwrap();
/// assert_eq!(placements[0], (0, Cell::new(0, 0).unwrap()));
/// assert_eq!(solver::find_placement(Bitboard::FULL, dots), None);
/// ```
#[must_use]
pub fn find_placement(occupied: Bitboard, hand: Hand) -> Option<[Placement; SLOTS]> {
    let shapes = hand.map(|piece| piece.shape);
    ORDERS.into_iter().filter(|order| !repeats(*order, shapes)).find_map(|[a, b, c]| {
        after_each(occupied, shapes[a]).find_map(|(at_a, occupied)| {
            after_each(occupied, shapes[b]).find_map(|(at_b, occupied)| {
                let at_c = placement::anchors(occupied, shapes[c]).cells().next()?;
                Some([(a, at_a), (b, at_b), (c, at_c)])
            })
        })
    })
}

/// Returns `true` if this order is equivalent to an earlier one, because it only swaps equal shapes.
fn repeats(order: [usize; SLOTS], shapes: [Shape; SLOTS]) -> bool {
    let place = |piece: usize| order.iter().position(|&other| other == piece);
    (0..SLOTS).any(|one| (one + 1..SLOTS).any(|other| shapes[one] == shapes[other] && place(one) > place(other)))
}

/// Returns every place for the shape, each with the occupied cells after placing it there and clearing complete lines.
fn after_each(occupied: Bitboard, shape: Shape) -> impl Iterator<Item = (Cell, Bitboard)> {
    placement::anchors(occupied, shape).cells().filter_map(move |at| {
        let filled = occupied | placement::cells(shape, Anchor::from(at))?;
        Some((at, filled - clearing::complete(filled).cells()))
    })
}

//! Hands that can be placed: in some order, at some places, with the lines that are cleared on the way counted.
//!
//! Comes in: the occupied cells and a hand. Goes out: a way to place it, if there is one. Found by search; the last piece is
//! not searched for but looked up, because [`placement::anchors`] gives all its places at once.

use super::bitboard::{Bitboard, Cell};
use super::clearing;
use super::dealer::{Hand, SLOTS};
use super::placement::{self, Anchor};
use super::shape::Shape;

/// A piece of a hand, by its place in it, and the cell where its top-left one goes.
pub type Placed = (usize, Cell);

/// The orders in which a hand can be placed.
const ORDERS: [[usize; SLOTS]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

/// A way in which the whole hand can be placed on a board with these cells taken; `None` if there is none.
#[must_use]
pub fn way(occupied: Bitboard, hand: Hand) -> Option<[Placed; SLOTS]> {
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

/// Would this order be the same as an earlier one, because it swaps equal shapes?
fn repeats(order: [usize; SLOTS], shapes: [Shape; SLOTS]) -> bool {
    let place = |piece: usize| order.iter().position(|&other| other == piece);
    (0..SLOTS).any(|one| (one + 1..SLOTS).any(|other| shapes[one] == shapes[other] && place(one) > place(other)))
}

/// Every place for the shape, and the board after it has been placed there and what was complete has been cleared.
fn after_each(occupied: Bitboard, shape: Shape) -> impl Iterator<Item = (Cell, Bitboard)> {
    placement::anchors(occupied, shape).cells().filter_map(move |at| {
        let filled = occupied | placement::cells(shape, Anchor::from(at))?;
        Some((at, filled - clearing::complete(filled).cells()))
    })
}

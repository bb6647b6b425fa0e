//! The same drag in the game's own terms: a shape from a slot, over a place of the board.

use super::drag::DragPhase;
use super::pointer::PointerKind;
use crate::rules::Slot;
use crate::world::geometry::BoardPosition;

/// A shape was picked up from its slot, moved, or let go.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ShapeDragEvent {
    /// The slot that the shape is from.
    pub slot: Slot,
    /// What happened to it.
    pub phase: DragPhase,
    /// With what.
    pub kind: PointerKind,
    /// Over which table: [`Play::table`](crate::world::Play::table) when it was moved.
    pub table: u64,
    /// Where its top-left cell is, in fractions of cells; `None` where no part of the shape is over the board.
    pub over: Option<BoardPosition>,
}

//! A shape is dragged: the same drag as [`DragEvent`](super::DragEvent), in the game's own terms.

use super::drag::{DragPhase, DragSource};
use crate::world::geometry::BoardPosition;
use blockers_rules::Slot;

/// A shape was picked up from its slot, moved, or released.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ShapeDragEvent {
    /// The slot of the shape.
    pub slot: Slot,
    /// What happened to it.
    pub phase: DragPhase,
    /// What drags it.
    pub source: DragSource,
    /// [`Play::epoch`](crate::world::Play::epoch) at that moment.
    pub epoch: u64,
    /// Where the shape's top-left cell is on the board, in fractions of cells; `None` if no part of the shape is over
    /// the board.
    pub over: Option<BoardPosition>,
}

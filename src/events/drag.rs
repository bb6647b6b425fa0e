//! What was dragged, whoever dragged it: a pointer, a keyboard, a replay, a test.

use bevy_ecs::entity::Entity;

use super::pointer::PointerKind;
use crate::world::geometry::Point;

/// A draggable entity was picked up, moved, or let go.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct DragEvent {
    /// What is dragged.
    pub entity: Entity,
    /// What happened to it.
    pub phase: DragPhase,
    /// With what.
    pub kind: PointerKind,
    /// Over which table: [`Play::table`](crate::world::Play::table) at that moment.
    pub table: u64,
    /// Where the pointer was, in CSS pixels of the canvas.
    pub position: Point,
}

/// The life of a drag: it starts once, moves any number of times, and ends or is cancelled once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DragPhase {
    /// It was picked up.
    Started,
    /// It was moved.
    Moved,
    /// It was let go.
    Ended,
    /// The drag was broken off; nothing was let go anywhere.
    Cancelled,
}

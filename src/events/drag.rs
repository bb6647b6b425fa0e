//! An entity is dragged, by a pointer, the keyboard or a replay.

use bevy_ecs::entity::Entity;

use super::pointer::PointerKind;
use crate::world::geometry::Point;

/// A draggable entity was picked up, moved, or released.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct DragEvent {
    /// The dragged entity.
    pub entity: Entity,
    /// What happened to it.
    pub phase: DragPhase,
    /// What drags it.
    pub source: DragSource,
    /// [`Play::epoch`](crate::world::Play::epoch) at that moment.
    pub epoch: u64,
    /// Where the pointer is, in CSS pixels from the canvas's top-left corner. The keyboard and replays have one, too.
    pub position: Point,
}

/// The life of a drag: it starts once, moves or is refused any number of times, and ends or is cancelled once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DragPhase {
    /// The entity was picked up.
    Started,
    /// It was moved.
    Moved,
    /// Keys tried to release it where it does not fit. It stays there, and the drag goes on.
    Refused,
    /// It was released.
    Ended,
    /// The drag was cancelled: nothing was released anywhere.
    Cancelled,
}

/// What drags an entity.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DragSource {
    /// A mouse or a touch pad.
    Mouse,
    /// A pen.
    Pen,
    /// A finger, which hides what is below it.
    Touch,
    /// Keys, or assistive technology that activates slots and cells.
    Keyboard,
    /// A recorded game that is being replayed.
    Replay,
}

impl From<PointerKind> for DragSource {
    fn from(kind: PointerKind) -> Self {
        match kind {
            PointerKind::Mouse => Self::Mouse,
            PointerKind::Pen => Self::Pen,
            PointerKind::Touch => Self::Touch,
        }
    }
}

//! Gives haptic feedback for pick-ups and accepted drops, if a finger makes them.

use bevy_ecs::prelude::*;

use crate::events::{DragPhase, DragSource, Dropped, ShapeDragEvent};
use crate::ports::{Haptics, Tick};
use blockers_event_bus::Batch;

/// A tick when a drop of a finger is accepted.
pub fn on_drop(batch: Batch<Dropped>, mut haptics: NonSendMut<Box<dyn Haptics>>) {
    for event in batch {
        if let (DragSource::Touch, Ok(turn)) = (event.source, event.outcome) {
            haptics.tick(if turn.complete.lines() > 0 { Tick::Cleared } else { Tick::Placed });
        }
    }
}

/// A tick when a finger picks a shape up.
pub fn on_drag(batch: Batch<ShapeDragEvent>, mut haptics: NonSendMut<Box<dyn Haptics>>) {
    for event in batch {
        if (event.phase, event.source) == (DragPhase::Started, DragSource::Touch) {
            haptics.tick(Tick::PickUp);
        }
    }
}

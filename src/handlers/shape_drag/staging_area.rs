//! The slot of a dragged shape: at the end of every drag, the shape springs back to it.

use bevy_ecs::prelude::*;

use crate::events::{DragPhase, ShapeDragEvent};
use crate::world::{Carried, Returning, Staged};
use blockers_event_bus::Batch;

/// Lets a released shape spring back, except one that keys hold where it is refused. If the drop is accepted, the shape
/// is removed before the next picture is drawn.
pub fn on_drag(batch: Batch<ShapeDragEvent>, shapes: Query<(Entity, &Staged, &Carried)>, mut commands: Commands) {
    for event in batch {
        for (entity, _, carried) in shapes.iter().filter(|(_, staged, _)| staged.slot == event.slot) {
            match event.phase {
                // The end of the drag before may be in the same batch, so the shape must not spring back.
                DragPhase::Started => {
                    commands.entity(entity).remove::<Returning>().insert(*carried);
                }
                DragPhase::Moved | DragPhase::Refused => {}
                DragPhase::Ended | DragPhase::Cancelled => {
                    let returning = Returning { grip: carried.grip, since: event.timestamp().as_millis() };
                    commands.entity(entity).remove::<Carried>().insert(returning);
                }
            }
        }
    }
}

//! The slot that a dragged shape is from: whatever becomes of the drag, the shape is on its way back to it.

use bevy_ecs::prelude::*;

use super::ShapeDragHandler;
use crate::bus::{Envelope, HandlerResult};
use crate::events::ShapeDragEvent;
use crate::world::{Carried, Returning, Staged};

/// Lets a shape spring back when it is let go. If it was accepted, it is gone before anybody sees that.
pub struct StagingArea;

type Shapes<'w, 's> = Query<'w, 's, (Entity, &'static Staged, &'static Carried)>;
type Params<'w, 's> = (Shapes<'w, 's>, Commands<'w, 's>);

impl ShapeDragHandler for StagingArea {
    const NAME: &str = "staging area";
    type Params = Params<'static, 'static>;

    /// A shape that is picked up is not on its way back, also if the same batch has the end of the drag before.
    fn on_drag_start(event: &Envelope<ShapeDragEvent>, (shapes, commands): &mut Params) -> HandlerResult {
        for (entity, _, carried) in shapes.iter().filter(|(_, staged, _)| staged.slot == event.slot) {
            commands.entity(entity).remove::<Returning>().insert(*carried);
        }
        Ok(())
    }

    fn on_drag_end(event: &Envelope<ShapeDragEvent>, (shapes, commands): &mut Params) -> HandlerResult {
        for (entity, _, carried) in shapes.iter().filter(|(_, staged, _)| staged.slot == event.slot) {
            let back = Returning { grip: carried.grip, since: event.at() };
            commands.entity(entity).remove::<Carried>().insert(back);
        }
        Ok(())
    }

    fn on_drag_cancel(event: &Envelope<ShapeDragEvent>, params: &mut Params) -> HandlerResult {
        Self::on_drag_end(event, params)
    }
}

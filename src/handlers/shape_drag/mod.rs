//! The family that reacts to a shape being dragged, and the one system that drives any of its members.

pub mod main_area;
pub mod orientation;
pub mod staging_area;

use bevy_ecs::system::{StaticSystemParam, SystemParam, SystemParamItem};

use crate::bus::{Batch, Envelope, HandlerResult};
use crate::events::{DragPhase, ShapeDragEvent};

/// Reacts to a shape's drag. What a member does not care about it leaves out.
pub trait ShapeDragHandler: 'static {
    /// The name of the handler's group on the bus.
    const NAME: &str;

    /// What the handler needs of the world.
    type Params: SystemParam;

    /// A shape was picked up.
    ///
    /// # Errors
    /// The handler could not do its part; it is reported, and nobody else is disturbed. The same holds for the others.
    fn on_drag_start(_event: &Envelope<ShapeDragEvent>, _params: &mut SystemParamItem<Self::Params>) -> HandlerResult {
        Ok(())
    }

    /// A shape was moved.
    ///
    /// # Errors
    /// See [`Self::on_drag_start`].
    fn on_dragging(_event: &Envelope<ShapeDragEvent>, _params: &mut SystemParamItem<Self::Params>) -> HandlerResult {
        Ok(())
    }

    /// A shape was let go.
    ///
    /// # Errors
    /// See [`Self::on_drag_start`].
    fn on_drag_end(_event: &Envelope<ShapeDragEvent>, _params: &mut SystemParamItem<Self::Params>) -> HandlerResult {
        Ok(())
    }

    /// The drag was broken off.
    ///
    /// # Errors
    /// See [`Self::on_drag_start`].
    fn on_drag_cancel(_event: &Envelope<ShapeDragEvent>, _params: &mut SystemParamItem<Self::Params>) -> HandlerResult {
        Ok(())
    }
}

/// The system that gives a handler its events.
pub fn drive<H: ShapeDragHandler>(
    batch: Batch<ShapeDragEvent>,
    mut params: StaticSystemParam<H::Params>,
) -> HandlerResult {
    for event in batch {
        match event.phase {
            DragPhase::Started => H::on_drag_start(event, &mut params),
            DragPhase::Moved => H::on_dragging(event, &mut params),
            DragPhase::Ended => H::on_drag_end(event, &mut params),
            DragPhase::Cancelled => H::on_drag_cancel(event, &mut params),
        }?;
    }
    Ok(())
}

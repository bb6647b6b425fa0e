//! Lets a finger feel the game.

use bevy_ecs::prelude::*;

use super::MainEventHandler;
use crate::bus::{Envelope, HandlerResult};
use crate::events::{Dropped, PointerKind, ShapeDragEvent};
use crate::handlers::shape_drag::ShapeDragHandler;
use crate::ports::{Haptics, Tick};

/// A tick when a finger picks a shape up, and one when its drop is accepted. A mouse, keys and a replay are not felt.
pub struct Feel;

type Params<'w> = NonSendMut<'w, Box<dyn Haptics>>;

impl MainEventHandler for Feel {
    const NAME: &str = "feel";
    type Params = Params<'static>;

    fn on_drop(event: &Envelope<Dropped>, haptics: &mut Params) -> HandlerResult {
        if let (PointerKind::Touch, Ok(turn)) = (event.kind, event.outcome) {
            haptics.tick(if turn.complete.lines() > 0 { Tick::Cleared } else { Tick::Placed });
        }
        Ok(())
    }
}

impl ShapeDragHandler for Feel {
    const NAME: &str = "feel";
    type Params = Params<'static>;

    fn on_drag_start(event: &Envelope<ShapeDragEvent>, haptics: &mut Params) -> HandlerResult {
        if event.kind == PointerKind::Touch {
            haptics.tick(Tick::PickUp);
        }
        Ok(())
    }
}

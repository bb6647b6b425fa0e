//! Opens and closes the inspector, which shows the bus at work.
//!
//! Its group subscribes late, when the inspector opens, and starts at the earliest retained event. So it lists drops
//! from before it was opened. While the inspector is closed, the group does not exist and costs nothing.

use bevy_ecs::prelude::*;

use crate::events::{Command, Dropped};
use crate::words;
use crate::world::Inspector;
use blockers_event_bus::{Batch, StartAt, WorldBusExt};

/// The name of the group that exists while the inspector is open.
pub const GROUP: &str = "inspector";

/// Drops that are listed.
const LISTED: usize = 8;

/// Subscribes the group when the inspector opens, and unsubscribes it when the inspector closes.
pub fn on_command(batch: Batch<Command>, inspector: Option<Res<Inspector>>, mut commands: Commands) {
    for _ in batch.filter(|event| *event.event() == Command::ToggleInspector) {
        if inspector.is_some() {
            commands.remove_resource::<Inspector>();
            commands.queue(|world: &mut World| {
                // The group exists as long as the resource does.
                let _ = world.unsubscribe::<Dropped>(GROUP);
            });
        } else {
            commands.init_resource::<Inspector>();
            commands.queue(|world: &mut World| {
                // It fails only if the group exists already, and then it lists drops.
                let _ = world.subscribe::<Dropped>(GROUP).start(StartAt::Earliest).handler(on_drop);
            });
        }
    }
}

/// Lists drops, the newest last.
fn on_drop(batch: Batch<Dropped>, mut inspector: ResMut<Inspector>) {
    for event in batch {
        let sentence = words::plainly(|| words::dropped(&event.outcome));
        inspector.drops.push_back(format!("{:>4}  {sentence}", event.seq()));
        if inspector.drops.len() > LISTED {
            inspector.drops.pop_front();
        }
    }
}

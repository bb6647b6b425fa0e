//! Opens and closes the inspector, which shows the bus at work to whoever wants to see it.
//!
//! It subscribes late, when it is opened, and starts at the earliest event that is retained, so it shows what happened before
//! anybody looked. Closed, it costs nothing: its group is gone.

use bevy_ecs::prelude::*;

use super::CommandHandler;
use crate::bus::{Batch, BusExt, Envelope, HandlerResult, Start};
use crate::events::{CommandEvent, Dropped};
use crate::words;
use crate::world::Inspector;

/// Subscribes and unsubscribes the inspector's group.
pub struct InspectorPanel;

/// The name of the group that exists while the inspector is open.
pub const GROUP: &str = "inspector";

/// Drops that are listed.
const LISTED: usize = 8;

type Params<'w, 's> = (Option<Res<'w, Inspector>>, Commands<'w, 's>);

impl CommandHandler for InspectorPanel {
    const NAME: &str = "inspector panel";
    type Params = Params<'static, 'static>;

    fn on_command(event: &Envelope<CommandEvent>, (inspector, commands): &mut Params) -> HandlerResult {
        if *event.body() != CommandEvent::InspectorToggled {
            return Ok(());
        }
        if inspector.is_some() {
            commands.remove_resource::<Inspector>();
            // It has been there as long as the resource has.
            commands.queue(|world: &mut World| drop(world.unsubscribe::<Dropped>(GROUP)));
        } else {
            commands.init_resource::<Inspector>();
            let subscribe = |world: &mut World| world.subscribe::<Dropped>(GROUP).start(Start::Earliest).handler(list);
            commands.queue(move |world: &mut World| drop(subscribe(world)));
        }
        Ok(())
    }
}

/// Lists drops, the newest last.
fn list(batch: Batch<Dropped>, mut inspector: ResMut<Inspector>) {
    for event in batch {
        let told = words::plainly(|| words::dropped(&event.outcome));
        inspector.drops.push_back(format!("{:>4}  {told}", event.seq()));
        if inspector.drops.len() > LISTED {
            inspector.drops.pop_front();
        }
    }
}

//! Publishing from inside a system.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use super::topic::{Event, Full, Topic};

/// A system's way to publish events of one type.
#[derive(SystemParam)]
pub struct Publisher<'w, E: Event> {
    topic: Res<'w, Topic<E>>,
}

impl<E: Event> Publisher<'_, E> {
    /// Publishes an event; it is delivered with the next wave. Returns its `seq`.
    ///
    /// # Errors
    /// [`Full`] if the topic is, and discards new events.
    pub fn publish(&mut self, event: E) -> Result<u64, Full> {
        self.topic.publish(event)
    }
}

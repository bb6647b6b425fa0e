//! Publishing from a system.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use super::topic::{Event, Full, Topic};

/// A system parameter that publishes events of one type.
#[derive(SystemParam)]
pub struct Publisher<'w, E: Event> {
    topic: Res<'w, Topic<E>>,
}

impl<E: Event> Publisher<'_, E> {
    /// Publishes an event. It is delivered with the next wave. Returns its `seq`.
    ///
    /// # Errors
    /// [`Full`] if the topic is full and discards new events.
    pub fn publish(&mut self, event: E) -> Result<u64, Full> {
        self.topic.publish(event)
    }
}

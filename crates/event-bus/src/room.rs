//! How many more events a topic takes.

use crate::engine::config::DiscardPolicy;
use crate::engine::time::Timestamp;
use crate::engine::topic::Log as _;
use crate::topic::Topic;

impl<E: Send + Sync + 'static> Topic<E> {
    /// Returns how many events can be published now until one is refused, or until one that waits for its delivery is
    /// evicted. It does not consider `max_bytes`, and other threads may publish in the meantime. Takes time in
    /// proportion to the number of groups.
    ///
    /// ```
    /// # use bevy_ecs::prelude::*;
    /// # use blockers_event_bus::prelude::*;
    /// # struct Order(u64);
    /// # let mut world = World::new();
    /// let orders = world.add_topic::<Order>("orders").max_len(3).discard(DiscardPolicy::New).create()?;
    /// world.subscribe::<Order>("payment").handler(|batch: Batch<Order>| batch.for_each(drop))?;
    /// orders.publish(Order(1))?;
    /// assert_eq!(orders.room(), 2);
    /// world.deliver(Timestamp::ZERO);
    /// assert_eq!(orders.room(), 3, "every group is done with the first order");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn room(&self) -> usize {
        let state = self.0.lock();
        let (core, log) = (&state.core, state.log());
        if core.closed {
            return 0;
        }
        let inbox = state.stats(Timestamp::ZERO).inbox_len;
        let room = core.config.max_inbox.max(1).saturating_sub(inbox);
        if core.config.discard == DiscardPolicy::Old {
            return room;
        }
        // The events that the topic may forget make room for others.
        let wanted = state.wanted(|_| true);
        let start =
            if core.may_forget(log, wanted) { wanted.map_or(0, |wanted| wanted.min(log.end())) } else { log.start() };
        room.min(core.config.max_len.saturating_sub((log.end() - start) as usize + inbox))
    }
}

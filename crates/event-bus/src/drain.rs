//! The end of a bus: delivers until nothing is left to do.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use bevy_ecs::prelude::*;

use crate::bus::{Bus, MAX_WAVES};
use crate::engine::time::Timestamp;

/// The result of [`Bus::drain`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Drained {
    /// The time of the last delivery.
    pub now: Timestamp,
    /// The number of events that were appended to the logs.
    pub events: u64,
}

/// Why [`Bus::drain`] cannot go on.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Stuck {
    /// A group does not finish its events: its consumers do not pull or ack, its handler takes nothing, or it is
    /// paused.
    Unfinished {
        /// The topic's name.
        topic: Cow<'static, str>,
        /// The group's name.
        group: Cow<'static, str>,
        /// The number of these events.
        events: u64,
    },
    /// Handlers keep triggering each other.
    Cycle,
}

impl fmt::Display for Stuck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unfinished { topic, group, events } => {
                write!(f, "group `{group}` of topic `{topic}` has {events} events that it does not finish")
            }
            Self::Cycle => f.write_str("handlers keep triggering each other"),
        }
    }
}

impl Error for Stuck {}

impl Bus {
    /// Delivers until nothing is left to do, as at the end of a program. Close the topics of your producers first, or
    /// it goes on as long as they publish. `wait` gets the time at which the next delivery is due, and returns the time
    /// at which it takes place: a simulation returns its argument, a program sleeps.
    ///
    /// ```
    /// # use bevy_ecs::prelude::*;
    /// # use blockers_event_bus::prelude::*;
    /// # struct Order(u64);
    /// # let mut world = World::new();
    /// let orders = world.add_topic::<Order>("orders").create()?;
    /// world.subscribe::<Order>("payment").handler(|batch: Batch<Order>| batch.for_each(drop))?;
    /// orders.publish(Order(1))?;
    /// orders.close();
    /// assert!(orders.publish(Order(2)).is_err());
    /// let bus = world.resource::<Bus>().clone();
    /// assert_eq!(bus.drain(&mut world, Timestamp::ZERO, |due| due)?.events, 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`Stuck`] if a group does not finish its events although nothing is due. A handler that always returns
    /// [`HandlerError::later`](crate::HandlerError::later), or is tried without end, keeps something due for ever.
    pub fn drain(
        &self,
        world: &mut World,
        mut now: Timestamp,
        mut wait: impl FnMut(Timestamp) -> Timestamp,
    ) -> Result<Drained, Stuck> {
        let (mut events, mut overruns, mut before) = (0, 0, None);
        loop {
            let delivery = self.deliver(world, now);
            events += delivery.events;
            if delivery.overrun {
                overruns += 1;
                if overruns == MAX_WAVES {
                    return Err(Stuck::Cycle);
                }
                continue;
            }
            overruns = 0;
            if delivery.next_due == Some(now) {
                // A handler may take some of its events each time.
                let (_, progress) = self.unfinished(now);
                if before.replace(progress) != Some(progress) {
                    continue;
                }
            }
            match self.next_timer().filter(|due| *due > now) {
                Some(due) => now = wait(due),
                None => return self.unfinished(now).0.map_or(Ok(Drained { now, events }), Err),
            }
        }
    }

    /// Returns the first group that is not done with all events, and how much all groups have done.
    fn unfinished(&self, now: Timestamp) -> (Option<Stuck>, u64) {
        let reports = self.topic_reports(now);
        let progress = reports.iter().flat_map(|topic| &topic.groups).map(|group| {
            let stats = &group.stats;
            stats.delivered + stats.expired + stats.filtered + stats.evicted + stats.duplicates
        });
        let progress = progress.sum();
        let stuck = reports.into_iter().find_map(|topic| {
            let group = topic.groups.into_iter().find(|group| group.stats.pending + group.stats.in_backoff > 0)?;
            let events = group.stats.pending + group.stats.in_backoff;
            Some(Stuck::Unfinished { topic: topic.name, group: group.name, events })
        });
        (stuck, progress)
    }
}

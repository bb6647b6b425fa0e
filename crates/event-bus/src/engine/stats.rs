//! The statistics of topics and groups. They can be read at any moment.

use std::error::Error;
use std::fmt;
use std::time::Duration;

/// The counters of a group. They always balance, which [`Self::balance`] checks:
///
/// ```text
/// published since its start + replayed + redelivered
///     = acked + dead + expired + duplicates + filtered + evicted + skipped + pending + in_backoff
/// ```
///
/// If a seek moves a group before the `seq` that it starts with is published, the start is the time of the seek.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct GroupStats {
    /// Attempts: how often an event was delivered to a consumer of the group.
    pub delivered: u64,
    /// Attempts that ended with an error.
    pub failed: u64,
    /// Events that were acknowledged. At most once, an event is acknowledged when it is delivered.
    pub acked: u64,
    /// Events that were given up after `max_deliver` attempts, or because of a fatal error.
    pub dead: u64,
    /// Events that were left out because their TTL had passed.
    pub expired: u64,
    /// Events that were left out because an event with the same key was acknowledged before, or is in progress.
    pub duplicates: u64,
    /// Events that were left out by the group's filter.
    pub filtered: u64,
    /// Events that the topic dropped before the group was done with them.
    pub evicted: u64,
    /// Events that a seek skipped.
    pub skipped: u64,
    /// Events that a seek back made available again.
    pub replayed: u64,
    /// Dead letters that were redelivered to the group.
    pub redelivered: u64,
    /// Events that are to be delivered, or were pulled and are not acked yet.
    pub pending: u64,
    /// Events that failed and wait for their next attempt.
    pub in_backoff: u64,
    /// `seq` of the first event of the group.
    pub start: u64,
    /// `seq` of the next event that the group has not seen.
    pub next: u64,
    /// Events in the log that the group has not seen.
    pub lag: u64,
    /// How old the oldest retained event is that the group is not done with: one that it has not seen, that waits for a
    /// retry, or that was pulled and is not acked. It is what an alert for a stuck group needs.
    pub oldest_unfinished: Duration,
}

/// The counters of a group do not add up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Imbalance {
    /// Events that the group was to get.
    pub received: u64,
    /// Events that the counters account for.
    pub counted: u64,
}

impl fmt::Display for Imbalance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} events were to be delivered, and {} are accounted for", self.received, self.counted)
    }
}

impl Error for Imbalance {}

impl GroupStats {
    /// Checks that the counters balance. `published` is that of the topic, read together with these counters on the
    /// thread that delivers.
    ///
    /// ```
    /// # use bevy_ecs::prelude::*;
    /// # use blockers_event_bus::prelude::*;
    /// # struct Order(u64);
    /// # let mut world = World::new();
    /// let orders = world.add_topic::<Order>("orders").create()?;
    /// world.subscribe::<Order>("payment").handler(|batch: Batch<Order>| batch.take(1).for_each(drop))?;
    /// orders.publish_batch([Order(1), Order(2)])?;
    /// let now = Timestamp::ZERO;
    /// world.deliver(now);
    /// let stats = orders.group("payment", now).unwrap_or_default();
    /// assert_eq!((stats.acked, stats.pending), (1, 1));
    /// stats.balance(orders.stats(now).published)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`Imbalance`] if an event is missing or counted twice.
    pub fn balance(&self, published: u64) -> Result<(), Imbalance> {
        let received = published.saturating_sub(self.start) + self.replayed + self.redelivered;
        let left_out = self.expired + self.duplicates + self.filtered + self.evicted + self.skipped;
        let counted = self.acked + self.dead + left_out + self.pending + self.in_backoff;
        if received == counted { Ok(()) } else { Err(Imbalance { received, counted }) }
    }
}

/// The counters of a topic.
#[derive(Clone, Copy, Default, PartialEq, Debug)]
#[non_exhaustive]
pub struct TopicStats {
    /// Events that were appended to the log, or were dropped from the inbox: the `seq` of the next event of the log.
    pub published: u64,
    /// Events that were refused because the topic was full or closed.
    pub refused: u64,
    /// Events that are retained.
    pub len: usize,
    /// Their size in bytes, if the topic counts bytes.
    pub bytes: usize,
    /// Events in the inbox, which wait for the next wave.
    pub inbox_len: usize,
    /// The capacity, in events, that is allocated for the log and the inbox. It does not grow in steady state.
    pub capacity: usize,
    /// Events per second, over the last ten seconds, or over those since the first event. The current second is left
    /// out, because it is not over; the first one has the events so far.
    pub rate: f64,
}

//! The configuration of topics and groups, as plain values that can be read and changed while the bus runs.

use std::time::Duration;

use super::time::Timestamp;

/// The pause after each failed attempt. A pause that would end at or after [`Timestamp::MAX`] never ends.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Backoff {
    /// No pause: the event is retried immediately.
    #[default]
    None,
    /// Always the same pause.
    Fixed(Duration),
    /// A pause that doubles after each further attempt, up to a limit.
    Doubling {
        /// The pause after the first attempt.
        first: Duration,
        /// The longest pause.
        most: Duration,
    },
}

impl Backoff {
    /// Returns the pause after an attempt. `attempts` counts from 1.
    #[must_use]
    pub fn pause(self, attempts: u32) -> Duration {
        match self {
            Self::None => Duration::ZERO,
            Self::Fixed(pause) => pause,
            Self::Doubling { first, most } => {
                let factor = 1u64.checked_shl(attempts.saturating_sub(1)).unwrap_or(u64::MAX);
                let pause = (Timestamp::ZERO + first).as_millis().saturating_mul(factor);
                Duration::from_millis(pause).min(most)
            }
        }
    }
}

/// How often a failing event is tried.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RetryPolicy {
    /// The number of attempts after which an event is given up; 0 counts as 1.
    pub max_deliver: u32,
    /// The pause after each failed attempt.
    pub backoff: Backoff,
}

/// Five attempts without a pause.
impl Default for RetryPolicy {
    fn default() -> Self {
        Self { max_deliver: 5, backoff: Backoff::None }
    }
}

/// Which events wait while a failed one waits for its retry.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum DeliveryOrder {
    /// All later ones: the group gets every event in the order of its topic. A group that pulls gets new events all the
    /// same.
    #[default]
    Ordered,
    /// Those with the same key.
    ByKey,
    /// None.
    Unordered,
}

/// The configuration of a group.
///
/// ```
/// # use bevy_ecs::prelude::*;
/// # use blockers_event_bus::prelude::*;
/// # struct Order(u64);
/// # let mut world = World::new();
/// let orders = world.add_topic::<Order>("orders").max_len(10).create()?;
/// world.subscribe::<Order>("payment").handler(|batch: Batch<Order>| batch.for_each(drop))?;
/// orders.configure_group("payment", |group| group.paused = true)?;
/// orders.configure(|topic| topic.max_len = 20);
/// assert!(orders.group_config("payment").is_some_and(|group| group.paused));
/// assert_eq!(orders.config().max_len, 20);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct GroupConfig {
    /// How failing events are retried; `None` for at most once.
    pub retry: Option<RetryPolicy>,
    /// Events that are this old, or older, are left out.
    pub ttl: Option<Duration>,
    /// How long a consumer that pulls may take to ack an event, before that counts as a failed attempt.
    pub ack_wait: Option<Duration>,
    /// Which events wait while another one waits for its retry. [`DeliveryOrder::ByKey`] needs the key of
    /// [`ordered_by`](crate::Subscription::ordered_by); without it, it is [`DeliveryOrder::Unordered`].
    pub order: DeliveryOrder,
    /// `true` if the group gets no events for now. They wait, and count as pending.
    pub paused: bool,
}

impl GroupConfig {
    /// Returns `true` if an event of this time is not delivered any more.
    pub(crate) fn expired(&self, timestamp: Timestamp, now: Timestamp) -> bool {
        self.ttl.is_some_and(|ttl| timestamp.is_older(ttl, now))
    }

    /// Returns when an event is due again that failed for the `attempts`-th time; `None` if it is given up.
    pub(crate) fn next_attempt(&self, now: Timestamp, attempts: u32) -> Option<Timestamp> {
        let retry = self.retry.filter(|retry| attempts < retry.max_deliver)?;
        Some(now + retry.backoff.pause(attempts))
    }
}

/// What a full topic does with a new event.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum DiscardPolicy {
    /// Accepts it and evicts the oldest event.
    #[default]
    Old,
    /// Refuses it. Room is made only by evicting events that are too old, or that every group is done with. So a topic
    /// without groups refuses events once it is full, and one whose handlers are running makes no room.
    New,
}

/// The configuration of a topic. [`GroupConfig`] has an example.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct TopicConfig {
    /// The maximum number of events in the log.
    pub max_len: usize,
    /// The maximum number of events in the inbox, which were published and wait for the next wave. If it is full, the
    /// oldest is evicted; if that is not allowed, the new one is refused.
    pub max_inbox: usize,
    /// An event that is this old, or older, is evicted.
    pub max_age: Option<Duration>,
    /// The maximum size of all events. It needs the size of an event, from
    /// [`max_bytes`](crate::TopicBuilder::max_bytes).
    pub max_bytes: Option<usize>,
    /// What the topic does when it is full.
    pub discard: DiscardPolicy,
    /// `true` if no event is evicted before the at-least-once groups are done with it. Then the log may exceed the
    /// other limits.
    pub keep_until_done: bool,
}

impl TopicConfig {
    /// The default of `max_len`, and the least that is the default of `max_inbox`.
    pub(crate) const LEN: usize = 1024;

    /// Returns `true` if this many events or bytes exceed the limits.
    pub(crate) fn exceeded(&self, len: usize, bytes: usize) -> bool {
        len > self.max_len || self.max_bytes.is_some_and(|most| bytes > most)
    }
}

impl Default for TopicConfig {
    fn default() -> Self {
        Self {
            max_len: Self::LEN,
            max_inbox: Self::LEN,
            max_age: None,
            max_bytes: None,
            discard: DiscardPolicy::Old,
            keep_until_done: false,
        }
    }
}

/// A position in a topic, where a group starts or continues after a seek.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum StartAt {
    /// The oldest event that is retained.
    Earliest,
    /// The next event that is appended to the log. Events in the inbox are included.
    #[default]
    Latest,
    /// The event with this `seq`. If it was evicted, the oldest event that is retained. If it is not published yet, the
    /// group waits for it.
    Seq(u64),
    /// The first retained event with this timestamp or a later one.
    Time(Timestamp),
}

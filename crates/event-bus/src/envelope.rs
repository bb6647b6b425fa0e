//! The envelope of an event: its number in its topic, its time, and its cause.

use std::num::NonZeroU64;
use std::ops::Deref;

use crate::engine::time::Timestamp;

/// An event as its topic stores it. It dereferences to the event, and is immutable.
#[derive(Clone, PartialEq, Debug)]
pub struct Envelope<E> {
    seq: u64,
    timestamp: Timestamp,
    cause: Option<Cause>,
    event: E,
}

/// The number of a topic in its bus, in order of creation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TopicId(u16);

impl TopicId {
    pub(crate) fn new(place: usize) -> Self {
        Self(u16::try_from(place).unwrap_or(u16::MAX))
    }

    /// Returns the number. Topics past the 65,535th share the last one.
    #[must_use]
    pub fn index(self) -> usize {
        self.0.into()
    }
}

/// The event that caused another one. It may not be retained any more.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Cause(NonZeroU64);

impl Cause {
    const SEQ_BITS: u32 = 48;

    /// Names the event of this `seq` in this topic; `None` if the `seq` is 2^48 - 1 or more.
    #[must_use]
    pub fn new(topic: TopicId, seq: u64) -> Option<Self> {
        let number = seq.checked_add(1).filter(|number| *number < 1 << Self::SEQ_BITS)?;
        NonZeroU64::new(u64::from(topic.0) << Self::SEQ_BITS | number).map(Self)
    }

    /// Returns the topic of the event.
    #[must_use]
    pub fn topic(self) -> TopicId {
        TopicId((self.0.get() >> Self::SEQ_BITS) as u16)
    }

    /// Returns the `seq` of the event in its topic.
    #[must_use]
    pub fn seq(self) -> u64 {
        (self.0.get() & ((1 << Self::SEQ_BITS) - 1)) - 1
    }
}

/// Optional metadata of a published event.
///
/// ```
/// use bevy_ecs::prelude::*;
/// use blockers_event_bus::prelude::*;
///
/// struct Order(u64);
/// struct Paid(u64);
///
/// let mut world = World::new();
/// let orders = world.add_topic::<Order>("orders").create()?;
/// world.add_topic::<Paid>("payments").create()?;
/// world.subscribe::<Order>("payment").handler(|mut batch: Batch<Order>, payments: Publisher<Paid>| {
///     while let Some(order) = batch.next() {
///         payments.publish_with(Paid(order.0), PublishOptions::because(batch.cause(order)))?;
///     }
///     HandlerResult::Ok(())
/// })?;
/// world.subscribe::<Paid>("trace").handler(|batch: Batch<Paid>| {
///     batch.for_each(|paid| assert_eq!(paid.cause().map(|cause| cause.seq()), Some(0)));
/// })?;
/// orders.publish_with(Order(1), PublishOptions::at(Timestamp::from_millis(5)))?;
/// assert_eq!(world.deliver(Timestamp::from_millis(20)).events, 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct PublishOptions {
    /// The time of publication, from which TTLs and `max_age` count. The bus has no clock, so without it the event gets
    /// the time of the delivery that appends it to the log. A time after that one counts as that one.
    pub timestamp: Option<Timestamp>,
    /// The event that caused this one.
    pub cause: Option<Cause>,
}

impl PublishOptions {
    /// Returns options with a time of publication.
    #[must_use]
    pub fn at(timestamp: Timestamp) -> Self {
        Self { timestamp: Some(timestamp), cause: None }
    }

    /// Returns options with a cause.
    #[must_use]
    pub fn because(cause: Option<Cause>) -> Self {
        Self { timestamp: None, cause }
    }
}

impl<E> Envelope<E> {
    /// Wraps an event that was published and is not in the log yet.
    #[inline]
    pub(crate) fn new(seq: u64, options: PublishOptions, event: E) -> Self {
        Self { seq, timestamp: options.timestamp.unwrap_or(Timestamp::MAX), cause: options.cause, event }
    }

    /// Sets the time of an event that is appended to the log now, in place.
    #[inline]
    pub(crate) fn accept(&mut self, now: Timestamp) {
        self.timestamp = self.timestamp.min(now);
    }

    /// Sets the time of an event that was dropped before it got into the log.
    pub(crate) fn stamp(&mut self, now: Timestamp) {
        if self.timestamp == Timestamp::MAX {
            self.timestamp = now;
        }
    }

    /// Returns the event's number in its topic: from 0, without gaps.
    #[inline]
    #[must_use]
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// Returns when the event was published, if its producer said so in [`PublishOptions`], or else when it was
    /// appended to the topic's log.
    #[inline]
    #[must_use]
    pub fn timestamp(&self) -> Timestamp {
        self.timestamp
    }

    /// Returns the event that caused this one, if its producer said so.
    #[must_use]
    pub fn cause(&self) -> Option<Cause> {
        self.cause
    }

    /// Returns the event.
    #[inline]
    #[must_use]
    pub fn event(&self) -> &E {
        &self.event
    }

    /// Returns the event without its envelope.
    #[must_use]
    pub fn into_event(self) -> E {
        self.event
    }
}

impl<E> Deref for Envelope<E> {
    type Target = E;
    fn deref(&self) -> &E {
        &self.event
    }
}

//! The input of a handler: the events that its group has not seen.

use std::{fmt, mem, slice};

use bevy_ecs::system::SystemInput;

use crate::engine::screen::Screen;
use crate::engine::time::Timestamp;
use crate::envelope::{Cause, Envelope, TopicId};
use crate::log::Pieces;
use crate::selector::Selector;

/// The events from a group's offset to the end of the wave, as the input of a system.
///
/// It is an iterator. When it is dropped, the group's offset moves past the events that were taken from it. So
/// `for event in batch { … ? }` leaves the offset just behind the event that failed, and events not taken are delivered
/// by the next call of `deliver`. Events whose TTL has passed, duplicates, and those that the group's filter leaves out
/// are not yielded. Do not `mem::forget` a batch: the events that were taken from it would be delivered again.
///
/// ```
/// use bevy_ecs::prelude::*;
/// use blockers_event_bus::prelude::*;
///
/// struct Order(u64);
/// #[derive(Resource, Default)]
/// struct Taken(Vec<(u64, u32)>);
///
/// let mut world = World::new();
/// world.init_resource::<Taken>();
/// world.add_topic::<Order>("orders").create()?;
/// world.subscribe::<Order>("payment").at_least_once().handler(|mut batch: Batch<Order>, mut taken: ResMut<Taken>| {
///     let attempt = batch.attempt();
///     // It takes one event in each call, and the first attempt fails.
///     let Some(order) = batch.next() else { return Ok(()) };
///     taken.0.push((order.0, attempt));
///     if order.0 == 7 && attempt == 1 { Err(HandlerError::new("not yet")) } else { Ok(()) }
/// })?;
/// world.publish(Order(7))?;
/// world.publish(Order(8))?;
/// while world.deliver(Timestamp::ZERO).next_due.is_some() {}
/// assert_eq!(world.resource::<Taken>().0, [(7, 1), (7, 2), (8, 1)]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Batch<'a, E: 'static> {
    events: slice::Iter<'a, Envelope<E>>,
    /// The events after `events`. The log is a ring buffer, so there can be a second slice.
    then: &'a [Envelope<E>],
    offer: &'a mut Offer,
    filter: Option<&'a mut Filter<E>>,
}

/// What a handler can learn of its batch, besides the events.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BatchFacts {
    pub(crate) topic: TopicId,
    pub(crate) now: Timestamp,
    pub(crate) attempt: u32,
}

/// The source of a [`Batch`]: the events that are offered to a handler.
pub(crate) struct BatchSource<'a, E> {
    events: Pieces<'a, E>,
    filter: Option<&'a mut Filter<E>>,
    pub(crate) offer: Offer,
}

/// How events are offered to a handler, and how many of them it took.
pub(crate) struct Offer {
    /// The number of events that were not taken. It is valid after the handler was called.
    pub(crate) left: usize,
    facts: BatchFacts,
}

/// Leaves events out, and limits their number.
pub(crate) struct Filter<E> {
    pub(crate) screen: Screen,
    pub(crate) selector: Option<Box<Selector<E>>>,
}

impl<E> Filter<E> {
    /// Not inlined, to keep it out of the loops of handlers: most batches have no filter.
    #[inline(never)]
    fn passes(&mut self, envelope: &Envelope<E>) -> bool {
        let selector = self.selector.as_ref();
        let by_key = self.screen.by_key();
        let facts = selector.map(|selector| selector.facts(envelope.event(), by_key)).unwrap_or_default();
        self.screen.passes(envelope.seq(), envelope.timestamp(), facts)
    }
}

impl<'a, E: 'static> BatchSource<'a, E> {
    /// Offers these events, or those of them that pass the filter.
    #[inline]
    pub(crate) fn new(events: Pieces<'a, E>, filter: Option<&'a mut Filter<E>>, facts: BatchFacts) -> Self {
        Self { events, filter, offer: Offer { left: 0, facts } }
    }

    /// Returns how many events are offered.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.events.0.len() + self.events.1.len()
    }

    /// Takes one event that passes the filter.
    pub(crate) fn take_one(&mut self) {
        if let Some(filter) = &mut self.filter {
            filter.screen.room = filter.screen.room.min(1);
        }
        self.batch().next();
    }

    #[inline]
    pub(crate) fn batch(&mut self) -> Batch<'_, E> {
        let (events, then) = self.events;
        Batch { events: events.iter(), then, offer: &mut self.offer, filter: self.filter.as_deref_mut() }
    }
}

impl<E> Drop for Batch<'_, E> {
    #[inline]
    fn drop(&mut self) {
        self.offer.left = self.rest();
    }
}

impl<'a, E> Batch<'a, E> {
    /// Returns the time that was passed to `deliver`.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.offer.facts.now
    }

    /// Returns which attempt this is for the events of the batch, counted from 1. A retried event is alone in its
    /// batch.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.offer.facts.attempt
    }

    /// Returns the id of the topic.
    #[must_use]
    pub fn topic(&self) -> TopicId {
        self.offer.facts.topic
    }

    /// Returns an event of this batch as the cause of another one, for
    /// [`PublishOptions::because`](crate::PublishOptions::because).
    #[must_use]
    pub fn cause(&self, event: &Envelope<E>) -> Option<Cause> {
        Cause::new(self.offer.facts.topic, event.seq())
    }

    #[inline]
    fn rest(&self) -> usize {
        self.events.len() + self.then.len()
    }

    #[inline]
    fn following(&mut self) -> Option<&'a Envelope<E>> {
        if self.events.as_slice().is_empty() {
            self.events = mem::take(&mut self.then).iter();
        }
        self.events.next()
    }
}

impl<'a, E> Iterator for Batch<'a, E> {
    type Item = &'a Envelope<E>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.filter.as_ref().is_some_and(|filter| filter.screen.room == 0) {
                return None;
            }
            let envelope = self.following()?;
            if self.filter.as_mut().is_none_or(|filter| filter.passes(envelope)) {
                return Some(envelope);
            }
        }
    }

    /// With a filter, the batch may yield fewer events than are left.
    fn size_hint(&self) -> (usize, Option<usize>) {
        let rest = self.rest();
        match &self.filter {
            Some(filter) => (0, Some(rest.min(filter.screen.room))),
            None => (rest, Some(rest)),
        }
    }
}

impl<E> fmt::Debug for Batch<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch").field("left", &self.rest()).field("facts", &self.offer.facts).finish_non_exhaustive()
    }
}

impl<E: 'static> SystemInput for Batch<'_, E> {
    type Param<'i> = Batch<'i, E>;
    type Inner<'i> = Batch<'i, E>;

    fn wrap(this: Self::Inner<'_>) -> Self::Param<'_> {
        this
    }
}

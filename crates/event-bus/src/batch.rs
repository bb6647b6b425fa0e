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
    /// Receives the number of events that were not taken, when the batch is dropped.
    left: &'a mut usize,
    filter: Option<&'a mut Filter<E>>,
    facts: BatchFacts,
}

/// What a handler can learn of its batch, besides the events.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BatchFacts {
    pub(crate) topic: TopicId,
    pub(crate) now: Timestamp,
    pub(crate) attempt: u32,
}

/// The source of a [`Batch`]: events that are offered to a handler, and how many of them it took.
pub(crate) struct BatchSource<'a, E> {
    pub(crate) events: Pieces<'a, E>,
    /// The number of events that were not taken. It is valid after the handler was called.
    pub(crate) left: usize,
    pub(crate) filter: Option<Filter<E>>,
    pub(crate) facts: BatchFacts,
}

/// Leaves events out, and limits their number.
pub(crate) struct Filter<E> {
    pub(crate) screen: Screen,
    pub(crate) selector: Option<Box<Selector<E>>>,
    pub(crate) by_key: bool,
}

impl<E> Filter<E> {
    /// Not inlined, to keep it out of the loops of handlers: most batches have no filter.
    #[inline(never)]
    fn passes(&mut self, envelope: &Envelope<E>) -> bool {
        let selector = self.selector.as_ref();
        let facts = selector.map(|selector| selector.facts(envelope.event(), self.by_key)).unwrap_or_default();
        self.screen.passes(envelope.seq(), envelope.timestamp(), facts)
    }
}

impl<'a, E> BatchSource<'a, E> {
    /// Offers all of these events.
    #[inline]
    pub(crate) fn all(events: Pieces<'a, E>, facts: BatchFacts) -> Self {
        Self { events, left: 0, filter: None, facts }
    }

    /// Offers those of these events that pass the filter.
    pub(crate) fn filtered(events: Pieces<'a, E>, filter: Filter<E>, facts: BatchFacts) -> Self {
        Self { events, left: 0, filter: Some(filter), facts }
    }

    /// Returns the batch. Its events must be those of the source.
    #[inline]
    pub(crate) fn batch<'b>(&'b mut self, (events, then): Pieces<'b, E>) -> Batch<'b, E> {
        Batch { events: events.iter(), then, left: &mut self.left, filter: self.filter.as_mut(), facts: self.facts }
    }
}

impl<E> Drop for Batch<'_, E> {
    #[inline]
    fn drop(&mut self) {
        *self.left = self.rest();
    }
}

impl<'a, E> Batch<'a, E> {
    /// Returns the time that was passed to `deliver`.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.facts.now
    }

    /// Returns which attempt this is for the events of the batch, counted from 1. A retried event is alone in its
    /// batch.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.facts.attempt
    }

    /// Returns the id of the topic.
    #[must_use]
    pub fn topic(&self) -> TopicId {
        self.facts.topic
    }

    /// Returns an event of this batch as the cause of another one, for
    /// [`PublishOptions::because`](crate::PublishOptions::because).
    #[must_use]
    pub fn cause(&self, event: &Envelope<E>) -> Option<Cause> {
        Cause::new(self.facts.topic, event.seq())
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
        f.debug_struct("Batch").field("left", &self.rest()).field("facts", &self.facts).finish_non_exhaustive()
    }
}

impl<E: 'static> SystemInput for Batch<'_, E> {
    type Param<'i> = Batch<'i, E>;
    type Inner<'i> = Batch<'i, E>;

    fn wrap(this: Self::Inner<'_>) -> Self::Param<'_> {
        this
    }
}

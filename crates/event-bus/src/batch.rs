//! The input of a handler: the events that its group has not seen.

use std::{mem, slice};

use bevy_ecs::system::SystemInput;

use super::dedup::Dedup;
use super::envelope::Envelope;
use super::log::Pieces;
use super::policy::Policy;

/// The events from a group's offset to the end of the wave, as the input of a system.
///
/// It is an iterator. When it is dropped, the group's offset moves past the events that were taken from it. So
/// `for event in batch { … ? }` leaves the offset just behind the event that failed, and events not taken are delivered
/// in a later wave. Events whose TTL has passed, and duplicates of acknowledged events, are left out. Do not
/// `mem::forget` a batch: the events that were taken from it would be delivered again.
pub struct Batch<'a, E: 'static> {
    events: slice::Iter<'a, Envelope<E>>,
    /// The events after `events`. The log is a ring buffer, so there can be a second slice.
    then: &'a [Envelope<E>],
    /// Receives the number of events that were not taken, when the batch is dropped.
    left: &'a mut usize,
    filter: Option<&'a mut Filter<E>>,
}

/// Events that are offered to a handler as a [`Batch`], and how many of them it took.
pub(super) struct Offer<'a, E> {
    pub(super) events: Pieces<'a, E>,
    /// The number of events that were not taken. It is valid after the handler was called.
    pub(super) left: usize,
    pub(super) filter: Option<Filter<E>>,
}

/// Leaves out expired events and duplicates, and limits the number of events.
pub(super) struct Filter<E> {
    pub(super) policy: Policy,
    pub(super) now: u64,
    /// Borrowed from the group until [`Offer::close`].
    pub(super) dedup: Option<Box<Dedup<E>>>,
    /// How many more events may be delivered.
    pub(super) room: usize,
    pub(super) taken: Taken,
}

/// Counts the events of a batch while it is iterated.
#[derive(Clone, Copy, Default)]
pub(super) struct Taken {
    pub(super) given: u64,
    /// `seq` of the event that was delivered last.
    pub(super) last: u64,
    pub(super) expired: u64,
    pub(super) duplicates: u64,
}

impl<E> Filter<E> {
    /// Lets at most `room` events pass.
    pub(super) fn new(policy: Policy, now: u64, dedup: &mut Option<Box<Dedup<E>>>, room: usize) -> Self {
        Self { policy, now, dedup: dedup.take(), room, taken: Taken::default() }
    }

    /// Not inlined, to keep it out of the loops of handlers: most batches have no filter.
    #[inline(never)]
    fn passes(&mut self, envelope: &Envelope<E>) -> bool {
        if self.policy.expired(envelope.at(), self.now) {
            self.taken.expired += 1;
            return false;
        }
        if self.dedup.as_mut().is_some_and(|dedup| !dedup.enter(envelope.body())) {
            self.taken.duplicates += 1;
            return false;
        }
        self.taken.given += 1;
        self.taken.last = envelope.seq();
        self.room -= 1;
        true
    }
}

impl<'a, E> Offer<'a, E> {
    /// Offers all of these events.
    pub(super) fn all(events: Pieces<'a, E>) -> Self {
        Self { events, left: 0, filter: None }
    }

    /// Offers those of these events that pass the filter.
    pub(super) fn filtered(events: Pieces<'a, E>, filter: Filter<E>) -> Self {
        Self { events, left: 0, filter: Some(filter) }
    }

    /// Returns the dedup to its group, and the counts of the filter; `None` if there is no filter, so that every event
    /// that was taken was also delivered.
    pub(super) fn close(&mut self, dedup: &mut Option<Box<Dedup<E>>>) -> Option<Taken> {
        let filter = self.filter.take()?;
        *dedup = filter.dedup;
        Some(filter.taken)
    }

    /// Returns the batch. Its events must be those of the offer.
    #[inline]
    pub(super) fn batch<'b>(&'b mut self, (events, then): Pieces<'b, E>) -> Batch<'b, E> {
        Batch { events: events.iter(), then, left: &mut self.left, filter: self.filter.as_mut() }
    }
}

impl<E> Drop for Batch<'_, E> {
    #[inline]
    fn drop(&mut self) {
        *self.left = self.rest();
    }
}

impl<'a, E> Batch<'a, E> {
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
            if self.filter.as_ref().is_some_and(|filter| filter.room == 0) {
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
            Some(filter) => (0, Some(rest.min(filter.room))),
            None => (rest, Some(rest)),
        }
    }
}

impl<E: 'static> SystemInput for Batch<'_, E> {
    type Param<'i> = Batch<'i, E>;
    type Inner<'i> = Batch<'i, E>;

    fn wrap(this: Self::Inner<'_>) -> Self::Param<'_> {
        this
    }
}

//! What a handler is given: the events that its group has not seen.

use std::{mem, slice};

use bevy_ecs::system::SystemInput;

use super::dedup::Dedup;
use super::envelope::Envelope;
use super::log::Pieces;
use super::policy::Policy;

/// The events from a group's offset to the end of the wave, as the input of a system.
///
/// It is an iterator, and when it is dropped, the group's offset moves past what was taken from it. So `for event in batch { … ? }`
/// leaves the offset just behind the event that failed, and what was not taken stays for the next time. Events whose TTL has
/// passed, and those that are known to be done, are left out. It must not be forgotten
/// (`mem::forget`): what was taken from it would come again.
pub struct Batch<'a, E: 'static> {
    events: slice::Iter<'a, Envelope<E>>,
    /// What comes after these, because the log is a ring.
    then: &'a [Envelope<E>],
    /// How many were not taken: that is told here at the end.
    left: &'a mut usize,
    filter: Option<&'a mut Filter<E>>,
}

/// Events that are to be given to a handler as a [`Batch`], and what becomes of them.
pub(super) struct Offer<'a, E> {
    pub(super) events: Pieces<'a, E>,
    /// How many were not taken, when the handler has been called.
    pub(super) left: usize,
    pub(super) filter: Option<Filter<E>>,
}

/// What may not pass.
pub(super) struct Filter<E> {
    pub(super) policy: Policy,
    pub(super) now: u64,
    /// Lent by the group.
    pub(super) dedup: Option<Box<Dedup<E>>>,
    /// How many more may be given.
    pub(super) room: usize,
    pub(super) taken: Taken,
}

/// What became of the events of a batch while it was iterated.
#[derive(Clone, Copy, Default)]
pub(super) struct Taken {
    pub(super) given: u64,
    /// `seq` of the event that was given last.
    pub(super) last: u64,
    pub(super) expired: u64,
    pub(super) duplicates: u64,
}

impl<E> Filter<E> {
    /// Lets pass at most so many events that are worth giving now.
    pub(super) fn new(policy: Policy, now: u64, dedup: &mut Option<Box<Dedup<E>>>, room: usize) -> Self {
        Self { policy, now, dedup: dedup.take(), room, taken: Taken::default() }
    }

    /// It is kept out of the loops of handlers, most of which have no filter.
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
    /// All of these events.
    pub(super) fn all(events: Pieces<'a, E>) -> Self {
        Self { events, left: 0, filter: None }
    }

    /// Those of these events that pass the filter.
    pub(super) fn filtered(events: Pieces<'a, E>, filter: Filter<E>) -> Self {
        Self { events, left: 0, filter: Some(filter) }
    }

    /// Gives the dedup back to its group. Returns what became of the events that passed the filter or did not; `None` if there is
    /// no filter, and all passed that were taken.
    pub(super) fn close(&mut self, dedup: &mut Option<Box<Dedup<E>>>) -> Option<Taken> {
        let filter = self.filter.take()?;
        *dedup = filter.dedup;
        Some(filter.taken)
    }

    /// The batch: of these events, which are those of the offer.
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

    /// With a filter it may be fewer.
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

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
    /// The events, in two pieces because the log is a ring.
    front: slice::Iter<'a, Envelope<E>>,
    back: slice::Iter<'a, Envelope<E>>,
    /// How many were not taken.
    left: &'a mut usize,
    filter: Option<&'a mut Filter<'a, E>>,
}

/// What may not pass.
pub(super) struct Filter<'a, E> {
    pub(super) policy: Policy,
    pub(super) now: u64,
    pub(super) dedup: Option<&'a mut Dedup<E>>,
    /// How many more may be given.
    pub(super) room: usize,
    pub(super) taken: &'a mut Taken,
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

impl<E> Filter<'_, E> {
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

impl<'a, E> Batch<'a, E> {
    /// These events. `left` is how many there are, and becomes how many were not taken.
    pub(super) fn new(events: Pieces<'a, E>, left: &'a mut usize) -> Self {
        Self { front: events.0, back: events.1, left, filter: None }
    }

    /// Those of these events that pass the filter.
    pub(super) fn filtered(events: Pieces<'a, E>, left: &'a mut usize, filter: &'a mut Filter<'a, E>) -> Self {
        Self { front: events.0, back: events.1, left, filter: Some(filter) }
    }

    /// One event: a retry, or one that came back.
    pub(super) fn one(envelope: &'a Envelope<E>, left: &'a mut usize) -> Self {
        Self::new((slice::from_ref(envelope).iter(), [].iter()), left)
    }

    fn rest(&self) -> usize {
        self.front.len() + self.back.len()
    }
}

impl<E> Drop for Batch<'_, E> {
    fn drop(&mut self) {
        *self.left = self.rest();
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
            let envelope = match self.front.next() {
                Some(envelope) => envelope,
                None => {
                    self.front = mem::take(&mut self.back);
                    self.front.next()?
                }
            };
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

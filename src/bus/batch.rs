//! What a handler is given: the events that its group has not seen.

use std::{mem, slice};

use bevy_ecs::system::SystemInput;

use super::dedup::Dedup;
use super::envelope::Envelope;
use super::log::Log;
use super::policy::Policy;

/// The events from a group's offset to the end of the wave, as the input of a system.
///
/// It is an iterator, and taking an event moves the group's offset past it. So `for event in batch { … ? }` stops with the
/// offset just behind the event that failed, and what was not taken stays for the next time. Events whose TTL has passed, and
/// those that are known to be done, are left out.
pub struct Batch<'a, E: 'static> {
    /// The events, in two pieces because the log is a ring.
    front: slice::Iter<'a, Envelope<E>>,
    back: slice::Iter<'a, Envelope<E>>,
    offset: &'a mut u64,
    filter: Option<&'a mut Filter<'a, E>>,
}

/// What may not pass.
pub(super) struct Filter<'a, E> {
    pub(super) policy: Policy,
    pub(super) now: u64,
    pub(super) dedup: Option<&'a mut Dedup<E>>,
    /// How many more may be given.
    pub(super) left: usize,
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
        self.left -= 1;
        true
    }
}

impl<'a, E> Batch<'a, E> {
    /// At most so many events from an offset on.
    pub(super) fn new(log: &'a Log<E>, offset: &'a mut u64, most: usize) -> Self {
        let (front, back) = log.from(*offset, most);
        Self::of(front, back, offset)
    }

    /// These events, the offset being where they begin.
    pub(super) fn of(front: &'a [Envelope<E>], back: &'a [Envelope<E>], offset: &'a mut u64) -> Self {
        Self { front: front.iter(), back: back.iter(), offset, filter: None }
    }

    /// The events from an offset on that pass the filter.
    pub(super) fn filtered(log: &'a Log<E>, offset: &'a mut u64, filter: &'a mut Filter<'a, E>) -> Self {
        Self { filter: Some(filter), ..Self::new(log, offset, usize::MAX) }
    }

    /// One event that is not where the offset is: a retry, or one that came back. `taken` counts whether it was taken.
    pub(super) fn one(envelope: &'a Envelope<E>, taken: &'a mut u64) -> Self {
        Self { front: slice::from_ref(envelope).iter(), back: [].iter(), offset: taken, filter: None }
    }
}

impl<'a, E> Iterator for Batch<'a, E> {
    type Item = &'a Envelope<E>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.filter.as_ref().is_some_and(|filter| filter.left == 0) {
                return None;
            }
            let envelope = match self.front.next() {
                Some(envelope) => envelope,
                None => {
                    mem::swap(&mut self.front, &mut self.back);
                    self.front.next()?
                }
            };
            *self.offset += 1;
            if self.filter.as_mut().is_none_or(|filter| filter.passes(envelope)) {
                return Some(envelope);
            }
        }
    }

    /// With a filter it may be fewer.
    fn size_hint(&self) -> (usize, Option<usize>) {
        let rest = self.front.len() + self.back.len();
        match &self.filter {
            Some(filter) => (0, Some(rest.min(filter.left))),
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

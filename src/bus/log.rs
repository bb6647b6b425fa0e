//! The retained history of one topic.
//!
//! Comes in: events in the order of publication. Goes out: those that are still kept, found by `seq` or by time.

use std::collections::VecDeque;
use std::slice;

use super::envelope::Envelope;

/// Envelopes in two pieces, because the log is a ring.
pub(super) type Pieces<'a, E> = (slice::Iter<'a, Envelope<E>>, slice::Iter<'a, Envelope<E>>);

/// The envelopes that a topic keeps, oldest first, with no gap between them.
pub(super) struct Log<E> {
    kept: VecDeque<Envelope<E>>,
    /// `seq` that the next event gets; so far, it is also how many there have been.
    next: u64,
}

impl<E> Default for Log<E> {
    fn default() -> Self {
        Self { kept: VecDeque::new(), next: 0 }
    }
}

impl<E> Log<E> {
    /// The `seq` after the newest event's.
    pub(super) fn end(&self) -> u64 {
        self.next
    }

    /// The `seq` of the oldest event that is kept; [`Self::end`] if none is.
    pub(super) fn start(&self) -> u64 {
        self.next - self.kept.len() as u64
    }

    /// How many events are kept.
    pub(super) fn depth(&self) -> usize {
        self.kept.len()
    }

    /// Takes these events in; the room that they had is left to be filled again.
    pub(super) fn append(&mut self, events: &mut Vec<E>, at: u64) {
        // Most waves have one event, and need nothing of what makes many fast.
        if events.len() == 1
            && let Some(body) = events.pop()
        {
            self.kept.push_back(Envelope::new(self.next, at, body));
            self.next += 1;
            return;
        }
        let first = self.next;
        self.next += events.len() as u64;
        self.kept.extend(events.drain(..).enumerate().map(|(n, body)| Envelope::new(first + n as u64, at, body)));
    }

    pub(super) fn get(&self, seq: u64) -> Option<&Envelope<E>> {
        let place = seq.checked_sub(self.start())?;
        self.kept.get(usize::try_from(place).ok()?)
    }

    /// The events from this `seq` on.
    pub(super) fn from(&self, seq: u64) -> Pieces<'_, E> {
        let len = self.kept.len();
        let first = seq.checked_sub(self.start()).map_or(0, |place| usize::try_from(place).unwrap_or(len)).min(len);
        let (front, back) = self.kept.as_slices();
        (front[first.min(front.len())..].iter(), back[first.saturating_sub(front.len())..].iter())
    }

    pub(super) fn oldest(&self) -> Option<&Envelope<E>> {
        self.kept.front()
    }

    pub(super) fn forget(&mut self, oldest: usize) {
        match oldest {
            1 => drop(self.kept.pop_front()),
            many => drop(self.kept.drain(..many)),
        }
    }

    pub(super) fn forget_oldest(&mut self) -> Option<Envelope<E>> {
        self.kept.pop_front()
    }

    /// The `seq` of the first event that came at this time or later; [`Self::end`] if there is none.
    pub(super) fn since(&self, time: u64) -> u64 {
        self.kept.iter().find(|envelope| envelope.at() >= time).map_or(self.next, Envelope::seq)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Envelope<E>> {
        self.kept.iter()
    }

    /// Room for so many events without allocating.
    pub(super) fn capacity(&self) -> usize {
        self.kept.capacity()
    }
}

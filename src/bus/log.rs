//! The retained history of one topic.
//!
//! Comes in: envelopes in `seq` order. Goes out: those that are still kept, found by `seq`.

use std::collections::VecDeque;

use super::envelope::Envelope;

/// The envelopes that a topic keeps, oldest first, with no gap between them.
pub(super) struct Log<E> {
    kept: VecDeque<Envelope<E>>,
    /// `seq` that the next event gets; so far, it is also how many there have been.
    next: u64,
}

impl<E> Log<E> {
    /// A log that keeps nothing and goes on at this `seq`: a new one, or one that stands in for one that is lent out.
    pub(super) fn empty(next: u64) -> Self {
        Self { kept: VecDeque::new(), next }
    }

    /// The `seq` after the newest event's.
    pub(super) fn end(&self) -> u64 {
        self.next
    }

    /// The `seq` of the oldest event that is kept; [`Self::end`] if none is.
    pub(super) fn start(&self) -> u64 {
        self.next - self.kept.len() as u64
    }

    pub(super) fn append(&mut self, body: E, at: u64) {
        self.kept.push_back(Envelope::new(self.next, at, body));
        self.next += 1;
    }

    pub(super) fn get(&self, seq: u64) -> Option<&Envelope<E>> {
        let place = seq.checked_sub(self.start())?;
        self.kept.get(usize::try_from(place).ok()?)
    }

    /// Forgets the oldest events, so that at most `len` are kept.
    pub(super) fn keep(&mut self, len: usize) {
        let surplus = self.kept.len().saturating_sub(len);
        self.kept.drain(..surplus);
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Envelope<E>> {
        self.kept.iter()
    }
}

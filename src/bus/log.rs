//! The retained history of one topic.
//!
//! Comes in: events in the order of publication. Goes out: those that are still kept, found by `seq` or by time.

use std::mem;

use super::envelope::Envelope;

/// The envelopes that a topic keeps, oldest first, with no gap between them.
///
/// They are in two pieces, of which the newer one grows. When all of the older one is forgotten, it goes, and the newer one takes its
/// place. So no envelope is ever moved, and what comes in at once is one slice.
pub(super) struct Log<E> {
    older: Vec<Envelope<E>>,
    /// How many of these, in front, are forgotten.
    forgotten: usize,
    newer: Vec<Envelope<E>>,
    /// `seq` that the next event gets; so far, it is also how many there have been.
    next: u64,
}

/// Events that follow each other, in two pieces; the second one may be empty, and is if the first one is.
pub(super) type Pieces<'a, E> = (&'a [Envelope<E>], &'a [Envelope<E>]);

impl<E> Default for Log<E> {
    fn default() -> Self {
        Self { older: Vec::new(), forgotten: 0, newer: Vec::new(), next: 0 }
    }
}

impl<E> Log<E> {
    /// The `seq` after the newest event's.
    pub(super) fn end(&self) -> u64 {
        self.next
    }

    /// The `seq` of the oldest event that is kept; [`Self::end`] if none is.
    pub(super) fn start(&self) -> u64 {
        self.next - self.depth() as u64
    }

    /// How many events are kept.
    pub(super) fn depth(&self) -> usize {
        self.older.len() - self.forgotten + self.newer.len()
    }

    /// The events that are kept, oldest first.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Envelope<E>> {
        self.older[self.forgotten..].iter().chain(&self.newer)
    }

    /// Takes these events in; the room that they had, or as much, is left to be filled again.
    pub(super) fn append(&mut self, inbox: &mut Vec<Envelope<E>>, at: u64) {
        match &mut inbox[..] {
            // Most waves have one event, and need nothing of what makes many fast.
            [one] => one.take_in(at),
            many => many.iter_mut().for_each(|envelope| envelope.take_in(at)),
        }
        self.next += inbox.len() as u64;
        if self.newer.is_empty() {
            mem::swap(&mut self.newer, inbox);
        } else {
            self.newer.append(inbox);
        }
    }

    pub(super) fn get(&self, seq: u64) -> Option<&Envelope<E>> {
        let (first, _) = self.from(seq);
        first.first().filter(|envelope| envelope.seq() == seq)
    }

    /// The events from this `seq` on.
    pub(super) fn from(&self, seq: u64) -> Pieces<'_, E> {
        let unseen = self.next.saturating_sub(seq).min(self.depth() as u64) as usize;
        match unseen.checked_sub(self.newer.len()) {
            None | Some(0) => (&self.newer[self.newer.len() - unseen..], &[]),
            Some(older) => (&self.older[self.older.len() - older..], &self.newer),
        }
    }

    /// Forgets so many of the oldest events.
    pub(super) fn forget(&mut self, oldest: usize) {
        if oldest == self.depth() {
            self.older.clear();
            self.newer.clear();
            self.forgotten = 0;
            return;
        }
        self.forgotten += oldest;
        if let Some(of_newer) = self.forgotten.checked_sub(self.older.len()) {
            self.older.clear();
            mem::swap(&mut self.older, &mut self.newer);
            self.forgotten = of_newer;
        }
    }

    /// Takes so many of the oldest events out. All others are moved up for it.
    pub(super) fn take(&mut self, oldest: usize) -> Vec<Envelope<E>> {
        self.older.drain(..mem::take(&mut self.forgotten));
        let of_newer = oldest.saturating_sub(self.older.len());
        let of_older = self.older.drain(..oldest - of_newer);
        of_older.chain(self.newer.drain(..of_newer)).collect()
    }

    /// The `seq` of the first event that came at this time or later; [`Self::end`] if there is none.
    pub(super) fn since(&self, time: u64) -> u64 {
        self.iter().find(|envelope| envelope.at() >= time).map_or(self.next, Envelope::seq)
    }

    /// Room for so many events without allocating.
    pub(super) fn capacity(&self) -> usize {
        self.older.capacity() + self.newer.capacity()
    }
}

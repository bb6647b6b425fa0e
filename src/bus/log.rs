//! The retained history of one topic.
//!
//! Comes in: events in the order of publication. Goes out: those that are still kept, found by `seq` or by time.

use std::mem;

use super::envelope::Envelope;

/// The envelopes that a topic keeps, oldest first, with no gap between them, and in one piece: so that a group can be given all
/// that is new as one slice.
pub(super) struct Log<E> {
    envelopes: Vec<Envelope<E>>,
    /// How many of them, in front, are forgotten. They go when they are as many as those that are kept, so that each envelope
    /// is moved about once in its life, however long the history is.
    forgotten: usize,
    /// `seq` that the next event gets; so far, it is also how many there have been.
    next: u64,
}

impl<E> Default for Log<E> {
    fn default() -> Self {
        Self { envelopes: Vec::new(), forgotten: 0, next: 0 }
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
        self.envelopes.len() - self.forgotten
    }

    /// The events that are kept, oldest first.
    pub(super) fn kept(&self) -> &[Envelope<E>] {
        &self.envelopes[self.forgotten..]
    }

    /// Takes these events in; the room that they had, or as much, is left to be filled again.
    pub(super) fn append(&mut self, inbox: &mut Vec<Envelope<E>>, at: u64) {
        match &mut inbox[..] {
            // Most waves have one event, and need nothing of what makes many fast.
            [one] => one.take_in(at),
            many => many.iter_mut().for_each(|envelope| envelope.take_in(at)),
        }
        self.next += inbox.len() as u64;
        if self.envelopes.is_empty() {
            mem::swap(&mut self.envelopes, inbox);
        } else {
            self.envelopes.append(inbox);
        }
    }

    pub(super) fn get(&self, seq: u64) -> Option<&Envelope<E>> {
        let place = seq.checked_sub(self.start())?;
        self.kept().get(usize::try_from(place).ok()?)
    }

    /// The events from this `seq` on.
    pub(super) fn from(&self, seq: u64) -> &[Envelope<E>] {
        let unseen = self.next.saturating_sub(seq).min(self.depth() as u64) as usize;
        &self.envelopes[self.envelopes.len() - unseen..]
    }

    /// Forgets so many of the oldest events.
    pub(super) fn forget(&mut self, oldest: usize) {
        self.forgotten += oldest;
        if self.depth() == 0 {
            self.envelopes.clear();
            self.forgotten = 0;
        } else if self.forgotten >= self.depth() {
            drop(self.envelopes.drain(..mem::take(&mut self.forgotten)));
        }
    }

    /// Takes so many of the oldest events out. All that are kept are moved up for it.
    pub(super) fn take(&mut self, oldest: usize) -> impl Iterator<Item = Envelope<E>> {
        let gone = mem::take(&mut self.forgotten);
        self.envelopes.drain(..gone + oldest).skip(gone)
    }

    /// The `seq` of the first event that came at this time or later; [`Self::end`] if there is none.
    pub(super) fn since(&self, time: u64) -> u64 {
        self.kept().iter().find(|envelope| envelope.at() >= time).map_or(self.next, Envelope::seq)
    }

    /// Room for so many events without allocating.
    pub(super) fn capacity(&self) -> usize {
        self.envelopes.capacity()
    }
}

//! The retained history of one topic.
//!
//! Comes in: events in the order of publication. Goes out: those that are still kept, found by `seq` or by time.

use std::collections::VecDeque;
use std::mem;

use super::envelope::Envelope;

/// The envelopes that a topic keeps, oldest first, with no gap between them.
pub(super) struct Log<E> {
    kept: VecDeque<Envelope<E>>,
    /// About how many there will be.
    max_len: usize,
    /// `seq` that the next event gets; so far, it is also how many there have been.
    next: u64,
}

/// Events that follow each other, in two pieces, because the log is a ring. The second one is mostly empty.
pub(super) type Pieces<'a, E> = (&'a [Envelope<E>], &'a [Envelope<E>]);

impl<E> Log<E> {
    /// Of a topic that keeps so many events, and those of one wave more.
    pub(super) fn new(max_len: usize) -> Self {
        Self { kept: VecDeque::new(), max_len, next: 0 }
    }

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

    /// The events that are kept, oldest first.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Envelope<E>> {
        self.kept.iter()
    }

    /// Takes these events in; the room that they had, or as much, is left to be filled again.
    pub(super) fn append(&mut self, inbox: &mut Vec<Envelope<E>>, at: u64) {
        self.next += inbox.len() as u64;
        if inbox.len() == 1
            && let Some(one) = inbox.pop()
        {
            // Most waves have one event.
            self.kept.push_back(one.taken_in(at));
        } else if self.kept.is_empty() {
            // Then nothing need be moved.
            inbox.iter_mut().for_each(|envelope| envelope.take_in(at));
            let room = mem::replace(&mut self.kept, VecDeque::from(mem::take(inbox)));
            *inbox = Vec::from(room);
        } else {
            let needed = self.kept.len() + inbox.len();
            if needed > self.kept.capacity() && needed > self.max_len {
                // Twice the room, which it would else make, would never be full.
                self.kept.reserve_exact(inbox.len().next_power_of_two());
            }
            self.kept.extend(inbox.drain(..).map(|envelope| envelope.taken_in(at)));
        }
    }

    pub(super) fn get(&self, seq: u64) -> Option<&Envelope<E>> {
        self.from(seq).0.first().filter(|envelope| envelope.seq() == seq)
    }

    /// The events from this `seq` on.
    pub(super) fn from(&self, seq: u64) -> Pieces<'_, E> {
        let unseen = self.next.saturating_sub(seq).min(self.kept.len() as u64) as usize;
        let (front, back) = self.kept.as_slices();
        match unseen.checked_sub(back.len()) {
            None | Some(0) => (&back[back.len() - unseen..], &[]),
            Some(of_front) => (&front[front.len() - of_front..], back),
        }
    }

    /// Forgets so many of the oldest events.
    pub(super) fn forget(&mut self, oldest: usize) {
        if oldest == self.kept.len() {
            self.kept.clear();
        } else {
            self.kept.drain(..oldest);
        }
    }

    /// Takes so many of the oldest events out.
    pub(super) fn take(&mut self, oldest: usize) -> impl Iterator<Item = Envelope<E>> {
        self.kept.drain(..oldest)
    }

    /// The `seq` of the first event that came at this time or later; [`Self::end`] if there is none.
    pub(super) fn since(&self, time: u64) -> u64 {
        self.iter().find(|envelope| envelope.at() >= time).map_or(self.next, Envelope::seq)
    }

    /// Room for so many events without allocating.
    pub(super) fn capacity(&self) -> usize {
        self.kept.capacity()
    }
}

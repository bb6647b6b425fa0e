//! The retained events of one topic, in order of publication.

use std::collections::VecDeque;
use std::mem;

use super::envelope::Envelope;

/// The envelopes that a topic retains, oldest first, without gaps.
pub(super) struct Log<E> {
    kept: VecDeque<Envelope<E>>,
    /// The expected maximum length, for the growth of `kept`.
    max_len: usize,
    /// The `seq` of the next event, which is also the number of events so far.
    next: u64,
}

/// Consecutive events in two slices, because the log is a ring buffer. The second one is usually empty.
pub(super) type Pieces<'a, E> = (&'a [Envelope<E>], &'a [Envelope<E>]);

impl<E> Log<E> {
    /// Creates the log of a topic that retains `max_len` events, plus those of one wave.
    pub(super) fn new(max_len: usize) -> Self {
        Self { kept: VecDeque::new(), max_len, next: 0 }
    }

    /// Returns the `seq` after that of the newest event.
    pub(super) fn end(&self) -> u64 {
        self.next
    }

    /// Returns the `seq` of the oldest event that is retained; [`Self::end`] if none is.
    pub(super) fn start(&self) -> u64 {
        self.next - self.kept.len() as u64
    }

    /// Returns how many events are retained.
    pub(super) fn depth(&self) -> usize {
        self.kept.len()
    }

    /// Iterates over the events that are retained, oldest first.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Envelope<E>> {
        self.kept.iter()
    }

    /// Appends the events of the inbox. The inbox is empty afterwards, and keeps its capacity or gets the log's.
    ///
    /// If the inbox has dropped events, the log cannot keep older ones: it has no gaps.
    pub(super) fn append(&mut self, inbox: &mut VecDeque<Envelope<E>>, at: u64) {
        let first = inbox.front().map_or(self.next, Envelope::seq);
        if first != self.next {
            self.kept.clear();
        }
        self.next = first + inbox.len() as u64;
        if inbox.len() == 1
            && let Some(one) = inbox.pop_front()
        {
            // Most waves have one event.
            self.kept.push_back(one.taken_in(at));
        } else if self.kept.is_empty() {
            // The buffers are swapped, so no event is moved.
            inbox.iter_mut().for_each(|envelope| envelope.take_in(at));
            mem::swap(&mut self.kept, inbox);
        } else {
            let needed = self.kept.len() + inbox.len();
            if needed > self.kept.capacity() && needed > self.max_len {
                // By default the capacity would double, and half of it would never be used.
                self.kept.reserve_exact(inbox.len().next_power_of_two());
            }
            self.kept.extend(inbox.drain(..).map(|envelope| envelope.taken_in(at)));
        }
    }

    pub(super) fn get(&self, seq: u64) -> Option<&Envelope<E>> {
        self.from(seq).0.first().filter(|envelope| envelope.seq() == seq)
    }

    /// Returns the events from this `seq` on. Its caller has checked that it is not before [`Self::start`].
    pub(super) fn from(&self, seq: u64) -> Pieces<'_, E> {
        let unseen = self.next.saturating_sub(seq).min(self.kept.len() as u64) as usize;
        let (front, back) = self.kept.as_slices();
        match unseen.checked_sub(back.len()) {
            None | Some(0) => (&back[back.len() - unseen..], &[]),
            Some(of_front) => (&front[front.len() - of_front..], back),
        }
    }

    /// Drops this many of the oldest events.
    pub(super) fn forget(&mut self, oldest: usize) {
        if oldest == self.kept.len() {
            self.kept.clear();
        } else {
            self.kept.drain(..oldest);
        }
    }

    /// Removes this many of the oldest events, and returns them.
    pub(super) fn take(&mut self, oldest: usize) -> impl Iterator<Item = Envelope<E>> {
        self.kept.drain(..oldest)
    }

    /// Returns the `seq` of the first event that was appended at this time or later; [`Self::end`] if there is none.
    pub(super) fn since(&self, time: u64) -> u64 {
        self.iter().find(|envelope| envelope.at() >= time).map_or(self.next, Envelope::seq)
    }

    /// Returns how many events fit without a new allocation.
    pub(super) fn capacity(&self) -> usize {
        self.kept.capacity()
    }
}

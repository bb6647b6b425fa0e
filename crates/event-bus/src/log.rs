//! The retained events of one topic, in order of publication.

use std::collections::VecDeque;
use std::mem;

use crate::engine::time::Timestamp;
use crate::engine::topic;
use crate::envelope::Envelope;

/// The envelopes that a topic retains, oldest first, without gaps.
pub(crate) struct Log<E> {
    kept: VecDeque<Envelope<E>>,
    /// The `seq` of the next event, which is also the number of events so far.
    next: u64,
}

/// Consecutive events in two slices, because the log is a ring buffer. The second one is usually empty.
pub(crate) type Pieces<'a, E> = (&'a [Envelope<E>], &'a [Envelope<E>]);

impl<E> topic::Log for Log<E> {
    fn start(&self) -> u64 {
        self.next - self.kept.len() as u64
    }

    fn end(&self) -> u64 {
        self.next
    }

    fn timestamp(&self, seq: u64) -> Option<Timestamp> {
        self.get(seq).map(Envelope::timestamp)
    }
}

impl<E> Log<E> {
    pub(crate) fn new() -> Self {
        Self { kept: VecDeque::new(), next: 0 }
    }

    /// Iterates over the events that are retained, oldest first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Envelope<E>> {
        self.kept.iter()
    }

    /// Appends the events of the inbox. The inbox is empty afterwards, and keeps its capacity or gets the log's.
    /// `max_len` is the expected maximum length, for the growth of the log.
    ///
    /// If the inbox has dropped events, the log must be empty: it has no gaps.
    #[inline]
    pub(crate) fn append(&mut self, inbox: &mut VecDeque<Envelope<E>>, max_len: usize, now: Timestamp) {
        self.next = inbox.back().map_or(self.next, |newest| newest.seq() + 1);
        inbox.iter_mut().for_each(|envelope| envelope.accept(now));
        if self.kept.is_empty() {
            // The buffers are swapped, so no event is moved.
            mem::swap(&mut self.kept, inbox);
        } else if inbox.len() == 1 {
            // Most waves have one event.
            self.kept.extend(inbox.pop_front());
            // The next events begin at the front of the ring buffer, in one slice.
            inbox.clear();
        } else {
            let needed = self.kept.len() + inbox.len();
            if needed > self.kept.capacity() && needed > max_len {
                // By default the capacity would double, and half of it would never be used.
                self.kept.reserve_exact(inbox.len().next_power_of_two());
            }
            self.kept.append(inbox);
        }
    }

    pub(crate) fn get(&self, seq: u64) -> Option<&Envelope<E>> {
        let place = seq.checked_sub(self.next - self.kept.len() as u64)?;
        self.kept.get(usize::try_from(place).ok()?)
    }

    /// Returns the events from this `seq` on, or from the oldest one.
    #[inline]
    pub(crate) fn from(&self, seq: u64) -> Pieces<'_, E> {
        let unseen = self.next.saturating_sub(seq).min(self.kept.len() as u64) as usize;
        let (front, back) = self.kept.as_slices();
        match unseen.checked_sub(back.len()) {
            None | Some(0) => (&back[back.len() - unseen..], &[]),
            Some(of_front) => (&front[front.len() - of_front..], back),
        }
    }

    /// Drops this many of the oldest events.
    #[inline]
    pub(crate) fn forget(&mut self, oldest: usize) {
        if oldest == self.kept.len() {
            self.kept.clear();
        } else {
            for _ in 0..oldest {
                self.kept.pop_front();
            }
        }
    }

    /// Returns how many events fit without a new allocation.
    pub(crate) fn capacity(&self) -> usize {
        self.kept.capacity()
    }
}

//! The envelope of an event: its number in its topic, and its time.

use std::ops::Deref;

/// An event as its topic stores it. It dereferences to the event, and is immutable.
#[derive(Clone, PartialEq, Debug)]
pub struct Envelope<E> {
    seq: u64,
    at: u64,
    body: E,
}

impl<E> Envelope<E> {
    /// Wraps an event that was published and is not in the log yet.
    pub(super) fn new(seq: u64, body: E) -> Self {
        Self { seq, at: 0, body }
    }

    /// Returns the envelope with the time at which it is appended to the log. Moving the fields one by one lets the
    /// compiler copy only these.
    pub(super) fn taken_in(self, at: u64) -> Self {
        Self { seq: self.seq, at, body: self.body }
    }

    /// Sets the time at which the event is appended to the log, in place.
    pub(super) fn take_in(&mut self, at: u64) {
        self.at = at;
    }

    /// Returns the event's number in its topic: from 0, without gaps.
    #[must_use]
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// Returns when the event was appended to the topic's log, in milliseconds on the bus's clock.
    #[must_use]
    pub fn at(&self) -> u64 {
        self.at
    }

    /// Returns the event.
    #[must_use]
    pub fn body(&self) -> &E {
        &self.body
    }
}

impl<E> Deref for Envelope<E> {
    type Target = E;
    fn deref(&self) -> &E {
        &self.body
    }
}

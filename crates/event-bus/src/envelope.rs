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
    /// Wraps an event that was published at this time and is not in the log yet; `u64::MAX` if the time is unknown.
    pub(super) fn new(seq: u64, at: u64, body: E) -> Self {
        Self { seq, at, body }
    }

    /// Returns the envelope when it is appended to the log now. Moving the fields one by one lets the compiler copy
    /// only these.
    pub(super) fn taken_in(self, now: u64) -> Self {
        Self { seq: self.seq, at: self.at.min(now), body: self.body }
    }

    /// Sets the time of an event that is appended to the log now, in place.
    pub(super) fn take_in(&mut self, now: u64) {
        self.at = self.at.min(now);
    }

    /// Returns the event's number in its topic: from 0, without gaps.
    #[must_use]
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// Returns when the event was published, in milliseconds on the bus's clock. Without [`publish_at`], which says the
    /// time, it is when the event was appended to the topic's log.
    ///
    /// [`publish_at`]: super::Topic::publish_at
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

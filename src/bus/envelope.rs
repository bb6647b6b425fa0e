//! What travels: an event and where it stands in its topic.

use std::ops::Deref;

/// A fact that happened, as its topic keeps it. It reads like the event itself (`Deref`), and nobody can change it.
#[derive(Clone, PartialEq, Debug)]
pub struct Envelope<E> {
    seq: u64,
    at: u64,
    body: E,
}

impl<E> Envelope<E> {
    /// What was published and is not taken in.
    pub(super) fn new(seq: u64, body: E) -> Self {
        Self { seq, at: 0, body }
    }

    /// As it is when the topic has taken it in, at this time. A compiler that is told of the parts copies no more than these.
    pub(super) fn taken_in(self, at: u64) -> Self {
        Self { seq: self.seq, at, body: self.body }
    }

    /// The topic takes it in where it is.
    pub(super) fn take_in(&mut self, at: u64) {
        self.at = at;
    }

    /// The event's number in its topic: from 0, without gaps.
    #[must_use]
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// When the topic took the event in, in milliseconds on the bus's clock.
    #[must_use]
    pub fn at(&self) -> u64 {
        self.at
    }

    /// The event.
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

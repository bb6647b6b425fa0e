//! How many events a topic retains, and what it does when it is full.

/// What a full topic does with a new event.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub enum Discard {
    /// Accepts it and evicts the oldest event.
    #[default]
    Old,
    /// Refuses it. Room is made only by evicting events that are too old, or that every group is done with.
    New,
}

/// A limit in bytes, and the function that returns the size of an event.
type MaxBytes<E> = (usize, fn(&E) -> usize);

/// The limits of a topic's log. Events beyond any of them are evicted.
pub(super) struct Retention<E> {
    /// The maximum number of events.
    pub(super) max_len: usize,
    /// In milliseconds. An event of this age or older is evicted.
    pub(super) max_age: Option<u64>,
    /// The maximum number of bytes.
    pub(super) max_bytes: Option<MaxBytes<E>>,
    pub(super) discard: Discard,
}

impl<E> Default for Retention<E> {
    fn default() -> Self {
        Self { max_len: 1024, max_age: None, max_bytes: None, discard: Discard::Old }
    }
}

/// The number of events that an inbox may have, even if the topic retains fewer.
const MIN_INBOX: usize = 1024;

impl<E> Retention<E> {
    /// Returns how many events may be in the inbox. More than the log retains would be lost anyway, except for those
    /// that groups get before they are evicted.
    pub(super) fn max_inbox(&self) -> usize {
        self.max_len.max(MIN_INBOX)
    }

    pub(super) fn size(&self, event: &E) -> usize {
        self.max_bytes.map_or(0, |(_, size)| size(event))
    }

    /// Returns `true` if this many events or bytes exceed the limits.
    pub(super) fn exceeded(&self, len: usize, bytes: usize) -> bool {
        len > self.max_len || self.max_bytes.is_some_and(|(most, _)| bytes > most)
    }

    /// Returns `true` if an event of this time is too old now.
    pub(super) fn outlived(&self, at: u64, now: u64) -> bool {
        self.max_age.is_some_and(|most| now >= at.saturating_add(most))
    }
}

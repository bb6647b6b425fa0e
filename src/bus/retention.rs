//! How much history a topic keeps, and what it does when it is full.

/// What a full topic does with one event more.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub enum Discard {
    /// It takes the event in and forgets its oldest.
    #[default]
    Old,
    /// It refuses the event. Room is made by age, and by events that every group has done with.
    New,
}

/// A limit in bytes, and how they are counted.
type MaxBytes<E> = (usize, fn(&E) -> usize);

/// The limits of a topic's history. Whatever is beyond one of them goes.
pub(super) struct Retention<E> {
    /// So many events.
    pub(super) max_len: usize,
    /// Milliseconds; an event that is as old as this, or older, goes.
    pub(super) max_age: Option<u64>,
    /// So many bytes, as the function counts them.
    pub(super) max_bytes: Option<MaxBytes<E>>,
    pub(super) discard: Discard,
}

impl<E> Default for Retention<E> {
    fn default() -> Self {
        Self { max_len: 1024, max_age: None, max_bytes: None, discard: Discard::Old }
    }
}

impl<E> Retention<E> {
    pub(super) fn size(&self, event: &E) -> usize {
        self.max_bytes.map_or(0, |(_, size)| size(event))
    }

    /// Is this more than may be kept?
    pub(super) fn exceeded(&self, len: usize, bytes: usize) -> bool {
        len > self.max_len || self.max_bytes.is_some_and(|(most, _)| bytes > most)
    }

    /// Is an event of this time too old now?
    pub(super) fn outlived(&self, at: u64, now: u64) -> bool {
        self.max_age.is_some_and(|most| now >= at.saturating_add(most))
    }
}

//! In which topics is there something to do? So that nobody has to go and ask them all.

use std::sync::atomic::{AtomicU64, Ordering};

/// A flag for each topic of a bus, which shares them with all of its topics. Those past the 62nd share one, and are looked at
/// together. One more is for the bus itself.
#[derive(Default)]
pub(super) struct Flags(AtomicU64);

/// The flag of the topics that have none of their own.
const SHARED: usize = 62;

/// The bus has topics or chores that the delivery does not know.
pub(super) const ROLL: u64 = 1 << 63;

/// The flag of the topic that was made as the n-th.
pub(super) fn flag(n: usize) -> u64 {
    1 << n.min(SHARED)
}

/// The only topic that has one of these flags; `None` if several have, or may have.
pub(super) fn alone(flags: u64) -> Option<usize> {
    (flags.is_power_of_two() && flags != flag(SHARED)).then(|| flags.trailing_zeros() as usize)
}

/// Which topics have one of these flags, of so many.
pub(super) fn flagged(flags: u64, topics: usize) -> impl Iterator<Item = usize> {
    let mut own = flags & !flag(SHARED);
    let shared = if flags & flag(SHARED) == 0 { topics } else { SHARED };
    let own = std::iter::from_fn(move || {
        let place = (own != 0).then(|| own.trailing_zeros() as usize)?;
        own &= own - 1;
        Some(place)
    });
    own.chain(shared..topics)
}

impl Flags {
    pub(super) fn raise(&self, flags: u64) {
        // To look costs less than to write what is written already.
        if self.0.load(Ordering::Relaxed) & flags != flags {
            self.0.fetch_or(flags, Ordering::Relaxed);
        }
    }

    /// Those that were raised since this was asked last.
    pub(super) fn take(&self) -> u64 {
        if self.0.load(Ordering::Relaxed) == 0 { 0 } else { self.0.swap(0, Ordering::Relaxed) }
    }
}

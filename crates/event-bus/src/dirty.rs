//! Flags for the topics that have work to do, so that a delivery does not have to check all topics.

use std::sync::atomic::{AtomicU64, Ordering};

/// One flag for each topic of a bus, shared between the bus and its topics. Topics past the 62nd share one flag, and
/// are checked together. One more flag is for the bus itself.
#[derive(Default)]
pub(crate) struct DirtyTopics(AtomicU64);

/// The index of the flag that is shared by all topics past the 62nd.
const SHARED: usize = 62;

/// The flag of the bus: topics or timed tasks were added since the last snapshot of the delivery.
pub(crate) const TOPICS_CHANGED: u64 = 1 << 63;

/// Returns the flag of the n-th topic, counted from 0 in order of creation.
pub(crate) fn flag(n: usize) -> u64 {
    1 << n.min(SHARED)
}

/// Returns the topic if exactly one can have these flags; `None` if there may be several.
pub(crate) fn alone(flags: u64) -> Option<usize> {
    (flags.is_power_of_two() && flags != flag(SHARED)).then(|| flags.trailing_zeros() as usize)
}

/// Iterates over the topics that have one of these flags. `topics` is the number of all topics.
pub(crate) fn flagged(flags: u64, topics: usize) -> impl Iterator<Item = usize> {
    let mut own = flags & !flag(SHARED);
    let shared = if flags & flag(SHARED) == 0 { topics } else { SHARED };
    let own = std::iter::from_fn(move || {
        let place = (own != 0).then(|| own.trailing_zeros() as usize)?;
        own &= own - 1;
        Some(place)
    });
    own.chain(shared..topics)
}

impl DirtyTopics {
    pub(crate) fn mark(&self, flags: u64) {
        // Usually the flag is already set, and a load is cheaper than a read-modify-write.
        if self.0.load(Ordering::Relaxed) & flags != flags {
            self.0.fetch_or(flags, Ordering::Relaxed);
        }
    }

    /// Returns `true` if topics or timed tasks were added since the last [`Self::take`]. Clears that flag only.
    pub(crate) fn have_topics_changed(&self) -> bool {
        self.0.load(Ordering::Relaxed) & TOPICS_CHANGED != 0
            && self.0.fetch_and(!TOPICS_CHANGED, Ordering::Relaxed) & TOPICS_CHANGED != 0
    }

    /// Returns the flags that were raised since the last call, and clears them.
    pub(crate) fn take(&self) -> u64 {
        if self.0.load(Ordering::Relaxed) == 0 { 0 } else { self.0.swap(0, Ordering::Relaxed) }
    }
}

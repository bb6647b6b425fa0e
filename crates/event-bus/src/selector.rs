//! The functions of a subscription that look at an event: its filter, and its keys.

use crate::engine::screen::Facts;

/// A function of an event, from a subscription or a topic.
pub(crate) type Look<E, T> = Box<dyn Fn(&E) -> T + Send + Sync>;

/// The functions of a subscription that look at an event.
pub(crate) struct Selector<E> {
    /// Leaves events out.
    pub(crate) wants: Option<Look<E, bool>>,
    /// The key for deduplication.
    pub(crate) key: Option<Look<E, u64>>,
    /// Events with the same number wait for each other.
    pub(crate) lane: Option<Look<E, u64>>,
}

impl<E> Default for Selector<E> {
    fn default() -> Self {
        Self { wants: None, key: None, lane: None }
    }
}

impl<E> Selector<E> {
    /// Returns what a group must know of an event.
    pub(crate) fn facts(&self, event: &E, by_key: bool) -> Facts {
        Facts {
            wanted: self.wants.as_ref().is_none_or(|wants| wants(event)),
            key: self.key.as_ref().map(|key| key(event)),
            lane: self.lane.as_ref().filter(|_| by_key).map(|lane| lane(event)),
        }
    }
}

//! Which events a group has done with already, by a key that the event gives: what makes at least once effectively once.

use std::collections::{HashSet, VecDeque};

/// The keys of the last events that were done.
pub(super) struct Dedup<E> {
    key: fn(&E) -> u64,
    window: usize,
    order: VecDeque<u64>,
    known: HashSet<u64>,
}

impl<E> Dedup<E> {
    pub(super) fn new(window: usize, key: fn(&E) -> u64) -> Self {
        Self { key, window, order: VecDeque::with_capacity(window), known: HashSet::with_capacity(2 * window) }
    }

    /// Notes the event. Returns whether it is new.
    pub(super) fn enter(&mut self, event: &E) -> bool {
        let key = (self.key)(event);
        if !self.known.insert(key) {
            return false;
        }
        self.order.push_back(key);
        if self.order.len() > self.window
            && let Some(oldest) = self.order.pop_front()
        {
            self.known.remove(&oldest);
        }
        true
    }

    /// Forgets the event that was entered last, because it failed after all.
    pub(super) fn retract(&mut self, event: &E) {
        let key = (self.key)(event);
        if self.order.back() == Some(&key) {
            self.order.pop_back();
            self.known.remove(&key);
        }
    }
}

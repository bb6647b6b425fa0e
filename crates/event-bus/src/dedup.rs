//! Deduplication by a key of the event. It turns at-least-once delivery into effectively-once delivery.

use std::collections::{HashSet, VecDeque};

/// The keys of the last events that were acknowledged or are in progress.
pub(super) struct Dedup<E> {
    key: fn(&E) -> u64,
    window: usize,
    order: VecDeque<u64>,
    known: HashSet<u64>,
    /// The key that left the window when the last event was entered.
    pushed_out: Option<u64>,
}

impl<E> Dedup<E> {
    pub(super) fn new(window: usize, key: fn(&E) -> u64) -> Self {
        // Capacity for a window of a usual size. A larger window grows as it fills.
        let room = window.min(4096) + 1;
        let (order, known) = (VecDeque::with_capacity(room), HashSet::with_capacity(2 * room));
        Self { key, window, order, known, pushed_out: None }
    }

    /// Returns `true` if the event's key is in the window.
    pub(super) fn knows(&self, event: &E) -> bool {
        self.known.contains(&(self.key)(event))
    }

    /// Enters the event's key. Returns `true` if it is new.
    pub(super) fn enter(&mut self, event: &E) -> bool {
        let key = (self.key)(event);
        if !self.known.insert(key) {
            return false;
        }
        self.order.push_back(key);
        self.pushed_out = if self.order.len() > self.window { self.order.pop_front() } else { None };
        if let Some(oldest) = self.pushed_out {
            self.known.remove(&oldest);
        }
        true
    }

    /// Removes the key of an event that failed after all. If it was entered last, the key that it pushed out comes
    /// back.
    pub(super) fn retract(&mut self, event: &E) {
        let key = (self.key)(event);
        let Some(place) = self.order.iter().rposition(|&other| other == key) else { return };
        if place + 1 == self.order.len()
            && let Some(oldest) = self.pushed_out.take()
        {
            self.order.push_front(oldest);
            self.known.insert(oldest);
            self.order.pop_back();
        } else {
            self.order.remove(place);
        }
        self.known.remove(&key);
    }
}

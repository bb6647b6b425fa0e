//! Which events a group has done with already, by a key that the event gives: what makes at least once effectively once.

use std::collections::{HashSet, VecDeque};

/// The keys of the last events that were done, or are being done.
pub(super) struct Dedup<E> {
    key: fn(&E) -> u64,
    window: usize,
    order: VecDeque<u64>,
    known: HashSet<u64>,
    /// What the event that was entered last has pushed out.
    pushed_out: Option<u64>,
}

impl<E> Dedup<E> {
    pub(super) fn new(window: usize, key: fn(&E) -> u64) -> Self {
        // Room for a window of the usual size; a larger one grows as it is filled.
        let room = window.min(4096) + 1;
        let (order, known) = (VecDeque::with_capacity(room), HashSet::with_capacity(2 * room));
        Self { key, window, order, known, pushed_out: None }
    }

    /// Notes the event. Returns whether it is new.
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

    /// Forgets an event that failed after all. If it was the last one, it is as if it had never been.
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

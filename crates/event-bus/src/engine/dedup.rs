//! Deduplication by a key of the event. It turns at-least-once delivery into effectively-once delivery.

use std::collections::{HashSet, VecDeque};
use std::hash::{BuildHasherDefault, Hasher};

/// The keys of the last events that were acknowledged or are in progress.
#[derive(Debug)]
pub(crate) struct Dedup {
    window: usize,
    order: VecDeque<u64>,
    known: HashSet<u64, BuildHasherDefault<KeyHasher>>,
    /// The key that left the window when the last event was entered.
    pushed_out: Option<u64>,
}

/// A hasher for keys of 64 bits: one multiplication.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }

    fn write_u64(&mut self, key: u64) {
        let mixed = (self.0 ^ key).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 32);
    }
}

impl Dedup {
    pub(crate) fn new(window: usize) -> Self {
        // Capacity for a window of a usual size. A larger window grows as it fills.
        let room = window.min(4096) + 1;
        let known = HashSet::with_capacity_and_hasher(2 * room, BuildHasherDefault::default());
        Self { window, order: VecDeque::with_capacity(room), known, pushed_out: None }
    }

    /// Forgets all keys.
    pub(crate) fn clear(&mut self) {
        self.order.clear();
        self.known.clear();
        self.pushed_out = None;
    }

    /// Returns `true` if the key is in the window.
    pub(crate) fn knows(&self, key: u64) -> bool {
        self.known.contains(&key)
    }

    /// Enters a key. Returns `true` if it is new.
    pub(crate) fn enter(&mut self, key: u64) -> bool {
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
    /// back. Takes time in proportion to the number of keys that were entered since.
    pub(crate) fn remove(&mut self, key: u64) {
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

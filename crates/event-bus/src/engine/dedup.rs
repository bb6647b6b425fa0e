//! Deduplication by a key of the event. It turns at-least-once delivery into effectively-once delivery.

use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasherDefault, Hasher};

/// The keys of the last events that were acknowledged or are in progress.
#[derive(Debug)]
pub(crate) struct Dedup {
    window: usize,
    /// The keys in the order in which they were entered, with their numbers. Those that were removed stay until they
    /// are the oldest.
    order: VecDeque<(u64, u64)>,
    /// The number with which each key was entered.
    known: HashMap<u64, u64, BuildHasherDefault<KeyHasher>>,
    /// The number of keys that were entered.
    entered: u64,
    /// The key that left the window when the last one was entered, and its number.
    pushed_out: Option<(u64, u64)>,
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
        let known = HashMap::with_capacity_and_hasher(2 * room, BuildHasherDefault::default());
        Self { window, order: VecDeque::with_capacity(room), known, entered: 0, pushed_out: None }
    }

    /// Forgets all keys.
    pub(crate) fn clear(&mut self) {
        self.order.clear();
        self.known.clear();
        self.pushed_out = None;
    }

    /// Returns `true` if the key is in the window.
    pub(crate) fn knows(&self, key: u64) -> bool {
        self.known.contains_key(&key)
    }

    /// Enters a key. Returns `true` if it is new. Takes constant time, amortized.
    pub(crate) fn enter(&mut self, key: u64) -> bool {
        if self.known.contains_key(&key) {
            return false;
        }
        self.entered += 1;
        self.known.insert(key, self.entered);
        self.order.push_back((key, self.entered));
        self.pushed_out = None;
        while self.known.len() > self.window
            && let Some((oldest, number)) = self.order.pop_front()
        {
            if self.known.get(&oldest) == Some(&number) {
                self.known.remove(&oldest);
                self.pushed_out = Some((oldest, number));
            }
        }
        if self.order.len() > 2 * self.known.len() + 16 {
            let known = &self.known;
            self.order.retain(|(key, number)| known.get(key) == Some(number));
        }
        true
    }

    /// Removes the key of an event that failed after all. If it was entered last, the key that it pushed out comes
    /// back. Takes constant time.
    pub(crate) fn remove(&mut self, key: u64) {
        if self.pushed_out.is_some_and(|(oldest, _)| oldest == key) {
            self.pushed_out = None;
        }
        let Some(number) = self.known.remove(&key) else { return };
        if number == self.entered
            && let Some((oldest, number)) = self.pushed_out.take()
        {
            self.order.push_front((oldest, number));
            self.known.insert(oldest, number);
        }
    }
}

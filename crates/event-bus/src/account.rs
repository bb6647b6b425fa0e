//! The counters of a group. They can be read at any moment, without a lock, also while the group's handlers run.

use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::log::Log;
use super::stats::GroupStats;

/// A group's name and counters. Only the owner of the group writes them. On the thread that delivers, they always
/// balance.
pub(super) struct Account {
    pub(super) name: Cow<'static, str>,
    /// `true` for a group that pulls, `false` for one with handlers.
    pub(super) pulls: bool,
    /// `true` if the group was unsubscribed. Its own handler may do that while it runs.
    pub(super) ended: AtomicBool,
    /// `seq` of the next event that the group has not seen.
    next: Counter,
    /// The part of `next` that does not come from plain deliveries: the start, and moves by [`Self::go_to`]. A plain
    /// delivery, in which every event is acknowledged, only moves `next`. So `next - moved` is the number of those
    /// events, and the most frequent case updates no counter.
    moved: Counter,
    pub(super) delivered: Counter,
    pub(super) failed: Counter,
    pub(super) acked: Counter,
    pub(super) dead: Counter,
    pub(super) expired: Counter,
    pub(super) duplicates: Counter,
    pub(super) evicted: Counter,
    pub(super) skipped: Counter,
    pub(super) replayed: Counter,
    pub(super) redelivered: Counter,
    /// In-flight events: delivered and neither acked nor given up, or redelivered.
    pub(super) unfinished: Counter,
    /// The in-flight events that failed and wait for a retry.
    pub(super) in_backoff: Counter,
}

impl Account {
    pub(super) fn new(name: Cow<'static, str>, pulls: bool, next: u64) -> Self {
        Self {
            name,
            pulls,
            ended: AtomicBool::new(false),
            next: Counter(AtomicU64::new(next)),
            moved: Counter(AtomicU64::new(next)),
            delivered: Counter::default(),
            failed: Counter::default(),
            acked: Counter::default(),
            dead: Counter::default(),
            expired: Counter::default(),
            duplicates: Counter::default(),
            evicted: Counter::default(),
            skipped: Counter::default(),
            replayed: Counter::default(),
            redelivered: Counter::default(),
            unfinished: Counter::default(),
            in_backoff: Counter::default(),
        }
    }

    /// Returns the `seq` of the next event that the group has not seen.
    pub(super) fn next(&self) -> u64 {
        self.next.get()
    }

    /// Ends the group. Its offset moves to a `seq` that no event has, so a delivery needs no extra check.
    pub(super) fn end(&self) {
        self.ended.store(true, Ordering::Relaxed);
        self.go_to(u64::MAX);
    }

    /// Moves the offset past events that were all delivered and acknowledged.
    pub(super) fn pass(&self, next: u64) {
        self.next.set(next);
    }

    /// Moves the offset. The caller counts what happened to the events in between.
    pub(super) fn go_to(&self, next: u64) {
        self.moved.set(self.moved.get().wrapping_add(next).wrapping_sub(self.next()));
        self.next.set(next);
    }

    /// Returns a snapshot of the counters.
    pub(super) fn stats<E>(&self, log: &Log<E>, now: u64) -> GroupStats {
        let next = self.next();
        // Another thread may read between the two writes of a change.
        let passed = u64::try_from(next.wrapping_sub(self.moved.get()).cast_signed()).unwrap_or(0);
        let lag = log.end().saturating_sub(next);
        let in_backoff = self.in_backoff.get();
        GroupStats {
            delivered: self.delivered.get() + passed,
            failed: self.failed.get(),
            acked: self.acked.get() + passed,
            dead: self.dead.get(),
            expired: self.expired.get(),
            duplicates: self.duplicates.get(),
            evicted: self.evicted.get(),
            skipped: self.skipped.get(),
            replayed: self.replayed.get(),
            redelivered: self.redelivered.get(),
            pending: (lag + self.unfinished.get()).saturating_sub(in_backoff),
            in_backoff,
            next,
            lag,
            age: log.get(next).map_or(0, |envelope| now.saturating_sub(envelope.at())),
        }
    }
}

/// A counter with many readers and one writer. With one writer, a load and a store suffice, which cost as much as those
/// of a plain integer.
#[derive(Default)]
pub(super) struct Counter(AtomicU64);

impl Counter {
    pub(super) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    pub(super) fn set(&self, number: u64) {
        self.0.store(number, Ordering::Relaxed);
    }

    pub(super) fn add(&self, number: u64) {
        self.set(self.get() + number);
    }
}

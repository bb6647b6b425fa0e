//! The counters of a group. They can be read at any moment, without a lock, also while the group's handlers run.

use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::log::Log;
use super::stats::GroupStats;

/// A group's name and counters. Only the owner of the group writes them. On the thread that delivers, they always
/// balance.
pub(super) struct Account {
    pub(super) name: Cow<'static, str>,
    /// The number of the group in its topic. A later group of the same name has another one.
    pub(super) id: u64,
    /// `true` for a group that pulls, `false` for one with handlers.
    pub(super) pulls: bool,
    /// `true` if the group was unsubscribed. Its own handler may do that while it runs.
    pub(super) ended: AtomicBool,
    /// `seq` of the next event that the group has not seen.
    next: Counter,
    /// `seq` of the first event of the group.
    start: Counter,
    /// Events that were delivered and acknowledged at once: the most frequent case updates one counter. It counts
    /// events and does not look at their `seq`, so the balance of the counters checks the offset.
    passed: Counter,
    /// The lowest `seq` of an in-flight event in the log; `u64::MAX` if there is none.
    pub(super) oldest_in_flight: Counter,
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
    pub(super) fn new(name: Cow<'static, str>, id: u64, pulls: bool, next: u64) -> Self {
        Self {
            name,
            id,
            pulls,
            ended: AtomicBool::new(false),
            next: Counter(AtomicU64::new(next)),
            start: Counter(AtomicU64::new(next)),
            passed: Counter::default(),
            oldest_in_flight: Counter(AtomicU64::new(u64::MAX)),
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

    /// Counts events that were all delivered and acknowledged, and moves the offset past them.
    pub(super) fn pass(&self, events: u64, next: u64) {
        self.passed.add(events);
        self.next.set(next);
    }

    /// Moves the offset. The caller counts what happened to the events in between.
    pub(super) fn go_to(&self, next: u64) {
        self.next.set(next);
    }

    /// Counts the events that the group has not seen and that the log does not have any more.
    pub(super) fn skip_gap(&self, log_start: u64) {
        if let Some(gap @ 1..) = log_start.checked_sub(self.next()) {
            self.evicted.add(gap);
            self.next.set(log_start);
        }
    }

    /// Lets the group start at this `seq`, if it would start later.
    pub(super) fn start_at_latest(&self, seq: u64) {
        self.start.set(self.start.get().min(seq));
    }

    /// Returns a snapshot of the counters.
    pub(super) fn stats<E>(&self, log: &Log<E>, now: u64) -> GroupStats {
        let next = self.next();
        let passed = self.passed.get();
        let oldest = next.min(self.oldest_in_flight.get());
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
            start: self.start.get(),
            next,
            lag,
            oldest_unfinished: log.get(oldest).map_or(0, |envelope| now.saturating_sub(envelope.at())),
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

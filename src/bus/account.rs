//! What anybody can read of a group at any moment: also while its handlers run, and without disturbing them.

use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::log::Log;
use super::stats::GroupStats;

/// A group's name and counters. Only whoever has the group writes them; seen from the thread that delivers, they always balance.
pub(super) struct Account {
    pub(super) name: Cow<'static, str>,
    /// Is it a group that is asked, and never called?
    pub(super) pulls: bool,
    /// Has it been unsubscribed, maybe by itself, while it runs?
    pub(super) ended: AtomicBool,
    /// `seq` of the next event that the group has not seen.
    next: Counter,
    /// How far of that the offset was moved otherwise than by a plain delivery, or where it began. So a plain delivery, of events
    /// that are done when they are given, counts nothing: it only moves the offset.
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
    /// Events that were given and are not done, or that came back.
    pub(super) unfinished: Counter,
    /// Those of them that failed and wait.
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

    /// `seq` of the next event that the group has not seen.
    pub(super) fn next(&self) -> u64 {
        self.next.get()
    }

    /// The group gets nothing more. So that nobody need ask, it is where no event is.
    pub(super) fn end(&self) {
        self.ended.store(true, Ordering::Relaxed);
        self.go_to(u64::MAX);
    }

    /// All events before this one have been given, and are done.
    pub(super) fn pass(&self, next: u64) {
        self.next.set(next);
    }

    /// The group goes on with this one. What became of those between is counted elsewhere.
    pub(super) fn go_to(&self, next: u64) {
        self.moved.set(self.moved.get().wrapping_add(next).wrapping_sub(self.next()));
        self.next.set(next);
    }

    /// Everything that can be known, at this time.
    pub(super) fn stats<E>(&self, log: &Log<E>, now: u64) -> GroupStats {
        let next = self.next();
        // Another thread may read in the midst of a change.
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

/// A number with many readers and one writer: a load and a store, which cost what they cost of any number.
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

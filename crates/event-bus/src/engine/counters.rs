//! The counters of a group. They can be read at any moment under the lock of the topic, also while handlers run.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::stats::GroupStats;
use super::time::Timestamp;

/// The fast lane of a topic. The groups in it are up to date and get every event, so they have one offset, and the
/// events that they get are counted together.
#[derive(Default, Debug)]
pub(crate) struct Lane {
    next: Counter,
    /// Events that were delivered to each of these groups and acknowledged at once. It counts events and does not look
    /// at their `seq`, so the balance of the counters checks the offset.
    passed: Counter,
    /// The number of groups in the lane.
    members: Counter,
    /// The number of events of the wave that is running, and the `seq` after them.
    wave_len: Counter,
    wave_end: Counter,
    /// The place of the group that is running. The groups before it have passed the events of the wave.
    at: AtomicU64,
}

impl Lane {
    /// Returns the `seq` of the next event that the groups in the lane have not seen, before a wave.
    #[inline]
    pub(crate) fn next(&self) -> u64 {
        self.next.get()
    }

    /// Returns the number of groups in the lane.
    #[inline]
    pub(crate) fn members(&self) -> u64 {
        self.members.get()
    }

    /// Begins a wave with this number of events, up to this `seq`.
    #[inline]
    pub(crate) fn begin(&self, events: u64, end: u64) {
        self.wave_len.set(events);
        self.wave_end.set(end);
    }

    /// Continues with the group at this place.
    #[inline]
    pub(crate) fn go_on(&self, place: usize) {
        // A reader of the place must also see the events of the wave.
        self.at.store(place as u64, Ordering::Release);
    }

    /// Ends the wave: all groups have passed its events. The topic must be locked.
    #[inline]
    pub(crate) fn end(&self) {
        self.go_on(0);
        self.passed.add(self.wave_len.get());
        self.next.set(self.wave_end.get());
    }
}

/// A group's name and counters. Only the owner of the group writes them, and its topic those of the lane. On the thread
/// that delivers, they always balance.
#[derive(Debug)]
pub(crate) struct GroupCounters {
    pub(crate) name: Cow<'static, str>,
    /// The number of the group in its topic. A later group of the same name has another one.
    pub(crate) id: u64,
    /// `true` for a group that pulls, `false` for one with handlers.
    pub(crate) pulls: bool,
    /// `true` if the group was unsubscribed. Its own handler may do that while it runs.
    ended: AtomicBool,
    /// `seq` of the next event that the group has not seen.
    next: Counter,
    /// `seq` of the first event of the group.
    start: Counter,
    lane: Arc<Lane>,
    /// `true` if the lane counts for this group, too.
    in_lane: AtomicBool,
    lane_place: Counter,
    /// What the lane had counted when the group came into it.
    lane_start: Counter,
    /// The lowest `seq` of an in-flight event in the log; `u64::MAX` if there is none.
    pub(crate) oldest_in_flight: Counter,
    pub(crate) delivered: Counter,
    pub(crate) failed: Counter,
    pub(crate) acked: Counter,
    pub(crate) dead: Counter,
    pub(crate) expired: Counter,
    pub(crate) duplicates: Counter,
    pub(crate) filtered: Counter,
    pub(crate) evicted: Counter,
    pub(crate) skipped: Counter,
    pub(crate) replayed: Counter,
    pub(crate) redelivered: Counter,
    /// In-flight events: delivered and neither acked nor given up, or redelivered.
    pub(crate) in_flight: Counter,
    /// The in-flight events that failed and wait for a retry.
    pub(crate) in_backoff: Counter,
}

impl GroupCounters {
    pub(crate) fn new(name: Cow<'static, str>, id: u64, pulls: bool, start: u64, lane: Arc<Lane>) -> Self {
        let counter = Counter::default;
        let (next, start) = (Counter::from(start), Counter::from(start));
        Self {
            name,
            id,
            pulls,
            ended: AtomicBool::new(false),
            next,
            start,
            lane,
            in_lane: AtomicBool::new(false),
            lane_place: counter(),
            lane_start: counter(),
            oldest_in_flight: Counter::from(u64::MAX),
            delivered: counter(),
            failed: counter(),
            acked: counter(),
            dead: counter(),
            expired: counter(),
            duplicates: counter(),
            filtered: counter(),
            evicted: counter(),
            skipped: counter(),
            replayed: counter(),
            redelivered: counter(),
            in_flight: counter(),
            in_backoff: counter(),
        }
    }

    /// Returns the `seq` of the next event that the group has not seen.
    pub(crate) fn next(&self) -> u64 {
        self.position().0
    }

    /// Returns the `seq` of the next event, and what the lane has counted for this group.
    fn position(&self) -> (u64, u64) {
        if !self.is_in_lane() {
            return (self.next.get(), 0);
        }
        let lane = &self.lane;
        let passed = lane.passed.get() - self.lane_start.get();
        if self.lane_place.get() < lane.at.load(Ordering::Acquire) {
            (lane.wave_end.get(), passed + lane.wave_len.get())
        } else {
            (lane.next(), passed)
        }
    }

    /// Returns the lowest `seq` in the log that the group is not done with.
    pub(crate) fn wanted(&self) -> u64 {
        self.next().min(self.oldest_in_flight.get())
    }

    /// Ends the group. Its offset moves to a `seq` that no event has, so a delivery needs no extra check.
    pub(crate) fn end(&self) {
        self.ended.store(true, Ordering::Relaxed);
        self.go_to(u64::MAX);
    }

    pub(crate) fn has_ended(&self) -> bool {
        self.ended.load(Ordering::Relaxed)
    }

    #[inline]
    pub(crate) fn is_in_lane(&self) -> bool {
        self.in_lane.load(Ordering::Relaxed)
    }

    /// Lets the lane count for this group at this place, too, if they have the same offset.
    pub(crate) fn enter_lane(&self, place: usize) {
        self.lane_place.set(place as u64);
        if !self.is_in_lane() && self.next() == self.lane.next() {
            self.lane_start.set(self.lane.passed.get());
            self.in_lane.store(true, Ordering::Relaxed);
            self.lane.members.add(1);
        }
    }

    /// Counts for this group alone again.
    pub(crate) fn leave_lane(&self) {
        if self.is_in_lane() {
            let (next, passed) = self.position();
            self.delivered.add(passed);
            self.acked.add(passed);
            self.next.set(next);
            self.in_lane.store(false, Ordering::Relaxed);
            self.lane.members.subtract(1);
        }
    }

    /// Moves the offset. The caller counts what happened to the events in between. A group that has ended stays so.
    pub(crate) fn go_to(&self, next: u64) {
        self.leave_lane();
        self.next.set(if self.has_ended() { u64::MAX } else { next });
    }

    /// Counts the events that the group has not seen and that the log does not have any more.
    pub(crate) fn skip_gap(&self, log_start: u64) {
        let next = self.next();
        if next < log_start {
            self.evicted.add(log_start - next);
            self.go_to(log_start);
        }
    }

    /// Lets the group start at this `seq`, if it would start later.
    pub(crate) fn start_at_latest(&self, seq: u64) {
        self.start.set(self.start.get().min(seq));
    }

    /// Returns a snapshot of the counters. `log_end` is the `seq` of the next event of the topic, and `oldest` the
    /// timestamp of the event [`Self::wanted`], if it is retained.
    pub(crate) fn stats(&self, log_end: u64, oldest: Option<Timestamp>, now: Timestamp) -> GroupStats {
        let (next, passed) = self.position();
        let lag = log_end.saturating_sub(next);
        let in_backoff = self.in_backoff.get();
        GroupStats {
            delivered: self.delivered.get() + passed,
            failed: self.failed.get(),
            acked: self.acked.get() + passed,
            dead: self.dead.get(),
            expired: self.expired.get(),
            duplicates: self.duplicates.get(),
            filtered: self.filtered.get(),
            evicted: self.evicted.get(),
            skipped: self.skipped.get(),
            replayed: self.replayed.get(),
            redelivered: self.redelivered.get(),
            // Another thread may read between the two writes of a change.
            pending: (lag + self.in_flight.get()).saturating_sub(in_backoff),
            in_backoff,
            start: self.start.get(),
            next,
            lag,
            oldest_unfinished: oldest.map_or_else(Default::default, |oldest| now.since(oldest)),
        }
    }
}

/// A counter with many readers and one writer. With one writer, a load and a store suffice, which cost as much as those
/// of a plain integer.
#[derive(Default, Debug)]
pub(crate) struct Counter(AtomicU64);

impl From<u64> for Counter {
    fn from(number: u64) -> Self {
        Self(AtomicU64::new(number))
    }
}

impl Counter {
    #[inline]
    pub(crate) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    #[inline]
    pub(crate) fn set(&self, number: u64) {
        self.0.store(number, Ordering::Relaxed);
    }

    #[inline]
    pub(crate) fn add(&self, number: u64) {
        self.set(self.get() + number);
    }

    pub(crate) fn subtract(&self, number: u64) {
        self.set(self.get() - number);
    }
}

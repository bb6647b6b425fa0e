//! The state machine of a topic: which events it accepts, and which it forgets.

use std::sync::Arc;

use super::config::{DiscardPolicy, StartAt, TopicConfig};
use super::counters::Lane;
use super::rate::Rate;
use super::stats::TopicStats;
use super::time::Timestamp;

/// The retained events of a topic, as its state machine sees them.
pub(crate) trait Log {
    /// Returns the `seq` of the oldest event; [`Self::end`] if there is none.
    fn start(&self) -> u64;
    /// Returns the `seq` after that of the newest event.
    fn end(&self) -> u64;
    /// Returns the timestamp of an event.
    fn timestamp(&self, seq: u64) -> Option<Timestamp>;
}

/// Returns the `seq` of a position in this log.
pub(crate) fn locate(start: StartAt, log: &dyn Log) -> u64 {
    match start {
        StartAt::Earliest => log.start(),
        StartAt::Latest => log.end(),
        StartAt::Seq(seq) => seq.max(log.start()),
        StartAt::Time(time) => {
            let is_since = |seq: &u64| log.timestamp(*seq).is_some_and(|timestamp| timestamp >= time);
            (log.start()..log.end()).find(is_since).unwrap_or(log.end())
        }
    }
}

/// A topic without its events and groups: its configuration and its counters.
#[derive(Debug)]
pub(crate) struct TopicCore {
    pub(crate) config: TopicConfig,
    pub(crate) counts_bytes: bool,
    pub(crate) lane: Arc<Lane>,
    /// The size of the events in the log, and of those in the inbox.
    bytes: usize,
    inbox_bytes: usize,
    refused: u64,
    rate: Rate,
    pub(crate) closed: bool,
    /// `true` while the handlers of the topic run. The groups may want any event then.
    pub(crate) lent: bool,
    /// The `seq` of the next event that is published.
    next_seq: u64,
    /// Every group is done with the events before this `seq`. A lower bound: they may be done with more.
    pub(crate) settled: u64,
    /// The number of groups so far. It numbers them.
    groups: u64,
}

/// Whether an event of a given size can be published.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Admission {
    Yes,
    /// If the oldest event of the log is forgotten, which every group must be done with.
    AfterForgetting,
    /// And the oldest event of the inbox is dropped.
    AfterDropping,
    No,
}

impl TopicCore {
    pub(crate) fn new(config: TopicConfig, counts_bytes: bool) -> Self {
        Self {
            config,
            counts_bytes,
            lane: Arc::default(),
            bytes: 0,
            inbox_bytes: 0,
            refused: 0,
            rate: Rate::default(),
            closed: false,
            lent: false,
            next_seq: 0,
            settled: 0,
            groups: 0,
        }
    }

    /// Returns the number of a new group.
    pub(crate) fn next_group(&mut self) -> u64 {
        self.groups += 1;
        self.settled = 0;
        self.groups
    }

    /// Decides whether an event of this size can be published. `len` and `inbox` are the numbers of events in the log
    /// and the inbox.
    #[inline]
    pub(crate) fn admit(&self, size: usize, len: usize, inbox: usize) -> Admission {
        let config = &self.config;
        let fits = inbox < config.max_inbox.max(1);
        match config.discard {
            _ if self.closed => Admission::No,
            DiscardPolicy::New if fits => self.admit_if_there_is_room(size, len, inbox),
            DiscardPolicy::Old if fits => Admission::Yes,
            DiscardPolicy::Old if !config.keep_until_done => Admission::AfterDropping,
            _ => Admission::No,
        }
    }

    fn admit_if_there_is_room(&self, size: usize, len: usize, inbox: usize) -> Admission {
        if !self.config.exceeded(len + inbox + 1, self.bytes + self.inbox_bytes + size) {
            Admission::Yes
        } else if self.config.exceeded(1, size) {
            // An event that would not even fit into an empty topic must not drop any other.
            Admission::No
        } else {
            Admission::AfterForgetting
        }
    }

    /// Returns `true` if the oldest event of the log can be forgotten: there are groups, and all of them are done with
    /// it. `wanted` is the lowest `seq` that one of them is not done with. While handlers run, their groups may want
    /// any event.
    pub(crate) fn may_forget(&self, log: &dyn Log, wanted: Option<u64>) -> bool {
        !self.lent && log.start() < wanted.unwrap_or(0).min(log.end())
    }

    /// Counts an event that is appended to the inbox. Returns its `seq`.
    #[inline]
    pub(crate) fn published(&mut self, size: usize) -> u64 {
        self.inbox_bytes += size;
        self.next_seq += 1;
        self.next_seq - 1
    }

    /// Counts an event that is refused.
    pub(crate) fn refused(&mut self) {
        self.refused += 1;
    }

    /// Counts an event that the log forgets.
    pub(crate) fn forgotten(&mut self, size: usize) {
        self.bytes -= size.min(self.bytes);
    }

    /// Counts an event that the inbox drops.
    pub(crate) fn dropped(&mut self, size: usize) {
        self.inbox_bytes -= size.min(self.inbox_bytes);
    }

    /// Counts the events of the inbox, which are appended to the log.
    #[inline]
    pub(crate) fn accepted(&mut self, events: usize, now: Timestamp) {
        self.bytes += std::mem::take(&mut self.inbox_bytes);
        self.rate.count(now, events);
    }

    /// Replaces the configuration. `bytes` are the sizes of the events in the log and in the inbox.
    pub(crate) fn configure(&mut self, config: TopicConfig, bytes: (usize, usize)) {
        self.config = config;
        (self.bytes, self.inbox_bytes) = bytes;
    }

    /// Returns how many of `len` events exceed the limits, if nothing else matters than their number.
    #[inline]
    pub(crate) fn plain_excess(&self, len: u64) -> Option<u64> {
        let TopicConfig { max_len, max_age: None, max_bytes: None, discard, keep_until_done, .. } = self.config else {
            return None;
        };
        match (discard, keep_until_done) {
            _ if self.counts_bytes => None,
            (DiscardPolicy::New, _) => Some(0),
            (DiscardPolicy::Old, false) => Some(len.saturating_sub(max_len as u64)),
            (DiscardPolicy::Old, true) => None,
        }
    }

    /// Returns how many of the oldest events exceed the limits. `size` returns the size of an event, and `wanted` the
    /// lowest `seq` that an at-least-once group is not done with.
    #[inline]
    pub(crate) fn excess(
        &self,
        log: &dyn Log,
        len: usize,
        now: Timestamp,
        size: &dyn Fn(u64) -> usize,
        wanted: &dyn Fn() -> u64,
    ) -> usize {
        let config = &self.config;
        let old = config.discard == DiscardPolicy::Old;
        let by_number = if old { len.saturating_sub(config.max_len) } else { 0 };
        if config.max_age.is_none() && config.max_bytes.is_none() && (by_number == 0 || !config.keep_until_done) {
            return by_number;
        }
        self.more_excess(log, by_number, now, size, wanted)
    }

    /// Adds the events that exceed the limits of age and bytes to `by_number`, the number of events above `max_len`.
    #[inline(never)]
    fn more_excess(
        &self,
        log: &dyn Log,
        by_number: usize,
        now: Timestamp,
        size: &dyn Fn(u64) -> usize,
        wanted: &dyn Fn() -> u64,
    ) -> usize {
        let config = &self.config;
        let first = log.start();
        let limit = if config.keep_until_done { wanted().clamp(first, log.end()) } else { log.end() };
        let mut end = (first + by_number as u64).min(limit);
        let most_bytes = config.max_bytes.filter(|_| config.discard == DiscardPolicy::Old);
        let mut bytes = self.bytes;
        if most_bytes.is_some() {
            bytes = bytes.saturating_sub((first..end).map(size).sum());
        }
        while end < limit {
            let old = |age| log.timestamp(end).is_some_and(|timestamp| timestamp.is_older(age, now));
            if !config.max_age.is_some_and(old) && most_bytes.is_none_or(|most| bytes <= most) {
                break;
            }
            bytes = bytes.saturating_sub(size(end));
            end += 1;
        }
        (end - first) as usize
    }

    pub(crate) fn stats(&self, log: &dyn Log, inbox_len: usize, capacity: usize, now: Timestamp) -> TopicStats {
        TopicStats {
            published: log.end(),
            refused: self.refused,
            len: (log.end() - log.start()) as usize,
            bytes: self.bytes,
            inbox_len,
            capacity,
            rate: self.rate.per_second(now),
        }
    }
}

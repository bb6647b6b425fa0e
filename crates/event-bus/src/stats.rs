//! The statistics of topics and groups. They can be read at any moment.

use std::error::Error;
use std::fmt;

/// The counters of a group. They always balance:
///
/// ```text
/// published since its start + replayed + redelivered
///     = acked + dead + expired + duplicates + evicted + skipped + pending + in_backoff
/// ```
///
/// If a seek moves a group before the `seq` that it starts with is published, the start is the time of the seek.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct GroupStats {
    /// Attempts: how often an event was delivered to a consumer of the group.
    pub delivered: u64,
    /// Attempts that ended with an error.
    pub failed: u64,
    /// Events that were acknowledged. At most once, an event is acknowledged when it is delivered.
    pub acked: u64,
    /// Events that were given up after `max_deliver` attempts.
    pub dead: u64,
    /// Events that were left out because their TTL had passed.
    pub expired: u64,
    /// Events that were left out because an event with the same key was acknowledged before.
    pub duplicates: u64,
    /// Events that the log dropped before the group was done with them.
    pub evicted: u64,
    /// Events that a seek skipped.
    pub skipped: u64,
    /// Events that a seek back made available again.
    pub replayed: u64,
    /// Dead letters that were redelivered to the group.
    pub redelivered: u64,
    /// Events that are to be delivered, or were pulled and are not acked yet.
    pub pending: u64,
    /// Events that failed and wait for their next attempt.
    pub in_backoff: u64,
    /// `seq` of the first event of the group.
    pub start: u64,
    /// `seq` of the next event that the group has not seen.
    pub next: u64,
    /// Events in the topic that the group has not seen.
    pub lag: u64,
    /// How old the oldest retained event is that the group is not done with, in milliseconds: one that it has not seen,
    /// that waits for a retry, or that was pulled and is not acked.
    pub oldest_unfinished: u64,
}

/// The counters of a group do not add up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Imbalance {
    /// Events that the group was to get.
    pub received: u64,
    /// Events that the counters account for.
    pub counted: u64,
}

impl fmt::Display for Imbalance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} events were to be delivered, and {} are accounted for", self.received, self.counted)
    }
}

impl Error for Imbalance {}

impl GroupStats {
    /// Checks that the counters balance. `published` is that of the topic, read together with these counters.
    ///
    /// # Errors
    /// [`Imbalance`] if an event is missing or counted twice.
    pub fn balance(&self, published: u64) -> Result<(), Imbalance> {
        let received = published.saturating_sub(self.start) + self.replayed + self.redelivered;
        let left_out = self.expired + self.duplicates + self.evicted + self.skipped;
        let counted = self.acked + self.dead + left_out + self.pending + self.in_backoff;
        if received == counted { Ok(()) } else { Err(Imbalance { received, counted }) }
    }
}

/// The counters of a topic.
#[derive(Clone, Copy, Default, PartialEq, Debug)]
pub struct TopicStats {
    /// Events that were appended to the log.
    pub published: u64,
    /// Events that were refused because the topic was full.
    pub refused: u64,
    /// Events that are retained.
    pub depth: usize,
    /// Their size in bytes, if the topic counts bytes.
    pub bytes: usize,
    /// Events in the inbox, which wait for the next wave.
    pub waiting: usize,
    /// The capacity, in events, that is allocated for the log and the inbox. It does not grow in steady state.
    pub room: usize,
    /// Events per second, over the last ten seconds, or since the first event if that is less, and at least one second.
    pub rate: f64,
}

/// A snapshot of a topic and its groups.
#[derive(Clone, PartialEq, Debug)]
#[expect(missing_docs, reason = "the types describe the fields; groups are in order of subscription")]
pub struct TopicReport {
    pub name: String,
    pub stats: TopicStats,
    pub groups: Vec<(String, GroupStats)>,
}

/// Counts what happened in each of the last ten seconds.
#[derive(Clone, Copy, Default)]
pub(super) struct Rate {
    /// When the newest second began, in milliseconds.
    began: u64,
    /// The index of the newest second in `counts`.
    newest: usize,
    counts: [u32; Self::SECONDS],
    /// The number of seconds with counts, including the newest.
    seconds: usize,
}

impl Rate {
    const SECONDS: usize = 10;

    pub(super) fn count(&mut self, now: u64, events: usize) {
        self.advance(now);
        let count = &mut self.counts[self.newest];
        *count = count.saturating_add(events as u32);
    }

    /// Returns the events per second. While `now` is before the newest second, that second is still the current one.
    pub(super) fn per_second(mut self, now: u64) -> f64 {
        self.advance(now);
        self.counts.iter().map(|&count| f64::from(count)).sum::<f64>() / self.seconds.max(1) as f64
    }

    fn advance(&mut self, now: u64) {
        if self.seconds == 0 {
            // Nothing was counted yet.
            self.began = now;
            self.seconds = 1;
        }
        let late = now.saturating_sub(self.began);
        // Most calls are in the same second. This check saves them the division.
        if late < 1000 {
            return;
        }
        let seconds = late / 1000;
        self.seconds = self.seconds.saturating_add(seconds.min(Self::SECONDS as u64) as usize).min(Self::SECONDS);
        for _ in 0..seconds.min(Self::SECONDS as u64) {
            self.newest = (self.newest + 1) % Self::SECONDS;
            self.counts[self.newest] = 0;
        }
        self.began += seconds * 1000;
    }
}

//! What can be read of topics and groups at any moment.

/// The ledger of a group. It always balances:
///
/// ```text
/// published since its start + replayed + redelivered
///     = acked + dead + expired + duplicates + evicted + skipped + pending + in_backoff
/// ```
///
/// A group that is moved by a seek before its start has come starts with what is published from then on.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct GroupStats {
    /// Tries: how often a consumer of the group was given an event.
    pub delivered: u64,
    /// Tries that were answered with an error.
    pub failed: u64,
    /// Events that are done. At most once, an event is done when it is given.
    pub acked: u64,
    /// Events that were given up after `max_deliver` tries.
    pub dead: u64,
    /// Events whose TTL had passed.
    pub expired: u64,
    /// Events that were done before, by their key.
    pub duplicates: u64,
    /// Events that left the log while the group still wanted them.
    pub evicted: u64,
    /// Events that a seek passed over.
    pub skipped: u64,
    /// Events that a seek went back to.
    pub replayed: u64,
    /// Dead letters that came back.
    pub redelivered: u64,
    /// Events that are to be given, or were pulled and are not acked yet.
    pub pending: u64,
    /// Events that failed and wait for their next try.
    pub in_backoff: u64,
    /// `seq` of the next event that the group has not seen.
    pub next: u64,
    /// Events in the topic that the group has not seen.
    pub lag: u64,
    /// Milliseconds since the oldest of these was taken in.
    pub age: u64,
}

/// The counters of a topic.
#[derive(Clone, Copy, Default, PartialEq, Debug)]
pub struct TopicStats {
    /// Events that were taken in.
    pub published: u64,
    /// Events that were refused because the topic was full.
    pub refused: u64,
    /// Events that are retained.
    pub depth: usize,
    /// Bytes of these, if the topic counts bytes.
    pub bytes: usize,
    /// Events that wait for the next wave.
    pub waiting: usize,
    /// Room that is reserved, in events, for those that are retained and those that wait. It does not grow in steady state.
    pub room: usize,
    /// Events a second, over the last ten seconds.
    pub rate: f64,
}

/// A topic and its groups, as they are at one moment.
#[derive(Clone, PartialEq, Debug)]
#[expect(missing_docs, reason = "the types say it; the groups in the order in which they subscribed")]
pub struct TopicReport {
    pub name: String,
    pub stats: TopicStats,
    pub groups: Vec<(String, GroupStats)>,
}

/// Counts what happened in each of the last ten seconds.
#[derive(Clone, Copy, Default)]
pub(super) struct Rate {
    /// When the newest second began, in milliseconds, and where it is counted.
    began: u64,
    newest: usize,
    counts: [u32; Self::SECONDS],
}

impl Rate {
    const SECONDS: usize = 10;

    pub(super) fn count(&mut self, now: u64, events: usize) {
        self.advance(now);
        let count = &mut self.counts[self.newest];
        *count = count.saturating_add(events as u32);
    }

    /// Events a second. A clock that goes back counts on where it was.
    pub(super) fn per_second(mut self, now: u64) -> f64 {
        self.advance(now);
        self.counts.iter().map(|&count| f64::from(count)).sum::<f64>() / Self::SECONDS as f64
    }

    fn advance(&mut self, now: u64) {
        let late = now.saturating_sub(self.began);
        // Most calls are in the same second, and need no division to know it.
        if late < 1000 {
            return;
        }
        for _ in 0..(late / 1000).min(Self::SECONDS as u64) {
            self.newest = (self.newest + 1) % Self::SECONDS;
            self.counts[self.newest] = 0;
        }
        self.began = now - now % 1000;
    }
}

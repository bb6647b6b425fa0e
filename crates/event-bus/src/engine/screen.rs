//! Which new events a group is given: not those that are expired, filtered out, duplicates, or behind another one.

use super::config::{DeliveryOrder, GroupConfig};
use super::dedup::Dedup;
use super::in_flight::{Key, Keys, lane_head};
use super::time::Timestamp;

/// Decides for each new event whether it is given, and counts. It borrows parts of a group while a handler iterates
/// over events, and must be returned with [`given`](super::group::GroupCore::given).
#[derive(Debug)]
pub(crate) struct Screen {
    pub(super) config: GroupConfig,
    pub(super) now: Timestamp,
    pub(super) dedup: Option<Box<Dedup>>,
    pub(super) lanes: Keys,
    /// How many more events may be given.
    pub(crate) room: usize,
    pub(super) taken: Taken,
}

/// How the events ended that a handler or consumer took.
#[derive(Clone, Default, Debug)]
pub(crate) struct Taken {
    pub(crate) given: u64,
    /// `seq` of the event that was given last.
    pub(crate) last: u64,
    pub(super) expired: u64,
    pub(super) duplicates: u64,
    pub(super) filtered: u64,
    /// Events that wait behind another one of their lane.
    pub(super) behind: Vec<(u64, u64)>,
}

/// What the group must know of an event to decide about it. The functions that return it belong to the subscription.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts {
    /// `false` if the group's filter leaves it out.
    pub(crate) wanted: bool,
    /// The key for deduplication.
    pub(crate) key: Option<u64>,
    /// Events with the same number wait for each other.
    pub(crate) lane: Option<u64>,
}

impl Default for Facts {
    fn default() -> Self {
        Self { wanted: true, key: None, lane: None }
    }
}

impl Screen {
    /// Returns `true` if an event in the log is given.
    pub(crate) fn passes(&mut self, seq: u64, timestamp: Timestamp, facts: Facts) -> bool {
        let taken = &mut self.taken;
        if self.config.expired(timestamp, self.now) {
            taken.expired += 1;
        } else if !facts.wanted {
            taken.filtered += 1;
        } else if let Some(lane) = facts.lane.filter(|lane| lane_head(&self.lanes, *lane).is_some()) {
            taken.behind.push((seq, lane));
        } else if let (Some(key), Some(dedup)) = (facts.key, &mut self.dedup)
            && !dedup.enter(key)
        {
            taken.duplicates += 1;
        } else {
            taken.given += 1;
            taken.last = seq;
            self.room -= 1;
            return true;
        }
        false
    }

    /// Returns `true` if events with the same key wait for each other.
    pub(crate) fn by_key(&self) -> bool {
        self.config.order == DeliveryOrder::ByKey
    }

    /// Makes later events of a lane wait for this one, which a consumer pulls.
    pub(crate) fn occupy(&mut self, seq: u64, lane: u64) {
        self.lanes.insert((lane, Key::in_log(seq)));
    }
}

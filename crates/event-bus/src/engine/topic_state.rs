//! The state of a topic under its lock: what it accepts and forgets, and the groups that read it.

use std::borrow::Cow;
use std::sync::Arc;

use super::config::{DiscardPolicy, GroupConfig, StartAt, TopicConfig};
use super::counters::GroupCounters;
use super::group::GroupCore;
use super::losses::{lose_for, waiting_for, wanted};
use super::stats::{GroupStats, TopicStats};
use super::store::{Leftover, Place, Store};
use super::time::Timestamp;
use super::topic::{Admission, Log, TopicCore};

/// The mutable state of a topic.
///
/// Its methods are those of `TopicState<dyn Store>`, so that they are compiled once for all event types. A reference to
/// the state with a store of events of one type converts to that.
pub(crate) struct TopicState<S: ?Sized> {
    pub(crate) core: TopicCore,
    /// The counters and the configuration of every group, in order of subscription.
    pub(super) groups: Vec<(Arc<GroupCounters>, GroupConfig)>,
    /// The groups with handlers, in order of subscription. They are lent to a wave while handlers run.
    pub(super) push: Vec<GroupCore>,
    /// The groups whose consumers pull, in order of subscription.
    pub(super) pull: Vec<GroupCore>,
    /// The orders that were given while the push groups were lent. They are carried out when the groups are back.
    pub(super) orders: Vec<(u64, Order)>,
    /// `true` if a group was removed while it was lent.
    pub(super) has_ended: bool,
    pub(super) leftovers: Vec<Leftover>,
    pub(crate) store: S,
}

/// A change to a group. It is deferred while handlers run.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Order {
    /// The handler waits in the store under the number of the member.
    Join(u64),
    Leave(u64),
    Seek {
        to: StartAt,
        forget_keys: bool,
    },
    /// The event waits in the store under this number.
    Redeliver(u64),
    Configure(GroupConfig),
}

impl<S> TopicState<S> {
    pub(crate) fn new(config: TopicConfig, counts_bytes: bool, store: S) -> Self {
        Self {
            core: TopicCore::new(config, counts_bytes),
            groups: Vec::new(),
            push: Vec::new(),
            pull: Vec::new(),
            orders: Vec::new(),
            has_ended: false,
            leftovers: Vec::new(),
            store,
        }
    }
}

impl<S: ?Sized> TopicState<S> {
    /// Returns what was removed, for the caller to drop when nothing is locked.
    #[must_use = "it must be dropped when nothing is locked"]
    #[inline]
    pub(crate) fn leftovers(&mut self) -> Option<Vec<Leftover>> {
        (!self.leftovers.is_empty()).then(|| std::mem::take(&mut self.leftovers))
    }
}

// The frequent cases, for a store of one type. Everything else is in the functions for any store.
impl<S: Store + 'static> TopicState<S> {
    /// Returns the state without the type of the events.
    #[inline]
    pub(crate) fn any(&mut self) -> &mut TopicState<dyn Store> {
        self
    }

    /// Makes room for an event of this size. Returns its `seq`, with which the store must append it to the inbox;
    /// `None` if the topic refuses it.
    #[inline]
    pub(crate) fn admit(&mut self, size: usize, now: impl FnOnce() -> Timestamp) -> Option<u64> {
        let len = (self.store.end() - self.store.start()) as usize;
        let admission = self.core.admit(size, len, self.store.inbox_len());
        (admission == Admission::Yes || self.any().make_room(size, now())).then(|| self.core.published(size))
    }

    /// Appends the inbox to the log. Returns the number of events.
    #[inline]
    pub(crate) fn accept(&mut self, now: Timestamp) -> usize {
        match self.store.oldest_in_inbox() {
            None => 0,
            Some(oldest) if oldest == self.store.end() => {
                let count = self.store.inbox_len();
                self.core.accepted(count, now);
                self.store.append(self.core.config.max_len, now);
                count
            }
            Some(_) => self.any().accept_after_gap(now),
        }
    }

    /// Moves the push groups out while their handlers run.
    #[inline]
    pub(crate) fn lend(&mut self) -> Vec<GroupCore> {
        if self.core.lent {
            self.any().recover();
        }
        self.core.lent = true;
        std::mem::take(&mut self.push)
    }

    /// Takes the push groups back, after the store has. They are done with the events before `settled`. Applies the
    /// retention. Returns `true` if a group has lost events.
    #[inline]
    pub(crate) fn restore(&mut self, groups: Vec<GroupCore>, settled: u64, now: Timestamp) -> bool {
        let is_simple = self.push.is_empty() && self.pull.is_empty() && self.orders.is_empty() && !self.has_ended;
        if !is_simple {
            self.any().restore_all(groups, settled);
            return self.any().retain(now);
        }
        self.core.lent = false;
        self.core.settled = settled;
        self.push = groups;
        let start = self.store.start();
        match self.core.plain_excess(self.store.end() - start) {
            Some(0) => false,
            Some(excess) if start + excess <= settled => {
                self.store.forget(excess as usize);
                false
            }
            _ => self.any().retain(now),
        }
    }
}

impl TopicState<dyn Store> {
    // Events.

    /// Returns the number of events in the log.
    fn len(&self) -> usize {
        (self.store.end() - self.store.start()) as usize
    }

    /// Makes room for an event of this size, as the topic allows it. Returns `false` if there is no room.
    #[cold]
    pub(crate) fn make_room(&mut self, size: usize, now: Timestamp) -> bool {
        loop {
            match self.core.admit(size, self.len(), self.store.inbox_len()) {
                Admission::Yes => return true,
                Admission::AfterForgetting if self.forget_done() => {}
                Admission::AfterDropping => self.drop_oldest_in_inbox(now),
                _ => break,
            }
        }
        self.core.refused();
        false
    }

    /// Drops the oldest event of the log, if there are groups and all of them are done with it. Returns `true` if it
    /// did.
    fn forget_done(&mut self) -> bool {
        let log: &dyn Log = &self.store;
        if !self.core.may_forget(log, self.wanted(|_| true)) {
            return false;
        }
        self.core.forgotten(self.store.size(log.start()));
        self.store.forget(1);
        true
    }

    /// Drops the oldest event that was published and not delivered. The groups count it as evicted when they get there.
    fn drop_oldest_in_inbox(&mut self, now: Timestamp) {
        if let Some(seq) = self.store.oldest_in_inbox() {
            self.core.dropped(self.store.size(seq));
            self.store.drop_oldest_in_inbox(now, waiting_for(&self.groups, seq));
        }
    }

    /// Appends the inbox to the log, if the topic has dropped events in between. Returns the number of events. All
    /// groups run in the same wave, so those that lose events need no other one.
    #[cold]
    fn accept_after_gap(&mut self, now: Timestamp) -> usize {
        self.evict(self.len());
        let count = self.store.inbox_len();
        self.core.accepted(count, now);
        self.store.append(self.core.config.max_len, now);
        let start = self.store.start();
        self.push.iter().chain(&self.pull).for_each(|core| core.counters.skip_gap(start));
        count
    }

    /// Applies the retention. Returns `true` if a group has lost events.
    pub(crate) fn retain(&mut self, now: Timestamp) -> bool {
        let size = |seq| self.store.size(seq);
        let wanted = || self.wanted(|config| config.retry.is_some()).unwrap_or(u64::MAX);
        match self.core.excess(&self.store, self.len(), now, &size, &wanted) {
            0 => false,
            excess => self.evict(excess),
        }
    }

    /// Drops the `excess` oldest events. Returns `true` if a group that retries has lost one.
    fn evict(&mut self, excess: usize) -> bool {
        let start = self.store.start();
        let end = start + excess as u64;
        if self.core.counts_bytes {
            self.core.forgotten((start..end).map(|seq| self.store.size(seq)).sum());
        }
        let lost = self.core.settled < end && self.lose(start, excess);
        self.store.forget(excess);
        lost
    }

    /// Takes the `excess` events from `start` on from the groups that are not done with them, with dead letters.
    /// Returns `true` if there are any.
    #[cold]
    fn lose(&mut self, start: u64, excess: usize) -> bool {
        let mut lost = Vec::new();
        let push = self.push.iter_mut().enumerate().map(|(place, core)| (Place::Push(place), core));
        let pull = self.pull.iter_mut().enumerate().map(|(place, core)| (Place::Pull(place), core));
        for (place, core) in push.chain(pull) {
            let wants = |seq| self.store.wants(place, seq);
            lose_for(core, start, excess, &wants, &mut lost);
        }
        let has_lost = !lost.is_empty();
        lost.into_iter().flatten().for_each(|loss| self.store.bury(None, loss));
        has_lost
    }

    /// Returns the lowest `seq` that one of these groups is not done with; `None` if there are none.
    fn wanted(&self, which: impl Fn(&GroupConfig) -> bool) -> Option<u64> {
        wanted(&self.groups, &which)
    }

    /// Returns how many more events the topic takes.
    pub(crate) fn room(&self) -> usize {
        let (core, log, inbox) = (&self.core, &self.store, self.store.inbox_len());
        if core.closed {
            return 0;
        }
        let room = core.config.max_inbox.max(1).saturating_sub(inbox);
        if core.config.discard == DiscardPolicy::Old {
            return room;
        }
        // The events that the topic may forget make room for others.
        let wanted = self.wanted(|_| true);
        let start =
            if core.may_forget(log, wanted) { wanted.map_or(0, |wanted| wanted.min(log.end())) } else { log.start() };
        room.min(core.config.max_len.saturating_sub((log.end() - start) as usize + inbox))
    }

    /// Replaces the configuration.
    pub(crate) fn configure(&mut self, config: TopicConfig) {
        let (log, inbox) = (&self.store, self.store.oldest_in_inbox());
        let sum = |seqs: std::ops::Range<u64>| seqs.map(|seq| self.store.size(seq)).sum();
        let in_inbox = inbox.map_or(0, |oldest| sum(oldest..oldest + self.store.inbox_len() as u64));
        let bytes = (sum(log.start()..log.end()), in_inbox);
        self.core.configure(config, bytes);
    }

    // Reading.

    pub(crate) fn stats(&self, now: Timestamp) -> TopicStats {
        self.core.stats(&self.store, self.store.inbox_len(), self.store.capacity(), now)
    }

    /// Returns the counters and the configuration of each group, in order of subscription.
    pub(crate) fn groups(&self, now: Timestamp) -> impl Iterator<Item = (&Cow<'static, str>, GroupConfig, GroupStats)> {
        let log: &dyn Log = &self.store;
        let stats = move |counters: &GroupCounters| counters.stats(log.end(), log.timestamp(counters.wanted()), now);
        self.groups.iter().map(move |(counters, config)| (&counters.name, *config, stats(counters)))
    }

    /// Returns the number and the configuration of the group of this name.
    pub(crate) fn config_of(&self, name: &str) -> Option<(u64, GroupConfig)> {
        let found = self.groups.iter().find(|(counters, _)| counters.name == name);
        found.map(|(counters, config)| (counters.id, *config))
    }

    pub(crate) fn has_groups(&self) -> bool {
        !self.groups.is_empty()
    }

    /// Returns `true` if the topic can have work to do without a new event: it limits the age, or has pull groups.
    pub(crate) fn is_timed(&self) -> bool {
        self.core.config.max_age.is_some() || !self.pull.is_empty()
    }

    /// Returns the counters of the group that is found.
    pub(crate) fn find(&self, is_it: &dyn Fn(&GroupCounters) -> bool) -> Option<&Arc<GroupCounters>> {
        self.groups.iter().map(|(counters, _)| counters).find(|counters| is_it(counters))
    }
}

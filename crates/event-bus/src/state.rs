//! The internal state of a topic: the inbox that producers fill, the log that consumers read, and the groups.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::mem;
use std::sync::Arc;

use crate::engine::config::{GroupConfig, StartAt, TopicConfig};
use crate::engine::counters::GroupCounters;
use crate::engine::group::GroupCore;
use crate::engine::losses::{Losers, lose_for, waiting_for, wanted};
use crate::engine::stats::{GroupStats, TopicStats};
use crate::engine::time::Timestamp;
use crate::engine::topic::{Admission, Log as _, TopicCore, locate};
use crate::envelope::{Envelope, PublishOptions};
use crate::handler::Handler;
use crate::log::Log;
use crate::pull::PullGroup;
use crate::push::PushGroup;
use crate::selector::{Look, Selector};

/// The mutable state of a topic. Every group is in `push` or in `pull`.
pub(crate) struct State<E> {
    pub(crate) core: TopicCore,
    /// Returns the size of an event.
    size: Option<Look<E, usize>>,
    inbox: VecDeque<Envelope<E>>,
    /// Shared with a wave while handlers run, so that handlers can read the topic, too.
    log: Arc<Log<E>>,
    /// The counters and the configuration of every group, in order of subscription.
    groups: Vec<(Arc<GroupCounters>, GroupConfig)>,
    /// Moved out of the state by [`State::lend`] while handlers run.
    push: Vec<PushGroup<E>>,
    pull: Vec<PullGroup<E>>,
    /// The orders that were given while the push groups were lent. They are carried out when the groups are back.
    orders: Vec<(u64, Order<E>)>,
}

/// A change to a group. It is deferred while handlers run.
pub(crate) enum Order<E> {
    Join(u64, Handler<E>),
    Leave(u64),
    Seek { to: StartAt, forget_keys: bool },
    Redeliver(Envelope<E>),
    Configure(GroupConfig),
}

/// What is left of an order: dropped when nothing is locked, because values that handlers own may publish when they are
/// dropped.
pub(crate) type Leftover<E> = (Option<Order<E>>, Option<Handler<E>>);

/// A removed group. The groups are `None` if they are lent to a wave.
pub(crate) struct Ended<E> {
    pub(crate) stats: GroupStats,
    pub(crate) groups: (Option<PushGroup<E>>, Option<PullGroup<E>>),
}

/// An evicted event, and the groups that were not done with it and retry.
pub(crate) struct Evicted<E> {
    pub(crate) envelope: Envelope<E>,
    pub(crate) groups: Losers,
}

/// The result of publishing an event.
pub(crate) enum Published<E> {
    Accepted { seq: u64, dropped: Vec<Evicted<E>> },
    Full(E),
    Closed(E),
}

/// The configuration of a group, from its subscription.
pub(crate) struct SubscriptionConfig<E> {
    pub(crate) group: GroupConfig,
    pub(crate) start: StartAt,
    /// The number of keys for deduplication.
    pub(crate) window: Option<usize>,
    pub(crate) selector: Option<Box<Selector<E>>>,
}

impl<E: Send + Sync + 'static> State<E> {
    pub(crate) fn new(config: TopicConfig, size: Option<Look<E, usize>>) -> Self {
        Self {
            core: TopicCore::new(config),
            size,
            inbox: VecDeque::new(),
            log: Arc::new(Log::new()),
            groups: Vec::new(),
            push: Vec::new(),
            pull: Vec::new(),
            orders: Vec::new(),
        }
    }

    // Events.

    fn size(&self, event: &E) -> usize {
        self.size.as_ref().map_or(0, |size| size(event))
    }

    /// Appends an event to the inbox.
    #[inline]
    pub(crate) fn publish(&mut self, event: E, options: PublishOptions) -> Published<E> {
        let size = self.size(&event);
        let mut dropped = Vec::new();
        if self.core.admit(size, self.log.len(), self.inbox.len()) != Admission::Yes {
            match self.make_room(size) {
                Some(room) => dropped = room,
                None if self.core.closed => return Published::Closed(event),
                None => return Published::Full(event),
            }
        }
        let seq = self.core.published(size);
        self.inbox.push_back(Envelope::new(seq, options, event));
        Published::Accepted { seq, dropped }
    }

    /// Makes room for an event of this size, as the topic allows it. Returns what the inbox has dropped; `None` if
    /// there is no room.
    #[cold]
    #[inline(never)]
    fn make_room(&mut self, size: usize) -> Option<Vec<Evicted<E>>> {
        let mut dropped = Vec::new();
        loop {
            match self.core.admit(size, self.log.len(), self.inbox.len()) {
                Admission::Yes => return Some(dropped),
                Admission::AfterForgetting if self.forget_done() => {}
                Admission::AfterDropping => dropped.extend(self.drop_oldest_in_inbox()),
                _ => break,
            }
        }
        self.core.refused();
        None
    }

    /// Drops the oldest event of the log, if there are groups and all of them are done with it. Returns `true` if it
    /// did.
    fn forget_done(&mut self) -> bool {
        if !self.core.may_forget(&*self.log, self.wanted(|_| true)) {
            return false;
        }
        let Some(log) = Arc::get_mut(&mut self.log) else { return false };
        let size = log.iter().next().map_or(0, |oldest| self.size.as_ref().map_or(0, |size| size(oldest.event())));
        self.core.forgotten(size);
        log.forget(1);
        true
    }

    /// Drops the oldest event that was published and not delivered. The groups count it as evicted when they get there.
    fn drop_oldest_in_inbox(&mut self) -> Option<Evicted<E>> {
        let envelope = self.inbox.pop_front()?;
        self.core.dropped(self.size(envelope.event()));
        let groups = waiting_for(&self.groups, envelope.seq());
        Some(Evicted { envelope, groups })
    }

    /// Appends the inbox to the log. Returns the number of events, and evicted events that become dead letters.
    #[inline]
    pub(crate) fn accept(&mut self, now: Timestamp) -> (usize, Option<Vec<Evicted<E>>>) {
        let Some(oldest) = self.inbox.front() else { return (0, None) };
        let has_gap = oldest.seq() != self.log.end();
        let lost = if has_gap { self.evict(self.log.len()) } else { None };
        let count = self.inbox.len();
        // The log is shared only while handlers run, and a nested delivery does not get here.
        let Some(log) = Arc::get_mut(&mut self.log) else { return (0, lost) };
        self.core.accepted(count, now);
        log.append(&mut self.inbox, self.core.config.max_len, now);
        if has_gap {
            let start = self.log.start();
            cores(&mut self.push, &mut self.pull).for_each(|core| core.counters.skip_gap(start));
        }
        (count, lost)
    }

    /// Applies the retention. Returns the evicted events that become dead letters, if there are any.
    #[inline]
    pub(crate) fn retain(&mut self, now: Timestamp) -> Option<Vec<Evicted<E>>> {
        let log = &*self.log;
        let size = |seq| log.get(seq).map_or(0, |envelope| self.size(envelope.event()));
        let wanted = || self.wanted(|config| config.retry.is_some()).unwrap_or(u64::MAX);
        match self.core.excess(log, log.len(), now, &size, &wanted) {
            0 => None,
            excess => self.evict(excess),
        }
    }

    /// Drops the `excess` oldest events. Returns those that become dead letters.
    #[inline]
    fn evict(&mut self, excess: usize) -> Option<Vec<Evicted<E>>> {
        if self.size.is_some() {
            let bytes = self.log.iter().take(excess).map(|envelope| self.size(envelope.event())).sum();
            self.core.forgotten(bytes);
        }
        if self.core.settled < self.log.start() + excess as u64 {
            return self.lose(excess);
        }
        // The log is shared only while handlers run.
        Arc::get_mut(&mut self.log)?.forget(excess);
        None
    }

    /// Does the same if groups may not be done with the events.
    #[inline(never)]
    fn lose(&mut self, excess: usize) -> Option<Vec<Evicted<E>>> {
        let start = self.log.start();
        let mut groups = Vec::new();
        let log = &*self.log;
        let push = self.push.iter_mut().map(|group| (&mut group.common.core, &group.common.selector));
        let pull = self.pull.iter_mut().map(|group| (&mut group.common.core, &group.common.selector));
        for (core, selector) in push.chain(pull) {
            let filter = selector.as_ref().and_then(|selector| selector.wants.as_ref());
            let wants = |seq| filter.is_none_or(|wants| log.get(seq).is_none_or(|envelope| wants(envelope.event())));
            lose_for(core, start, excess, &wants, &mut groups);
        }
        let gone = Arc::get_mut(&mut self.log)?.take(excess);
        if groups.is_empty() {
            drop(gone);
            return None;
        }
        let lost = gone.zip(groups).map(|(envelope, groups)| Evicted { envelope, groups });
        Some(lost.filter(|lost| !lost.groups.is_empty()).collect())
    }

    /// Returns the lowest `seq` that one of these groups is not done with; `None` if there are none.
    pub(crate) fn wanted(&self, which: impl Fn(&GroupConfig) -> bool) -> Option<u64> {
        wanted(&self.groups, &which)
    }

    /// Replaces the configuration.
    pub(crate) fn configure(&mut self, config: TopicConfig) {
        let sum = |envelopes: &mut dyn Iterator<Item = &Envelope<E>>| {
            envelopes.map(|envelope| self.size(envelope.event())).sum::<usize>()
        };
        let bytes = (sum(&mut self.log.iter()), sum(&mut self.inbox.iter()));
        self.core.configure(config, bytes);
    }

    // Reading.

    pub(crate) fn log(&self) -> &Log<E> {
        &self.log
    }

    pub(crate) fn stats(&self, now: Timestamp) -> TopicStats {
        let capacity = self.inbox.capacity() + self.log.capacity();
        self.core.stats(&*self.log, self.inbox.len(), capacity, now)
    }

    /// Returns the counters and the configuration of each group, in order of subscription.
    pub(crate) fn groups(&self, now: Timestamp) -> impl Iterator<Item = (&Cow<'static, str>, GroupConfig, GroupStats)> {
        let stats =
            move |counters: &GroupCounters| counters.stats(self.log.end(), self.log.timestamp(counters.wanted()), now);
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

    /// Returns the counters of the group that is found.
    pub(crate) fn find(&self, is_it: impl Fn(&GroupCounters) -> bool) -> Option<&Arc<GroupCounters>> {
        self.groups.iter().map(|(counters, _)| counters).find(|counters| is_it(counters))
    }

    // Groups.

    fn enlist(&mut self, name: Cow<'static, str>, pulls: bool, config: &SubscriptionConfig<E>) -> GroupCore {
        let id = self.core.next_group();
        let start = locate(config.start, &*self.log);
        let counters = Arc::new(GroupCounters::new(name, id, pulls, start));
        self.groups.push((counters.clone(), config.group));
        GroupCore::new(counters, config.group, config.window)
    }

    /// Adds a group with a handler. Returns its number, and whether the log already has events for it.
    pub(crate) fn add_push(
        &mut self,
        name: Cow<'static, str>,
        config: SubscriptionConfig<E>,
        handler: Handler<E>,
    ) -> (u64, bool) {
        let core = self.enlist(name, false, &config);
        let (id, wants) = (core.counters.id, core.next() < self.log.end());
        let mut group = PushGroup::new(core, config.selector);
        group.join(0, handler);
        self.push.push(group);
        (id, wants)
    }

    /// Adds a group whose consumers pull. Returns its number.
    pub(crate) fn add_pull(&mut self, name: Cow<'static, str>, config: SubscriptionConfig<E>) -> u64
    where
        E: Clone,
    {
        let core = self.enlist(name, true, &config);
        let id = core.counters.id;
        self.pull.push(PullGroup::new(core, config.selector));
        id
    }

    /// Removes a group. If it is running, it gets no more events. Returns the group; `None` if there is no such group.
    pub(crate) fn remove(&mut self, name: &str, now: Timestamp) -> Option<Ended<E>> {
        let place = self.groups.iter().position(|(counters, _)| counters.name == name)?;
        let stats = self.groups(now).nth(place).map(|(.., stats)| stats)?;
        let (counters, _) = self.groups.remove(place);
        counters.end();
        let is_it = |core: &GroupCore| core.counters.id == counters.id;
        let push = self.push.iter().position(|group| is_it(&group.common.core)).map(|place| self.push.remove(place));
        let pull = self.pull.iter().position(|group| is_it(&group.common.core)).map(|place| self.pull.remove(place));
        Some(Ended { stats, groups: (push, pull) })
    }

    /// Carries out an order for the group with this number: immediately, or after the running handlers.
    pub(crate) fn order(&mut self, group: u64, order: Order<E>) -> Option<Leftover<E>> {
        if let (Order::Configure(config), Some((_, known))) =
            (&order, self.groups.iter_mut().find(|(counters, _)| counters.id == group))
        {
            *known = *config;
        }
        if self.core.lent {
            self.orders.push((group, order));
            None
        } else {
            Some(self.carry_out(group, order))
        }
    }

    /// Carries out an order. Returns it if the group has ended.
    fn carry_out(&mut self, id: u64, order: Order<E>) -> Leftover<E> {
        self.core.settled = 0;
        let mut push = self.push.iter_mut().find(|group| group.common.core.counters.id == id);
        let pull = self.pull.iter_mut().find(|group| group.common.core.counters.id == id);
        let common = match (&mut push, pull) {
            (Some(group), _) => &mut group.common,
            (None, Some(group)) => &mut group.common,
            (None, None) => return (Some(order), None),
        };
        let mut left = (None, None);
        match order {
            Order::Seek { to, forget_keys } => {
                let end = self.log.end();
                common.seek(locate(to, &*self.log).min(end), end, forget_keys);
            }
            Order::Redeliver(envelope) => common.redeliver(envelope),
            Order::Configure(config) => common.core.config = config,
            Order::Join(member, handler) => match &mut push {
                Some(group) => group.join(member, handler),
                None => left.0 = Some(Order::Join(member, handler)),
            },
            Order::Leave(member) => left.1 = push.as_mut().and_then(|group| group.leave(member)),
        }
        push.into_iter().for_each(PushGroup::note_plain);
        left
    }

    /// Moves the push groups out while their handlers run. Returns them and the log that they read.
    #[inline]
    pub(crate) fn lend(&mut self) -> (Vec<PushGroup<E>>, Arc<Log<E>>) {
        self.core.lent = true;
        (mem::take(&mut self.push), self.log.clone())
    }

    /// Takes the push groups back, which are done with the events before `settled`. Returns what is left of the orders:
    /// the caller drops it when nothing is locked.
    #[inline]
    pub(crate) fn restore(&mut self, mut groups: Vec<PushGroup<E>>, settled: u64) -> Option<Vec<Leftover<E>>> {
        self.core.lent = false;
        let wanted = self.push.iter().map(|group| group.common.core.counters.wanted()).fold(settled, u64::min);
        self.core.settled = self.pull.iter().map(|group| group.common.core.counters.wanted()).fold(wanted, u64::min);
        // Groups that subscribed in the meantime come last.
        groups.append(&mut self.push);
        self.push = groups;
        (!self.orders.is_empty()).then(|| self.carry_out_all())
    }

    #[cold]
    fn carry_out_all(&mut self) -> Vec<Leftover<E>> {
        let orders = mem::take(&mut self.orders);
        orders.into_iter().map(|(group, order)| self.carry_out(group, order)).collect()
    }

    pub(crate) fn pull_group(&mut self, id: u64) -> Option<(&mut PullGroup<E>, &Log<E>)> {
        let group = self.pull.iter_mut().find(|group| group.common.core.counters.id == id)?;
        Some((group, &self.log))
    }

    pub(crate) fn pull_groups(&mut self) -> (&mut [PullGroup<E>], &Log<E>) {
        (&mut self.pull, &self.log)
    }
}

/// Returns the state machines of the groups that are not lent.
fn cores<'a, E>(push: &'a mut [PushGroup<E>], pull: &'a mut [PullGroup<E>]) -> impl Iterator<Item = &'a mut GroupCore> {
    push.iter_mut().map(|group| &mut group.common.core).chain(pull.iter_mut().map(|group| &mut group.common.core))
}

//! The internal state of a topic: the inbox that producers fill, the log that consumers read, and the groups.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::mem;
use std::sync::Arc;

use super::account::Account;
use super::dedup::Dedup;
use super::envelope::Envelope;
use super::handler::Handler;
use super::ledger::Ledger;
use super::log::Log;
use super::policy::Policy;
use super::pull::PullGroup;
use super::push::PushGroup;
use super::report::{Loser, Lost};
use super::retention::{Discard, Retention};
use super::start::Start;
use super::stats::{GroupStats, Rate, TopicStats};
use super::topic::Event;

/// The mutable state of a topic. Every group is in `push` or in `pull`.
pub(super) struct State<E: Event> {
    retention: Retention<E>,
    inbox: VecDeque<Envelope<E>>,
    inbox_bytes: usize,
    bytes: usize,
    refused: u64,
    rate: Rate,
    /// Shared with a wave while handlers run, so that handlers can read the topic, too.
    log: Arc<Log<E>>,
    /// The counters of every group, in order of subscription.
    roster: Vec<Arc<Account>>,
    /// Moved out of the state by [`State::lend`] while handlers run.
    push: Vec<PushGroup<E>>,
    pull: Vec<PullGroup<E>>,
    /// The orders that were given while the push groups were lent. They are carried out when the groups are back.
    orders: Vec<(Arc<Account>, Order<E>)>,
    lent: bool,
    /// The number of groups so far. It numbers them.
    group_count: u64,
    /// Every group is done with the events before this `seq`. A lower bound: they may be done with more.
    settled: u64,
}

/// A change to a group. It is deferred while handlers run.
pub(super) enum Order<E: Event> {
    Join(Handler<E>),
    Seek(Start),
    TakeBack(Envelope<E>),
}

/// A removed group. Both are `None` if the group is lent to a wave.
pub(super) type Ended<E> = (Option<PushGroup<E>>, Option<PullGroup<E>>);

/// The configuration of a group, from its subscription.
pub(super) struct Terms<E> {
    pub(super) policy: Policy,
    pub(super) start: Start,
    pub(super) dedup: Option<Box<Dedup<E>>>,
}

impl<E: Event> State<E> {
    pub(super) fn new(retention: Retention<E>) -> Self {
        Self {
            inbox: VecDeque::new(),
            inbox_bytes: 0,
            bytes: 0,
            refused: 0,
            rate: Rate::default(),
            log: Arc::new(Log::new(retention.max_len)),
            retention,
            roster: Vec::new(),
            push: Vec::new(),
            pull: Vec::new(),
            orders: Vec::new(),
            lent: false,
            group_count: 0,
            settled: 0,
        }
    }

    // Events.

    /// Appends an event to the inbox and returns its `seq`; `None` if the topic is full and discards new events.
    #[inline]
    pub(super) fn publish(&mut self, event: E, at: u64) -> Option<u64> {
        let size = self.retention.size(&event);
        if self.retention.discard == Discard::New && !self.make_room(size) {
            self.refused += 1;
            return None;
        }
        self.inbox_bytes += size;
        let seq = self.inbox.back().map_or(self.log.end(), |newest| newest.seq() + 1);
        self.inbox.push_back(Envelope::new(seq, at, event));
        if self.inbox.len() > self.retention.max_inbox() {
            self.drop_oldest_in_inbox();
        }
        Some(seq)
    }

    /// Drops the oldest event that was published and not delivered. The groups count it as evicted.
    #[cold]
    fn drop_oldest_in_inbox(&mut self) {
        if let Some(oldest) = self.inbox.pop_front() {
            self.inbox_bytes -= self.retention.size(oldest.body()).min(self.inbox_bytes);
        }
    }

    /// Drops the oldest events that every group is done with, until there is room for an event of this size. Returns
    /// `true` if there is.
    fn make_room(&mut self, size: usize) -> bool {
        // An event that would not even fit into an empty topic must not drop any other.
        let fits = !self.retention.exceeded(1, size);
        loop {
            let (len, bytes) = (self.log.depth() + self.inbox.len() + 1, self.bytes + self.inbox_bytes + size);
            if !self.retention.exceeded(len, bytes) {
                return true;
            }
            if !fits || !self.forget_done() {
                return false;
            }
        }
    }

    /// Drops the oldest event, if there are groups and all of them are done with it. Returns `true` if it did.
    fn forget_done(&mut self) -> bool {
        // The push groups are not in `push` while they run. They may want any event.
        if self.lent {
            return false;
        }
        let wanted = self.wanted();
        let Some(log) = Arc::get_mut(&mut self.log) else { return false };
        let Some(oldest) = log.iter().next().filter(|oldest| oldest.seq() < wanted) else { return false };
        self.bytes -= self.retention.size(oldest.body()).min(self.bytes);
        log.forget(1);
        true
    }

    /// Appends the inbox to the log. Returns the number of events.
    #[inline]
    pub(super) fn accept(&mut self, now: u64) -> usize {
        let count = self.inbox.len();
        if count == 0 {
            return 0;
        }
        // The log is shared only while handlers run, and a nested delivery does not get here.
        let Some(log) = Arc::get_mut(&mut self.log) else { return 0 };
        if self.inbox.front().is_some_and(|oldest| oldest.seq() != log.end()) {
            self.bytes = 0;
        }
        log.append(&mut self.inbox, now);
        self.bytes += mem::take(&mut self.inbox_bytes);
        self.rate.count(now, count);
        count
    }

    /// Applies the retention. Returns the evicted events that become dead letters, if there are any.
    #[inline]
    pub(super) fn retain(&mut self, now: u64) -> Option<Vec<Lost<E>>> {
        let excess = self.excess(now);
        if excess == 0 {
            return None;
        }
        let first = self.log.start();
        if self.settled < first + excess as u64 {
            return self.lose(excess, self.settled.max(first));
        }
        // The log is shared only while handlers run.
        Arc::get_mut(&mut self.log)?.forget(excess);
        None
    }

    /// Evicts the `excess` oldest events. Groups may not be done with those from `unsettled` on. Returns the events
    /// that become dead letters.
    #[inline(never)]
    fn lose(&mut self, excess: usize, unsettled: u64) -> Option<Vec<Lost<E>>> {
        let end = self.log.start() + excess as u64;
        let losers: Vec<_> = (unsettled..end).map(|seq| self.losers(seq)).collect();
        let gone = Arc::get_mut(&mut self.log)?.take(excess);
        let lost = gone.skip(excess - losers.len()).zip(losers).map(|(envelope, by)| Lost { envelope, by });
        let lost: Vec<_> = lost.filter(|lost| !lost.by.is_empty()).collect();
        (!lost.is_empty()).then_some(lost)
    }

    /// Returns how many of the oldest events exceed the limits, and subtracts their bytes.
    #[inline]
    fn excess(&mut self, now: u64) -> usize {
        let old = self.retention.discard == Discard::Old;
        let excess = if old { self.log.depth().saturating_sub(self.retention.max_len) } else { 0 };
        let by_number_only = self.retention.max_age.is_none() && self.retention.max_bytes.is_none();
        if by_number_only { excess } else { self.more_excess(excess, now) }
    }

    /// Adds the events that exceed the limits of age and bytes to `excess`, the number of events above `max_len`.
    #[inline(never)]
    fn more_excess(&mut self, mut excess: usize, now: u64) -> usize {
        let old = self.retention.discard == Discard::Old;
        let size = |envelope: &Envelope<E>| self.retention.size(envelope.body());
        self.bytes -= self.log.iter().take(excess).map(size).sum::<usize>().min(self.bytes);
        for envelope in self.log.iter().skip(excess) {
            let too_old = self.retention.outlived(envelope.at(), now);
            let too_many_bytes = old && self.retention.exceeded(0, self.bytes);
            if !too_old && !too_many_bytes {
                break;
            }
            self.bytes -= size(envelope).min(self.bytes);
            excess += 1;
        }
        excess
    }

    /// Evicts an event from every group. Returns the groups that get a dead letter for it.
    fn losers(&mut self, seq: u64) -> Vec<Loser> {
        let push = self.push.iter_mut().map(|group| (&group.policy, &mut group.ledger));
        let pull = self.pull.iter_mut().map(|group| (&group.policy, &mut group.ledger));
        let lose = |(policy, ledger): (&Policy, &mut Ledger<E>)| {
            let (attempts, last_error) = ledger.evict(seq)?;
            policy.retries().then(|| (ledger.account.name.clone(), attempts, last_error))
        };
        push.chain(pull).filter_map(lose).collect()
    }

    /// Returns the lowest `seq` that any group is not done with; 0 if there is no group.
    fn wanted(&self) -> u64 {
        let push = self.push.iter().map(|group| group.ledger.wanted());
        push.chain(self.pull.iter().map(|group| group.ledger.wanted())).min().unwrap_or(0)
    }

    // Reading.

    pub(super) fn log(&self) -> &Log<E> {
        &self.log
    }

    pub(super) fn stats(&self, now: u64) -> TopicStats {
        TopicStats {
            published: self.log.end(),
            refused: self.refused,
            depth: self.log.depth(),
            bytes: self.bytes,
            waiting: self.inbox.len(),
            room: self.inbox.capacity() + self.log.capacity(),
            rate: self.rate.per_second(now),
        }
    }

    pub(super) fn groups(&self, now: u64) -> impl Iterator<Item = (&Cow<'static, str>, GroupStats)> {
        self.roster.iter().map(move |account| (&account.name, account.stats(&self.log, now)))
    }

    pub(super) fn has_groups(&self) -> bool {
        !self.roster.is_empty()
    }

    pub(super) fn account(&self, name: &str) -> Option<&Arc<Account>> {
        self.roster.iter().find(|account| account.name == name)
    }

    // Groups.

    fn enlist(&mut self, name: Cow<'static, str>, pulls: bool, start: Start) -> Ledger<E> {
        self.group_count += 1;
        let account = Arc::new(Account::new(name, self.group_count, pulls, start.seq(&self.log)));
        self.roster.push(account.clone());
        self.settled = 0;
        Ledger::new(account)
    }

    /// Returns `true` if the log already has events for the group.
    pub(super) fn add_push(&mut self, name: Cow<'static, str>, terms: Terms<E>, handler: Handler<E>) -> bool {
        let ledger = self.enlist(name, false, terms.start);
        let wants = ledger.next() < self.log.end();
        self.push.push(PushGroup::new(ledger, terms, handler));
        wants
    }

    /// Returns the number of the group.
    pub(super) fn add_pull(&mut self, name: Cow<'static, str>, terms: Terms<E>) -> u64 {
        let ledger = self.enlist(name, true, terms.start);
        self.pull.push(PullGroup { policy: terms.policy, ledger, dedup: terms.dedup });
        self.group_count
    }

    /// Removes a group. If it is running, it gets no more events. Returns the group; `None` if there is no such group.
    pub(super) fn remove(&mut self, name: &str) -> Option<Ended<E>> {
        let place = self.roster.iter().position(|account| account.name == name)?;
        let account = self.roster.remove(place);
        account.end();
        let is_it = |ledger: &Ledger<E>| Arc::ptr_eq(&ledger.account, &account);
        let push = self.push.iter().position(|group| is_it(&group.ledger)).map(|place| self.push.remove(place));
        let pull = self.pull.iter().position(|group| is_it(&group.ledger)).map(|place| self.pull.remove(place));
        Some((push, pull))
    }

    /// Carries out an order: immediately, or after the running handlers.
    pub(super) fn order(&mut self, group: Arc<Account>, order: Order<E>) {
        if self.lent {
            self.orders.push((group, order));
        } else {
            // The caller has just looked the group up, so the order cannot fail.
            drop(self.carry_out(&group, order));
        }
    }

    /// Carries out an order. Returns it if the group has ended.
    fn carry_out(&mut self, group: &Arc<Account>, order: Order<E>) -> Option<Order<E>> {
        self.settled = 0;
        let end = self.log.end();
        match order {
            Order::Join(handler) => match self.push.iter_mut().find(|one| Arc::ptr_eq(&one.ledger.account, group)) {
                Some(group) => group.join(handler),
                None => return Some(Order::Join(handler)),
            },
            Order::Seek(to) => {
                let to = to.seq(&self.log).min(end);
                self.ledger(group)?.seek(to, end);
            }
            Order::TakeBack(envelope) => match self.ledger(group) {
                Some(ledger) => ledger.take_back(envelope),
                None => return Some(Order::TakeBack(envelope)),
            },
        }
        None
    }

    fn ledger(&mut self, account: &Arc<Account>) -> Option<&mut Ledger<E>> {
        let push = self.push.iter_mut().map(|group| &mut group.ledger);
        let pull = self.pull.iter_mut().map(|group| &mut group.ledger);
        push.chain(pull).find(|ledger| Arc::ptr_eq(&ledger.account, account))
    }

    /// Moves the push groups out while their handlers run. Returns them and the log that they read.
    pub(super) fn lend(&mut self) -> (Vec<PushGroup<E>>, Arc<Log<E>>) {
        self.lent = true;
        (mem::take(&mut self.push), self.log.clone())
    }

    /// Takes the push groups back, which are done with the events before `settled`. Returns the orders for groups that
    /// have ended: the caller drops them when nothing is locked.
    pub(super) fn restore(&mut self, mut groups: Vec<PushGroup<E>>, settled: u64) -> Option<Vec<Order<E>>> {
        self.lent = false;
        let wanted = self.push.iter().map(|group| group.ledger.wanted()).fold(settled, u64::min);
        self.settled = self.pull.iter().map(|group| group.ledger.wanted()).fold(wanted, u64::min);
        // Groups that subscribed in the meantime come last.
        groups.append(&mut self.push);
        self.push = groups;
        (!self.orders.is_empty()).then(|| self.carry_out_all())
    }

    #[cold]
    fn carry_out_all(&mut self) -> Vec<Order<E>> {
        let orders = mem::take(&mut self.orders);
        orders.into_iter().filter_map(|(group, order)| self.carry_out(&group, order)).collect()
    }

    pub(super) fn puller(&mut self, id: u64) -> Option<(&mut PullGroup<E>, &Log<E>)> {
        let group = self.pull.iter_mut().find(|group| group.ledger.account.id == id)?;
        Some((group, &self.log))
    }
}

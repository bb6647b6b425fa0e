//! All events of one type: the inbox that producers fill, the log that consumers read, the groups that read it.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::mem;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};

use bevy_ecs::prelude::*;

use super::dedup::Dedup;
use super::envelope::Envelope;
use super::handler::Handler;
use super::ledger::Ledger;
use super::log::Log;
use super::policy::Policy;
use super::pull::{Consumer, PullError, PullGroup};
use super::push::PushGroup;
use super::registry::WiringError;
use super::report::{Letters, Lost};
use super::retention::{Discard, Retention};
use super::start::Start;
use super::stats::{GroupStats, Rate, TopicReport, TopicStats};

/// What can be an event: any type that can be shared. The topic of a type is named once, when it is made.
pub trait Event: Send + Sync + 'static {}

impl<E: Send + Sync + 'static> Event for E {}

/// All events of one type in the order in which they were published, and the groups that read them.
#[derive(Resource)]
pub struct Topic<E: Event> {
    pub(super) name: Cow<'static, str>,
    retention: Retention<E>,
    pub(super) letters: Option<Letters<E>>,
    inbox: Vec<E>,
    /// Shared by all topics of a bus: in which is there something to do? And the bit of this one.
    dirty: (Arc<AtomicU64>, u64),
    inbox_bytes: usize,
    bytes: usize,
    refused: u64,
    rate: Rate,
    /// Shared with [`delivery`](super::delivery) while handlers run, so that they can read it like everybody.
    pub(super) log: Arc<Log<E>>,
    /// Every group in the order in which they subscribed.
    roster: Vec<Entry>,
    /// Lent to [`delivery`](super::delivery) while handlers run.
    pub(super) push: Vec<PushGroup<E>>,
    pub(super) pull: Vec<PullGroup<E>>,
    /// What handlers asked for while the push groups were lent; it is done when they are back.
    pub(super) orders: Vec<Order<E>>,
    pub(super) delivering: bool,
    /// Changes when a group is ended.
    pub(super) endings: Arc<AtomicU32>,
    /// Every group has done with the events before this `seq`; maybe with more.
    pub(super) settled: u64,
    /// When one of the push groups is to be called: 0 for at once, `u64::MAX` for never.
    pub(super) due: u64,
}

/// A group as everybody can see it.
struct Entry {
    name: Cow<'static, str>,
    ended: Arc<AtomicBool>,
    pulls: bool,
    /// What a push group's ledger said when it was lent; see [`Topic::lend`].
    lent: GroupStats,
}

/// What is done to a push group when its handlers do not run.
pub(super) enum Order<E: Event> {
    Join(Cow<'static, str>, Handler<E>),
    Seek(Cow<'static, str>, Start),
    TakeBack(Cow<'static, str>, Envelope<E>),
}

/// The topic is full and refuses new events.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Full {
    /// The topic's name.
    pub topic: Cow<'static, str>,
}

impl fmt::Display for Full {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "topic `{}` is full", self.topic)
    }
}

impl Error for Full {}

impl<E: Event> Topic<E> {
    pub(super) fn new(
        name: Cow<'static, str>,
        retention: Retention<E>,
        letters: Option<Letters<E>>,
        dirty: (Arc<AtomicU64>, u64),
    ) -> Self {
        Self {
            name,
            retention,
            letters,
            inbox: Vec::new(),
            dirty,
            inbox_bytes: 0,
            bytes: 0,
            refused: 0,
            rate: Rate::default(),
            log: Arc::default(),
            roster: Vec::new(),
            push: Vec::new(),
            pull: Vec::new(),
            orders: Vec::new(),
            delivering: false,
            endings: Arc::default(),
            settled: 0,
            due: u64::MAX,
        }
    }

    /// The topic's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Appends an event. It is delivered with the next wave. Returns the `seq` that it will have.
    ///
    /// # Errors
    /// [`Full`] if the topic is, and discards new events. Then the event is gone, and counted as refused.
    pub fn publish(&mut self, event: E) -> Result<u64, Full> {
        let size = self.retention.size(&event);
        while self.retention.discard == Discard::New && self.is_full_for(size) {
            // What would not fit into the empty topic is no reason to forget anything.
            if self.retention.exceeded(1, size) || !self.forget_done() {
                self.refused += 1;
                return Err(Full { topic: self.name.clone() });
            }
        }
        self.inbox_bytes += size;
        self.inbox.push(event);
        self.dirty.0.fetch_or(self.dirty.1, Ordering::Relaxed);
        Ok(self.log.end() + self.inbox.len() as u64 - 1)
    }

    /// Is there no room for an event of this size?
    fn is_full_for(&self, size: usize) -> bool {
        let (len, bytes) = (self.log.depth() + self.inbox.len() + 1, self.bytes + self.inbox_bytes + size);
        self.retention.exceeded(len, bytes)
    }

    /// Makes room by the oldest event, if every group has done with it. Returns whether it could: not while handlers run.
    fn forget_done(&mut self) -> bool {
        let done = |envelope: &Envelope<E>| self.has_groups() && !self.delivering && envelope.seq() < self.wanted();
        if !self.log.oldest().is_some_and(done) {
            return false;
        }
        let forgotten = Arc::get_mut(&mut self.log).and_then(Log::forget_oldest);
        self.bytes -= forgotten.as_ref().map_or(0, |envelope| self.retention.size(envelope.body())).min(self.bytes);
        forgotten.is_some()
    }

    /// The events that are retained, oldest first.
    pub fn retained(&self) -> impl Iterator<Item = &Envelope<E>> {
        self.log.iter()
    }

    /// The counters, on a clock that says `now`.
    #[must_use]
    pub fn stats(&self, now: u64) -> TopicStats {
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

    /// The groups in the order in which they subscribed, each with its ledger. While handlers of this topic run, those of its push
    /// groups are as they were when they began to.
    pub fn groups(&self, now: u64) -> impl Iterator<Item = (&str, GroupStats)> {
        self.roster.iter().map(move |entry| (&*entry.name, self.group_stats(entry, now)))
    }

    fn group_stats(&self, entry: &Entry, now: u64) -> GroupStats {
        let pushed = self.push.iter().find(|group| group.name == entry.name).map(|group| &group.ledger);
        let ledger =
            pushed.or_else(|| self.pull.iter().find(|group| group.name == entry.name).map(|group| &group.ledger));
        ledger.map_or(entry.lent, |ledger| ledger.stats(&self.log, now))
    }

    /// The push groups, for as long as their handlers run. They can be read meanwhile.
    pub(super) fn lend(&mut self, now: u64) -> Vec<PushGroup<E>> {
        self.delivering = true;
        let pushed = self.roster.iter_mut().filter(|entry| !entry.pulls);
        for (entry, group) in pushed.zip(&self.push) {
            entry.lent = group.ledger.stats(&self.log, now);
        }
        mem::take(&mut self.push)
    }

    /// The topic and its groups, as they are now.
    #[must_use]
    pub fn report(&self, now: u64) -> TopicReport {
        let groups = self.groups(now).map(|(name, stats)| (name.to_owned(), stats)).collect();
        TopicReport { name: self.name.to_string(), stats: self.stats(now), groups }
    }

    /// Does anybody listen?
    pub(super) fn has_groups(&self) -> bool {
        !self.roster.is_empty()
    }

    fn known(&self, name: &str) -> Option<&Entry> {
        self.roster.iter().find(|entry| entry.name == name)
    }

    pub(super) fn check_free(&self, name: &str) -> Result<(), WiringError> {
        match self.known(name) {
            None => Ok(()),
            Some(_) => Err(WiringError::GroupExists { topic: self.name.clone(), group: name.to_owned().into() }),
        }
    }

    pub(super) fn no_group(&self, name: &str) -> WiringError {
        WiringError::NoGroup { topic: self.name.clone(), group: name.to_owned().into() }
    }

    fn enlist(&mut self, name: Cow<'static, str>, pulls: bool) -> Arc<AtomicBool> {
        let ended = Arc::new(AtomicBool::new(false));
        self.roster.push(Entry { name, ended: ended.clone(), pulls, lent: GroupStats::default() });
        ended
    }

    pub(super) fn add_push(
        &mut self,
        name: Cow<'static, str>,
        policy: Policy,
        start: Start,
        dedup: Option<Box<Dedup<E>>>,
        handler: Handler<E>,
    ) {
        let ended = self.enlist(name.clone(), false);
        let ledger = Ledger::new(start.seq(&self.log));
        self.settled = 0;
        if ledger.next < self.log.end() {
            self.call_at_once();
        }
        self.push.push(PushGroup { name, policy, ledger, dedup, members: vec![handler], turn: 0, ended });
    }

    pub(super) fn add_pull(
        &mut self,
        name: Cow<'static, str>,
        policy: Policy,
        start: Start,
        dedup: Option<Box<Dedup<E>>>,
    ) {
        self.enlist(name.clone(), true);
        let ledger = Ledger::new(start.seq(&self.log));
        self.settled = 0;
        self.pull.push(PullGroup { name, policy, ledger, dedup });
    }

    /// Ends a group. If it runs just now, it gets nothing more.
    pub(super) fn remove(&mut self, name: &str) -> Result<(), WiringError> {
        let place = self.roster.iter().position(|entry| entry.name == name).ok_or_else(|| self.no_group(name))?;
        self.roster.remove(place).ended.store(true, Ordering::Relaxed);
        self.endings.fetch_add(1, Ordering::Relaxed);
        self.push.retain(|group| group.name != name);
        self.pull.retain(|group| group.name != name);
        Ok(())
    }

    pub(super) fn join(&mut self, name: Cow<'static, str>, handler: Handler<E>) -> Result<(), WiringError> {
        match self.known(&name) {
            Some(entry) if !entry.pulls => self.order(Order::Join(name, handler)),
            _ => return Err(self.no_group(&name)),
        }
        Ok(())
    }

    pub(super) fn seek(&mut self, name: &str, to: Start) -> Result<(), WiringError> {
        let Some(entry) = self.known(name) else { return Err(self.no_group(name)) };
        let name = entry.name.clone();
        self.order(Order::Seek(name, to));
        Ok(())
    }

    pub(super) fn take_back(&mut self, name: &str, envelope: Envelope<E>) -> Result<(), WiringError> {
        let Some(entry) = self.known(name) else { return Err(self.no_group(name)) };
        let name = entry.name.clone();
        self.order(Order::TakeBack(name, envelope));
        Ok(())
    }

    fn order(&mut self, order: Order<E>) {
        self.orders.push(order);
        self.call_at_once();
        if !self.delivering {
            self.carry_out();
        }
    }

    /// Some group has something to do though nothing new has come.
    fn call_at_once(&mut self) {
        self.due = 0;
        self.settled = 0;
        self.dirty.0.fetch_or(self.dirty.1, Ordering::Relaxed);
    }

    pub(super) fn carry_out(&mut self) {
        for order in mem::take(&mut self.orders) {
            match order {
                Order::Join(name, handler) => {
                    if let Some(group) = self.push.iter_mut().find(|group| group.name == name) {
                        group.members.push(handler);
                    }
                }
                Order::Seek(name, to) => {
                    let end = self.log.end();
                    let to = to.seq(&self.log).min(end);
                    if let Some(ledger) = self.ledger(&name) {
                        ledger.seek(to, end);
                    }
                }
                Order::TakeBack(name, envelope) => {
                    if let Some(ledger) = self.ledger(&name) {
                        ledger.take_back(envelope);
                    }
                }
            }
        }
    }

    fn ledger(&mut self, name: &str) -> Option<&mut Ledger<E>> {
        let pushed = self.push.iter_mut().find(|group| group.name == name).map(|group| &mut group.ledger);
        pushed.or_else(|| self.pull.iter_mut().find(|group| group.name == name).map(|group| &mut group.ledger))
    }

    /// Takes the inbox into the log. Returns how many events that were.
    pub(super) fn accept(&mut self, now: u64) -> usize {
        let count = self.inbox.len();
        if count == 0 {
            return 0;
        }
        // It is shared only while handlers run, and they cannot get here.
        let Some(log) = Arc::get_mut(&mut self.log) else { return 0 };
        for event in self.inbox.drain(..) {
            log.append(event, now);
        }
        self.bytes += mem::take(&mut self.inbox_bytes);
        self.rate.count(now, count);
        count
    }

    /// Forgets what the retention does not keep. Returns the envelopes that a group still wanted, for their dead letters.
    pub(super) fn retain(&mut self, now: u64) -> Vec<Lost<E>> {
        let mut lost = Vec::new();
        while self.too_much(now) {
            let Some(envelope) = Arc::get_mut(&mut self.log).and_then(Log::forget_oldest) else { break };
            self.bytes -= self.retention.size(envelope.body()).min(self.bytes);
            if envelope.seq() < self.settled {
                continue;
            }
            let push = self.push.iter_mut().map(|group| (&group.name, &group.policy, &mut group.ledger));
            let pull = self.pull.iter_mut().map(|group| (&group.name, &group.policy, &mut group.ledger));
            let mut by = Vec::new();
            for (name, policy, ledger) in push.chain(pull) {
                if let Some((attempts, last_error)) = ledger.evict(envelope.seq())
                    && policy.retries()
                {
                    by.push((name.clone(), attempts, last_error));
                }
            }
            if !by.is_empty() {
                lost.push(Lost { envelope, by });
            }
        }
        if !lost.is_empty() {
            // What is lost holds its group back no longer.
            self.call_at_once();
        }
        lost
    }

    fn too_much(&self, now: u64) -> bool {
        let Some(oldest) = self.log.oldest() else { return false };
        let exceeded = || self.retention.exceeded(self.log.depth(), self.bytes);
        self.retention.outlived(oldest.at(), now) || (self.retention.discard == Discard::Old && exceeded())
    }

    /// The lowest `seq` that any group still wants.
    fn wanted(&self) -> u64 {
        let push = self.push.iter().map(|group| group.ledger.wanted());
        push.chain(self.pull.iter().map(|group| group.ledger.wanted())).min().unwrap_or(0)
    }
}

impl<E: Event + Clone> Topic<E> {
    pub(super) fn pull(&mut self, by: &Consumer<E>, most: usize, now: u64) -> Result<Vec<Envelope<E>>, PullError> {
        let log = self.log.clone();
        Ok(self.puller(by)?.pull(&log, most, now))
    }

    pub(super) fn ack(&mut self, by: &Consumer<E>, seq: u64) -> Result<(), PullError> {
        let log = self.log.clone();
        self.puller(by)?.ack(&log, seq)
    }

    pub(super) fn puller(&mut self, by: &Consumer<E>) -> Result<&mut PullGroup<E>, PullError> {
        let group = self.pull.iter_mut().find(|group| group.name == by.group);
        group.ok_or_else(|| PullError::Gone { group: by.group.clone() })
    }
}

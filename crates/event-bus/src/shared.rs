//! The state of a topic that its handles and the bus share.

use std::any::TypeId;
use std::borrow::Cow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::dead_letter::{DeadLetter, DeadLetterSink, Verdict};
use crate::dirty;
use crate::engine::attempt::Attempt;
use crate::engine::config::{GroupConfig, TopicConfig};
use crate::engine::counters::{GroupCounters, Lane};
use crate::engine::stats::GroupStats;
use crate::engine::store::Store;
use crate::engine::time::Timestamp;
use crate::engine::topic_state::{Order, TopicState};
use crate::envelope::{Envelope, PublishOptions, TopicId};
use crate::error::{PublishError, WiringError};
use crate::events::Events;
use crate::failure::{Failure, FailureSink};
use crate::handles::{GroupReport, TopicReport};
use crate::hub::Hub;

/// The state that the handles and the bus share. `Shared<Events<E>>` converts to `Shared<dyn Store>`, whose functions
/// are compiled once for all event types.
pub(crate) struct Shared<S: ?Sized> {
    pub(crate) name: Cow<'static, str>,
    pub(crate) id: TopicId,
    pub(crate) hub: Arc<Hub>,
    /// The fast lane of the topic.
    pub(crate) lane: Arc<Lane>,
    /// The flag of this topic in [`Hub::dirty`].
    flag: u64,
    /// `true` for the topic of failures.
    has_failures: bool,
    /// Numbers the members, and the events that are redelivered.
    numbers: AtomicU64,
    configuring: Mutex<()>,
    /// Not locked while handlers run. Dead letters are published while it is locked: their topics do not lock this one.
    state: Mutex<TopicState<S>>,
}

impl<E: Send + Sync + 'static> Shared<Events<E>> {
    pub(crate) fn new(
        name: Cow<'static, str>,
        id: TopicId,
        hub: Arc<Hub>,
        config: TopicConfig,
        events: Events<E>,
    ) -> Self {
        let state = TopicState::new(config, events.counts_bytes(), events);
        Self {
            name,
            id,
            hub,
            lane: state.core.lane.clone(),
            flag: dirty::flag(id.index()),
            has_failures: TypeId::of::<E>() == TypeId::of::<Failure>(),
            numbers: AtomicU64::new(0),
            configuring: Mutex::default(),
            state: Mutex::new(state),
        }
    }

    #[inline]
    pub(crate) fn publish(&self, event: E, options: PublishOptions) -> Result<u64, PublishError<E>> {
        let published = self.lock().publish(event, options, &self.hub);
        if published.is_ok() {
            self.mark_dirty();
        }
        published
    }

    /// Gives an order to a group, with a handler or an event that the order needs.
    pub(crate) fn order_with(
        &self,
        name: &str,
        is_it: &dyn Fn(&GroupCounters) -> bool,
        order: Order,
        deposit: impl FnOnce(&mut Events<E>),
    ) -> Result<(), WiringError> {
        let id = self.change(|state| {
            let id = state.any().find(is_it).map(|counters| counters.id)?;
            deposit(&mut state.store);
            state.any().order(id, order);
            Some(id)
        });
        self.any().ordered(name, id)
    }

    /// Returns the topic without the type of its events.
    #[inline]
    pub(crate) fn any(&self) -> &Shared<dyn Store> {
        self
    }
}

impl<E: Send + Sync + 'static> TopicState<Events<E>> {
    /// Appends an event to the inbox.
    #[inline]
    pub(crate) fn publish(&mut self, event: E, options: PublishOptions, hub: &Hub) -> Result<u64, PublishError<E>> {
        let size = self.store.size_of(&event);
        let Some(seq) = self.admit(size, || hub.now()) else {
            return Err(if self.core.closed { PublishError::Closed(event) } else { PublishError::Full(event) });
        };
        self.store.push(Envelope::new(seq, options, event));
        Ok(seq)
    }
}

impl<S: ?Sized> Shared<S> {
    #[inline]
    pub(crate) fn lock(&self) -> MutexGuard<'_, TopicState<S>> {
        // The state is usable after a panic. Only code of the event types (`Clone`, `Drop`, size, key) can panic while
        // it is locked.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state. What is removed is dropped when nothing is locked.
    #[inline]
    pub(crate) fn change<R>(&self, change: impl FnOnce(&mut TopicState<S>) -> R) -> R {
        let mut state = self.lock();
        let result = change(&mut state);
        let left = state.leftovers();
        drop(state);
        drop(left);
        result
    }

    /// Returns the number of a member, or of an event that is redelivered.
    pub(crate) fn next_number(&self) -> u64 {
        self.numbers.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Marks the topic as having work to do.
    #[inline]
    pub(crate) fn mark_dirty(&self) {
        self.hub.dirty.mark(self.flag);
    }
}

impl Shared<dyn Store> {
    pub(crate) fn no_group(&self, name: &str) -> WiringError {
        WiringError::NoGroup { topic: self.name.clone(), group: name.to_owned().into() }
    }

    /// Returns an error if the topic has a group of this name.
    pub(crate) fn check_free(&self, name: &str) -> Result<(), WiringError> {
        match self.lock().find(&|counters| counters.name == name) {
            None => Ok(()),
            Some(_) => Err(WiringError::GroupExists { topic: self.name.clone(), group: name.to_owned().into() }),
        }
    }

    /// Gives an order to a group.
    pub(crate) fn order(
        &self,
        name: &str,
        is_it: &dyn Fn(&GroupCounters) -> bool,
        order: Order,
    ) -> Result<(), WiringError> {
        let id = self.change(|state| {
            let id = state.find(is_it).map(|counters| counters.id)?;
            state.order(id, order);
            Some(id)
        });
        self.ordered(name, id)
    }

    fn ordered(&self, name: &str, id: Option<u64>) -> Result<(), WiringError> {
        id.ok_or_else(|| self.no_group(name))?;
        self.mark_dirty();
        Ok(())
    }

    /// Changes the configuration of a group.
    pub(crate) fn configure_group(&self, name: &str, change: impl FnOnce(&mut GroupConfig)) -> Result<(), WiringError> {
        let _one_at_a_time = self.configuring();
        let found = self.lock().config_of(name);
        let (id, mut config) = found.ok_or_else(|| self.no_group(name))?;
        change(&mut config);
        self.order(name, &|counters| counters.id == id, Order::Configure(config))
    }

    /// Removes a group. Returns its counters.
    pub(crate) fn unsubscribe(&self, name: &str) -> Result<GroupStats, WiringError> {
        let stats = self.change(|state| state.remove(name, self.hub.now()));
        stats.ok_or_else(|| self.no_group(name))
    }

    /// Changes the configuration of the topic.
    pub(crate) fn configure(&self, change: impl FnOnce(&mut TopicConfig)) {
        let _one_at_a_time = self.configuring();
        let mut config = self.lock().core.config;
        change(&mut config);
        self.lock().configure(config);
        self.hub.dirty.mark(dirty::TOPICS_CHANGED);
        self.mark_dirty();
    }

    /// Locked while a configuration is read, changed and written back, so that no change is lost.
    fn configuring(&self) -> MutexGuard<'_, ()> {
        self.configuring.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns when an event of a pull group is due again or was not acked in time, after `now`. Not inlined, to keep
    /// it out of the path of deliveries that need no time.
    #[inline(never)]
    pub(crate) fn pull_due(&self, now: Timestamp) -> Timestamp {
        self.lock().pull_due(now)
    }

    /// Evicts what is too old, and lets the backoffs and the waits of pull groups end. Not inlined for the same reason.
    #[inline(never)]
    pub(crate) fn advance(&self, now: Timestamp) {
        let mut state = self.lock();
        let attempts = state.advance(now);
        let lost = state.retain(now);
        drop(state);
        attempts.into_iter().for_each(|attempt| self.report_failure(attempt));
        if lost {
            self.mark_dirty();
        }
    }

    /// Publishes a failed attempt.
    pub(crate) fn report_failure(&self, attempt: Attempt) {
        let Attempt { group, seq, attempts, is_final, error } = attempt;
        // Failures of handlers of failures are only counted: they could repeat for ever.
        if !self.has_failures {
            let topic = self.name.clone();
            self.hub.publish_failure(Failure { topic, group, seq, attempts, given_up: is_final, error });
        }
    }

    /// Returns a snapshot of the topic and its groups.
    pub(crate) fn report(&self, now: Timestamp) -> TopicReport {
        let state = self.lock();
        let groups = state.groups(now);
        let groups = groups.map(|(name, config, stats)| GroupReport { name: name.clone(), config, stats }).collect();
        let (name, config) = (self.name.clone(), state.core.config);
        TopicReport { name, id: self.id, config, stats: state.stats(now), groups }
    }
}

impl<E: Clone + Send + Sync + 'static> DeadLetterSink<E> for Shared<Events<DeadLetter<E>>> {
    fn publish_dead_letter(&self, event: &Envelope<E>, verdict: Verdict) {
        // A full topic counts what it refuses.
        let _ = self.publish(DeadLetter { event: event.clone(), verdict }, PublishOptions::default());
    }
}

impl FailureSink for Shared<Events<Failure>> {
    fn publish_failure(&self, failure: Failure) {
        // A full topic counts what it refuses.
        let _ = self.publish(failure, PublishOptions::default());
    }
}

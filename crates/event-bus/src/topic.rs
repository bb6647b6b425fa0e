//! A topic: all events of one type, and the groups that read them.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bevy_ecs::prelude::*;

use super::account::Account;
use super::envelope::Envelope;
use super::error::WiringError;
use super::flags::Flags;
use super::handler::Handler;
use super::log::Log;
use super::pull::{Consumer, PullError, PullGroup};
use super::report::Letters;
use super::retention::Retention;
use super::start::Start;
use super::state::{Order, State, Terms};
use super::stats::{GroupStats, TopicStats};

/// A type that can be an event: any type that can be shared between threads. Each event type has at most one topic.
///
/// `Drop`, `Clone` and the functions for the size and the key of an event run while its topic is locked. They must not
/// call the bus.
pub trait Event: Send + Sync + 'static {}

impl<E: Send + Sync + 'static> Event for E {}

/// All events of one type in the order in which they were published, and the groups that read them.
///
/// This is a handle: its clones are the same topic, and a producer outside of the world can keep one. Handlers must not
/// own one: the topic owns its handlers, so neither would ever be dropped. They take a [`Publisher`](super::Publisher).
#[derive(Resource)]
pub struct Topic<E: Event>(pub(super) Arc<Shared<E>>);

impl<E: Event> Clone for Topic<E> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

/// The state that the handles and the bus share.
pub(super) struct Shared<E: Event> {
    pub(super) name: Cow<'static, str>,
    pub(super) letters: Option<Letters<E>>,
    /// Which topics of the bus have work to do, and the flag of this topic.
    flags: (Arc<Flags>, u64),
    /// Incremented when a group is unsubscribed.
    pub(super) endings: AtomicU32,
    /// Not locked while handlers run.
    state: Mutex<State<E>>,
}

impl<E: Event> Shared<E> {
    pub(super) fn lock(&self) -> MutexGuard<'_, State<E>> {
        // The state is usable after a panic. Only code of the event types (`Clone`, `Drop`, size, key) can panic while
        // it is locked.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Marks the topic as having work to do.
    pub(super) fn raise(&self) {
        self.flags.0.raise(self.flags.1);
    }
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
        flags: (Arc<Flags>, u64),
    ) -> Self {
        let state = Mutex::new(State::new(retention));
        Self(Arc::new(Shared { name, letters, flags, endings: AtomicU32::new(0), state }))
    }

    /// Returns the topic's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Publishes an event. It is delivered with the next wave. Returns its `seq`.
    ///
    /// # Errors
    /// [`Full`] if the topic is full and discards new events. Then the event is dropped, and counted as refused.
    pub fn publish(&self, event: E) -> Result<u64, Full> {
        self.publish_at(event, u64::MAX)
    }

    /// Publishes an event with the time of its publication, from which TTLs and `max_age` count. [`Self::publish`]
    /// cannot know it, because the bus has no clock: its events get the time of the delivery that appends them to the
    /// log. A time after that one counts as that one.
    ///
    /// # Errors
    /// As [`Self::publish`].
    pub fn publish_at(&self, event: E, at: u64) -> Result<u64, Full> {
        let seq = self.0.lock().publish(event, at);
        match seq {
            Some(seq) => {
                self.0.raise();
                Ok(seq)
            }
            None => Err(Full { topic: self.0.name.clone() }),
        }
    }

    /// Returns a copy of the events that are retained, oldest first.
    #[must_use]
    pub fn retained(&self) -> Vec<Envelope<E>>
    where
        E: Clone,
    {
        self.0.lock().log().iter().cloned().collect()
    }

    /// Returns the counters of the topic. `now` is the time in milliseconds on the bus's clock.
    #[must_use]
    pub fn stats(&self, now: u64) -> TopicStats {
        self.0.lock().stats(now)
    }

    /// Returns the groups in order of subscription, each with its counters.
    #[must_use]
    pub fn groups(&self, now: u64) -> Vec<(Cow<'static, str>, GroupStats)> {
        self.0.lock().groups(now).map(|(name, stats)| (name.clone(), stats)).collect()
    }

    /// Returns the counters of this group; `None` if the topic has no such group.
    #[must_use]
    pub fn group(&self, name: &str, now: u64) -> Option<GroupStats> {
        self.0.lock().groups(now).find(|(other, _)| *other == name).map(|(_, stats)| stats)
    }

    /// Returns `true` if the topic has at least one group.
    pub(super) fn has_groups(&self) -> bool {
        self.0.lock().has_groups()
    }

    pub(super) fn check_free(&self, name: &str) -> Result<(), WiringError> {
        match self.0.lock().account(name) {
            None => Ok(()),
            Some(_) => Err(WiringError::GroupExists { topic: self.0.name.clone(), group: name.to_owned().into() }),
        }
    }

    fn no_group(&self, name: &str) -> WiringError {
        WiringError::NoGroup { topic: self.0.name.clone(), group: name.to_owned().into() }
    }

    pub(super) fn add_push(&self, name: Cow<'static, str>, terms: Terms<E>, handler: Handler<E>) {
        if self.0.lock().add_push(name, terms, handler) {
            self.0.raise();
        }
    }

    /// Returns the number of the group.
    pub(super) fn add_pull(&self, name: Cow<'static, str>, terms: Terms<E>) -> u64 {
        self.0.lock().add_pull(name, terms)
    }

    pub(super) fn unsubscribe(&self, name: &str) -> Result<(), WiringError> {
        let ended = self.0.lock().remove(name).ok_or_else(|| self.no_group(name));
        self.0.endings.fetch_add(1, Ordering::Relaxed);
        // Its handlers are dropped after the lock is released: values that they own may publish when they are dropped.
        ended.map(drop)
    }

    pub(super) fn join(&self, name: &str, handler: Handler<E>) -> Result<(), WiringError> {
        self.order(name, |account| !account.pulls, Order::Join(handler))
    }

    pub(super) fn seek(&self, name: &str, to: Start) -> Result<(), WiringError> {
        self.order(name, |_| true, Order::Seek(to))
    }

    pub(super) fn take_back(&self, name: &str, envelope: Envelope<E>) -> Result<(), WiringError> {
        self.order(name, |_| true, Order::TakeBack(envelope))
    }

    /// Gives an order to the group of this name, if there is one and it is of the right kind.
    fn order(&self, name: &str, is_right: fn(&Account) -> bool, order: Order<E>) -> Result<(), WiringError> {
        let mut state = self.0.lock();
        let account = state.account(name).filter(|account| is_right(account)).cloned();
        state.order(account.ok_or_else(|| self.no_group(name))?, order);
        self.0.raise();
        Ok(())
    }

    pub(super) fn puller<R>(
        &self,
        by: &Consumer<E>,
        ask: impl FnOnce(&mut PullGroup<E>, &Log<E>) -> R,
    ) -> Result<R, PullError> {
        let mut state = self.0.lock();
        let (group, log) = state.puller(by.id).ok_or_else(|| PullError::Gone { group: by.group.clone() })?;
        Ok(ask(group, log))
    }
}

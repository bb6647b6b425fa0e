//! All events of one type: what producers publish to, and what everybody can read.

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

/// What can be an event: any type that can be shared. The topic of a type is named once, when it is made.
///
/// An event is dropped, copied, measured and asked for its key while its topic is locked: none of that may call the bus.
pub trait Event: Send + Sync + 'static {}

impl<E: Send + Sync + 'static> Event for E {}

/// All events of one type in the order in which they were published, and the groups that read them.
///
/// It is a handle: its clones are the same topic, and a producer outside of the world can keep one. It is not for handlers to keep,
/// which would then keep themselves: they take a [`Publisher`](super::Publisher).
#[derive(Resource)]
pub struct Topic<E: Event>(pub(super) Arc<Shared<E>>);

impl<E: Event> Clone for Topic<E> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

/// What the handles and the bus have in common.
pub(super) struct Shared<E: Event> {
    pub(super) name: Cow<'static, str>,
    pub(super) letters: Option<Letters<E>>,
    /// In which topics is there something to do? And the flag of this one.
    flags: (Arc<Flags>, u64),
    /// Changes when a group is ended.
    pub(super) endings: AtomicU32,
    /// It is not locked while handlers run.
    state: Mutex<State<E>>,
}

impl<E: Event> Shared<E> {
    pub(super) fn lock(&self) -> MutexGuard<'_, State<E>> {
        // An event that panics when it is copied or dropped ends what was being done, and nothing else.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// There is something to do.
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

    /// The topic's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Appends an event. It is delivered with the next wave. Returns the `seq` that it will have.
    ///
    /// # Errors
    /// [`Full`] if the topic is, and discards new events. Then the event is gone, and counted as refused.
    pub fn publish(&self, event: E) -> Result<u64, Full> {
        let seq = self.0.lock().publish(event);
        match seq {
            Some(seq) => {
                self.0.raise();
                Ok(seq)
            }
            None => Err(Full { topic: self.0.name.clone() }),
        }
    }

    /// A copy of the events that are retained, oldest first.
    #[must_use]
    pub fn retained(&self) -> Vec<Envelope<E>>
    where
        E: Clone,
    {
        self.0.lock().log().iter().cloned().collect()
    }

    /// The counters, on a clock that says `now`.
    #[must_use]
    pub fn stats(&self, now: u64) -> TopicStats {
        self.0.lock().stats(now)
    }

    /// The groups in the order in which they subscribed, each with its ledger.
    #[must_use]
    pub fn groups(&self, now: u64) -> Vec<(Cow<'static, str>, GroupStats)> {
        self.0.lock().groups(now).map(|(name, stats)| (name.clone(), stats)).collect()
    }

    /// The ledger of this group; `None` if the topic has no such group.
    #[must_use]
    pub fn group(&self, name: &str, now: u64) -> Option<GroupStats> {
        self.0.lock().groups(now).find(|(other, _)| *other == name).map(|(_, stats)| stats)
    }

    /// Does anybody listen?
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

    pub(super) fn add_pull(&self, name: Cow<'static, str>, terms: Terms<E>) {
        self.0.lock().add_pull(name, terms);
    }

    pub(super) fn unsubscribe(&self, name: &str) -> Result<(), WiringError> {
        let ended = self.0.lock().remove(name).ok_or_else(|| self.no_group(name));
        self.0.endings.fetch_add(1, Ordering::Relaxed);
        // Its handlers go when nothing is locked: what they own may have something to say.
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

    /// Does this to a group, if there is one of this name and of the right kind.
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
        let (group, log) = state.puller(&by.group).ok_or_else(|| PullError::Gone { group: by.group.clone() })?;
        Ok(ask(group, log))
    }
}

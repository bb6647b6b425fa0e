//! Pull groups: a consumer requests events, and acks or nacks them later.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use crate::engine::group::{Failed, GroupCore};
use crate::engine::in_flight::Key;
use crate::engine::screen::Facts;
use crate::engine::time::Timestamp;
use crate::engine::topic::Log as _;
use crate::envelope::Envelope;
use crate::error::PullError;
use crate::group_state::GroupState;
use crate::handler_error::HandlerError;
use crate::log::Log;
use crate::selector::Selector;

/// A consumer's handle on its group. Its clones compete for the group's events.
///
/// ```
/// use bevy_ecs::prelude::*;
/// use blockers_event_bus::prelude::*;
///
/// #[derive(Clone)]
/// struct Order(u64);
///
/// let mut world = World::new();
/// world.add_topic::<Order>("orders").create()?;
/// let one = world.subscribe::<Order>("audit").at_least_once().pull()?;
/// let two = one.clone();
/// for number in 0..3 {
///     world.publish(Order(number))?;
/// }
/// let now = Timestamp::ZERO;
/// world.deliver(now);
/// assert_eq!(world.pull(&one, 2, now)?.len(), 2);
/// assert_eq!(world.pull(&two, 2, now)?[0].0, 2);
/// assert_eq!(world.ack_all(&one, 2)?, 3, "the events of the group, whichever clone pulled them");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Consumer<E> {
    pub(crate) group: Cow<'static, str>,
    /// The number of the group, so that this is never a handle on a later group of the same name.
    pub(crate) id: u64,
    event: PhantomData<fn() -> E>,
}

impl<E> Consumer<E> {
    pub(crate) fn new(group: Cow<'static, str>, id: u64) -> Self {
        Self { group, id, event: PhantomData }
    }

    /// Returns the name of the group.
    #[must_use]
    pub fn group(&self) -> &str {
        &self.group
    }

    pub(crate) fn gone(&self) -> PullError {
        PullError::Gone { group: self.group.clone() }
    }
}

impl<E> Clone for Consumer<E> {
    fn clone(&self) -> Self {
        Self::new(self.group.clone(), self.id)
    }
}

impl<E> fmt::Debug for Consumer<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Consumer").field("group", &self.group).finish_non_exhaustive()
    }
}

/// An event that was pulled and is neither acked nor nacked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Outstanding {
    /// The event's `seq`.
    pub seq: u64,
    /// Which attempt this is, counted from 1.
    pub attempt: u32,
    /// When it was pulled.
    pub since: Timestamp,
}

/// A group without handlers, whose consumers pull.
pub(crate) struct PullGroup<E> {
    pub(crate) common: GroupState<E>,
    /// A pointer, so that only the subscription needs `E: Clone`.
    clone: fn(&Envelope<E>) -> Envelope<E>,
}

/// A failed attempt, with the body of the event if it is given up.
pub(crate) struct PullFailure<E> {
    pub(crate) seq: u64,
    pub(crate) event: Option<Envelope<E>>,
    pub(crate) failed: Failed,
    pub(crate) error: HandlerError,
}

impl<E> PullGroup<E> {
    pub(crate) fn new(core: GroupCore, selector: Option<Box<Selector<E>>>) -> Self
    where
        E: Clone,
    {
        Self { common: GroupState::new(core, selector), clone: Envelope::clone }
    }

    /// Ends the backoffs and ack waits whose time has come. Returns the failed attempts.
    pub(crate) fn advance(&mut self, log: &Log<E>, now: Timestamp) -> Vec<PullFailure<E>> {
        let timed_out = self.common.core.advance(now);
        let error = || HandlerError::new("there was no ack in time");
        timed_out.into_iter().map(|(key, failed)| self.failure(log, key, failed, error())).collect()
    }

    /// Returns at most `limit` events: first those that are due for a retry, then new ones, each in `seq` order.
    pub(crate) fn pull(&mut self, log: &Log<E>, limit: usize, now: Timestamp) -> Vec<Envelope<E>> {
        let mut given = Vec::new();
        if self.common.core.config.paused {
            return given;
        }
        self.common.core.counters.skip_gap(log.start());
        while given.len() < limit
            && let Some(key) = self.common.core.next_ready()
        {
            let (envelope, facts) = self.look(log, key);
            let timestamp = envelope.map(Envelope::timestamp);
            if self.common.core.may_give(key, timestamp, facts, now) {
                given.extend(self.look(log, key).0.map(self.clone));
                self.common.core.pull_again(key, facts, now);
            }
            self.common.forget_if_done(key);
        }
        self.pull_new(log, limit, now, &mut given);
        given
    }

    fn pull_new(&mut self, log: &Log<E>, limit: usize, now: Timestamp, given: &mut Vec<Envelope<E>>) {
        let start = given.len();
        let mut next = self.common.core.next();
        if start >= limit || next >= log.end() {
            return;
        }
        let by_key = self.common.by_key();
        let retries = self.common.core.config.retry.is_some();
        let mut screen = self.common.core.screen(now, limit - start);
        let mut pulled = Vec::new();
        let (events, then) = log.from(next);
        for envelope in events.iter().chain(then) {
            if screen.room == 0 {
                break;
            }
            next = envelope.seq() + 1;
            let selector = self.common.selector.as_ref();
            let facts = selector.map(|selector| selector.facts(envelope.event(), by_key)).unwrap_or_default();
            if screen.passes(envelope.seq(), envelope.timestamp(), facts) {
                given.push((self.clone)(envelope));
                if retries {
                    facts.lane.into_iter().for_each(|lane| screen.occupy(envelope.seq(), lane));
                    pulled.push((envelope.seq(), facts));
                }
            }
        }
        let taken = self.common.core.given(screen, next);
        if !retries {
            self.common.core.settle(&taken, None, Facts::default(), now);
        }
        for (seq, facts) in pulled {
            self.common.core.await_ack(seq, facts, now);
        }
    }

    /// Acknowledges an event.
    pub(crate) fn ack(&mut self, log: &Log<E>, seq: u64) -> Result<(), PullError> {
        let key = self.awaiting_ack(seq)?;
        let (_, facts) = self.look(log, key);
        self.common.core.ack(key, facts);
        self.common.forget_if_done(key);
        Ok(())
    }

    /// Acknowledges all events up to this one. Returns how many there were.
    pub(crate) fn ack_all(&mut self, log: &Log<E>, up_to: u64) -> usize {
        let keys: Vec<_> =
            self.common.core.all_awaiting_ack().map(|(key, ..)| key).take_while(|key| key.seq <= up_to).collect();
        for &key in &keys {
            let (_, facts) = self.look(log, key);
            self.common.core.ack(key, facts);
            self.common.forget_if_done(key);
        }
        keys.len()
    }

    /// Rejects an event, which is retried or given up.
    pub(crate) fn nack(
        &mut self,
        log: &Log<E>,
        seq: u64,
        now: Timestamp,
        error: HandlerError,
    ) -> Result<PullFailure<E>, PullError> {
        let key = self.awaiting_ack(seq)?;
        let failed = self.common.core.fail(key, &error, now);
        Ok(self.failure(log, key, failed, error))
    }

    /// Returns the events that wait for an ack.
    pub(crate) fn outstanding(&self) -> Vec<Outstanding> {
        let all = self.common.core.all_awaiting_ack();
        all.map(|(key, attempts, since)| Outstanding { seq: key.seq, attempt: attempts + 1, since }).collect()
    }

    fn awaiting_ack(&self, seq: u64) -> Result<Key, PullError> {
        let key = self.common.core.awaiting_ack(seq);
        key.ok_or_else(|| PullError::NotInFlight { group: self.common.core.counters.name.clone(), seq })
    }

    fn look<'a>(&'a self, log: &'a Log<E>, key: Key) -> (Option<&'a Envelope<E>>, Facts) {
        let envelope = self.common.envelope(log, key);
        (envelope, envelope.map(|envelope| self.common.facts(envelope.event())).unwrap_or_default())
    }

    fn failure(&mut self, log: &Log<E>, key: Key, failed: Failed, error: HandlerError) -> PullFailure<E> {
        let given_up = failed.given_up.is_some();
        let event = self.look(log, key).0.filter(|_| given_up).map(self.clone);
        self.common.forget_if_done(key);
        PullFailure { seq: key.seq, event, failed, error }
    }
}

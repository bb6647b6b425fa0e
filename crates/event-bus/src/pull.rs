//! Pull groups: a consumer requests events, and acks or nacks them later.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::marker::PhantomData;

use super::batch::{Filter, Offer};
use super::dedup::Dedup;
use super::envelope::Envelope;
use super::ledger::{Flight, Ledger, Wait};
use super::log::Log;
use super::policy::{Guarantee, Policy};

/// A consumer's handle on its group. Its clones compete for the group's events.
pub struct Consumer<E> {
    pub(super) group: Cow<'static, str>,
    /// The number of the group, so that this is never a handle on a later group of the same name.
    pub(super) id: u64,
    event: PhantomData<fn() -> E>,
}

impl<E> Consumer<E> {
    pub(super) fn new(group: Cow<'static, str>, id: u64) -> Self {
        Self { group, id, event: PhantomData }
    }

    /// Returns the name of the group.
    #[must_use]
    pub fn group(&self) -> &str {
        &self.group
    }
}

impl<E> Clone for Consumer<E> {
    fn clone(&self) -> Self {
        Self::new(self.group.clone(), self.id)
    }
}

/// Why a consumer's call was refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PullError {
    /// The topic or the group does not exist any more.
    Gone {
        /// The name of the group.
        group: Cow<'static, str>,
    },
    /// The event is not in flight: it was not pulled yet, is already acked or nacked, or was evicted.
    NotOut {
        /// The name of the group.
        group: Cow<'static, str>,
        /// The event's `seq`.
        seq: u64,
    },
}

impl fmt::Display for PullError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gone { group } => write!(f, "there is no group `{group}` any more"),
            Self::NotOut { group, seq } => {
                write!(
                    f,
                    "group `{group}` is not waiting for an answer to event {seq}: pull it before you ack or nack it"
                )
            }
        }
    }
}

impl Error for PullError {}

/// A group without handlers, whose consumers pull.
pub(super) struct PullGroup<E> {
    pub(super) policy: Policy,
    pub(super) ledger: Ledger<E>,
    pub(super) dedup: Option<Box<Dedup<E>>>,
}

impl<E: Clone + 'static> PullGroup<E> {
    /// Returns at most `most` events: first those that are due for a retry, then new ones, each in `seq` order.
    pub(super) fn pull(&mut self, log: &Log<E>, most: usize, now: u64) -> Vec<Envelope<E>> {
        let mut given = Vec::new();
        let policy = self.policy;
        self.ledger.account.skip_gap(log.start());
        let (mut expired, mut duplicates) = (0, 0);
        let dedup = &mut self.dedup;
        self.ledger.give_due(now, |flight| {
            if given.len() == most {
                return None;
            }
            let envelope = flight.envelope(log).filter(|envelope| !policy.expired(envelope.at(), now));
            let Some(envelope) = envelope else {
                expired += 1;
                return Some(false);
            };
            if dedup.as_mut().is_some_and(|dedup| !dedup.enter(envelope.body())) {
                duplicates += 1;
                return Some(false);
            }
            given.push(envelope.clone());
            Some(true)
        });
        let again = given.len();
        let filter = Filter::new(policy, now, &mut self.dedup, most - again);
        let mut offer = Offer::filtered(log.from(self.ledger.next()), filter);
        given.extend(offer.batch(offer.events).cloned());
        if !offer.events.0.is_empty() {
            self.ledger.account.go_to(log.end() - offer.left as u64);
        }
        let taken = offer.close(&mut self.dedup).unwrap_or_default();
        let fresh = &given[again..];
        match self.policy.guarantee {
            Guarantee::AtMostOnce => self.ledger.account.acked.add(fresh.len() as u64),
            Guarantee::AtLeastOnce { .. } => {
                for envelope in fresh {
                    self.ledger.put(self.ledger.flights().len(), Flight::first(envelope.seq()));
                }
            }
        }
        let account = &self.ledger.account;
        account.delivered.add(given.len() as u64);
        account.expired.add(taken.expired + expired);
        account.duplicates.add(taken.duplicates + duplicates);
        given
    }

    /// Acknowledges an event.
    pub(super) fn ack(&mut self, log: &Log<E>, seq: u64) -> Result<(), PullError> {
        let flight = self.answered(seq)?;
        if let (Some(dedup), Some(envelope)) = (&mut self.dedup, flight.envelope(log)) {
            dedup.enter(envelope.body());
        }
        self.ledger.account.acked.add(1);
        Ok(())
    }

    /// Rejects an event, which is retried or given up. Returns its attempts and the event if it is given up.
    pub(super) fn nack(&mut self, log: &Log<E>, seq: u64, now: u64) -> Result<Option<(u32, Envelope<E>)>, PullError> {
        let flight = self.answered(seq)?;
        if let (Some(dedup), Some(envelope)) = (&mut self.dedup, flight.envelope(log)) {
            dedup.retract(envelope.body());
        }
        let given_up = self.ledger.fail(flight, &self.policy, now);
        Ok(given_up.and_then(|flight| Some((flight.attempts, flight.envelope(log)?.clone()))))
    }

    fn answered(&mut self, seq: u64) -> Result<Flight<E>, PullError> {
        let out = |flight: &Flight<E>| flight.seq() == seq && flight.state == Wait::Out;
        let place = self.ledger.flights().iter().position(out);
        let flight = place.and_then(|place| self.ledger.take(place));
        flight.ok_or_else(|| PullError::NotOut { group: self.ledger.account.name.clone(), seq })
    }
}

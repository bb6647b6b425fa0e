//! Push: the bus calls a group's handlers.
//!
//! Comes in: a log, and the world to run handlers in. Goes out: the group's ledger, moved on. An event that failed holds its
//! own group back until it is done or given up, so a group sees its topic in order; it holds nobody else.

use std::collections::VecDeque;
use std::mem;
use std::sync::atomic::Ordering;

use bevy_ecs::world::World;

use super::account::{Account, Counter};
use super::batch::{Batch, Filter, Taken};
use super::dedup::Dedup;
use super::handler::{Handler, HandlerError};
use super::ledger::{Flight, Ledger, Wait};
use super::log::{Log, Pieces};
use super::policy::{Guarantee, Policy};
use super::state::Terms;
use super::topic::{Event, Shared};

/// A group whose members are handlers. Several compete: each event goes to one of them.
pub(super) struct PushGroup<E: Event> {
    pub(super) policy: Policy,
    pub(super) ledger: Ledger<E>,
    dedup: Option<Box<Dedup<E>>>,
    /// Whose turn it is, and who comes then.
    member: Handler<E>,
    others: VecDeque<Handler<E>>,
}

/// What every group of a topic is told in one wave.
pub(super) struct Wave<'a, E: Event> {
    pub(super) topic: &'a Shared<E>,
    pub(super) log: &'a Log<E>,
    pub(super) now: u64,
    endings: u32,
    end: u64,
    /// Where most groups go on reading, and what is there: so that it is looked up once.
    fresh: u64,
    events: Pieces<'a, E>,
}

impl<'a, E: Event> Wave<'a, E> {
    pub(super) fn new(topic: &'a Shared<E>, log: &'a Log<E>, now: u64, fresh: u64) -> Self {
        let endings = topic.endings.load(Ordering::Relaxed);
        Self { topic, log, now, endings, end: log.end(), fresh, events: log.from(fresh) }
    }

    /// The events from this `seq` on, and how many there are.
    fn from(&self, seq: u64) -> (Pieces<'a, E>, usize) {
        let events = if seq == self.fresh { self.events.clone() } else { self.log.from(seq) };
        let len = events.0.len() + events.1.len();
        (events, len)
    }

    /// Has any group been ended since the wave began?
    pub(super) fn some_ended(&self) -> bool {
        self.topic.endings.load(Ordering::Relaxed) != self.endings
    }
}

impl<E: Event> PushGroup<E> {
    pub(super) fn new(ledger: Ledger<E>, Terms { policy, dedup, .. }: Terms<E>, handler: Handler<E>) -> Self {
        Self { policy, ledger, dedup, member: handler, others: VecDeque::new() }
    }

    /// Lets another handler compete for the events.
    pub(super) fn join(&mut self, handler: Handler<E>) {
        self.others.push_back(handler);
    }

    pub(super) fn has_ended(&self) -> bool {
        self.ledger.account.ended.load(Ordering::Relaxed)
    }

    /// Gives the group whatever is due to it. Returns when it next wants to be called though nothing new has come:
    /// `u64::MAX` for never.
    pub(super) fn run(&mut self, world: &mut World, wave: &Wave<E>) -> u64 {
        while !(wave.some_ended() && self.has_ended()) {
            let go_on = match self.ledger.flights().front() {
                Some(Flight { state: state @ Wait::Due(due), .. }) if !state.is_due(wave.now) => return *due,
                Some(_) => self.run_flight(world, wave),
                None if self.ledger.next() >= wave.end => break,
                None if self.others.is_empty() && self.policy.ttl.is_none() && self.dedup.is_none() => {
                    self.run_plain(world, wave)
                }
                None => self.run_filtered(world, wave),
            };
            if !go_on {
                break;
            }
        }
        u64::MAX
    }

    /// Gives the only member all that is new. Returns whether to go on.
    fn run_plain(&mut self, world: &mut World, wave: &Wave<E>) -> bool {
        let before = self.ledger.next();
        let (events, mut left) = wave.from(before);
        let outcome = self.member.call(Batch::new(events, &mut left), world);
        let next = wave.end - left as u64;
        self.ledger.account.next.set(next);
        let given = next - before;
        match outcome {
            Ok(()) => {
                self.ledger.account.delivered.add(given);
                self.ledger.account.acked.add(given);
                // What a handler leaves it wants later.
                false
            }
            Err(error) => {
                let taken = Taken { given, last: next.saturating_sub(1), ..Taken::default() };
                self.settle_failure(world, wave, before, taken, error)
            }
        }
    }

    /// Gives the member whose turn it is what is new and may pass: one event, if others compete. Returns whether to go on.
    fn run_filtered(&mut self, world: &mut World, wave: &Wave<E>) -> bool {
        let before = self.ledger.next();
        let most = if self.others.is_empty() { usize::MAX } else { 1 };
        let (events, mut left) = wave.from(before);
        let mut taken = Taken::default();
        let mut filter = Filter {
            policy: self.policy,
            now: wave.now,
            dedup: self.dedup.as_deref_mut(),
            room: most,
            taken: &mut taken,
        };
        let outcome = self.member.call(Batch::filtered(events, &mut left, &mut filter), world);
        let next = wave.end - left as u64;
        self.ledger.account.next.set(next);
        self.take_turns();
        match outcome {
            Ok(()) => {
                self.count(taken);
                self.ledger.account.acked.add(taken.given);
                // What a handler leaves it wants later; the others of a group go on with it.
                most == 1 && next > before
            }
            Err(error) => self.settle_failure(world, wave, before, taken, error),
        }
    }

    fn count(&self, taken: Taken) {
        let account = &self.ledger.account;
        account.delivered.add(taken.given);
        account.expired.add(taken.expired);
        account.duplicates.add(taken.duplicates);
    }

    /// Counts what was taken, and does what the policy says about the event that was taken last. Returns whether to go on.
    #[cold]
    fn settle_failure(
        &mut self,
        world: &mut World,
        wave: &Wave<E>,
        before: u64,
        mut taken: Taken,
        error: HandlerError,
    ) -> bool {
        if taken.given == 0 {
            // It did not even begin. The event that it would have been given has failed.
            let (events, mut left) = wave.from(self.ledger.next());
            let mut filter = Filter {
                policy: self.policy,
                now: wave.now,
                dedup: self.dedup.as_deref_mut(),
                room: 1,
                taken: &mut taken,
            };
            Batch::filtered(events, &mut left, &mut filter).next();
            self.ledger.account.next.set(wave.end - left as u64);
        }
        self.count(taken);
        let account = &self.ledger.account;
        let moved = account.next.get() > before;
        if taken.given == 0 {
            return moved;
        }
        match self.policy.guarantee {
            Guarantee::AtMostOnce => {
                account.acked.add(taken.given);
                account.failed.add(1);
                wave.topic.failure(world, account.name.clone(), taken.last, 1, true, error);
            }
            Guarantee::AtLeastOnce { .. } => {
                account.acked.add(taken.given - 1);
                if let (Some(dedup), Some(envelope)) = (&mut self.dedup, wave.log.get(taken.last)) {
                    dedup.retract(envelope.body());
                }
                self.fail(world, wave, Flight::first(taken.last), error);
            }
        }
        moved
    }

    /// Tries the event again that holds the group back, or one that came back. Returns whether to go on.
    #[cold]
    fn run_flight(&mut self, world: &mut World, wave: &Wave<E>) -> bool {
        let Some(flight) = self.ledger.flights().front() else { return false };
        let mut left = 1;
        let outcome = match flight.envelope(wave.log) {
            // Eviction takes flights with it, so there is always something to be found.
            None => return self.give_up(|account| &account.evicted),
            Some(envelope) if self.policy.expired(envelope.at(), wave.now) => {
                return self.give_up(|account| &account.expired);
            }
            // It stays where it is meanwhile, so that nobody misses it.
            Some(envelope) => self.member.call(Batch::one(envelope, &mut left), world),
        };
        self.take_turns();
        if left == 1 && outcome.is_ok() {
            return false;
        }
        let Some(flight) = self.ledger.take(0) else { return false };
        self.ledger.account.delivered.add(1);
        match outcome {
            Ok(()) => {
                self.ledger.account.acked.add(1);
                if let (Some(dedup), Some(envelope)) = (&mut self.dedup, flight.envelope(wave.log)) {
                    dedup.enter(envelope.body());
                }
            }
            Err(error) => self.fail(world, wave, flight, error),
        }
        true
    }

    /// The event that holds the group back does so no longer; that is counted here. Returns whether to go on.
    fn give_up(&mut self, counter: fn(&Account) -> &Counter) -> bool {
        let given_up = self.ledger.take(0).is_some();
        counter(&self.ledger.account).add(u64::from(given_up));
        given_up
    }

    fn fail(&mut self, world: &mut World, wave: &Wave<E>, mut flight: Flight<E>, error: HandlerError) {
        let (name, sentence) = (self.ledger.account.name.clone(), error.to_string());
        let (seq, attempts) = (flight.seq(), flight.attempts.saturating_add(1));
        flight.last_error = Some(sentence.clone());
        let given_up = self.ledger.fail(flight, &self.policy, wave.now);
        let final_try = given_up.is_some() || !self.policy.retries();
        if let Some(envelope) = given_up.as_ref().and_then(|flight| flight.envelope(wave.log)) {
            wave.topic.dead(world, envelope, name.clone(), attempts, Some(sentence));
        }
        wave.topic.failure(world, name, seq, attempts, final_try, error);
    }

    /// It is the next member's turn.
    fn take_turns(&mut self) {
        if let Some(next) = self.others.pop_front() {
            self.others.push_back(mem::replace(&mut self.member, next));
        }
    }
}

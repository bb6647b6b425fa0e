//! Push groups: the bus calls their handlers.
//!
//! A failed event holds back its own group until it is acknowledged or given up, so a group sees its topic in order.
//! Other groups are not affected.

use std::collections::VecDeque;
use std::sync::atomic::Ordering;
use std::{mem, slice};

use bevy_ecs::world::World;

use super::account::{Account, Counter};
use super::batch::{Filter, Offer, Taken};
use super::dedup::Dedup;
use super::handler::{Handler, HandlerError, HandlerResult};
use super::ledger::{Flight, Ledger, Wait};
use super::log::Log;
use super::policy::{Guarantee, Policy};
use super::state::Terms;
use super::topic::{Event, Shared};

/// A group whose members are handlers. If there are several, they compete: each event goes to one of them.
pub(super) struct PushGroup<E: Event> {
    pub(super) policy: Policy,
    pub(super) ledger: Ledger<E>,
    dedup: Option<Box<Dedup<E>>>,
    /// `true` if there is only one member, and nothing is filtered.
    plain: bool,
    /// The member whose turn it is.
    member: Handler<E>,
    /// The other members, in the order of their turns.
    others: VecDeque<Handler<E>>,
    /// The number of members in a row that took no event.
    idle: usize,
}

/// The input that is the same for every group of a topic in one wave.
pub(super) struct Wave<'a, E: Event> {
    pub(super) topic: &'a Shared<E>,
    pub(super) log: &'a Log<E>,
    pub(super) now: u64,
    end: u64,
    /// The offset of the first group, which is also that of most others. The log has all events from it on.
    fresh: u64,
    /// The number of these events.
    count: u64,
}

/// What is left to do after a wave.
pub(super) struct Remains {
    /// Every group is done with the events before this `seq`.
    pub(super) settled: u64,
    /// When the next retry is due: `u64::MAX` for never.
    pub(super) due: u64,
    /// `true` if a group did not take all events that it could have taken.
    pub(super) left: bool,
}

impl<'a, E: Event> Wave<'a, E> {
    pub(super) fn new(topic: &'a Shared<E>, log: &'a Log<E>, now: u64, fresh: u64) -> Self {
        let fresh = fresh.max(log.start());
        Self { topic, log, now, end: log.end(), fresh, count: log.end().saturating_sub(fresh) }
    }

    /// Returns the value before any group has run: nothing is left.
    pub(super) fn remains(&self) -> Remains {
        Remains { settled: self.end, due: u64::MAX, left: false }
    }

    /// Returns the events from the offset `fresh` on. All groups at that offset share them, so they are looked up once.
    pub(super) fn fresh(&self) -> Offer<'a, E> {
        Offer::all(self.log.from(self.fresh))
    }
}

impl<E: Event> PushGroup<E> {
    pub(super) fn new(ledger: Ledger<E>, Terms { policy, dedup, .. }: Terms<E>, handler: Handler<E>) -> Self {
        let plain = policy.ttl.is_none() && dedup.is_none();
        Self { policy, ledger, dedup, plain, member: handler, others: VecDeque::new(), idle: 0 }
    }

    /// Adds a competing handler.
    pub(super) fn join(&mut self, handler: Handler<E>) {
        self.plain = false;
        self.others.push_back(handler);
    }

    pub(super) fn has_ended(&self) -> bool {
        self.ledger.account.ended.load(Ordering::Relaxed)
    }

    /// Delivers to the group what is due. `fresh` has the events for a group at the common offset.
    #[inline]
    pub(super) fn run(&mut self, world: &mut World, wave: &Wave<E>, fresh: &mut Offer<E>, remains: &mut Remains) {
        // The fast path: most groups only get the fresh events. Everything else is in functions that are not inlined.
        let at_it = self.ledger.next() == wave.fresh && !fresh.events.0.is_empty();
        if !at_it || !self.plain || !self.ledger.flights().is_empty() {
            return self.run_on(world, wave, remains);
        }
        match self.member.call(fresh, world) {
            Ok(()) if fresh.left == 0 => self.ledger.account.pass(wave.count, wave.end),
            outcome => self.finish(world, wave, fresh, outcome, remains),
        }
    }

    /// Ends the fast path if the handler left some of the fresh events, or failed.
    #[cold]
    fn finish(
        &mut self,
        world: &mut World,
        wave: &Wave<E>,
        fresh: &mut Offer<E>,
        outcome: HandlerResult,
        remains: &mut Remains,
    ) {
        if self.settle(world, wave, wave.fresh, fresh, outcome) {
            self.run_on(world, wave, remains);
        }
        self.note_left(wave, remains);
        remains.settled = remains.settled.min(self.ledger.wanted());
    }

    /// Notes whether there are events that the group could have taken and did not.
    fn note_left(&self, wave: &Wave<E>, remains: &mut Remains) {
        remains.left |= match self.ledger.flights().front() {
            Some(flight) => flight.state.is_due(wave.now),
            None => self.ledger.next() < wave.end,
        };
    }

    #[inline(never)]
    fn run_on(&mut self, world: &mut World, wave: &Wave<E>, remains: &mut Remains) {
        self.ledger.account.skip_gap(wave.log.start());
        self.idle = 0;
        while !self.has_ended() {
            let go_on = match self.ledger.flights().front() {
                Some(Flight { state: state @ Wait::Due(due), .. }) if !state.is_due(wave.now) => {
                    remains.due = remains.due.min(*due);
                    false
                }
                Some(_) => self.run_flight(world, wave),
                None => self.run_new(world, wave),
            };
            if !go_on {
                break;
            }
        }
        self.note_left(wave, remains);
        remains.settled = remains.settled.min(self.ledger.wanted());
    }

    /// Delivers new events to the member whose turn it is: a single event, if others compete. Returns `true` to
    /// continue.
    fn run_new(&mut self, world: &mut World, wave: &Wave<E>) -> bool {
        let before = self.ledger.next();
        let events = wave.log.from(before);
        if events.0.is_empty() {
            return false;
        }
        let mut offer = if self.plain {
            Offer::all(events)
        } else {
            let most = if self.others.is_empty() { usize::MAX } else { 1 };
            Offer::filtered(events, Filter::new(self.policy, wave.now, &mut self.dedup, most))
        };
        let outcome = self.member.call(&mut offer, world);
        self.take_turns();
        self.settle(world, wave, before, &mut offer, outcome)
    }

    /// Moves the group's offset past the events that were taken from `before` on, and counts them. Returns `true` to
    /// continue.
    fn settle(
        &mut self,
        world: &mut World,
        wave: &Wave<E>,
        before: u64,
        offer: &mut Offer<E>,
        outcome: HandlerResult,
    ) -> bool {
        let next = wave.end - offer.left as u64;
        self.ledger.account.go_to(next);
        let all = Taken { given: next - before, last: next.saturating_sub(1), ..Taken::default() };
        let taken = offer.close(&mut self.dedup).unwrap_or(all);
        match outcome {
            Ok(()) => {
                self.count(taken);
                self.ledger.account.acked.add(taken.given);
                // A handler gets events that it did not take in the next delivery. If others compete, they continue
                // with these events, until none of them takes any.
                self.goes_on(next > before)
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

    /// Counts the events that were taken, and applies the policy to the last of them, which failed. Returns `true` to
    /// continue.
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
            // The handler failed before it took an event. The failure applies to the event that it would have taken.
            let filter = Filter { taken, ..Filter::new(self.policy, wave.now, &mut self.dedup, 1) };
            let mut offer = Offer::filtered(wave.log.from(self.ledger.next()), filter);
            offer.batch(offer.events).next();
            self.ledger.account.go_to(wave.end - offer.left as u64);
            taken = offer.close(&mut self.dedup).unwrap_or_default();
        }
        self.count(taken);
        let account = &self.ledger.account;
        let moved = account.next() > before;
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

    /// Retries the event that holds the group back, or delivers a redelivered one. Returns `true` to continue.
    #[cold]
    fn run_flight(&mut self, world: &mut World, wave: &Wave<E>) -> bool {
        let Some(flight) = self.ledger.flights().front() else { return false };
        let (outcome, left) = match flight.envelope(wave.log) {
            // An eviction removes the in-flight event, so this case does not occur.
            None => return self.give_up(|account| &account.evicted),
            Some(envelope) if self.policy.expired(envelope.at(), wave.now) => {
                return self.give_up(|account| &account.expired);
            }
            Some(envelope) if self.dedup.as_ref().is_some_and(|dedup| dedup.knows(envelope.body())) => {
                return self.give_up(|account| &account.duplicates);
            }
            // The event stays in flight while the handler runs, so that the counters balance for readers.
            Some(envelope) => {
                let mut offer = Offer::all((slice::from_ref(envelope), &[]));
                (self.member.call(&mut offer, world), offer.left)
            }
        };
        self.take_turns();
        if left == 1 && outcome.is_ok() {
            return self.goes_on(false);
        }
        self.idle = 0;
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

    /// Drops the event that holds the group back, and counts it with `counter`. Returns `true` to continue.
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

    /// Returns `true` if a member that competes may still take an event. `took` says whether the last one took one.
    fn goes_on(&mut self, took: bool) -> bool {
        self.idle = if took { 0 } else { self.idle + 1 };
        !self.others.is_empty() && self.idle <= self.others.len()
    }

    /// Moves on to the next member.
    fn take_turns(&mut self) {
        if let Some(next) = self.others.pop_front() {
            self.others.push_back(mem::replace(&mut self.member, next));
        }
    }
}

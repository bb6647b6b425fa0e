//! The state machine of a group: which event comes next, and how it ends.

use std::sync::Arc;

use super::attempt::{Failed, GivenUp};
use super::config::{DeliveryOrder, GroupConfig};
use super::counters::GroupCounters;
use super::dedup::Dedup;
use super::in_flight::{InFlight, InFlights, Key, State};
use super::screen::{Facts, Screen, Taken};
use super::time::Timestamp;
use crate::handler_error::{ErrorKind, HandlerError};

/// A group, without its handlers: its offset and counters, its configuration, and its in-flight events.
#[derive(Debug)]
pub(crate) struct GroupCore {
    pub(crate) counters: Arc<GroupCounters>,
    pub(crate) config: GroupConfig,
    in_flights: InFlights,
    dedup: Option<Box<Dedup>>,
    /// The number of copies so far. It numbers them.
    copies: u64,
    /// `true` if new events need no decision and go to the only handler.
    plain: bool,
}

/// What a push group does next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Next {
    /// Deliver this in-flight event.
    InFlight(Key),
    /// Deliver new events.
    New,
    /// Wait for a time or an answer.
    Wait,
}

impl GroupCore {
    pub(crate) fn new(counters: Arc<GroupCounters>, config: GroupConfig, window: Option<usize>) -> Self {
        let dedup = window.map(|window| Box::new(Dedup::new(window)));
        Self { counters, config, in_flights: InFlights::default(), dedup, copies: 0, plain: false }
    }

    /// Returns the `seq` of the next event that the group has not seen.
    #[inline]
    pub(crate) fn next(&self) -> u64 {
        self.counters.next()
    }

    /// Returns `true` if new events need no decision.
    fn takes_all(&self) -> bool {
        self.config.ttl.is_none() && self.dedup.is_none() && !self.config.paused
    }

    /// Notes whether new events need no decision, and leaves the fast lane. `is_plain` says that the group has exactly
    /// one handler, and no filter. Must be called after every change of the group.
    pub(crate) fn note_plain(&mut self, is_plain: bool) {
        self.plain = is_plain && self.takes_all();
        self.counters.leave_lane();
    }

    /// Enters the fast lane of the topic at this place, if possible.
    pub(crate) fn enter_lane(&self, place: usize) {
        if self.plain && self.in_flights.is_empty() {
            self.counters.enter_lane(place);
        }
    }

    /// Returns `true` if events with the same key wait for each other.
    pub(crate) fn by_key(&self) -> bool {
        self.config.order == DeliveryOrder::ByKey
    }

    pub(crate) fn is_in_flight(&self, key: Key) -> bool {
        self.in_flights.get(key).is_some()
    }

    /// Returns the number of failed attempts of an in-flight event.
    pub(crate) fn attempts(&self, key: Key) -> u32 {
        self.in_flights.get(key).map_or(0, |event| event.attempts)
    }

    // Time.

    /// Returns when an in-flight event needs attention; [`Timestamp::MAX`] for never.
    pub(crate) fn next_timer(&self) -> Timestamp {
        if self.config.paused { Timestamp::MAX } else { self.in_flights.next_timer() }
    }

    /// Returns when an event of a pull group is due again or was not acked in time, after `now`; [`Timestamp::MAX`] for
    /// never. A pause does not stop these times.
    pub(crate) fn next_timer_after(&self, now: Timestamp) -> Timestamp {
        self.in_flights.next_timer_after(now)
    }

    /// Makes the events ready whose backoff has ended. Returns those that were not acked in time and are given up.
    pub(crate) fn advance(&mut self, now: Timestamp) -> Vec<(Key, Failed)> {
        let mut failed = Vec::new();
        while let Some((key, state)) = self.in_flights.timed_out(now) {
            match state {
                State::AwaitingAck { .. } => {
                    let error = HandlerError::new("there was no ack in time").retry_after(Default::default());
                    failed.push((key, self.fail(key, &error, now)));
                }
                _ => self.in_flights.change(key, State::Ready, &self.counters),
            }
        }
        failed
    }

    /// Returns what a push group does next.
    pub(crate) fn decide(&mut self, now: Timestamp) -> Next {
        if self.config.paused {
            return Next::Wait;
        }
        self.advance(now);
        let ready = if self.config.order == DeliveryOrder::Ordered {
            match self.in_flights.first() {
                // The configuration has changed since: the group was ordered by key.
                Some(first) if self.in_flights.is_behind(first) => self.in_flights.first_ready(),
                Some(first) if !self.in_flights.is_ready(first) => return Next::Wait,
                first => first,
            }
        } else {
            self.in_flights.first_ready()
        };
        ready.map_or(Next::New, Next::InFlight)
    }

    /// Returns the next ready event for a consumer that pulls.
    pub(crate) fn next_ready(&self) -> Option<Key> {
        self.in_flights.first_ready()
    }

    // New events.

    /// Returns what decides about new events. At most `room` pass.
    pub(crate) fn screen(&mut self, now: Timestamp, room: usize) -> Screen {
        Screen {
            config: self.config,
            now,
            dedup: self.dedup.take(),
            lanes: std::mem::take(&mut self.in_flights.lanes),
            room: if self.config.paused { 0 } else { room },
            taken: Taken::default(),
        }
    }

    /// Counts how new events ended, and moves the offset past them. Returns how many were given, and the last of
    /// them. The caller settles these.
    pub(crate) fn given(&mut self, screen: Screen, next: u64) -> Taken {
        self.dedup = screen.dedup;
        self.in_flights.lanes = screen.lanes;
        let taken = screen.taken;
        self.counters.delivered.add(taken.given);
        self.counters.expired.add(taken.expired);
        self.counters.duplicates.add(taken.duplicates);
        self.counters.filtered.add(taken.filtered);
        for &(seq, lane) in &taken.behind {
            let event = InFlight::new(State::Behind, Some(lane));
            self.in_flights.insert(Key::in_log(seq), event, &self.counters);
        }
        self.counters.go_to(next);
        taken
    }

    /// The same for events that needed no decision. `given` counts them, and does not derive from the offset, so that
    /// the balance of the counters checks the offset.
    pub(crate) fn given_all(&mut self, given: u64, next: u64) -> Taken {
        self.counters.delivered.add(given);
        self.counters.go_to(next);
        Taken { given, last: next.saturating_sub(1), ..Taken::default() }
    }

    /// Waits for the ack of a new event that was pulled.
    pub(crate) fn await_ack(&mut self, seq: u64, facts: Facts, now: Timestamp) {
        let mut event = InFlight::new(self.awaiting(now), facts.lane);
        event.entered = facts.key;
        self.in_flights.insert(Key::in_log(seq), event, &self.counters);
    }

    fn awaiting(&self, now: Timestamp) -> State {
        let deadline = self.config.ack_wait.map_or(Timestamp::MAX, |wait| now + wait);
        State::AwaitingAck { since: now, deadline }
    }

    /// Settles events that were given: acknowledges all but the last one, and that one as well unless it failed.
    /// `facts` are those of the last one.
    pub(crate) fn settle(
        &mut self,
        taken: &Taken,
        error: Option<&HandlerError>,
        facts: Facts,
        now: Timestamp,
    ) -> Option<Failed> {
        let Some(error) = error.filter(|_| taken.given > 0) else {
            self.counters.acked.add(taken.given);
            return None;
        };
        self.counters.acked.add(taken.given - 1);
        if self.config.retry.is_none() {
            // At most once, a delivered event is acknowledged.
            self.counters.acked.add(1);
            self.counters.failed.add(1);
            return Some(Failed { attempts: 1, given_up: None, is_final: true });
        }
        if let (Some(key), Some(dedup)) = (facts.key, &mut self.dedup) {
            dedup.remove(key);
        }
        let key = Key::in_log(taken.last);
        self.in_flights.insert(key, InFlight::new(State::Ready, facts.lane), &self.counters);
        Some(self.fail(key, error, now))
    }

    // In-flight events.

    /// Decides whether an in-flight event is given, and removes it if not. `timestamp` is `None` if the event does not
    /// exist any more.
    pub(crate) fn may_give(&mut self, key: Key, timestamp: Option<Timestamp>, facts: Facts, now: Timestamp) -> bool {
        let counters = self.counters.clone();
        let counter = match timestamp {
            // An eviction removes the in-flight event, so this case does not occur.
            None => &counters.evicted,
            Some(timestamp) if self.config.expired(timestamp, now) => &counters.expired,
            Some(_) if facts.key.is_some_and(|key| self.dedup.as_ref().is_some_and(|dedup| dedup.knows(key))) => {
                &counters.duplicates
            }
            Some(_) => return true,
        };
        self.in_flights.remove(key, &counters);
        counter.add(1);
        false
    }

    /// Waits for the ack of an in-flight event that is pulled again.
    pub(crate) fn pull_again(&mut self, key: Key, facts: Facts, now: Timestamp) {
        self.counters.delivered.add(1);
        if self.config.retry.is_some() {
            if let (Some(key), Some(dedup)) = (facts.key, &mut self.dedup) {
                dedup.enter(key);
            }
            let state = self.awaiting(now);
            self.in_flights.update(key, &self.counters, |event| {
                event.state = state;
                event.entered = facts.key;
            });
        } else {
            self.ack(key, facts);
        }
    }

    /// Counts an attempt of an in-flight event of a push group.
    pub(crate) fn attempted(&mut self) {
        self.counters.delivered.add(1);
    }

    /// Acknowledges an in-flight event.
    pub(crate) fn ack(&mut self, key: Key, facts: Facts) {
        if self.in_flights.remove(key, &self.counters).is_some() {
            self.counters.acked.add(1);
        }
        if let (Some(key), Some(dedup)) = (facts.key, &mut self.dedup) {
            dedup.enter(key);
        }
    }

    /// Returns the event of this `seq` that waits for an ack.
    pub(crate) fn awaiting_ack(&self, seq: u64) -> Option<Key> {
        self.in_flights.awaiting_ack(seq)
    }

    /// Iterates over the events that wait for an ack: their keys, failed attempts, and since when they wait.
    pub(crate) fn all_awaiting_ack(&self) -> impl Iterator<Item = (Key, u32, Timestamp)> {
        self.in_flights.all_awaiting_ack()
    }

    /// Handles a failed attempt of an in-flight event: it waits for a retry, or is given up.
    pub(crate) fn fail(&mut self, key: Key, error: &HandlerError, now: Timestamp) -> Failed {
        let Some(event) = self.in_flights.get(key) else {
            return Failed { attempts: 0, given_up: None, is_final: true };
        };
        forget_key(&mut self.dedup, event);
        let (attempts, last_error, due) = match (error.kind(), self.config.retry) {
            // Without a pause it would come again in the same wave, for ever.
            (ErrorKind::Later(pause), Some(_)) => {
                let due = (now + pause).max(now + std::time::Duration::from_millis(1));
                (event.attempts, event.last_error.clone(), Some(due))
            }
            (kind, _) => {
                let attempts = event.attempts.saturating_add(1);
                let due = self.config.next_attempt(now, attempts);
                let due = match kind {
                    ErrorKind::Fatal => None,
                    ErrorKind::RetryAfter(pause) => due.map(|_| now + pause),
                    _ => due,
                };
                self.counters.failed.add(1);
                (attempts, Some(error.to_string().into()), due)
            }
        };
        let failed = |event: &mut InFlight| {
            (event.attempts, event.last_error, event.entered) = (attempts, last_error, None);
            event.state = due.map_or(event.state, State::Due);
        };
        self.in_flights.update(key, &self.counters, failed);
        let given_up = if due.is_none() { self.give_up(key) } else { None };
        Failed { attempts, given_up, is_final: due.is_none() }
    }

    /// Gives an in-flight event up. Returns it if its group retries.
    fn give_up(&mut self, key: Key) -> Option<GivenUp> {
        let InFlight { attempts, last_error, .. } = self.in_flights.remove(key, &self.counters)?;
        if self.config.retry.is_none() {
            // At most once, a delivered event is acknowledged, even a redelivered dead letter of an earlier group of
            // that name.
            self.counters.acked.add(1);
            return None;
        }
        self.counters.dead.add(1);
        Some(GivenUp { key, attempts, last_error })
    }

    // Changes from outside.

    /// Returns the number of the next redelivered dead letter.
    pub(crate) fn next_copy(&mut self) -> u64 {
        self.copies += 1;
        self.copies
    }

    /// Accepts a redelivered dead letter. Its attempts start at zero again.
    pub(crate) fn redeliver(&mut self, key: Key, lane: Option<u64>) {
        self.counters.redelivered.add(1);
        self.in_flights.insert(key, InFlight::new(State::Ready, lane), &self.counters);
    }

    /// Moves the offset to `to`. Drops all in-flight events. `end` is the `seq` of the next event of the log.
    pub(crate) fn seek(&mut self, to: u64, end: u64, forget_keys: bool) {
        let next = self.next();
        let mut dropped = 0;
        for event in self.in_flights.take_all(&self.counters) {
            forget_key(&mut self.dedup, &event);
            dropped += 1;
        }
        self.counters.skipped.add(dropped + to.saturating_sub(next));
        // A group with a start in the future has not seen the events between `end` and that start.
        self.counters.replayed.add(next.min(end).saturating_sub(to));
        self.counters.start_at_latest(end);
        self.counters.go_to(to);
        if let Some(dedup) = self.dedup.as_mut().filter(|_| forget_keys) {
            dedup.clear();
        }
    }

    /// Handles the eviction of all events before `end`, the oldest of which is `start`. `wants` is the group's filter.
    /// Returns those that the group was not done with, in order.
    pub(crate) fn evict(&mut self, start: u64, end: u64, wants: &dyn Fn(u64) -> bool) -> Vec<GivenUp> {
        let mut lost = Vec::new();
        for key in self.in_flights.in_log_before(end) {
            if let Some(event) = self.in_flights.remove(key, &self.counters) {
                forget_key(&mut self.dedup, &event);
                self.counters.evicted.add(1);
                lost.push(GivenUp { key, attempts: event.attempts, last_error: event.last_error });
            }
        }
        self.counters.skip_gap(start);
        for seq in self.next()..end {
            if wants(seq) {
                self.counters.evicted.add(1);
                lost.push(GivenUp { key: Key::in_log(seq), attempts: 0, last_error: None });
            } else {
                self.counters.filtered.add(1);
            }
            self.counters.go_to(seq + 1);
        }
        lost
    }
}

/// Removes the key that was entered for an event, because the event leaves its consumer without an ack.
fn forget_key(dedup: &mut Option<Box<Dedup>>, event: &InFlight) {
    if let (Some(key), Some(dedup)) = (event.entered, dedup) {
        dedup.remove(key);
    }
}

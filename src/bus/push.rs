//! Push: the bus calls a group's handlers.
//!
//! Comes in: a log, and the world to run handlers in. Goes out: the group's ledger, moved on. An event that failed holds its
//! own group back until it is done or given up, so a group sees its topic in order; it holds nobody else.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use bevy_ecs::world::World;

use super::batch::{Batch, Filter, Taken};
use super::dedup::Dedup;
use super::envelope::Envelope;
use super::handler::{Handler, HandlerError};
use super::ledger::{Flight, Ledger, Source, State};
use super::log::Log;
use super::policy::{Guarantee, Policy};
use super::report::Report;
use super::topic::Event;

/// A group whose members are handlers. Several compete: each event goes to one of them.
pub(super) struct PushGroup<E: Event> {
    pub(super) name: Cow<'static, str>,
    pub(super) policy: Policy,
    pub(super) ledger: Ledger<E>,
    pub(super) dedup: Option<Box<Dedup<E>>>,
    pub(super) members: Vec<Handler<E>>,
    /// Whose turn it is.
    pub(super) turn: usize,
    /// Has it been unsubscribed, maybe by itself, while it runs?
    pub(super) ended: Arc<AtomicBool>,
}

/// What every group of a topic is told in one wave.
pub(super) struct Wave<'a, E: Event> {
    pub(super) log: &'a Log<E>,
    pub(super) now: u64,
    pub(super) report: &'a Report<E>,
    /// Changes when a group of the topic is ended.
    pub(super) endings: &'a AtomicU32,
    pub(super) endings_before: u32,
    /// Where most groups go on reading, and what is there: so that it is looked up once.
    pub(super) fresh: (u64, &'a [Envelope<E>], &'a [Envelope<E>]),
}

impl<E: Event> Wave<'_, E> {
    /// Has any group been ended since the wave began?
    pub(super) fn some_ended(&self) -> bool {
        self.endings.load(Ordering::Relaxed) != self.endings_before
    }
}

impl<E: Event> PushGroup<E> {
    /// Gives the group whatever is due to it. Returns when it next wants to be called though nothing new has come:
    /// `u64::MAX` for never.
    pub(super) fn run(&mut self, world: &mut World, wave: &Wave<E>) -> u64 {
        while !(wave.some_ended() && self.ended.load(Ordering::Relaxed)) {
            let go_on = match self.ledger.flights.front() {
                Some(Flight { state: state @ State::Due(due), .. }) if !state.is_due(wave.now) => return *due,
                Some(_) => self.run_flight(world, wave),
                None if self.ledger.next < wave.log.end() => self.run_new(world, wave),
                None => break,
            };
            if !go_on {
                break;
            }
        }
        u64::MAX
    }

    /// Gives the next member what is new. Returns whether to go on.
    fn run_new(&mut self, world: &mut World, wave: &Wave<E>) -> bool {
        let &Wave { log, now, fresh, .. } = wave;
        let before = self.ledger.next;
        let most = if self.members.len() > 1 { 1 } else { usize::MAX };
        let filtered = self.policy.ttl.is_some() || self.dedup.is_some();
        let Some(member) = next_member(&mut self.members, &mut self.turn) else { return false };
        let offset = &mut self.ledger.next;
        let mut taken = Taken::default();
        let outcome = if filtered {
            let mut filter =
                Filter { policy: self.policy, now, dedup: self.dedup.as_deref_mut(), left: most, taken: &mut taken };
            member.call(Batch::filtered(log, offset, &mut filter), world)
        } else {
            let batch = match fresh {
                (start, front, back) if start == before && most > 1 => Batch::of(front, back, offset),
                _ => Batch::new(log, offset, most),
            };
            let outcome = member.call(batch, world);
            taken.given = *offset - before;
            outcome
        };
        let counts = &mut self.ledger.counts;
        match outcome {
            Ok(()) => {
                counts.delivered += taken.given;
                counts.acked += taken.given;
                if filtered {
                    counts.expired += taken.expired;
                    counts.duplicates += taken.duplicates;
                }
                // What a handler leaves it wants later; the others of a group go on with it.
                most == 1 && self.ledger.next > before
            }
            Err(error) => {
                taken.last = if filtered { taken.last } else { self.ledger.next.saturating_sub(1) };
                if taken.given == 0 {
                    // It did not even begin. The event that it would have been given has failed.
                    let mut filter = Filter {
                        policy: self.policy,
                        now,
                        dedup: self.dedup.as_deref_mut(),
                        left: 1,
                        taken: &mut taken,
                    };
                    Batch::filtered(log, &mut self.ledger.next, &mut filter).next();
                }
                self.settle_failure(world, wave, taken, error);
                self.ledger.next > before
            }
        }
    }

    /// Counts what was taken, and does what the policy says about the event that was taken last.
    #[cold]
    fn settle_failure(&mut self, world: &mut World, wave: &Wave<E>, taken: Taken, error: HandlerError) {
        let counts = &mut self.ledger.counts;
        counts.delivered += taken.given;
        counts.expired += taken.expired;
        counts.duplicates += taken.duplicates;
        if taken.given == 0 {
            return;
        }
        match self.policy.guarantee {
            Guarantee::AtMostOnce => {
                counts.acked += taken.given;
                counts.failed += 1;
                wave.report.failure(world, self.name.clone(), taken.last, 1, true, error);
            }
            Guarantee::AtLeastOnce { .. } => {
                counts.acked += taken.given - 1;
                if let (Some(dedup), Some(envelope)) = (&mut self.dedup, wave.log.get(taken.last)) {
                    dedup.retract(envelope.body());
                }
                let flight =
                    Flight { source: Source::Log(taken.last), attempts: 0, last_error: None, state: State::Out };
                self.fail(world, wave, flight, error);
            }
        }
    }

    /// Tries the event again that holds the group back, or one that came back. Returns whether it was taken.
    fn run_flight(&mut self, world: &mut World, wave: &Wave<E>) -> bool {
        let Some(flight) = self.ledger.flights.pop_front() else { return false };
        let mut taken = 0;
        let Some(envelope) = flight.envelope(wave.log) else {
            // Eviction takes flights with it, so there is always something to be found.
            self.ledger.counts.evicted += 1;
            return true;
        };
        if self.policy.expired(envelope.at(), wave.now) {
            self.ledger.counts.expired += 1;
            return true;
        }
        let Some(member) = next_member(&mut self.members, &mut self.turn) else { return false };
        let outcome = member.call(Batch::one(envelope, &mut taken), world);
        if taken == 0 && outcome.is_ok() {
            self.ledger.flights.push_front(flight);
            return false;
        }
        self.ledger.counts.delivered += 1;
        match outcome {
            Ok(()) => {
                self.ledger.counts.acked += 1;
                if let Some(dedup) = &mut self.dedup {
                    dedup.enter(envelope.body());
                }
            }
            Err(error) => self.fail(world, wave, flight, error),
        }
        true
    }

    fn fail(&mut self, world: &mut World, wave: &Wave<E>, mut flight: Flight<E>, error: HandlerError) {
        flight.last_error = Some(error.to_string());
        let (seq, attempts) = (flight.seq(), flight.attempts.saturating_add(1));
        let final_try = self.policy.retry(wave.now, attempts).is_none();
        let given_up = self.ledger.fail(flight, &self.policy, wave.now);
        if let Some(envelope) = given_up.as_ref().and_then(|flight| flight.envelope(wave.log)) {
            wave.report.dead(world, envelope, self.name.clone(), attempts, Some(error.to_string()));
        }
        wave.report.failure(world, self.name.clone(), seq, attempts, final_try, error);
    }
}

/// The member whose turn it is; then it is the next one's.
fn next_member<'a, E: Event>(members: &'a mut [Handler<E>], turn: &mut usize) -> Option<&'a mut Handler<E>> {
    let count = members.len();
    let member = members.get_mut(*turn);
    *turn = if *turn + 1 < count { *turn + 1 } else { 0 };
    member
}

//! Runs a push group in a wave: which event comes next, and how it ends.
//!
//! A failed event holds back its own group, or the events with its key, until it is acknowledged or given up; in an
//! unordered group it holds back nothing. Other groups are not affected.

use super::attempt::report;
use super::group::{Failed, GroupCore, Next};
use super::in_flight::Key;
use super::screen::{Facts, Taken};
use super::store::{Members, Offered};
use super::time::Timestamp;
use crate::handler_error::{HandlerError, HandlerResult};

/// What is left to do after a wave.
#[derive(Clone, Copy)]
pub(crate) struct WaveResult {
    /// Every group is done with the events before this `seq`.
    pub(crate) settled: u64,
    /// When the next retry is due.
    pub(crate) due: Timestamp,
    /// `true` if a handler left events that it could have taken.
    pub(crate) left: bool,
}

/// The numbers of a wave that [`run`] needs.
#[derive(Clone, Copy)]
pub(crate) struct RunInfo {
    /// The `seq` of the oldest event in the log.
    pub(crate) start: u64,
    pub(crate) end: u64,
    pub(crate) now: Timestamp,
}

/// What a handler did with fresh events, which needed no decision.
pub(crate) struct Called {
    pub(crate) outcome: HandlerResult,
    /// The `seq` of the first of them.
    pub(crate) fresh: u64,
    pub(crate) count: u64,
    /// The number of those that it did not take.
    pub(crate) left: usize,
}

/// How often an event without a backoff is tried in one wave. The other attempts follow with the next delivery, so that
/// a delivery always ends.
const MAX_ATTEMPTS: u32 = 1000;

/// Delivers to a group what is due, until its members take nothing any more.
pub(crate) fn run(core: &mut GroupCore, members: &mut dyn Members, info: RunInfo, result: &mut WaveResult) {
    core.counters.skip_gap(info.start);
    let mut idle = 0;
    let mut repeated = (Key::in_log(u64::MAX), 0);
    while !core.counters.has_ended() && members.count() > 0 {
        let took = match core.decide(info.now) {
            Next::Wait => break,
            Next::New if core.next() >= info.end => break,
            Next::New => run_new(core, members, info),
            Next::InFlight(key) => {
                repeated = if repeated.0 == key { (key, repeated.1 + 1) } else { (key, 1) };
                if repeated.1 > MAX_ATTEMPTS {
                    break;
                }
                run_in_flight(core, members, key, info)
            }
        };
        // A handler gets events that it did not take with the next delivery. If others compete, they continue with
        // these events, until none of them takes any.
        idle = if took == Took::Nothing { idle + 1 } else { 0 };
        if took == Took::Done || idle >= members.count() {
            break;
        }
    }
    conclude(core, members, info, result);
}

/// Whether a group continues after a call.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Took {
    /// The handler took something, and there may be more for it.
    Something,
    /// The handler took something and left something, and no other member is there to take that.
    Done,
    Nothing,
}

/// Goes on outside of the fast lane, because the handler left some of the fresh events, or failed.
#[cold]
#[inline(never)]
pub(crate) fn finish(
    core: &mut GroupCore,
    members: &mut dyn Members,
    info: RunInfo,
    called: Called,
    result: &mut WaveResult,
) {
    core.counters.leave_lane();
    let Called { outcome, fresh, count, left } = called;
    // A handler that fails before it takes an event has failed on the first one.
    let none = u64::from(outcome.is_err() && left as u64 == count);
    let next = info.end - left as u64 + none;
    let taken = core.given_all(count - left as u64 + none, next);
    if settle(core, members, outcome, &taken, next > fresh, info) == Took::Something {
        run(core, members, info, result);
    } else {
        conclude(core, members, info, result);
    }
}

/// Lets all groups enter the fast lane that can. Returns `true` if all of them are in it.
#[cold]
#[inline(never)]
pub(crate) fn enter_lane(groups: &[GroupCore]) -> bool {
    groups.iter().enumerate().fold(true, |all, (place, core)| core.enter_lane(place) && all)
}

/// Offers new events to the member whose turn it is, and moves the offset past those that it takes.
fn run_new(core: &mut GroupCore, members: &mut dyn Members, info: RunInfo) -> Took {
    let before = core.next();
    let room = if members.count() == 1 { usize::MAX } else { 1 };
    let Offered { outcome, next, screen } = members.offer(before, core.screen(info.now, room));
    let taken = core.given(screen, next);
    settle(core, members, outcome, &taken, next > before, info)
}

/// Settles new events that were given.
fn settle(
    core: &mut GroupCore,
    members: &mut dyn Members,
    outcome: HandlerResult,
    taken: &Taken,
    took: bool,
    info: RunInfo,
) -> Took {
    match outcome {
        Ok(()) => {
            core.settle(taken, None, Facts::default(), info.now);
            match took {
                false => Took::Nothing,
                true if members.count() > 1 => Took::Something,
                true => Took::Done,
            }
        }
        Err(error) => {
            let key = Key::in_log(taken.last);
            let facts = if taken.given > 0 { facts(core, members, key) } else { Facts::default() };
            if let Some(failed) = core.settle(taken, Some(&error), facts, info.now) {
                publish(core, members, key, failed, error);
            }
            if took { Took::Something } else { Took::Nothing }
        }
    }
}

/// Delivers an in-flight event again, or a redelivered one.
fn run_in_flight(core: &mut GroupCore, members: &mut dyn Members, key: Key, info: RunInfo) -> Took {
    let look = members.look(key, core.by_key());
    let facts = look.map_or_else(Facts::default, |look| look.facts);
    let offered = if core.may_give(key, look.map(|look| look.timestamp), facts, info.now) {
        members.offer_again(key, core.attempts(key).saturating_add(1))
    } else {
        None
    };
    match offered {
        None => forget(core, members, key),
        Some((Ok(()), false)) => return Took::Nothing,
        Some((Ok(()), true)) => {
            core.attempted();
            core.ack(key, facts);
            forget(core, members, key);
        }
        Some((Err(error), _)) => {
            core.attempted();
            let failed = core.fail(key, &error, info.now);
            publish(core, members, key, failed, error);
            forget(core, members, key);
        }
    }
    Took::Something
}

fn facts(core: &GroupCore, members: &dyn Members, key: Key) -> Facts {
    members.look(key, core.by_key()).map_or_else(Facts::default, |look| look.facts)
}

/// Publishes what has failed.
fn publish(core: &GroupCore, members: &mut dyn Members, key: Key, failed: Failed, error: HandlerError) {
    let (attempt, loss) = report(core, key.seq, failed, error);
    loss.into_iter().for_each(|loss| members.bury(loss));
    attempt.into_iter().for_each(|attempt| members.report(attempt));
}

/// Drops the body of a redelivered event that is not in flight any more.
fn forget(core: &GroupCore, members: &mut dyn Members, key: Key) {
    if key.copy != 0 && !core.is_in_flight(key) {
        members.forget_copy(key.copy);
    }
}

/// Notes what the group leaves to do.
fn conclude(core: &mut GroupCore, members: &dyn Members, info: RunInfo, result: &mut WaveResult) {
    result.settled = result.settled.min(core.counters.wanted());
    if core.counters.has_ended() {
        return;
    }
    let could = match core.decide(info.now) {
        Next::InFlight(_) => true,
        Next::New => core.next() < info.end,
        Next::Wait => false,
    };
    result.left |= could && members.count() > 0;
    result.due = result.due.min(core.next_timer());
}

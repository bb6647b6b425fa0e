//! Runs a push group in a wave: which event comes next, and how it ends. It is compiled once; what needs the type
//! of the event is behind [`Members`].

use super::group::{Failed, GroupCore, Next};
use super::in_flight::Key;
use super::screen::{Facts, Taken};
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

/// One group in one wave, as [`run`] sees it. The functions that need the type of the event are behind this.
pub(crate) trait Members {
    fn core(&mut self) -> &mut GroupCore;

    fn count(&self) -> usize;

    /// Offers new events to the member whose turn it is, and moves the offset past those that it takes.
    fn call_with_new(&mut self) -> Called;

    /// Offers an in-flight event to the member whose turn it is. Returns its result, and whether it took the event;
    /// `None` if the event is not given any more.
    fn call_with(&mut self, key: Key) -> Option<(HandlerResult, bool)>;

    /// Returns what the group must know of an event.
    fn facts(&self, key: Key) -> Facts;

    /// Publishes what has failed.
    fn report(&mut self, key: Key, failed: Failed, error: HandlerError);

    /// Removes the body of a redelivered event that is done.
    fn forget(&mut self, key: Key);
}

/// The numbers of a wave that [`run`] needs.
#[derive(Clone, Copy)]
pub(crate) struct RunInfo {
    /// The `seq` of the oldest event in the log.
    pub(crate) start: u64,
    pub(crate) end: u64,
    pub(crate) now: Timestamp,
}

/// What a handler did with new events.
pub(crate) struct Called {
    pub(crate) outcome: HandlerResult,
    pub(crate) taken: Taken,
    pub(crate) took: bool,
}

/// How often an event without a backoff is tried in one wave. The other attempts follow with the next delivery, so that
/// a delivery always ends.
const MAX_ATTEMPTS: u32 = 1000;

/// Delivers to a group what is due, until its members take nothing any more.
pub(crate) fn run(members: &mut dyn Members, info: RunInfo, result: &mut WaveResult) {
    members.core().counters.skip_gap(info.start);
    let mut idle = 0;
    let mut repeated = (Key::in_log(u64::MAX), 0);
    while !members.core().counters.has_ended() && members.count() > 0 {
        let took = match members.core().decide(info.now) {
            Next::Wait => break,
            Next::New if members.core().next() >= info.end => break,
            Next::New => {
                let called = members.call_with_new();
                settle(members, called, info)
            }
            Next::InFlight(key) => {
                repeated = if repeated.0 == key { (key, repeated.1 + 1) } else { (key, 1) };
                if repeated.1 > MAX_ATTEMPTS {
                    break;
                }
                run_in_flight(members, key, info)
            }
        };
        // A handler gets events that it did not take with the next delivery. If others compete, they continue with
        // these events, until none of them takes any.
        idle = if took == Took::Nothing { idle + 1 } else { 0 };
        if took == Took::Done || idle >= members.count() {
            break;
        }
    }
    conclude(members, info, result);
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

/// Ends the fast path if the handler left some of the fresh events, or failed.
#[cold]
#[inline(never)]
pub(crate) fn finish(members: &mut dyn Members, info: RunInfo, called: Called, result: &mut WaveResult) {
    if settle(members, called, info) == Took::Something {
        run(members, info, result);
    } else {
        conclude(members, info, result);
    }
}

/// Settles new events that were given.
fn settle(members: &mut dyn Members, called: Called, info: RunInfo) -> Took {
    let Called { outcome, taken, took } = called;
    let key = Key::in_log(taken.last);
    let facts = if outcome.is_err() && taken.given > 0 { members.facts(key) } else { Facts::default() };
    match outcome {
        Ok(()) => {
            members.core().settle(&taken, None, facts, info.now);
            match took {
                false => Took::Nothing,
                true if members.count() > 1 => Took::Something,
                true => Took::Done,
            }
        }
        Err(error) => {
            if let Some(failed) = members.core().settle(&taken, Some(&error), facts, info.now) {
                members.report(key, failed, error);
            }
            if took { Took::Something } else { Took::Nothing }
        }
    }
}

/// Delivers an in-flight event again, or a redelivered one.
fn run_in_flight(members: &mut dyn Members, key: Key, info: RunInfo) -> Took {
    let Some((outcome, took)) = members.call_with(key) else {
        members.forget(key);
        return Took::Something;
    };
    let facts = members.facts(key);
    match outcome {
        Ok(()) if !took => return Took::Nothing,
        Ok(()) => {
            members.core().attempted();
            members.core().ack(key, facts);
            members.forget(key);
        }
        Err(error) => {
            members.core().attempted();
            let failed = members.core().fail(key, &error, info.now);
            let is_final = failed.is_final;
            members.report(key, failed, error);
            if is_final {
                members.forget(key);
            }
        }
    }
    Took::Something
}

/// Notes what the group leaves to do.
fn conclude(members: &mut dyn Members, info: RunInfo, result: &mut WaveResult) {
    let has_members = members.count() > 0;
    let core = members.core();
    result.settled = result.settled.min(core.counters.wanted());
    if core.counters.has_ended() {
        return;
    }
    let next = core.decide(info.now);
    let could = match next {
        Next::InFlight(_) => true,
        Next::New => core.next() < info.end,
        Next::Wait => false,
    };
    result.left |= could && has_members;
    result.due = result.due.min(core.next_timer());
}

impl Called {
    pub(crate) fn nothing() -> Self {
        Self { outcome: Ok(()), taken: Taken::default(), took: false }
    }
}

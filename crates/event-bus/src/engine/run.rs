//! Runs a push group in a wave: which event comes next, and how it ends.
//!
//! A failed event holds back its own group, or the events with its key, until it is acknowledged or given up; in an
//! unordered group it holds back nothing. Other groups are not affected.

use super::attempt::{Failed, report};
use super::counters::Lane;
use super::group::{GroupCore, Next};
use super::in_flight::Key;
use super::screen::{Facts, Taken};
use super::store::{Members, Offered};
use super::time::Timestamp;
use crate::handler_error::{HandlerError, HandlerResult};

/// The numbers of a wave.
#[derive(Clone, Copy)]
pub(crate) struct RunInfo {
    /// The `seq` of the oldest event in the log.
    pub(crate) start: u64,
    pub(crate) end: u64,
    pub(crate) now: Timestamp,
}

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

/// A wave of one topic. Each of its groups is called by [`Self::go_on`], and then by one of the other functions.
pub(crate) struct Wave<'a> {
    lane: &'a Lane,
    groups: usize,
    info: RunInfo,
    /// The new events for the groups in the fast lane: the `seq` of the first, and their number.
    fresh: u64,
    count: usize,
    result: WaveResult,
}

impl<'a> Wave<'a> {
    /// Begins a wave for this number of groups. `count` is the number of events that the lane has not seen.
    #[inline]
    pub(crate) fn begin(lane: &'a Lane, groups: usize, info: RunInfo, count: usize) -> Self {
        lane.begin(count as u64, info.end);
        let result = WaveResult { settled: info.end, due: Timestamp::MAX, left: false };
        Self { lane, groups, info, fresh: lane.next(), count, result }
    }

    /// Continues with the group at this place. Returns `true` if it is in the fast lane: its handler gets the new
    /// events at once, if there are any.
    #[inline]
    pub(crate) fn go_on(&self, place: usize, core: &GroupCore) -> bool {
        self.lane.go_on(place);
        // A handler may have unsubscribed another group.
        self.lane.members() == self.groups as u64 || core.counters.is_in_lane()
    }

    /// Delivers to a group that is not in the lane what is due, until its members take nothing any more.
    pub(crate) fn run(&mut self, core: &mut GroupCore, members: &mut dyn Members) {
        run(core, members, self.info);
        self.conclude(core, members);
    }

    /// Goes on outside of the fast lane, because the handler has failed, or left some of the new events.
    #[cold]
    #[inline(never)]
    pub(crate) fn leave_lane(
        &mut self,
        core: &mut GroupCore,
        members: &mut dyn Members,
        outcome: HandlerResult,
        left: usize,
    ) {
        core.counters.leave_lane();
        // A handler that fails before it takes an event has failed on the first one.
        let none = usize::from(outcome.is_err() && left == self.count);
        let (given, next) = ((self.count - left + none) as u64, self.info.end - (left - none) as u64);
        let taken = core.given_all(given, next);
        if settle(core, members, outcome, &taken, next > self.fresh, self.info) == Took::Something {
            run(core, members, self.info);
        }
        self.conclude(core, members);
    }

    /// Notes what the group leaves to do.
    fn conclude(&mut self, core: &mut GroupCore, members: &dyn Members) {
        let result = &mut self.result;
        result.settled = result.settled.min(core.counters.wanted());
        if core.counters.has_ended() {
            return;
        }
        let could = match core.decide(self.info.now) {
            Next::InFlight(_) => true,
            Next::New => core.next() < self.info.end,
            Next::Wait => false,
        };
        result.left |= could && members.count() > 0;
        result.due = result.due.min(core.next_timer());
    }

    /// Ends the wave. The topic must be locked.
    #[inline]
    pub(crate) fn end(self, groups: &[GroupCore]) -> WaveResult {
        self.lane.end();
        if self.lane.members() != groups.len() as u64 {
            enter_lane(groups);
        }
        self.result
    }
}

/// Lets all groups enter the fast lane that can.
#[inline(never)]
fn enter_lane(groups: &[GroupCore]) {
    groups.iter().enumerate().for_each(|(place, core)| core.enter_lane(place));
}

/// How often an event without a backoff is tried in one wave. The other attempts follow with the next delivery, so that
/// a delivery always ends.
const MAX_ATTEMPTS: u32 = 1000;

fn run(core: &mut GroupCore, members: &mut dyn Members, info: RunInfo) {
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
    let (attempt, loss) = report(&core.counters, key.seq, failed, error);
    loss.into_iter().for_each(|loss| members.bury(loss));
    attempt.into_iter().for_each(|attempt| members.report(attempt));
}

/// Drops the body of a redelivered event that is not in flight any more.
fn forget(core: &GroupCore, members: &mut dyn Members, key: Key) {
    if key.copy != 0 && !core.is_in_flight(key) {
        members.forget_copy(key.copy);
    }
}

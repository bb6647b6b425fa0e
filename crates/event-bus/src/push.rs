//! Push groups: the bus calls their handlers.
//!
//! A failed event holds back its own group, or the events with its key, until it is acknowledged or given up; in an
//! unordered group it holds back nothing. Other groups are not affected.

use std::collections::VecDeque;
use std::slice;

use bevy_ecs::world::World;

use crate::batch::{BatchFacts, BatchSource, Filter};
use crate::engine::group::{Failed, GroupCore};
use crate::engine::in_flight::Key;
use crate::engine::run::{Called, Members, RunInfo, WaveResult, finish, run};
use crate::engine::screen::Facts;
use crate::engine::time::Timestamp;
use crate::engine::topic::Log as _;
use crate::envelope::{Envelope, TopicId};
use crate::group_state::GroupState;
use crate::handler::Handler;
use crate::handler_error::{HandlerError, HandlerResult};
use crate::log::Log;
use crate::reports::Reports;
use crate::selector::Selector;

/// A group whose members are handlers. If there are several, they compete: each event goes to one of them.
pub(crate) struct PushGroup<E> {
    pub(crate) common: GroupState<E>,
    /// The members, in the order of their turns, with their numbers.
    members: VecDeque<(u64, Handler<E>)>,
    /// `true` if there is exactly one member, and it gets every event.
    plain: bool,
}

/// The input that is the same for every group of a topic in one wave.
pub(crate) struct Wave<'a, E> {
    pub(crate) log: &'a Log<E>,
    pub(crate) facts: BatchFacts,
    end: u64,
    /// The offset of the first group, which is also that of most others. The log has all events from it on.
    fresh: u64,
    /// The number of these events.
    count: u64,
    reports: &'a dyn Reports<E>,
}

impl<'a, E> Wave<'a, E> {
    /// `fresh` is the offset of the first group.
    pub(crate) fn new(
        log: &'a Log<E>,
        topic: TopicId,
        now: Timestamp,
        fresh: u64,
        reports: &'a dyn Reports<E>,
    ) -> Self {
        let end = log.end();
        let fresh = fresh.max(log.start());
        let facts = BatchFacts { topic, now, attempt: 1 };
        let (events, then) = log.from(fresh);
        Self { log, facts, end, fresh, count: (events.len() + then.len()) as u64, reports }
    }

    /// Returns the result before any group has run: nothing is left.
    pub(crate) fn result(&self) -> WaveResult {
        WaveResult { settled: self.end, due: Timestamp::MAX, left: false }
    }

    /// Returns the events from the offset `fresh` on. All groups at that offset share them, so they are looked up once.
    pub(crate) fn fresh(&self) -> BatchSource<'a, E> {
        BatchSource::all(self.log.from(self.fresh), self.facts)
    }
}

impl<E: 'static> PushGroup<E> {
    pub(crate) fn new(core: GroupCore, selector: Option<Box<Selector<E>>>) -> Self {
        Self { common: GroupState::new(core, selector), members: VecDeque::new(), plain: false }
    }

    /// Adds a handler with this number. If there is another one, they compete.
    pub(crate) fn join(&mut self, member: u64, handler: Handler<E>) {
        self.members.push_back((member, handler));
        self.note_plain();
    }

    /// Removes a handler, and returns it. Without a handler, the events of the group wait.
    pub(crate) fn leave(&mut self, member: u64) -> Option<Handler<E>> {
        let place = self.members.iter().position(|(number, _)| *number == member)?;
        let (_, handler) = self.members.remove(place)?;
        self.note_plain();
        Some(handler)
    }

    /// Notes whether the fast path is possible. Must be called after every change of the group.
    pub(crate) fn note_plain(&mut self) {
        let leaves_none_out = self.common.selector.as_ref().is_none_or(|selector| selector.wants.is_none());
        self.plain = self.members.len() == 1 && self.common.core.takes_all() && leaves_none_out;
    }

    /// Delivers to the group what is due. `fresh` has the events for a group at the common offset.
    #[inline]
    pub(crate) fn run(
        &mut self,
        world: &mut World,
        wave: &Wave<E>,
        fresh: &mut BatchSource<E>,
        result: &mut WaveResult,
    ) {
        // The fast path: most groups only get the fresh events. Everything else is in functions that are not inlined.
        let at_it = self.common.core.next() == wave.fresh && !fresh.events.0.is_empty();
        if !at_it || !self.plain || self.common.core.has_in_flight() {
            return self.run_slowly(world, wave, result);
        }
        let Some((_, member)) = self.members.front_mut() else { return };
        match member.call(fresh, world) {
            Ok(()) if fresh.left == 0 => self.common.core.counters.pass(wave.count, wave.end),
            outcome => {
                // A handler that fails before it takes an event has failed on the first one.
                let none = outcome.is_err() && fresh.left as u64 == wave.count;
                let next = wave.end - fresh.left as u64 + u64::from(none);
                let given = wave.count - fresh.left as u64 + u64::from(none);
                let taken = self.common.core.given_all(given, next);
                let called = Called { outcome, taken, took: next > wave.fresh };
                let info = RunInfo { start: wave.fresh, end: wave.end, now: wave.facts.now };
                finish(&mut View { group: self, wave, world }, info, called, result);
            }
        }
    }

    #[inline(never)]
    fn run_slowly(&mut self, world: &mut World, wave: &Wave<E>, result: &mut WaveResult) {
        let info = RunInfo { start: wave.log.start(), end: wave.end, now: wave.facts.now };
        run(&mut View { group: self, wave, world }, info, result);
    }
}

/// A push group in a wave.
struct View<'a, 'w, E> {
    group: &'a mut PushGroup<E>,
    wave: &'a Wave<'w, E>,
    world: &'a mut World,
}

impl<E> View<'_, '_, E> {
    fn envelope(&self, key: Key) -> Option<&Envelope<E>> {
        self.group.common.envelope(self.wave.log, key)
    }
}

impl<E: 'static> Members for View<'_, '_, E> {
    fn core(&mut self) -> &mut GroupCore {
        &mut self.group.common.core
    }

    fn count(&self) -> usize {
        self.group.members.len()
    }

    fn call_with_new(&mut self) -> Called {
        let Self { group, wave, world } = self;
        let before = group.common.core.next();
        let room = if group.members.len() == 1 { usize::MAX } else { 1 };
        let by_key = group.common.by_key();
        let screen = group.common.core.screen(wave.facts.now, room);
        let filter = Filter { screen, selector: group.common.selector.take(), by_key };
        let mut source = BatchSource::filtered(wave.log.from(before), filter, wave.facts);
        let Some((_, member)) = group.members.front_mut() else { return Called::nothing() };
        let outcome = member.call(&mut source, world);
        if outcome.is_err() && source.left == (wave.end - before) as usize {
            // The handler failed before it took an event. The failure applies to the event that it would have taken.
            if let Some(filter) = &mut source.filter {
                filter.screen.room = filter.screen.room.min(1);
            }
            source.batch(source.events).next();
        }
        let BatchSource { left, filter, .. } = source;
        let next = wave.end - left as u64;
        let Some(Filter { screen, selector, .. }) = filter else { return Called::nothing() };
        group.common.selector = selector;
        let taken = group.common.core.given(screen, next);
        group.members.rotate_left(1);
        Called { outcome, taken, took: next > before }
    }

    fn call_with(&mut self, key: Key) -> Option<(HandlerResult, bool)> {
        let now = self.wave.facts.now;
        let (timestamp, facts) = match self.envelope(key) {
            None => (None, Facts::default()),
            Some(envelope) => (Some(envelope.timestamp()), self.group.common.facts(envelope.event())),
        };
        if !self.group.common.core.may_give(key, timestamp, facts, now) {
            return None;
        }
        let Self { group, wave, world } = self;
        let attempt = group.common.core.attempts(key).saturating_add(1);
        let envelope = group.common.envelope(wave.log, key)?;
        // The event stays in flight while the handler runs, so that the counters balance for readers.
        let facts = BatchFacts { attempt, ..wave.facts };
        let mut source = BatchSource::all((slice::from_ref(envelope), &[]), facts);
        let (_, member) = group.members.front_mut()?;
        let outcome = member.call(&mut source, world);
        let took = source.left == 0;
        group.members.rotate_left(1);
        Some((outcome, took))
    }

    fn facts(&self, key: Key) -> Facts {
        self.envelope(key).map_or_else(Facts::default, |envelope| self.group.common.facts(envelope.event()))
    }

    fn report(&mut self, key: Key, failed: Failed, error: HandlerError) {
        let envelope = self.envelope(key);
        self.wave.reports.failed(self.group.common.core.counters.name.clone(), envelope, key.seq, failed, error);
    }

    fn forget(&mut self, key: Key) {
        self.group.common.forget_if_done(key);
    }
}

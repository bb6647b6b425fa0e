//! Serves one topic in one wave: moves its groups out, runs them, and puts them back.

use std::slice;

use bevy_ecs::prelude::*;

use crate::batch::{BatchFacts, BatchSource, Filter};
use crate::engine::attempt::{Attempt, Loss};
use crate::engine::in_flight::Key;
use crate::engine::run::{RunInfo, Wave};
use crate::engine::screen::Screen;
use crate::engine::store::{Look, Members, Offered, Store};
use crate::engine::time::Timestamp;
use crate::engine::topic::Log as _;
use crate::events::Events;
use crate::handler_error::HandlerResult;
use crate::log::Log;
use crate::shared::Shared;
use crate::subscriber::Subscriber;

/// A topic of any event type, as the bus uses it.
pub(crate) trait AnyTopic: Send + Sync {
    /// Returns the topic without the type of its events.
    fn any(&self) -> &Shared<dyn Store>;

    /// Runs a part of a wave.
    fn serve(&self, world: &mut World, now: Timestamp, phase: Phase) -> TopicResult;
}

/// A part of a wave for a topic. They are parts of one function, so that each is compiled only once per event type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Phase {
    /// Appends the inbox to the log.
    Accept,
    /// Delivers to every push group what is due, in order of subscription, and applies the topic's retention.
    Push,
    /// Both.
    All,
}

/// The result of serving a topic in a wave.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TopicResult {
    /// Events that were appended to the log.
    pub(crate) accepted: usize,
    /// When the next retry is due.
    pub(crate) due: Timestamp,
    /// `true` if a handler left events. It gets them with the next delivery.
    pub(crate) left: bool,
}

impl<E: Send + Sync + 'static> AnyTopic for Shared<Events<E>> {
    fn any(&self) -> &Shared<dyn Store> {
        self
    }

    /// The groups are moved out of the topic while they run, and nothing is locked, so that handlers can publish to the
    /// topic that they read from, and inspect it.
    fn serve(&self, world: &mut World, now: Timestamp, phase: Phase) -> TopicResult {
        let mut state = self.lock();
        let mut served = TopicResult { accepted: 0, due: Timestamp::MAX, left: false };
        if phase != Phase::Push {
            served.accepted = state.accept(now);
        }
        if phase == Phase::Accept {
            return served;
        }
        let mut groups = state.lend();
        let (mut subscribers, log) = state.store.lend();
        drop(state);

        let facts = BatchFacts { topic: self.id, now, attempt: 1 };
        let info = RunInfo { start: log.start(), end: log.end(), now };
        // The groups in the fast lane share the new events, which are looked up once.
        let mut source = BatchSource::new(log.from(self.lane.next()), None, facts);
        let count = source.len();
        let mut wave = Wave::begin(&self.lane, groups.len(), info, count);
        for (place, (core, subscriber)) in groups.iter_mut().zip(&mut subscribers).enumerate() {
            if !wave.go_on(place, core) {
                wave.run(core, &mut View { subscriber, log: &log, facts, shared: self, world });
            } else if count > 0
                && let Some((_, handler)) = subscriber.handlers.first_mut()
            {
                let outcome = handler.call(&mut source, world);
                let left = source.offer.left;
                if outcome.is_err() || left > 0 {
                    let mut members = View { subscriber, log: &log, facts, shared: self, world };
                    wave.leave_lane(core, &mut members, outcome, left);
                }
            }
        }

        let lost = self.change(|state| {
            let result = wave.end(&groups);
            (served.due, served.left) = (result.due, result.left);
            // The log is dropped while the state is locked: until the groups are back, nothing may be forgotten.
            drop(log);
            state.store.restore(subscribers);
            state.restore(groups, result.settled, now)
        });
        if lost {
            // Events that were lost do not hold back their groups any more.
            self.mark_dirty();
        }
        served
    }
}

/// The handlers of a group in a wave.
struct View<'a, E: Send + Sync + 'static> {
    subscriber: &'a mut Subscriber<E>,
    log: &'a Log<E>,
    facts: BatchFacts,
    shared: &'a Shared<Events<E>>,
    world: &'a mut World,
}

impl<E: Send + Sync + 'static> Members for View<'_, E> {
    fn count(&self) -> usize {
        self.subscriber.handlers.len()
    }

    fn offer(&mut self, next: u64, screen: Screen) -> Offered {
        let Self { subscriber, log, world, facts, .. } = self;
        let Subscriber { handlers, selector, .. } = &mut **subscriber;
        let Some((_, handler)) = handlers.first_mut() else { return Offered { outcome: Ok(()), next, screen } };
        let mut filter = Filter { screen, selector: selector.take() };
        let mut source = BatchSource::new(log.from(next), Some(&mut filter), *facts);
        let count = source.len();
        let outcome = handler.call(&mut source, world);
        if outcome.is_err() && source.offer.left == count {
            // The handler failed before it took an event. The failure applies to the event that it would have taken.
            source.take_one();
        }
        let next = log.end() - source.offer.left as u64;
        handlers.rotate_left(1);
        *selector = filter.selector;
        Offered { outcome, next, screen: filter.screen }
    }

    fn offer_again(&mut self, key: Key, attempt: u32) -> Option<(HandlerResult, bool)> {
        let Self { subscriber, log, world, .. } = self;
        let Subscriber { handlers, copies, .. } = &mut **subscriber;
        let envelope = if key.copy == 0 { log.get(key.seq) } else { copies.get(key.copy) }?;
        let facts = BatchFacts { attempt, ..self.facts };
        let mut source = BatchSource::new((slice::from_ref(envelope), &[]), None, facts);
        let outcome = handlers.first_mut()?.1.call(&mut source, world);
        let took = source.offer.left == 0;
        handlers.rotate_left(1);
        Some((outcome, took))
    }

    fn look(&self, key: Key, by_key: bool) -> Option<Look> {
        self.subscriber.look(self.log, key, by_key)
    }

    fn bury(&mut self, loss: Loss) {
        let letters = self.shared.lock().store.dead_letters();
        if let Some((letters, envelope)) = letters.zip(self.subscriber.envelope(self.log, loss.given_up.key)) {
            letters.publish(envelope, loss);
        }
    }

    fn report(&mut self, attempt: Attempt) {
        self.shared.any().report_failure(attempt);
    }

    fn forget_copy(&mut self, copy: u64) {
        self.subscriber.copies.remove(copy);
    }
}

//! Serves one topic in one wave: moves its groups out, runs them, and puts them back. [`AnyTopic`] is the topic as the
//! bus uses it, independent of the event type.

use std::sync::atomic::Ordering;

use bevy_ecs::prelude::*;

use crate::engine::time::Timestamp;
use crate::handles::TopicReport;
use crate::push::Wave;
use crate::shared::Shared;

/// A topic of any event type, as the bus uses it.
pub(crate) trait AnyTopic: Send + Sync {
    fn name(&self) -> &str;

    /// Returns a snapshot of the topic and its groups.
    fn report(&self, now: Timestamp) -> TopicReport;

    /// Returns `true` if the topic can have work to do without a new event: it limits the age, or has pull groups.
    fn is_timed(&self) -> bool;

    /// Evicts what is too old, and lets the backoffs and the waits of pull groups end.
    fn advance(&self, now: Timestamp);

    /// Returns when a pull group has an event that is due again, or was not acked in time, after `now`.
    fn pull_due(&self, now: Timestamp) -> Timestamp;

    /// Runs a part of a wave.
    fn serve(&self, world: &mut World, now: Timestamp, phase: Phase) -> TopicResult;

    /// Refuses all further events.
    fn close(&self);
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

impl<E: Send + Sync + 'static> AnyTopic for Shared<E> {
    fn name(&self) -> &str {
        &self.name
    }

    fn report(&self, now: Timestamp) -> TopicReport {
        self.report(now)
    }

    fn is_timed(&self) -> bool {
        let mut state = self.lock();
        state.core.config.max_age.is_some() || !state.pull_groups().0.is_empty()
    }

    fn advance(&self, now: Timestamp) {
        let mut state = self.lock();
        let (groups, log) = state.pull_groups();
        let failures: Vec<_> = groups
            .iter_mut()
            .flat_map(|group| {
                let name = group.common.core.counters.name.clone();
                group.advance(log, now).into_iter().map(move |failure| (name.clone(), failure))
            })
            .collect();
        let evicted = state.retain(now);
        drop(state);
        for (group, failure) in failures {
            self.report_failure(group, failure);
        }
        if let Some(evicted) = evicted {
            self.report_evicted(evicted);
        }
    }

    fn pull_due(&self, now: Timestamp) -> Timestamp {
        let mut state = self.lock();
        let timers = state.pull_groups().0.iter().map(|group| group.common.core.next_timer_after(now));
        timers.min().unwrap_or(Timestamp::MAX)
    }

    /// The groups are moved out of the topic while they run, and nothing is locked, so that handlers can publish to the
    /// topic that they read from, and inspect it.
    fn serve(&self, world: &mut World, now: Timestamp, phase: Phase) -> TopicResult {
        let mut state = self.lock();
        let mut served = TopicResult { accepted: 0, due: Timestamp::MAX, left: false };
        if phase != Phase::Push {
            let (accepted, evicted) = state.accept(now);
            served.accepted = accepted;
            if let Some(evicted) = evicted {
                drop(state);
                self.report_evicted(evicted);
                state = self.lock();
            }
        }
        if phase == Phase::Accept {
            return served;
        }
        let (mut groups, log) = state.lend();
        drop(state);
        let endings = self.endings.load(Ordering::Relaxed);
        let fresh = groups.first().map_or(0, |group| group.common.core.next());
        let wave = Wave::new(&log, self.id, now, fresh, self);
        let (mut fresh, mut result) = (wave.fresh(), wave.result());
        for group in &mut groups {
            group.run(world, &wave, &mut fresh, &mut result);
        }
        let ended = if self.endings.load(Ordering::Relaxed) == endings {
            None
        } else {
            Some(groups.extract_if(.., |group| group.common.core.counters.has_ended()).collect::<Vec<_>>())
        };
        (served.due, served.left) = (result.due, result.left);
        let mut state = self.lock();
        // The log is dropped while the state is locked: until the groups are back, nothing may be forgotten.
        drop(log);
        let left = state.restore(groups, result.settled);
        let evicted = state.retain(now);
        drop(state);
        // Dropped while nothing is locked: values that handlers own may publish when they are dropped.
        drop((left, ended));
        if let Some(evicted) = evicted {
            self.report_evicted(evicted);
        }
        served
    }

    fn close(&self) {
        self.lock().core.closed = true;
    }
}

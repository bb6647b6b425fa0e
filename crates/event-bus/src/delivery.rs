//! Serves one topic in one wave: moves its groups out, runs them, and puts them back. [`AnyTopic`] is the topic as the
//! bus uses it, independent of the event type.

use std::sync::atomic::Ordering;

use bevy_ecs::prelude::*;

use super::pull::{Consumer, PullError};
use super::push::Wave;
use super::stats::TopicReport;
use super::topic::{Event, Shared, Topic};

/// A topic of any event type, as the bus uses it.
pub(super) trait AnyTopic: Send + Sync {
    fn name(&self) -> &str;

    /// Returns a snapshot of the topic and its groups.
    fn report(&self, now: u64) -> TopicReport;

    /// Runs these steps of a wave.
    fn serve(&self, world: &mut World, now: u64, steps: Steps) -> Served;
}

/// The steps of a wave for a topic. They are parts of one function, so that each is compiled only once per event type.
#[derive(Clone, Copy)]
pub(super) struct Steps {
    /// Appends the inbox to the log.
    pub(super) accept: bool,
    /// Delivers to every push group what is due, in order of subscription.
    pub(super) push: bool,
    /// Applies the topic's retention. An evicted event that a group was not done with can become a dead letter.
    pub(super) retain: bool,
}

/// The result of serving a topic in a wave.
#[derive(Clone, Copy)]
pub(super) struct Served {
    /// Events that were appended to the log.
    pub(super) accepted: usize,
    /// When the next retry is due: `u64::MAX` for never.
    pub(super) due: u64,
    /// `true` if a handler left events. It gets them with the next delivery.
    pub(super) left: bool,
}

impl<E: Event> AnyTopic for Shared<E> {
    fn name(&self) -> &str {
        &self.name
    }

    fn report(&self, now: u64) -> TopicReport {
        let state = self.lock();
        let groups = state.groups(now).map(|(name, stats)| (name.to_string(), stats)).collect();
        TopicReport { name: self.name.to_string(), stats: state.stats(now), groups }
    }

    /// The groups are moved out of the topic while they run, and nothing is locked, so that handlers can publish to the
    /// topic that they read from, and inspect it.
    fn serve(&self, world: &mut World, now: u64, steps: Steps) -> Served {
        let mut state = self.lock();
        let mut served = Served { accepted: 0, due: u64::MAX, left: false };
        if steps.accept {
            served.accepted = state.accept(now);
        }
        let mut left = None;
        if steps.push {
            let (mut groups, log) = state.lend();
            drop(state);
            let endings = self.endings.load(Ordering::Relaxed);
            let wave = Wave::new(self, &log, now, groups.first().map_or(0, |group| group.ledger.next()));
            let (mut fresh, mut remains) = (wave.fresh(), wave.remains());
            for group in &mut groups {
                group.run(world, &wave, &mut fresh, &mut remains);
            }
            if self.endings.load(Ordering::Relaxed) != endings {
                groups.retain(|group| !group.has_ended());
            }
            drop(log);
            served.due = remains.due;
            served.left = remains.left;
            state = self.lock();
            left = state.restore(groups, remains.settled);
        }
        let lost = if steps.retain { state.retain(now) } else { None };
        drop(state);
        // Dropped while nothing is locked: values that handlers own may publish when they are dropped.
        drop(left);
        if let Some(lost) = lost {
            self.lost(world, lost);
        }
        served
    }
}

/// Rejects a pulled event. If it is given up, its dead letter is sent.
pub(super) fn nack<E: Event + Clone>(
    world: &mut World,
    topic: &Topic<E>,
    by: &Consumer<E>,
    seq: u64,
    now: u64,
) -> Result<(), PullError> {
    let given_up = topic.puller(by, |group, log| group.nack(log, seq, now))??;
    if let Some((attempts, envelope)) = given_up {
        topic.0.dead(world, &envelope, by.group.clone(), attempts, None);
    }
    Ok(())
}

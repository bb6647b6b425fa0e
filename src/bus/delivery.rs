//! One topic in one wave: its groups are lent out, run, and taken back.
//!
//! Comes in: a world, and the time. Goes out: the topic, moved on. A bus knows its topics by what is said here, whatever their
//! events are.

use std::sync::atomic::Ordering;

use bevy_ecs::prelude::*;

use super::pull::{Consumer, PullError};
use super::push::Wave;
use super::stats::TopicReport;
use super::topic::{Event, Shared, Topic};

/// A topic as a bus has it.
pub(super) trait AnyTopic: Send + Sync {
    fn name(&self) -> &str;

    /// The topic and its groups, as they are now.
    fn report(&self, now: u64) -> TopicReport;

    /// Does these steps of a wave.
    fn serve(&self, world: &mut World, now: u64, steps: Steps) -> Served;
}

/// What a wave does with a topic. It is one function with three parts, so that each part is there once for each type of event.
#[derive(Clone, Copy)]
pub(super) struct Steps {
    /// Takes the inbox in.
    pub(super) accept: bool,
    /// Gives every push group what is due to it, in the order in which they subscribed.
    pub(super) push: bool,
    /// Holds the topic's retention. What a group still wanted becomes a dead letter.
    pub(super) retain: bool,
}

/// What became of a topic in a wave.
#[derive(Clone, Copy)]
pub(super) struct Served {
    /// Events that were taken in.
    pub(super) accepted: usize,
    /// When one of its groups is to be called though nothing new has come: `u64::MAX` for never.
    pub(super) due: u64,
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

    /// The groups are lent out of the topic while they run, so that handlers can publish to the very topic that they read from, and
    /// can read it.
    fn serve(&self, world: &mut World, now: u64, steps: Steps) -> Served {
        let mut state = self.lock();
        let mut served = Served { accepted: 0, due: u64::MAX };
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
            state = self.lock();
            left = state.restore(groups, remains.settled);
        }
        let lost = if steps.retain { state.retain(now) } else { None };
        drop(state);
        // What handlers own goes when nothing is locked.
        drop(left);
        if let Some(lost) = lost {
            self.lost(world, lost);
        }
        served
    }
}

/// A pulled event is to be given again, or is given up: then its dead letter is sent.
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

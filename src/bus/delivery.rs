//! One topic in one wave: its groups are lent out, run, and taken back.
//!
//! Comes in: a world, and the time. Goes out: the topic, moved on. A bus knows its topics by what is said here, whatever their
//! events are.

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

    /// Takes the inbox in. Returns how many events that were.
    fn accept(&self, now: u64) -> usize;

    /// Takes the inbox in if that is to be done, and gives every push group what is due to it, in the order in which they
    /// subscribed.
    fn deliver(&self, world: &mut World, now: u64, accept: bool) -> Delivered;

    /// Holds the topic's retention. What a group still wanted becomes a dead letter.
    fn retain(&self, world: &mut World, now: u64);
}

/// What became of a topic in a wave.
#[derive(Clone, Copy)]
pub(super) struct Delivered {
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

    fn accept(&self, now: u64) -> usize {
        self.lock().accept(now)
    }

    /// The groups are lent out of the topic meanwhile, so that handlers can publish to the very topic that they read from, and
    /// can read it.
    fn deliver(&self, world: &mut World, now: u64, accept: bool) -> Delivered {
        let mut state = self.lock();
        let accepted = if accept { state.accept(now) } else { 0 };
        let (mut groups, log) = state.lend();
        drop(state);

        let wave = Wave::new(self, &log, now, groups.first().map_or(0, |group| group.ledger.next()));
        let (mut due, mut settled) = (u64::MAX, u64::MAX);
        for group in &mut groups {
            due = due.min(group.run(world, &wave));
            settled = settled.min(group.ledger.wanted());
        }
        if wave.some_ended() {
            groups.retain(|group| !group.has_ended());
        }

        drop(log);
        let mut state = self.lock();
        let left = state.restore(groups, settled);
        let lost = state.retain(now);
        drop(state);
        drop(left);
        if !lost.is_empty() {
            self.lost(world, lost);
        }
        Delivered { accepted, due }
    }

    fn retain(&self, world: &mut World, now: u64) {
        let lost = self.lock().retain(now);
        if !lost.is_empty() {
            self.lost(world, lost);
        }
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

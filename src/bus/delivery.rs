//! One topic in one wave: its groups are lent out, run, and taken back.
//!
//! Comes in: a world, and the time. Goes out: the topic, moved on. These are the functions that the registry knows each topic by.

use std::sync::atomic::Ordering;

use bevy_ecs::prelude::*;

use super::pull::{Consumer, PullError};
use super::push::Wave;
use super::registry::Delivered;
use super::report::Report;
use super::topic::{Event, Topic};

/// Takes the inbox in. Returns how many events that were.
pub(super) fn accept<E: Event>(world: &mut World, now: u64) -> usize {
    world.get_resource_mut::<Topic<E>>().map_or(0, |mut topic| topic.accept(now))
}

/// Takes the inbox in if that is to be done, and gives every push group of the topic what is due to it, in the order in which
/// they subscribed.
///
/// The groups are lent out of the topic meanwhile, so that handlers can publish to the very topic that they read from, and can
/// read it.
pub(super) fn deliver<E: Event>(world: &mut World, now: u64, accept: bool) -> Delivered {
    let gone = Delivered { accepted: 0, due: u64::MAX };
    let Some(mut topic) = world.get_resource_mut::<Topic<E>>() else { return gone };
    let accepted = if accept { topic.accept(now) } else { 0 };
    topic.due = u64::MAX;
    let mut groups = topic.lend(now);
    let log = topic.log.clone();
    let endings = topic.endings.clone();
    let report = Report::new(topic.name.clone(), topic.letters);

    let start = groups.first().map_or(0, |group| group.ledger.next);
    let (front, back) = log.from(start, usize::MAX);
    let endings_before = endings.load(Ordering::Relaxed);
    let fresh = (start, front, back);
    let wave = Wave { log: &log, now, report: &report, endings: &endings, endings_before, fresh };
    let (mut due, mut settled) = (u64::MAX, u64::MAX);
    for group in &mut groups {
        due = due.min(group.run(world, &wave));
        settled = settled.min(group.ledger.wanted());
    }
    let some_ended = wave.some_ended();

    drop(log);
    let Some(mut topic) = world.get_resource_mut::<Topic<E>>() else { return gone };
    topic.delivering = false;
    // What was ordered meanwhile has set this to 0.
    topic.due = topic.due.min(due);
    if some_ended {
        groups.retain(|group| !group.ended.load(Ordering::Relaxed));
    }
    // Those that subscribed meanwhile come behind.
    settled = topic.push.iter().map(|group| group.ledger.wanted()).fold(settled, u64::min);
    groups.append(&mut topic.push);
    topic.push = groups;
    topic.settled = topic.pull.iter().map(|group| group.ledger.wanted()).fold(settled, u64::min);
    if !topic.orders.is_empty() {
        topic.carry_out();
        topic.settled = 0;
    }
    let lost = topic.retain(now);
    let due = topic.due;
    report.lost(world, lost);
    Delivered { accepted, due }
}

/// Holds the topic's retention. What a group still wanted becomes a dead letter.
pub(super) fn retain<E: Event>(world: &mut World, now: u64) {
    let Some(mut topic) = world.get_resource_mut::<Topic<E>>() else { return };
    let lost = topic.retain(now);
    let report = Report::new(topic.name.clone(), topic.letters);
    report.lost(world, lost);
}

/// A pulled event is to be given again, or is given up: then its dead letter is sent.
pub(super) fn nack<E: Event + Clone>(world: &mut World, by: &Consumer<E>, seq: u64, now: u64) -> Result<(), PullError> {
    let gone = || PullError::Gone { group: by.group.clone() };
    let mut topic = world.get_resource_mut::<Topic<E>>().ok_or_else(gone)?;
    let log = topic.log.clone();
    let given_up = topic.puller(by)?.nack(&log, seq, now)?;
    let report = Report::new(topic.name.clone(), topic.letters);
    if let Some((attempts, envelope)) = given_up {
        report.dead(world, &envelope, by.group.clone(), attempts, None);
    }
    Ok(())
}

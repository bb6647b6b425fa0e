//! What the named cases share: a topic of pings, handlers that note what they see, and the identity of the ledger.

use std::mem;

use bevy_ecs::prelude::*;
use blockers::bus::{
    Batch, BusExt, Consumer, DeadLetter, Event, Failure, GroupStats, HandlerError, HandlerResult, Reason, Topic,
    TopicBuilder, Verdict,
};

/// What whoever subscribes expects.
pub(crate) const FREE: &str = "the topic is there and the name is free";
/// What whoever publishes expects.
pub(crate) const ROOM: &str = "the topic is there and has room";
/// What whoever uses a group expects.
pub(crate) const THERE: &str = "the group is there";

#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Ping(pub(crate) u32);

/// An event of another topic, where one is needed.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Pong(pub(crate) u32);

/// Who saw what, in the order in which it was seen.
#[derive(Resource, Default)]
pub(crate) struct Seen(pub(crate) Vec<(&'static str, u32)>);

/// A world with pings and their dead letters, and a topic of failures.
pub(crate) fn world() -> World {
    world_with(|pings| pings.max_len(100))
}

/// The same, its pings within these limits.
pub(crate) fn world_with(limits: impl FnOnce(TopicBuilder<'_, Ping>) -> TopicBuilder<'_, Ping>) -> World {
    let mut world = World::new();
    world.init_resource::<Seen>();
    limits(world.add_topic::<Ping>("ping")).dead_letters(100).create().expect("it is the first");
    world.add_topic::<Failure>("failure").create().expect("it is another");
    world
}

/// A handler that notes what it sees under this name.
pub(crate) fn noting(name: &'static str) -> impl FnMut(Batch<Ping>, ResMut<Seen>) + Send + Sync + 'static {
    move |batch: Batch<Ping>, mut seen: ResMut<Seen>| {
        assert_ne!(batch.size_hint().1, Some(0), "{name} is called for nothing");
        seen.0.extend(batch.map(|ping| (name, ping.0)));
    }
}

/// The same for the other topic.
pub(crate) fn noting_pongs(batch: Batch<Pong>, mut seen: ResMut<Seen>) {
    seen.0.extend(batch.map(|pong| ("pong", pong.0)));
}

/// A handler that notes every try under this name, and fails on the numbers of which it is said to.
pub(crate) fn failing(
    name: &'static str,
    mut fails: impl FnMut(u32) -> bool + Send + Sync + 'static,
) -> impl FnMut(Batch<Ping>, ResMut<Seen>) -> HandlerResult + Send + Sync + 'static {
    move |batch: Batch<Ping>, mut seen: ResMut<Seen>| -> HandlerResult {
        assert_ne!(batch.size_hint().1, Some(0), "{name} is called for nothing");
        for ping in batch {
            seen.0.push((name, ping.0));
            if fails(ping.0) {
                return Err(HandlerError::new(format!("{} is bad", ping.0)));
            }
        }
        Ok(())
    }
}

/// Whatever it is, it fails so many times and then works.
pub(crate) fn times(mut left: u32) -> impl FnMut(u32) -> bool + Send + Sync + 'static {
    move |_| {
        let fails = left > 0;
        left = left.saturating_sub(1);
        fails
    }
}

/// Only this number fails, and only the first time.
pub(crate) fn once_on(number: u32) -> impl FnMut(u32) -> bool + Send + Sync + 'static {
    let mut first = true;
    move |other| other == number && mem::take(&mut first)
}

pub(crate) fn publish(world: &mut World, numbers: impl IntoIterator<Item = u32>) {
    for number in numbers {
        world.publish(Ping(number)).expect(ROOM);
    }
}

/// What has been seen since this was asked last.
pub(crate) fn seen(world: &mut World) -> Vec<(&'static str, u32)> {
    mem::take(&mut world.resource_mut::<Seen>().0)
}

/// The numbers of at most so many events that the consumer gets now.
pub(crate) fn pulled(world: &mut World, by: &Consumer<Ping>, most: usize, now: u64) -> Vec<u32> {
    world.pull(by, most, now).expect(THERE).iter().map(|ping| ping.0).collect()
}

pub(crate) fn retained(world: &World) -> Vec<u32> {
    world.resource::<Topic<Ping>>().retained().into_iter().map(|ping| ping.0).collect()
}

pub(crate) fn letters(world: &World) -> Vec<DeadLetter<Ping>> {
    world.resource::<Topic<DeadLetter<Ping>>>().retained().into_iter().map(|letter| letter.body().clone()).collect()
}

/// What a dead letter of a group of pings says.
pub(crate) fn verdict(group: &'static str, reason: Reason, attempts: u32, last_error: Option<&str>) -> Verdict {
    Verdict { topic: "ping".into(), group: group.into(), reason, attempts, last_error: last_error.map(str::to_owned) }
}

pub(crate) fn stats(world: &World, group: &str) -> GroupStats {
    stats_of::<Ping>(world, group, 0)
}

pub(crate) fn stats_of<E: Event>(world: &World, group: &str, now: u64) -> GroupStats {
    world.resource::<Topic<E>>().group(group, now).expect(THERE)
}

/// Nothing is lost silently: whatever came to a group of pings that began with the first one is somewhere.
pub(crate) fn balances(world: &World, group: &str) {
    balances_from::<Ping>(world, group, 0);
}

/// The same for a group of any topic that began with this `seq`.
pub(crate) fn balances_from<E: Event>(world: &World, group: &str, start: u64) {
    let published = world.resource::<Topic<E>>().stats(0).published;
    let stats = stats_of::<E>(world, group, 0);
    let came = published.saturating_sub(start) + stats.replayed + stats.redelivered;
    let done = stats.acked + stats.dead + stats.expired + stats.duplicates + stats.evicted + stats.skipped;
    assert_eq!(came, done + stats.pending + stats.in_backoff, "the ledger of `{group}`: {stats:?}");
}

/// Tries, tries that failed, events that are done, events that are given up.
pub(crate) fn counts(world: &World, group: &str) -> (u64, u64, u64, u64) {
    let GroupStats { delivered, failed, acked, dead, .. } = stats(world, group);
    (delivered, failed, acked, dead)
}

/// Pings are the same if their numbers are.
pub(crate) fn key(ping: &Ping) -> u64 {
    ping.0.into()
}

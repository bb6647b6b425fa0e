//! Shared by the tests: a topic of pings, handlers that record the events they receive, and a check that the counters
//! balance.

use std::borrow::Cow;
use std::mem;
use std::time::Duration;

use bevy_ecs::prelude::*;
use blockers_event_bus::{
    Batch, Consumer, DeadLetter, Delivery, Failure, GroupStats, HandlerError, HandlerResult, HandlerSystem, Member,
    Reason, Timestamp, Topic, TopicBuilder, Verdict, WiringError, WorldBusExt,
};

#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Ping(pub(crate) u32);

/// An event of a second topic.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Pong(pub(crate) u32);

/// The names of the handlers and the numbers of the events that they received, in order.
#[derive(Resource, Default)]
pub(crate) struct Seen(pub(crate) Vec<(&'static str, u32)>);

/// Returns a point in time.
pub(crate) fn at(milliseconds: u64) -> Timestamp {
    Timestamp::from_millis(milliseconds)
}

/// Returns a span of time.
pub(crate) fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// The result of a delivery, with the time in milliseconds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Did {
    pub(crate) waves: u32,
    pub(crate) events: u64,
    pub(crate) overrun: bool,
    pub(crate) next_due: Option<u64>,
}

impl From<Delivery> for Did {
    fn from(delivery: Delivery) -> Self {
        let next_due = delivery.next_due.map(Timestamp::as_millis);
        Self { waves: delivery.waves, events: delivery.events, overrun: delivery.overrun, next_due }
    }
}

/// The result of a delivery that had nothing to do.
pub(crate) const NOTHING: Did = Did { waves: 0, events: 0, overrun: false, next_due: None };

/// Shorter calls for the tests.
pub(crate) trait WorldTestExt {
    fn deliver_at(&mut self, now: u64) -> Did;

    fn join_named<E: Send + Sync + 'static, M: 'static>(
        &mut self,
        group: &str,
        system: impl HandlerSystem<E, M>,
    ) -> Result<Member<E>, WiringError>;
}

impl WorldTestExt for World {
    fn deliver_at(&mut self, now: u64) -> Did {
        self.deliver(at(now)).into()
    }

    fn join_named<E: Send + Sync + 'static, M: 'static>(
        &mut self,
        group: &str,
        system: impl HandlerSystem<E, M>,
    ) -> Result<Member<E>, WiringError> {
        let group = self.topic::<E>()?.group_handle(group)?;
        self.join(&group, system)
    }
}

/// Returns a world with a topic of pings, one of their dead letters, and one of failures.
pub(crate) fn world() -> World {
    world_with(|pings| pings.max_len(100))
}

/// Returns the same world, with these limits for the topic of pings.
pub(crate) fn world_with(limits: impl FnOnce(TopicBuilder<'_, Ping>) -> TopicBuilder<'_, Ping>) -> World {
    let mut world = World::new();
    world.init_resource::<Seen>();
    limits(world.add_topic::<Ping>("ping")).dead_letters(100).create().unwrap();
    world.add_topic::<Failure>("failure").create().unwrap();
    world
}

/// Returns a handler that records its events under this name.
pub(crate) fn noting(name: &'static str) -> impl FnMut(Batch<Ping>, ResMut<Seen>) + Send + Sync + 'static {
    move |batch: Batch<Ping>, mut seen: ResMut<Seen>| {
        assert_ne!(batch.size_hint().1, Some(0), "{name} is called without an event");
        seen.0.extend(batch.map(|ping| (name, ping.0)));
    }
}

/// Does the same for the second topic.
pub(crate) fn noting_pongs(batch: Batch<Pong>, mut seen: ResMut<Seen>) {
    seen.0.extend(batch.map(|pong| ("pong", pong.0)));
}

/// Returns a handler that records every attempt under this name, and fails on the numbers for which `fails` is `true`.
pub(crate) fn failing(
    name: &'static str,
    mut fails: impl FnMut(u32) -> bool + Send + Sync + 'static,
) -> impl FnMut(Batch<Ping>, ResMut<Seen>) -> HandlerResult + Send + Sync + 'static {
    move |batch: Batch<Ping>, mut seen: ResMut<Seen>| -> HandlerResult {
        assert_ne!(batch.size_hint().1, Some(0), "{name} is called without an event");
        for ping in batch {
            seen.0.push((name, ping.0));
            if fails(ping.0) {
                return Err(HandlerError::new(format!("{} is bad", ping.0)));
            }
        }
        Ok(())
    }
}

/// For [`failing`]: the first attempts fail, this many of them, whatever the number.
pub(crate) fn times(mut left: u32) -> impl FnMut(u32) -> bool + Send + Sync + 'static {
    move |_| {
        let fails = left > 0;
        left = left.saturating_sub(1);
        fails
    }
}

/// For [`failing`]: only this number fails, and only the first time.
pub(crate) fn once_on(number: u32) -> impl FnMut(u32) -> bool + Send + Sync + 'static {
    let mut first = true;
    move |other| other == number && mem::take(&mut first)
}

pub(crate) fn publish(world: &mut World, numbers: impl IntoIterator<Item = u32>) {
    for number in numbers {
        world.publish(Ping(number)).unwrap();
    }
}

/// Returns what the handlers have received since the last call.
pub(crate) fn seen(world: &mut World) -> Vec<(&'static str, u32)> {
    mem::take(&mut world.resource_mut::<Seen>().0)
}

/// Pulls at most `most` events, and returns their numbers.
pub(crate) fn pulled(world: &mut World, by: &Consumer<Ping>, most: usize, now: u64) -> Vec<u32> {
    world.pull(by, most, at(now)).unwrap().iter().map(|ping| ping.0).collect()
}

pub(crate) fn retained(world: &World) -> Vec<u32> {
    world.resource::<Topic<Ping>>().retained().into_iter().map(|ping| ping.0).collect()
}

pub(crate) fn letters(world: &World) -> Vec<DeadLetter<Ping>> {
    world.resource::<Topic<DeadLetter<Ping>>>().retained().into_iter().map(|letter| letter.event().clone()).collect()
}

/// The verdict that a dead letter of a group of pings must have. It can be compared with a [`Verdict`].
#[derive(Debug)]
pub(crate) struct Expected(&'static str, Reason, u32, Option<String>);

pub(crate) fn verdict(group: &'static str, reason: Reason, attempts: u32, last_error: Option<&str>) -> Expected {
    Expected(group, reason, attempts, last_error.map(str::to_owned))
}

impl PartialEq<Expected> for Verdict {
    fn eq(&self, Expected(group, reason, attempts, last_error): &Expected) -> bool {
        self.topic == "ping"
            && (&self.group, self.reason, self.attempts) == (&Cow::Borrowed(*group), *reason, *attempts)
            && self.last_error == *last_error
    }
}

pub(crate) fn stats(world: &World, group: &str) -> GroupStats {
    stats_of::<Ping>(world, group, 0)
}

pub(crate) fn stats_of<E: Send + Sync + 'static>(world: &World, group: &str, now: u64) -> GroupStats {
    world.resource::<Topic<E>>().group(group, at(now)).unwrap()
}

/// Asserts that the counters balance, for a group of pings that started with the first event.
pub(crate) fn balances(world: &World, group: &str) {
    balances_from::<Ping>(world, group, 0);
}

/// Asserts the same for a group of any topic that started with this `seq`.
pub(crate) fn balances_from<E: Send + Sync + 'static>(world: &World, group: &str, start: u64) {
    let published = world.resource::<Topic<E>>().stats(at(0)).published;
    let stats = stats_of::<E>(world, group, 0);
    assert_eq!(stats.start, start, "the start of `{group}`");
    assert_eq!(stats.balance(published), Ok(()), "the counters of `{group}`: {stats:?}");
}

/// Returns the counters for attempts, failed attempts, acknowledged events and dead letters.
pub(crate) fn counts(world: &World, group: &str) -> (u64, u64, u64, u64) {
    let GroupStats { delivered, failed, acked, dead, .. } = stats(world, group);
    (delivered, failed, acked, dead)
}

/// The key for deduplication: pings with the same number are duplicates.
pub(crate) fn key(ping: &Ping) -> u64 {
    ping.0.into()
}

/// Returns the failures that were published, oldest first.
pub(crate) fn failures(world: &World) -> Vec<Failure> {
    world.resource::<Topic<Failure>>().retained().into_iter().map(|failure| failure.event().clone()).collect()
}

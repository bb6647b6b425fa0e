//! The core of the bus: order, groups, waves, failures, retention, counters.

use bevy_ecs::prelude::*;
use blockers_event_bus::{
    Batch, Bus, Failure, GroupStats, HandlerError, HandlerResult, HandlerSystem, MAX_WAVES, PublishError, Publisher,
    Topic, WiringError, WorldBusExt,
};

use super::common::{Did, WorldTestExt, at};
use proptest::prelude::*;

#[derive(Clone, Copy, PartialEq, Debug)]
struct Ping(u32);

#[derive(Clone, Copy, PartialEq, Debug)]
struct Pong(u32);

/// The names of the handlers and the numbers of the events that they received, in order.
#[derive(Resource, Default, PartialEq, Debug)]
struct Seen(Vec<(&'static str, u32)>);

fn world() -> World {
    let mut world = World::new();
    world.init_resource::<Seen>();
    world.add_topic::<Ping>("ping").max_len(100).create().unwrap();
    world.add_topic::<Pong>("pong").create().unwrap();
    world.add_topic::<Failure>("failure").create().unwrap();
    world
}

/// Returns a handler that records its events under this name.
fn noting(name: &'static str) -> impl FnMut(Batch<Ping>, ResMut<Seen>) + Send + Sync + 'static {
    move |batch: Batch<Ping>, mut seen: ResMut<Seen>| seen.0.extend(batch.map(|ping| (name, ping.0)))
}

fn subscribe<M: 'static>(world: &mut World, name: &'static str, system: impl HandlerSystem<Ping, M>) {
    world.subscribe::<Ping>(name).handler(system).unwrap();
}

fn publish(world: &mut World, numbers: impl IntoIterator<Item = u32>) {
    for number in numbers {
        world.publish(Ping(number)).unwrap();
    }
}

fn did(waves: u32, events: u64) -> Did {
    Did { waves, events, overrun: false, next_due: None }
}

fn seen(world: &mut World) -> Vec<(&'static str, u32)> {
    std::mem::take(&mut world.resource_mut::<Seen>().0)
}

fn stats<E: Send + Sync + 'static>(world: &World, group: &str) -> GroupStats {
    world.resource::<Topic<E>>().group(group, at(0)).unwrap()
}

/// Returns the counters for attempts, acknowledged events and failed attempts.
fn counts<E: Send + Sync + 'static>(world: &World, group: &str) -> (u64, u64, u64) {
    let stats = stats::<E>(world, group);
    (stats.delivered, stats.acked, stats.failed)
}

fn failures(world: &World) -> Vec<(String, String, u64, String)> {
    let retained = world.resource::<Topic<Failure>>().retained().into_iter();
    retained
        .map(|failure| (failure.topic.to_string(), failure.group.to_string(), failure.seq, failure.error.to_string()))
        .collect()
}

#[test]
fn every_group_sees_every_event_in_order_of_publication() {
    let mut world = world();
    subscribe(&mut world, "one", noting("one"));
    subscribe(&mut world, "two", noting("two"));
    publish(&mut world, [1, 2, 3]);
    assert!(seen(&mut world).is_empty(), "nothing is delivered before `deliver`");
    assert_eq!(world.deliver_at(5), did(1, 3));
    assert_eq!(seen(&mut world), [("one", 1), ("one", 2), ("one", 3), ("two", 1), ("two", 2), ("two", 3)]);
    assert_eq!(world.deliver_at(6), did(0, 0), "no event is delivered twice");
}

#[test]
fn envelopes_are_numbered_without_gaps_and_stamped_with_the_callers_time() {
    let mut world = world();
    assert_eq!(world.publish(Ping(7)), Ok(0));
    world.deliver_at(10);
    assert_eq!((world.publish(Ping(8)), world.publish(Ping(9))), (Ok(1), Ok(2)));
    // The bus does not check that the caller's clock is monotonic.
    world.deliver_at(4);
    let kept: Vec<_> = world
        .resource::<Topic<Ping>>()
        .retained()
        .into_iter()
        .map(|ping| (ping.seq(), ping.timestamp().as_millis(), ping.event().0))
        .collect();
    assert_eq!(kept, [(0, 10, 7), (1, 4, 8), (2, 4, 9)]);
}

#[test]
fn events_that_a_handler_publishes_are_delivered_in_the_next_wave() {
    let mut world = world();
    let answer = |batch: Batch<Ping>, pongs: Publisher<Pong>, pings: Publisher<Ping>, mut seen: ResMut<Seen>| {
        for ping in batch {
            seen.0.push(("answer", ping.0));
            if ping.0 < 2 {
                pongs.publish(Pong(ping.0)).unwrap();
                pings.publish(Ping(ping.0 + 1)).unwrap();
            }
        }
    };
    subscribe(&mut world, "answer", answer);
    subscribe(&mut world, "late", noting("late"));
    let note = |batch: Batch<Pong>, mut seen: ResMut<Seen>| seen.0.extend(batch.map(|pong| ("pong", pong.0)));
    world.subscribe::<Pong>("note").handler(note).unwrap();
    publish(&mut world, [0]);
    assert_eq!(world.deliver_at(0), did(3, 5));
    let expected = [
        [("answer", 0), ("late", 0)].as_slice(),
        &[("answer", 1), ("late", 1), ("pong", 0)],
        &[("answer", 2), ("late", 2), ("pong", 1)],
    ];
    assert_eq!(seen(&mut world), expected.concat());
}

#[test]
fn a_cycle_of_handlers_stops_at_the_wave_limit_and_continues_with_the_next_call() {
    let mut world = world();
    let again = |batch: Batch<Ping>, pings: Publisher<Ping>| {
        for ping in batch {
            pings.publish(Ping(ping.0 + 1)).unwrap();
        }
    };
    subscribe(&mut world, "again", again);
    publish(&mut world, [0]);
    for call in 1..=3u64 {
        let delivery = world.deliver_at(0);
        assert_eq!(delivery, Did { overrun: true, ..did(MAX_WAVES, MAX_WAVES.into()) });
        assert_eq!(world.resource::<Bus>().overruns(), call);
        assert_eq!(world.resource::<Topic<Ping>>().stats(at(0)).published, call * u64::from(MAX_WAVES));
    }
}

#[test]
fn an_error_is_counted_and_published_and_affects_no_other_event_or_group() {
    let mut world = world();
    let odd = |batch: Batch<Ping>, mut seen: ResMut<Seen>| -> HandlerResult {
        for ping in batch {
            if ping.0 % 2 == 1 {
                return Err(HandlerError::new(format!("{} is odd", ping.0)));
            }
            seen.0.push(("even", ping.0));
        }
        Ok(())
    };
    subscribe(&mut world, "before", noting("before"));
    world.subscribe::<Ping>("even").handler(odd).unwrap();
    subscribe(&mut world, "after", noting("after"));
    publish(&mut world, [0, 1, 2, 3]);
    world.deliver_at(0);
    let expected = [
        [("before", 0), ("before", 1), ("before", 2), ("before", 3)].as_slice(),
        &[("even", 0), ("even", 2)],
        &[("after", 0), ("after", 1), ("after", 2), ("after", 3)],
    ];
    assert_eq!(seen(&mut world), expected.concat());
    assert_eq!(counts::<Ping>(&world, "even"), (4, 4, 2), "at most once, a delivered event is acknowledged");
    assert_eq!(counts::<Ping>(&world, "after"), (4, 4, 0));
    let expected = [
        ("ping".to_owned(), "even".to_owned(), 1, "1 is odd".to_owned()),
        ("ping".to_owned(), "even".to_owned(), 3, "3 is odd".to_owned()),
    ];
    assert_eq!(failures(&world), expected);
}

#[test]
fn commands_of_a_failed_handler_are_applied() {
    let mut world = world();
    #[derive(Component)]
    struct Mark;
    let fail = |mut batch: Batch<Ping>, mut commands: Commands| -> HandlerResult {
        if batch.next().is_some() {
            commands.spawn(Mark);
        }
        Err(HandlerError::new("after the command"))
    };
    world.subscribe::<Ping>("fail").handler(fail).unwrap();
    publish(&mut world, [1, 2]);
    world.deliver_at(0);
    assert_eq!(world.query::<&Mark>().iter(&world).count(), 2);
}

#[test]
fn a_handler_with_a_missing_parameter_fails() {
    #[derive(Resource)]
    struct Absent;
    let mut world = world();
    subscribe(&mut world, "wants", |_: Batch<Ping>, _: Res<Absent>| {});
    subscribe(&mut world, "after", noting("after"));
    publish(&mut world, [1, 2]);
    world.deliver_at(0);
    assert_eq!(counts::<Ping>(&world, "wants"), (2, 2, 2));
    assert_eq!(seen(&mut world), [("after", 1), ("after", 2)]);
    assert_eq!(failures(&world).len(), 2);
    world.insert_resource(Absent);
    publish(&mut world, [3]);
    world.deliver_at(0);
    assert_eq!(failures(&world).len(), 2, "the handler works once the resource exists");
}

#[test]
fn a_failed_handler_of_failures_publishes_no_further_failure() {
    let mut world = world();
    let fail = |batch: Batch<Ping>| batch.take(1).try_for_each(|_| Err(HandlerError::new("no")));
    world.subscribe::<Ping>("fail").handler(fail).unwrap();
    let fail = |batch: Batch<Failure>| batch.take(1).try_for_each(|_| Err(HandlerError::new("no")));
    world.subscribe::<Failure>("fail too").handler(fail).unwrap();
    publish(&mut world, [1]);
    assert_eq!(world.deliver_at(0), did(2, 2));
    assert_eq!(stats::<Failure>(&world, "fail too").failed, 1);
    assert_eq!(failures(&world).len(), 1);
}

#[test]
fn events_that_a_handler_does_not_take_are_delivered_in_the_next_wave() {
    let mut world = world();
    let one = |batch: Batch<Ping>, mut seen: ResMut<Seen>| seen.0.extend(batch.take(1).map(|ping| ("one", ping.0)));
    subscribe(&mut world, "one", one);
    publish(&mut world, [1, 2]);
    world.deliver_at(0);
    assert_eq!(stats::<Ping>(&world, "one").lag, 1);
    publish(&mut world, [3]);
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("one", 1), ("one", 2)]);
}

#[test]
fn the_size_hint_of_a_batch_counts_down() {
    let mut world = world();
    let length = |mut batch: Batch<Ping>, mut seen: ResMut<Seen>| {
        while let (_, Some(left @ 1..)) = batch.size_hint() {
            seen.0.push(("left", left as u32));
            batch.next();
        }
    };
    subscribe(&mut world, "length", length);
    publish(&mut world, [0, 0, 0]);
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("left", 3), ("left", 2), ("left", 1)]);
}

#[test]
fn a_topic_retains_its_newest_events_and_counts_the_evictions_of_a_slow_group() {
    let mut world = World::new();
    world.init_resource::<Seen>();
    world.add_topic::<Ping>("ping").max_len(2).create().unwrap();
    subscribe(&mut world, "idle", |_: Batch<Ping>| {});
    publish(&mut world, 0..5);
    world.deliver_at(0);
    let kept: Vec<_> = world.resource::<Topic<Ping>>().retained().into_iter().map(|ping| ping.0).collect();
    assert_eq!(kept, [3, 4]);
    let idle = stats::<Ping>(&world, "idle");
    assert_eq!((idle.delivered, idle.evicted, idle.lag, idle.pending), (0, 3, 2, 2));
}

#[test]
fn a_new_group_starts_with_the_events_in_the_inbox() {
    let mut world = world();
    publish(&mut world, [1]);
    world.deliver_at(0);
    publish(&mut world, [2]);
    subscribe(&mut world, "new", noting("new"));
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("new", 2)]);
}

#[test]
fn a_group_subscribed_by_a_handler_starts_with_the_next_wave() {
    let mut world = world();
    let grow = |batch: Batch<Ping>, mut commands: Commands| {
        if batch.count() > 0 {
            commands.queue(|world: &mut World| {
                // The second call returns an error, because the name is taken.
                let _ = world.subscribe::<Ping>("grown").handler(noting("grown"));
            });
        }
    };
    subscribe(&mut world, "grow", grow);
    publish(&mut world, [1]);
    world.deliver_at(0);
    assert!(seen(&mut world).is_empty());
    publish(&mut world, [2]);
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("grown", 2)]);
}

#[test]
fn wrong_wiring_returns_an_error_with_a_message() {
    let mut world = world();
    subscribe(&mut world, "one", |_: Batch<Ping>| {});
    struct Unknown;
    let cases = [
        (world.add_topic::<Ping>("another").create().map(drop), "`bus::core::Ping` already has the topic `ping`"),
        (world.add_topic::<Unknown>("ping").create().map(drop), "there is a topic with the name `ping` already"),
        (
            world.subscribe::<Ping>("one").handler(|_: Batch<Ping>| {}).map(drop),
            "topic `ping` has a group `one` already",
        ),
    ];
    for (outcome, message) in cases {
        assert_eq!(outcome.map_err(|error| error.to_string()), Err(message.to_owned()));
    }
    assert!(matches!(world.publish(Unknown), Err(PublishError::NoTopic(Unknown))));
    assert!(matches!(world.subscribe::<Unknown>("x").handler(|_: Batch<Unknown>| {}), Err(WiringError::NoTopic(_))));
    assert_eq!(world.resource::<Bus>().topics(), ["ping", "pong", "failure"]);
}

/// What a group does with an event, by the event's number.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Answer {
    Ack,
    Fail,
    Chain,
}

fn answer(group: u32, number: u32) -> Answer {
    match (number + group) % 7 {
        0 => Answer::Fail,
        1 if number < 1_000 => Answer::Chain,
        _ => Answer::Ack,
    }
}

proptest! {
    /// The model is a list and three counters.
    #[test]
    fn the_bus_and_a_naive_model_agree(rounds in prop::collection::vec(prop::collection::vec(0u32..1_000, 0..6), 1..8)) {
        let mut world = world();
        const GROUPS: [&str; 3] = ["0", "1", "2"];
        for (group, name) in (0..).zip(GROUPS) {
            let handler = move |batch: Batch<Ping>, pings: Publisher<Ping>, mut seen: ResMut<Seen>| -> HandlerResult {
                for ping in batch {
                    match answer(group, ping.0) {
                        Answer::Fail => Err(HandlerError::new("no"))?,
                        // The new number is at least 1,000, so it is not chained again.
                        Answer::Chain => { pings.publish(Ping(ping.0 + 1_000)).unwrap(); }
                        Answer::Ack => {}
                    }
                    seen.0.push((GROUPS[group as usize], ping.0));
                }
                Ok(())
            };
            world.subscribe::<Ping>(name).handler(handler).unwrap();
        }

        let mut log: Vec<u32> = Vec::new();
        let (mut trail, mut failed) = (Vec::new(), [0; 3]);
        for round in rounds {
            publish(&mut world, round.iter().copied());
            world.deliver_at(0);
            let mut wave = round;
            while !wave.is_empty() {
                log.extend(&wave);
                let mut next = Vec::new();
                for group in 0..3 {
                    for &number in &wave {
                        match answer(group, number) {
                            Answer::Fail => { failed[group as usize] += 1; continue; }
                            Answer::Chain => next.push(number + 1_000),
                            Answer::Ack => {}
                        }
                        trail.push((GROUPS[group as usize], number));
                    }
                }
                wave = next;
            }
            prop_assert_eq!(&world.resource::<Seen>().0, &trail);
            let published = log.len() as u64;
            prop_assert_eq!(world.resource::<Topic<Ping>>().stats(at(0)).published, published);
            let kept: Vec<_> = world.resource::<Topic<Ping>>().retained().into_iter().map(|ping| ping.0).collect();
            prop_assert_eq!(&kept[..], &log[log.len().saturating_sub(100)..]);
            for (group, name) in GROUPS.into_iter().enumerate() {
                prop_assert_eq!(counts::<Ping>(&world, name), (published, published, failed[group]));
            }
        }
    }
}

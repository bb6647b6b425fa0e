//! Bad input: handlers that fail, and handlers that never stop.

use bevy_ecs::prelude::*;
use blockers_event_bus::{
    Backoff, Batch, Bus, DeadLetter, DiscardPolicy, Failure, HandlerError, HandlerResult, MAX_WAVES, Publisher, Reason,
    StartAt, Topic, WorldBusExt,
};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg32;

use super::common::{
    Did, NOTHING, Ping, Pong, Seen, WorldTestExt, at, balances, balances_from, failing, letters, ms, noting,
    noting_pongs, publish, pulled, retained, seen, stats, verdict, world, world_with,
};

// Handlers that fail.

#[test]
fn a_handler_that_always_fails_gives_up_every_event_and_affects_no_other_group() {
    let mut world = world();
    world.subscribe::<Ping>("bad").at_least_once().max_deliver(3).handler(failing("bad", |_| true)).unwrap();
    world.subscribe::<Ping>("good").handler(noting("good")).unwrap();
    publish(&mut world, 0..50);
    let delivery = world.deliver_at(0);
    assert!(!delivery.overrun);
    let bad = stats(&world, "bad");
    assert_eq!((bad.delivered, bad.failed, bad.dead, bad.acked, bad.pending), (150, 150, 50, 0, 0));
    let numbers: Vec<_> = letters(&world).iter().map(|letter| letter.event.event().0).collect();
    assert_eq!(numbers, Vec::from_iter(0..50));
    let (good, bad): (Vec<_>, Vec<_>) = seen(&mut world).into_iter().partition(|(name, _)| *name == "good");
    assert_eq!((good.len(), bad.len()), (50, 150));
    balances(&world, "bad");
    balances(&world, "good");
}

/// The attempts of a group, in order: the `seq` of the event, and whether the attempt succeeded.
#[derive(Resource, Default)]
struct Tries(Vec<(u64, bool)>);

/// Delivers 200 events to a handler that fails in one of three attempts. Returns its attempts, and the `seq` of the
/// events that were given up.
fn random_failures(seed: u64) -> (Vec<(u64, bool)>, Vec<u64>) {
    let mut world = world_with(|pings| pings.max_len(1_000));
    world.init_resource::<Tries>();
    let mut rng = Pcg32::seed_from_u64(seed);
    let handler = move |batch: Batch<Ping>, mut tries: ResMut<Tries>| -> HandlerResult {
        for ping in batch {
            let works = rng.random_range(0..3u32) > 0;
            tries.0.push((ping.seq(), works));
            if !works {
                return Err(HandlerError::new("random failure"));
            }
        }
        Ok(())
    };
    let subscription = world.subscribe::<Ping>("a").at_least_once().max_deliver(3).backoff(Backoff::Fixed(ms(5)));
    subscription.handler(handler).unwrap();
    for round in 0..20u32 {
        publish(&mut world, 10 * round..10 * (round + 1));
        world.deliver_at(7 * u64::from(round));
        balances(&world, "a");
    }
    let mut delivery = world.deliver_at(140);
    while let Some(due) = delivery.next_due {
        delivery = world.deliver_at(due);
    }
    let stats = stats(&world, "a");
    assert_eq!((stats.acked + stats.dead, stats.pending, stats.in_backoff), (200, 0, 0));
    balances(&world, "a");
    let dead = letters(&world).iter().map(|letter| letter.event.seq()).collect();
    (std::mem::take(&mut world.resource_mut::<Tries>().0), dead)
}

#[test]
fn a_handler_that_fails_at_random_gets_each_event_in_order_until_it_succeeds_or_is_given_up() {
    for seed in 0..20 {
        let (tries, dead) = random_failures(seed);
        assert!(tries.is_sorted_by_key(|(seq, _)| *seq), "no event overtakes a failed one");
        for seq in 0..200 {
            let own: Vec<_> = tries.iter().filter(|(other, _)| *other == seq).map(|(_, works)| *works).collect();
            let (last, before) = own.split_last().expect("every event has an attempt");
            assert!(before.iter().all(|works| !works), "an event that succeeded is not retried");
            assert_eq!(dead.contains(&seq), !last);
            assert!(own.len() == 3 || *last, "seed {seed}, event {seq}: {own:?}");
        }
        assert_eq!(random_failures(seed), (tries, dead), "the same calls at the same times give the same attempts");
    }
}

#[test]
fn a_handler_that_fails_on_one_event_handles_all_others() {
    let mut world = world();
    world.subscribe::<Ping>("a").at_least_once().max_deliver(2).handler(failing("a", |n| n == 20)).unwrap();
    publish(&mut world, 0..40);
    world.deliver_at(0);
    let expected: Vec<_> = (0..=20).chain(20..40).map(|number| ("a", number)).collect();
    assert_eq!(seen(&mut world), expected);
    assert_eq!(letters(&world).len(), 1);
    assert_eq!((stats(&world, "a").acked, stats(&world, "a").dead), (39, 1));
    balances(&world, "a");
}

#[test]
fn a_handler_that_fails_after_taking_all_events_fails_on_the_last_one() {
    let mut world = world();
    let fail = |batch: Batch<Ping>, mut seen: ResMut<Seen>| -> HandlerResult {
        seen.0.extend(batch.map(|ping| ("a", ping.0)));
        Err(HandlerError::new("failed at the end"))
    };
    world.subscribe::<Ping>("a").at_least_once().max_deliver(2).handler(fail).unwrap();
    publish(&mut world, [1, 2, 3]);
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("a", 1), ("a", 2), ("a", 3), ("a", 3)]);
    assert_eq!((stats(&world, "a").acked, stats(&world, "a").dead), (2, 1));
    balances(&world, "a");
}

#[test]
fn a_handler_that_fails_before_taking_an_event_fails_on_the_first_one() {
    let mut world = world();
    let fail = |_: Batch<Ping>| HandlerResult::Err(HandlerError::new("failed at the start"));
    world.subscribe::<Ping>("a").at_least_once().max_deliver(3).handler(fail).unwrap();
    publish(&mut world, [1, 2]);
    world.deliver_at(0);
    let stats = stats(&world, "a");
    assert_eq!((stats.delivered, stats.failed, stats.dead, stats.pending), (6, 6, 2, 0));
    let verdicts: Vec<_> = letters(&world).into_iter().map(|letter| letter.verdict).collect();
    assert_eq!(verdicts, [(); 2].map(|()| verdict("a", Reason::MaxDeliver, 3, Some("failed at the start"))));
    balances(&world, "a");
}

#[test]
fn a_handler_with_a_missing_parameter_is_retried_and_works_once_the_parameter_exists() {
    #[derive(Resource)]
    struct Absent;
    let mut world = world();
    let wants = |batch: Batch<Ping>, _: Res<Absent>, mut seen: ResMut<Seen>| {
        seen.0.extend(batch.map(|ping| ("a", ping.0)));
    };
    let subscription = world.subscribe::<Ping>("a").at_least_once().max_deliver(3).backoff(Backoff::Fixed(ms(10)));
    subscription.handler(wants).unwrap();
    publish(&mut world, [1, 2]);
    world.deliver_at(0);
    world.deliver_at(10);
    world.insert_resource(Absent);
    world.deliver_at(20);
    assert_eq!(seen(&mut world), [("a", 1), ("a", 2)]);
    let stats = stats(&world, "a");
    assert_eq!((stats.failed, stats.acked, stats.dead), (2, 2, 0));
    balances(&world, "a");
}

#[test]
fn a_max_deliver_of_zero_means_one_attempt() {
    let mut world = world();
    world.subscribe::<Ping>("push").at_least_once().max_deliver(0).handler(failing("push", |_| true)).unwrap();
    let pull = world.subscribe::<Ping>("pull").at_least_once().max_deliver(0).pull().unwrap();
    publish(&mut world, [1]);
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("push", 1)]);
    assert_eq!(pulled(&mut world, &pull, 9, 0), [1]);
    world.nack(&pull, 0, at(0), "nacked").unwrap();
    assert!(pulled(&mut world, &pull, 9, 0).is_empty());
    world.deliver_at(1);
    assert_eq!(letters(&world)[0].verdict, verdict("push", Reason::MaxDeliver, 1, Some("1 is bad")));
    assert_eq!(letters(&world)[1].verdict, verdict("pull", Reason::MaxDeliver, 1, Some("nacked")));
    balances(&world, "push");
    balances(&world, "pull");
}

// Handlers that never stop.

#[test]
fn a_handler_that_always_publishes_is_stopped_at_the_wave_limit_and_other_groups_get_their_events() {
    let mut world = world();
    world.add_topic::<Pong>("pong").create().unwrap();
    let again = |batch: Batch<Ping>, pings: Publisher<Ping>| -> HandlerResult {
        for ping in batch {
            pings.publish(Ping(ping.0 + 1))?;
        }
        Ok(())
    };
    world.subscribe::<Ping>("again").at_least_once().handler(again).unwrap();
    world.subscribe::<Ping>("other").handler(noting("other")).unwrap();
    world.subscribe::<Pong>("pong").handler(noting_pongs).unwrap();
    publish(&mut world, [0]);
    for call in 0..3u32 {
        world.publish(Pong(call)).unwrap();
        let delivery = world.deliver_at(call.into());
        assert!(delivery.overrun);
        assert_eq!(delivery.waves, MAX_WAVES);
        assert_eq!(world.resource::<Bus>().overruns(), u64::from(call) + 1);
        let (pongs, pings): (Vec<_>, Vec<_>) = seen(&mut world).into_iter().partition(|(name, _)| *name == "pong");
        assert_eq!(pongs, [("pong", call)]);
        let first = call * MAX_WAVES;
        assert_eq!(pings, (first..first + MAX_WAVES).map(|number| ("other", number)).collect::<Vec<_>>());
        assert_eq!(retained(&world).len(), usize::min(100, (call as usize + 1) * MAX_WAVES as usize));
        balances(&world, "again");
        balances(&world, "other");
    }
}

#[test]
fn a_handler_that_publishes_two_events_for_each_one_is_bounded_by_a_full_topic() {
    let mut world = world_with(|pings| pings.max_len(8).discard(DiscardPolicy::New));
    let twice = |batch: Batch<Ping>, pings: Publisher<Ping>| -> HandlerResult {
        for ping in batch {
            pings.publish(Ping(ping.0 + 1))?;
            pings.publish(Ping(ping.0 + 1))?;
        }
        Ok(())
    };
    world.subscribe::<Ping>("twice").handler(twice).unwrap();
    publish(&mut world, [0]);
    for now in 0..5 {
        world.deliver_at(now);
        let topic = world.resource::<Topic<Ping>>().stats(at(now));
        assert!(topic.len <= 8 && topic.inbox_len <= 8, "{topic:?}");
        balances(&world, "twice");
    }
    assert!(world.resource::<Topic<Ping>>().stats(at(5)).refused > 0);
    let full = world
        .resource::<Topic<Failure>>()
        .retained()
        .into_iter()
        .all(|failure| failure.error.to_string() == "the topic of `bus::common::Ping` is full");
    assert!(full, "the handler returns the error as its own");
}

#[test]
fn a_handler_that_redelivers_every_dead_letter_is_stopped_at_the_wave_limit() {
    let mut world = world();
    world.subscribe::<Ping>("a").at_least_once().max_deliver(1).handler(failing("a", |_| true)).unwrap();
    let redeliver = |batch: Batch<DeadLetter<Ping>>, world: &mut World| {
        for letter in batch {
            world.redeliver(letter.event()).unwrap();
        }
    };
    world.subscribe::<DeadLetter<Ping>>("redeliver").handler(redeliver).unwrap();
    publish(&mut world, [1]);
    for call in 1..=3 {
        assert!(world.deliver_at(0).overrun);
        assert_eq!(world.resource::<Bus>().overruns(), call);
        balances(&world, "a");
    }
}

#[test]
fn a_handler_that_always_seeks_back_is_stopped_at_the_wave_limit() {
    let mut world = world();
    let back = |batch: Batch<Ping>, mut seen: ResMut<Seen>, mut commands: Commands| {
        seen.0.extend(batch.map(|ping| ("a", ping.0)));
        commands.queue(|world: &mut World| world.seek::<Ping>("a", StartAt::Earliest).unwrap());
    };
    world.subscribe::<Ping>("a").handler(back).unwrap();
    publish(&mut world, [1]);
    assert!(world.deliver_at(0).overrun);
    assert_eq!(seen(&mut world), [("a", 1); MAX_WAVES as usize]);
    balances(&world, "a");
}

#[test]
fn a_delivery_from_inside_a_handler_is_a_no_op() {
    #[derive(Resource, Default)]
    struct Inner(Vec<Did>);
    let mut world = world();
    world.init_resource::<Inner>();
    let topics = world.topic_reports(at(0)).len();
    let nested = move |batch: Batch<Ping>, world: &mut World| {
        for ping in batch {
            world.resource_mut::<Seen>().0.push(("nested", ping.0));
            if ping.0 == 1 {
                publish(world, [3]);
            }
        }
        let inner = world.deliver_at(99);
        world.resource_mut::<Inner>().0.push(inner);
        assert_eq!(world.topic_reports(at(99)).len(), topics);
    };
    world.subscribe::<Ping>("nested").handler(nested).unwrap();
    world.subscribe::<Ping>("other").handler(noting("other")).unwrap();
    publish(&mut world, [1, 2]);
    let delivery = world.deliver_at(5);
    assert_eq!(delivery, Did { waves: 2, events: 3, ..NOTHING });
    assert_eq!(world.resource::<Inner>().0, [NOTHING; 2]);
    let expected = [("nested", 1), ("nested", 2), ("other", 1), ("other", 2), ("nested", 3), ("other", 3)];
    assert_eq!(seen(&mut world), expected);
    assert!(
        world.resource::<Topic<Ping>>().retained().into_iter().all(|ping| ping.timestamp() == at(5)),
        "the time is that of the outer call"
    );
    balances(&world, "nested");
    balances(&world, "other");
}

#[test]
fn a_handler_that_unsubscribes_and_resubscribes_itself_gets_only_later_events() {
    let mut world = world();
    fn leave(batch: Batch<Ping>, mut seen: ResMut<Seen>, mut commands: Commands) {
        seen.0.extend(batch.map(|ping| ("a", ping.0)));
        commands.queue(|world: &mut World| {
            world.unsubscribe::<Ping>("a").unwrap();
            world.subscribe::<Ping>("a").handler(leave).unwrap();
        });
    }
    world.subscribe::<Ping>("a").handler(leave).unwrap();
    for number in 0..5u32 {
        publish(&mut world, [number]);
        assert_eq!(world.deliver_at(0), Did { waves: 1, events: 1, ..NOTHING });
        assert_eq!(seen(&mut world), [("a", number)]);
        assert_eq!(world.resource::<Topic<Ping>>().report(at(0)).groups.len(), 1);
        balances_from::<Ping>(&world, "a", u64::from(number) + 1);
    }
}

#[test]
fn a_handler_that_takes_no_events_is_called_once_in_each_delivery() {
    let mut world = world();
    world.subscribe::<Ping>("a").at_least_once().handler(|_: Batch<Ping>| {}).unwrap();
    publish(&mut world, [1, 2]);
    assert_eq!(world.deliver_at(0), Did { waves: 1, events: 2, next_due: Some(0), ..NOTHING });
    assert_eq!(world.deliver_at(1), Did { waves: 1, next_due: Some(1), ..NOTHING });
    assert_eq!((stats(&world, "a").delivered, stats(&world, "a").pending), (0, 2));
    balances(&world, "a");
}

#[test]
fn competing_handlers_that_take_no_events_are_not_called_in_turn_for_ever() {
    let mut world = world();
    world.subscribe::<Ping>("a").handler(|_: Batch<Ping>| {}).unwrap();
    world.join_named::<Ping, _>("a", |_: Batch<Ping>| {}).unwrap();
    publish(&mut world, [1, 2]);
    assert_eq!(world.deliver_at(0), Did { waves: 1, events: 2, next_due: Some(0), ..NOTHING });
    assert_eq!((stats(&world, "a").delivered, stats(&world, "a").pending), (0, 2));
    balances(&world, "a");
}

#[test]
fn a_topic_created_by_a_handler_is_delivered_in_the_next_wave() {
    let mut world = world();
    let make = |batch: Batch<Ping>, world: &mut World| {
        for ping in batch {
            world.add_topic::<Pong>("pong").create().unwrap();
            world.subscribe::<Pong>("late").handler(noting_pongs).unwrap();
            world.publish(Pong(ping.0)).unwrap();
        }
    };
    world.subscribe::<Ping>("maker").handler(make).unwrap();
    publish(&mut world, [7]);
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("pong", 7)]);
    assert_eq!(world.topic_reports(at(1)).len(), 4);
}

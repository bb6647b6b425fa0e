//! Counters and limits in edge cases. Without these tests, some mutants (`make mutants`) survived.

use bevy_ecs::prelude::*;
use blockers_event_bus::{Batch, NoAnswer, Reason, StartAt, Topic, WorldBusExt};

use super::common::{
    Ping, Seen, WorldTestExt, at, balances, failing, key, ms, noting, publish, seen, stats, world, world_with,
};

#[test]
fn expired_and_duplicate_events_are_counted_even_if_a_later_event_of_the_batch_fails() {
    let mut world = world();
    publish(&mut world, [1, 2]);
    world.deliver_at(0);
    let once =
        world.subscribe::<Ping>("a").effectively_once(8, key).max_deliver(1).ttl(ms(10)).start(StartAt::Earliest);
    once.handler(failing("a", |number| number == 5)).unwrap();
    publish(&mut world, [3, 3, 3, 4, 5]);
    world.deliver_at(10);
    let found = stats(&world, "a");
    assert_eq!((found.expired, found.duplicates, found.acked, found.dead), (2, 2, 2, 1), "{found:?}");
    assert_eq!(seen(&mut world), [("a", 3), ("a", 4), ("a", 5)]);
    balances(&world, "a");
}

#[test]
fn members_take_turns_even_if_some_events_have_expired() {
    let mut world = world();
    publish(&mut world, [1]);
    world.deliver_at(0);
    world.subscribe::<Ping>("a").ttl(ms(10)).start(StartAt::Earliest).handler(noting("one")).unwrap();
    world.join_named::<Ping, _>("a", noting("two")).unwrap();
    publish(&mut world, [2, 3, 4]);
    world.deliver_at(10);
    assert_eq!(seen(&mut world), [("one", 2), ("two", 3), ("one", 4)]);
    assert_eq!(stats(&world, "a").expired, 1);
}

#[test]
fn the_size_hint_of_a_batch_is_exact_wherever_its_events_are_in_the_ring_buffer() {
    let mut world = world_with(|pings| pings.max_len(7));
    let sizes = |batch: Batch<Ping>, mut seen: ResMut<Seen>| {
        let (lower, upper) = batch.size_hint();
        let count = batch.count();
        assert_eq!((lower, upper), (count, Some(count)));
        seen.0.push(("size", count as u32));
    };
    world.subscribe::<Ping>("a").handler(sizes).unwrap();
    let pushed = |n: u32| 1 + n % 5;
    for n in 0..40 {
        publish(&mut world, 0..pushed(n));
        world.deliver_at(u64::from(n));
    }
    assert_eq!(seen(&mut world), Vec::from_iter((0..40).map(|n| ("size", pushed(n)))));
}

#[test]
fn the_capacity_of_a_topic_stops_growing() {
    let mut world = world();
    let room = |world: &World| world.resource::<Topic<Ping>>().stats(at(0)).capacity;
    assert_eq!(room(&world), 0, "nothing is allocated before the first event");
    publish(&mut world, 0..100);
    world.deliver_at(0);
    assert!(
        (100..=200).contains(&room(&world)),
        "the buffer of the inbox has become that of the log: {}",
        room(&world)
    );
    for now in 1..100 {
        publish(&mut world, 0..100);
        world.deliver_at(now);
    }
    let full = room(&world);
    assert!((200..=512).contains(&full), "a log of 100 events with room for 100 more, and an inbox of 100: {full}");
    for now in 100..200 {
        publish(&mut world, 0..100);
        world.deliver_at(now);
        assert_eq!(room(&world), full, "it does not grow further");
    }
}

#[test]
fn a_full_log_has_capacity_for_one_more_wave_and_does_not_double() {
    let mut world = world_with(|pings| pings.max_len(1020));
    for now in 0..300 {
        publish(&mut world, 0..8);
        world.deliver_at(now);
    }
    let room = world.resource::<Topic<Ping>>().stats(at(0)).capacity;
    assert!((1028..1100).contains(&room), "1020 retained events, 8 new ones, and the inbox: {room}");
}

#[test]
fn a_topic_has_the_name_that_it_was_created_with() {
    assert_eq!(world().topic::<Ping>().unwrap().name(), "ping");
}

#[test]
fn reasons_and_missing_answers_are_displayed_in_standard_terms() {
    assert_eq!([Reason::MaxDeliver, Reason::Evicted].map(|reason| reason.to_string()), ["max_deliver", "evicted"]);
    let messages = [NoAnswer::TimedOut, NoAnswer::NoResponders].map(|reason| reason.to_string());
    assert_eq!(messages, ["no reply before the deadline", "no responders"]);
}

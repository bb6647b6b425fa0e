//! Counters and limits in the corners: cases that changed code (`make mutants`) was found to pass without.

use bevy_ecs::prelude::*;
use blockers::bus::{Batch, BusExt, NoAnswer, Reason, Start, Topic};

use super::common::{FREE, Ping, Seen, THERE, balances, failing, key, noting, publish, seen, stats, world, world_with};

#[test]
fn what_expired_and_what_was_known_is_counted_also_when_a_later_event_of_the_batch_fails() {
    let mut world = world();
    publish(&mut world, [1, 2]);
    world.deliver(0);
    let once = world.subscribe::<Ping>("a").effectively_once(8, key).max_deliver(1).ttl(10).start(Start::Earliest);
    once.handler(failing("a", |number| number == 5)).expect(FREE);
    publish(&mut world, [3, 3, 3, 4, 5]);
    world.deliver(10);
    let found = stats(&world, "a");
    assert_eq!((found.expired, found.duplicates, found.acked, found.dead), (2, 2, 2, 1), "{found:?}");
    assert_eq!(seen(&mut world), [("a", 3), ("a", 4), ("a", 5)]);
    balances(&world, "a");
}

#[test]
fn members_take_turns_also_where_some_events_are_stale() {
    let mut world = world();
    publish(&mut world, [1]);
    world.deliver(0);
    world.subscribe::<Ping>("a").ttl(10).start(Start::Earliest).handler(noting("one")).expect(FREE);
    world.join::<Ping, _>("a", noting("two")).expect(THERE);
    publish(&mut world, [2, 3, 4]);
    world.deliver(10);
    assert_eq!(seen(&mut world), [("one", 2), ("two", 3), ("one", 4)]);
    assert_eq!(stats(&world, "a").expired, 1);
}

#[test]
fn a_batch_says_how_many_events_it_has_wherever_they_lie_in_the_ring() {
    let mut world = world_with(|pings| pings.max_len(7));
    let sizes = |batch: Batch<Ping>, mut seen: ResMut<Seen>| {
        let (least, most) = batch.size_hint();
        let count = batch.count();
        assert_eq!((least, most), (count, Some(count)));
        seen.0.push(("size", count as u32));
    };
    world.subscribe::<Ping>("a").handler(sizes).expect(FREE);
    let pushed = |n: u32| 1 + n % 5;
    for n in 0..40 {
        publish(&mut world, 0..pushed(n));
        world.deliver(u64::from(n));
    }
    assert_eq!(seen(&mut world), Vec::from_iter((0..40).map(|n| ("size", pushed(n)))));
}

#[test]
fn a_topic_says_how_much_room_it_has() {
    let mut world = world();
    let room = |world: &World| world.resource::<Topic<Ping>>().stats(0).room;
    assert_eq!(room(&world), 0, "nothing is reserved before anything comes");
    publish(&mut world, 0..100);
    world.deliver(0);
    assert!((100..=200).contains(&room(&world)), "the inbox has become the log: {}", room(&world));
    for now in 1..100 {
        publish(&mut world, 0..100);
        world.deliver(now);
    }
    let full = room(&world);
    assert!((200..=512).contains(&full), "a log of a hundred with room for as many, and an inbox of a hundred: {full}");
    for now in 100..200 {
        publish(&mut world, 0..100);
        world.deliver(now);
        assert_eq!(room(&world), full, "it does not grow any more");
    }
}

#[test]
fn a_full_log_has_room_for_one_wave_more_and_not_for_twice_as_much() {
    let mut world = world_with(|pings| pings.max_len(1020));
    for now in 0..300 {
        publish(&mut world, 0..8);
        world.deliver(now);
    }
    let room = world.resource::<Topic<Ping>>().stats(0).room;
    assert!((1028..1100).contains(&room), "1020 that are kept, eight that come in, and the inbox: {room}");
}

#[test]
fn a_topic_has_the_name_that_it_was_made_with() {
    assert_eq!(world().topic::<Ping>().expect(THERE).name(), "ping");
}

#[test]
fn a_reason_is_the_word_of_the_field() {
    assert_eq!([Reason::MaxDeliver, Reason::Evicted].map(|reason| reason.to_string()), ["max_deliver", "evicted"]);
    let sentences = [NoAnswer::TimedOut, NoAnswer::NoResponders].map(|reason| reason.to_string());
    assert_eq!(sentences, ["nobody replied in time", "nobody listens to such questions"]);
}

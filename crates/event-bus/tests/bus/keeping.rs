//! Retention: which events a topic retains, which it refuses, and what happens to events that are evicted too early.

use std::sync::Arc;

use bevy_ecs::prelude::*;
use blockers_event_bus::{Backoff, Batch, DiscardPolicy, PublishError, PullError, Reason, StartAt, Topic, WorldBusExt};

use super::common::{
    Ping, WorldTestExt, at, balances, failing, letters, ms, noting, once_on, publish, pulled, retained, seen, stats,
    verdict, world_with,
};

// Retention.

#[test]
fn a_topic_retains_at_most_max_len_events_after_every_delivery() {
    let mut world = world_with(|pings| pings.max_len(3));
    world.subscribe::<Ping>("a").handler(noting("a")).unwrap();
    let mut all = Vec::new();
    for (now, count) in [(0, 1), (1, 2), (2, 5), (3, 0), (4, 3)] {
        let first = all.len() as u32;
        publish(&mut world, first..first + count);
        all.extend(first..first + count);
        world.deliver_at(now);
        assert_eq!(retained(&world), all[all.len().saturating_sub(3)..]);
    }
    assert_eq!(seen(&mut world).len(), all.len(), "the group received all events");
    balances(&world, "a");
}

#[test]
fn a_topic_retains_no_event_of_max_age_after_a_delivery() {
    let mut world = world_with(|pings| pings.max_age(ms(10)));
    publish(&mut world, [1]);
    world.deliver_at(0);
    publish(&mut world, [2]);
    let cases: [(u64, &[u32]); 5] = [(5, &[1, 2]), (9, &[1, 2]), (10, &[2]), (14, &[2]), (15, &[])];
    for (now, kept) in cases {
        world.deliver_at(now);
        assert_eq!(retained(&world), kept, "at {now}");
    }
}

#[test]
fn a_topic_retains_at_most_max_bytes_after_every_delivery() {
    let mut world = world_with(|pings| pings.max_bytes(10, |ping| ping.0 as usize));
    world.subscribe::<Ping>("a").handler(noting("a")).unwrap();
    let cases: [(&[u32], &[u32]); 4] = [(&[4, 4], &[4, 4]), (&[5, 1], &[4, 5, 1]), (&[10], &[10]), (&[3, 11], &[])];
    for (published, kept) in cases {
        publish(&mut world, published.iter().copied());
        world.deliver_at(0);
        assert_eq!(retained(&world), kept);
        let stats = world.resource::<Topic<Ping>>().stats(at(0));
        assert_eq!((stats.bytes, stats.len), (kept.iter().sum::<u32>() as usize, kept.len()));
    }
    assert_eq!(seen(&mut world).len(), 7, "an event that is too big to be retained is delivered, too");
    balances(&world, "a");
}

/// An event whose reference count shows whether it still exists.
struct Alive(#[expect(dead_code, reason = "it is only dropped")] Arc<()>);

#[test]
fn evicted_events_are_dropped() {
    for max_len in [0, 1, 2, 5, 64] {
        let mut world = World::new();
        world.add_topic::<Alive>("alive").max_len(max_len).create().unwrap();
        let alive = Arc::new(());
        for now in 0..300 {
            for _ in 0..=now % 3 {
                world.publish(Alive(alive.clone())).unwrap();
            }
            world.deliver_at(now);
            let kept = world.topic::<Alive>().unwrap().stats(at(now)).len;
            assert_eq!(Arc::strong_count(&alive) - 1, kept, "{max_len} at {now}");
        }
    }
}

/// The second limit applies to the events that the first one leaves.
#[test]
fn a_topic_stays_within_both_of_its_limits_and_counts_the_evictions_of_a_slow_group() {
    let mut world = world_with(|pings| pings.max_len(3).max_bytes(10, |ping| ping.0 as usize));
    let slow = world.subscribe::<Ping>("slow").at_least_once().pull().unwrap();
    let cases: [(&[u32], &[u32], u64); 5] = [
        (&[1, 1, 1, 1], &[1, 1, 1], 1),
        (&[2, 2, 2], &[2, 2, 2], 4),
        (&[7, 1], &[2, 7, 1], 6),
        (&[9], &[1, 9], 8),
        (&[1, 1, 1, 1], &[1, 1, 1], 11),
    ];
    for (published, kept, evicted) in cases {
        publish(&mut world, published.iter().copied());
        world.deliver_at(0);
        assert_eq!(retained(&world), kept);
        let pings = world.resource::<Topic<Ping>>().stats(at(0));
        assert_eq!((pings.bytes, pings.len), (kept.iter().sum::<u32>() as usize, kept.len()));
        assert_eq!((stats(&world, "slow").evicted, letters(&world).len() as u64), (evicted, evicted));
        balances(&world, "slow");
    }
    assert_eq!(pulled(&mut world, &slow, 9, 0), [1, 1, 1]);
}

#[test]
fn a_full_topic_that_discards_new_events_refuses_and_counts_them() {
    let mut world = world_with(|pings| pings.max_len(2).discard(DiscardPolicy::New));
    world.subscribe::<Ping>("a").handler(noting("a")).unwrap();
    publish(&mut world, [1, 2]);
    let refused = world.publish(Ping(3));
    assert!(matches!(refused, Err(PublishError::Full(Ping(_)))));
    assert_eq!(refused.map_err(|error| error.to_string()), Err("the topic of `bus::common::Ping` is full".to_owned()));
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("a", 1), ("a", 2)]);
    assert_eq!(world.publish(Ping(4)), Ok(2), "a refused event gets no `seq`");
    world.deliver_at(1);
    assert_eq!(seen(&mut world), [("a", 4)]);
    let topic = world.resource::<Topic<Ping>>().stats(at(1));
    assert_eq!((topic.published, topic.refused), (3, 1));
    assert_eq!(stats(&world, "a").evicted, 0, "room is not made by evicting events that a group needs");
    balances(&world, "a");
}

#[test]
fn events_in_the_inbox_count_towards_the_limits() {
    let world = world_with(|pings| pings.max_bytes(10, |ping| ping.0 as usize).discard(DiscardPolicy::New));
    let accepted = [4, 4, 3, 2].map(|size| world.publish(Ping(size)).is_ok());
    assert_eq!(accepted, [true, true, false, true], "the bytes are 4 + 4 + 2 = 10");
}

#[test]
fn a_topic_that_discards_new_events_has_room_again_when_every_push_and_pull_group_is_done() {
    let mut world = world_with(|pings| pings.max_len(2).discard(DiscardPolicy::New));
    world.subscribe::<Ping>("push").handler(noting("push")).unwrap();
    let pull = world.subscribe::<Ping>("pull").at_least_once().pull().unwrap();
    publish(&mut world, [1, 2]);
    let full = |world: &mut World, now| {
        world.deliver_at(now);
        world.publish(Ping(9)).is_err()
    };
    assert!(full(&mut world, 0), "the pull group has not seen the events");
    assert_eq!(pulled(&mut world, &pull, 9, 0), [1, 2]);
    assert!(full(&mut world, 1), "the pull group has not acked them");
    world.ack(&pull, 1).unwrap();
    assert!(full(&mut world, 2), "the oldest is not acked");
    world.ack(&pull, 0).unwrap();
    assert!(!full(&mut world, 3));
    world.deliver_at(4);
    assert_eq!(pulled(&mut world, &pull, 9, 4), [9]);
    assert_eq!(world.resource::<Topic<Ping>>().stats(at(4)).refused, 3);
    balances(&world, "push");
    balances(&world, "pull");
}

#[test]
fn a_topic_that_discards_new_events_has_all_of_its_room_again_when_all_events_are_done() {
    let mut world = world_with(|pings| pings.max_len(3).discard(DiscardPolicy::New));
    world.subscribe::<Ping>("a").handler(noting("a")).unwrap();
    for now in 0..3 {
        publish(&mut world, [1, 2, 3]);
        world.deliver_at(now);
    }
    assert_eq!((seen(&mut world).len(), stats(&world, "a").acked), (9, 9));
}

#[test]
fn a_topic_that_discards_new_events_makes_enough_room_in_bytes_when_all_events_are_done() {
    let mut world = world_with(|pings| pings.max_bytes(10, |ping| ping.0 as usize).discard(DiscardPolicy::New));
    world.subscribe::<Ping>("a").handler(noting("a")).unwrap();
    publish(&mut world, [4]);
    world.deliver_at(0);
    assert_eq!(world.publish(Ping(7)), Ok(1), "the first event is acknowledged and can be evicted");
    world.deliver_at(1);
    assert!(world.publish(Ping(11)).is_err(), "this event does not even fit into an empty topic");
}

#[test]
fn a_topic_that_discards_new_events_has_room_again_when_its_oldest_are_too_old() {
    let mut world = world_with(|pings| pings.max_len(1).max_age(ms(10)).discard(DiscardPolicy::New));
    let slow = world.subscribe::<Ping>("slow").at_least_once().pull().unwrap();
    publish(&mut world, [1]);
    world.deliver_at(0);
    world.deliver_at(9);
    assert!(world.publish(Ping(2)).is_err());
    world.deliver_at(10);
    assert_eq!(world.publish(Ping(3)), Ok(1));
    world.deliver_at(11);
    assert_eq!(letters(&world)[0].verdict, verdict("slow", Reason::Evicted, 0, None));
    assert_eq!(pulled(&mut world, &slow, 9, 11), [3]);
    balances(&world, "slow");
}

// Eviction.

#[test]
fn an_event_evicted_too_early_is_counted_and_becomes_a_dead_letter_of_at_least_once_groups() {
    let mut world = world_with(|pings| pings.max_len(2));
    world.subscribe::<Ping>("push once").handler(|_: Batch<Ping>| {}).unwrap();
    world.subscribe::<Ping>("push").at_least_once().handler(|_: Batch<Ping>| {}).unwrap();
    world.subscribe::<Ping>("pull once").pull().unwrap();
    world.subscribe::<Ping>("pull").at_least_once().pull().unwrap();
    world.subscribe::<Ping>("done").at_least_once().handler(noting("done")).unwrap();
    publish(&mut world, 0..5);
    world.deliver_at(0);
    for group in ["push once", "push", "pull once", "pull"] {
        let stats = stats(&world, group);
        assert_eq!((stats.evicted, stats.pending, stats.lag, stats.delivered), (3, 2, 2, 0), "{group}");
        balances(&world, group);
    }
    assert_eq!((stats(&world, "done").evicted, stats(&world, "done").acked), (0, 5));
    let letters = letters(&world);
    for group in ["push", "pull"] {
        let own = letters.iter().filter(|letter| letter.verdict.group == group);
        assert_eq!(own.map(|letter| letter.event.seq()).collect::<Vec<_>>(), [0, 1, 2]);
    }
    assert!(letters.iter().all(|letter| letter.verdict.reason == Reason::Evicted && letter.verdict.attempts == 0));
    assert_eq!(letters.len(), 6);
}

#[test]
fn an_event_evicted_during_its_backoff_becomes_a_dead_letter_and_no_longer_holds_back_its_group() {
    let mut world = world_with(|pings| pings.max_len(1));
    let subscription = world.subscribe::<Ping>("a").at_least_once().backoff(Backoff::Fixed(ms(1_000)));
    subscription.handler(failing("a", once_on(1))).unwrap();
    publish(&mut world, [1]);
    assert_eq!(world.deliver_at(0).next_due, Some(1_000));
    publish(&mut world, [2]);
    assert_eq!(world.deliver_at(1).next_due, None);
    assert_eq!(seen(&mut world), [("a", 1), ("a", 2)]);
    let letters = letters(&world);
    assert_eq!(letters.len(), 1);
    assert_eq!((letters[0].verdict.reason, letters[0].verdict.attempts), (Reason::Evicted, 1));
    let stats = stats(&world, "a");
    assert_eq!((stats.evicted, stats.dead, stats.acked, stats.in_backoff), (1, 0, 1, 0));
    balances(&world, "a");
}

#[test]
fn the_dead_letter_of_an_event_that_failed_and_was_then_evicted_has_the_handlers_error() {
    let mut world = world_with(|pings| pings.max_len(1));
    let subscription = world.subscribe::<Ping>("a").at_least_once().backoff(Backoff::Fixed(ms(1_000)));
    subscription.handler(failing("a", once_on(1))).unwrap();
    publish(&mut world, [1]);
    world.deliver_at(0);
    publish(&mut world, [2]);
    world.deliver_at(1);
    assert_eq!(letters(&world)[0].verdict, verdict("a", Reason::Evicted, 1, Some("1 is bad")));
}

#[test]
fn a_pulled_event_that_was_evicted_cannot_be_acked() {
    let mut world = world_with(|pings| pings.max_len(1));
    let a = world.subscribe::<Ping>("a").at_least_once().pull().unwrap();
    publish(&mut world, [1]);
    world.deliver_at(0);
    assert_eq!(pulled(&mut world, &a, 9, 0), [1]);
    publish(&mut world, [2]);
    world.deliver_at(1);
    assert_eq!(world.ack(&a, 0), Err(PullError::NotInFlight { group: "a".into(), seq: 0 }));
    assert_eq!(pulled(&mut world, &a, 9, 1), [2]);
    assert_eq!((stats(&world, "a").evicted, letters(&world).len()), (1, 1));
    balances(&world, "a");
}

#[test]
fn an_event_that_reaches_max_age_before_it_is_pulled_is_evicted() {
    let mut world = world_with(|pings| pings.max_age(ms(10)));
    let a = world.subscribe::<Ping>("a").at_least_once().pull().unwrap();
    publish(&mut world, [1]);
    world.deliver_at(100);
    world.deliver_at(109);
    assert_eq!(stats(&world, "a").evicted, 0);
    world.deliver_at(110);
    assert_eq!(stats(&world, "a").evicted, 1);
    assert_eq!(letters(&world)[0].verdict, verdict("a", Reason::Evicted, 0, None));
    assert!(pulled(&mut world, &a, 9, 110).is_empty());
    balances(&world, "a");
}

#[test]
fn evictions_before_a_late_consumer_pulls_are_counted_and_no_event_is_delivered_twice() {
    let mut world = world_with(|pings| pings.max_age(ms(10)));
    publish(&mut world, [1, 2]);
    world.deliver_at(0);
    let late = world.subscribe::<Ping>("late").start(StartAt::Earliest).pull().unwrap();
    world.deliver_at(10);
    assert_eq!((stats(&world, "late").evicted, stats(&world, "late").lag), (2, 0));
    publish(&mut world, [3]);
    world.deliver_at(11);
    assert_eq!(pulled(&mut world, &late, 9, 11), [3]);
    assert!(pulled(&mut world, &late, 9, 11).is_empty());
    balances(&world, "late");
}

#[test]
fn evictions_for_a_group_subscribed_by_a_handler_are_counted_and_no_event_is_delivered_twice() {
    let mut world = world_with(|pings| pings.max_len(2));
    let grow = |batch: Batch<Ping>, mut commands: Commands| {
        if batch.count() == 3 {
            commands.queue(|world: &mut World| {
                world.subscribe::<Ping>("late").start(StartAt::Earliest).handler(noting("late")).unwrap();
            });
        }
    };
    world.subscribe::<Ping>("grow").handler(grow).unwrap();
    publish(&mut world, [1, 2, 3]);
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("late", 2), ("late", 3)]);
    assert_eq!(stats(&world, "late").evicted, 1);
    publish(&mut world, [4]);
    world.deliver_at(1);
    assert_eq!(seen(&mut world), [("late", 4)]);
    balances(&world, "late");
}

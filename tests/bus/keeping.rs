//! What a topic keeps, what it refuses, and what becomes of what it forgets too early.

use std::sync::Arc;

use bevy_ecs::prelude::*;
use blockers::bus::{Backoff, Batch, BusExt, Discard, Full, PullError, Reason, Start, Topic, WiringError};

use super::common::{
    FREE, Ping, THERE, balances, failing, letters, noting, once_on, publish, pulled, retained, seen, stats, verdict,
    world_with,
};

// Retention.

#[test]
fn a_topic_keeps_no_more_events_than_its_max_len_after_every_delivery() {
    let mut world = world_with(|pings| pings.max_len(3));
    world.subscribe::<Ping>("a").handler(noting("a")).expect(FREE);
    let mut all = Vec::new();
    for (now, count) in [(0, 1), (1, 2), (2, 5), (3, 0), (4, 3)] {
        let first = all.len() as u32;
        publish(&mut world, first..first + count);
        all.extend(first..first + count);
        world.deliver(now);
        assert_eq!(retained(&world), all[all.len().saturating_sub(3)..]);
    }
    assert_eq!(seen(&mut world).len(), all.len(), "and everybody has seen them all");
    balances(&world, "a");
}

#[test]
fn a_topic_keeps_no_event_that_is_as_old_as_its_max_age_after_every_delivery() {
    let mut world = world_with(|pings| pings.max_age(10));
    publish(&mut world, [1]);
    world.deliver(0);
    publish(&mut world, [2]);
    let table: [(u64, &[u32]); 5] = [(5, &[1, 2]), (9, &[1, 2]), (10, &[2]), (14, &[2]), (15, &[])];
    for (now, kept) in table {
        world.deliver(now);
        assert_eq!(retained(&world), kept, "at {now}");
    }
}

#[test]
fn a_topic_keeps_no_more_bytes_than_its_max_bytes_after_every_delivery() {
    let mut world = world_with(|pings| pings.max_bytes(10, |ping| ping.0 as usize));
    world.subscribe::<Ping>("a").handler(noting("a")).expect(FREE);
    let table: [(&[u32], &[u32]); 4] = [(&[4, 4], &[4, 4]), (&[5, 1], &[4, 5, 1]), (&[10], &[10]), (&[3, 11], &[])];
    for (published, kept) in table {
        publish(&mut world, published.iter().copied());
        world.deliver(0);
        assert_eq!(retained(&world), kept);
        let stats = world.resource::<Topic<Ping>>().stats(0);
        assert_eq!((stats.bytes, stats.depth), (kept.iter().sum::<u32>() as usize, kept.len()));
    }
    assert_eq!(seen(&mut world).len(), 7, "what is too big to be kept is given all the same");
    balances(&world, "a");
}

/// An event that tells whether it is still there.
struct Alive(#[expect(dead_code, reason = "it is only dropped")] Arc<()>);

#[test]
fn what_a_topic_forgets_is_gone() {
    for max_len in [0, 1, 2, 5, 64] {
        let mut world = World::new();
        world.add_topic::<Alive>("alive").max_len(max_len).create().expect("it is the only one");
        let alive = Arc::new(());
        for now in 0..300 {
            for _ in 0..=now % 3 {
                world.publish(Alive(alive.clone())).expect("it keeps what is new");
            }
            world.deliver(now);
            let kept = world.topic::<Alive>().expect(THERE).stats(now).depth;
            assert_eq!(Arc::strong_count(&alive) - 1, kept, "{max_len} at {now}");
        }
    }
}

/// The second limit holds for what the first one leaves.
#[test]
fn a_topic_keeps_within_both_of_its_limits_and_counts_what_a_slow_group_misses_by_each() {
    let mut world = world_with(|pings| pings.max_len(3).max_bytes(10, |ping| ping.0 as usize));
    let slow = world.subscribe::<Ping>("slow").at_least_once().pull().expect(FREE);
    let table: [(&[u32], &[u32], u64); 5] = [
        (&[1, 1, 1, 1], &[1, 1, 1], 1),
        (&[2, 2, 2], &[2, 2, 2], 4),
        (&[7, 1], &[2, 7, 1], 6),
        (&[9], &[1, 9], 8),
        (&[1, 1, 1, 1], &[1, 1, 1], 11),
    ];
    for (published, kept, evicted) in table {
        publish(&mut world, published.iter().copied());
        world.deliver(0);
        assert_eq!(retained(&world), kept);
        let pings = world.resource::<Topic<Ping>>().stats(0);
        assert_eq!((pings.bytes, pings.depth), (kept.iter().sum::<u32>() as usize, kept.len()));
        assert_eq!((stats(&world, "slow").evicted, letters(&world).len() as u64), (evicted, evicted));
        balances(&world, "slow");
    }
    assert_eq!(pulled(&mut world, &slow, 9, 0), [1, 1, 1]);
}

#[test]
fn a_topic_that_discards_the_new_refuses_what_it_has_no_room_for_and_counts_it() {
    let mut world = world_with(|pings| pings.max_len(2).discard(Discard::New));
    world.subscribe::<Ping>("a").handler(noting("a")).expect(FREE);
    publish(&mut world, [1, 2]);
    let refused = world.publish(Ping(3));
    assert_eq!(refused, Err(WiringError::Full(Full { topic: "ping".into() })));
    assert_eq!(refused.map_err(|error| error.to_string()), Err("topic `ping` is full".to_owned()));
    world.deliver(0);
    assert_eq!(seen(&mut world), [("a", 1), ("a", 2)]);
    assert_eq!(world.publish(Ping(4)), Ok(2), "whatever was refused has no number");
    world.deliver(1);
    assert_eq!(seen(&mut world), [("a", 4)]);
    let topic = world.resource::<Topic<Ping>>().stats(1);
    assert_eq!((topic.published, topic.refused), (3, 1));
    assert_eq!(stats(&world, "a").evicted, 0, "room is not made at anybody's cost");
    balances(&world, "a");
}

#[test]
fn what_waits_in_the_inbox_takes_room_too() {
    let mut world = world_with(|pings| pings.max_bytes(10, |ping| ping.0 as usize).discard(Discard::New));
    let taken = [4, 4, 3, 2].map(|size| world.publish(Ping(size)).is_ok());
    assert_eq!(taken, [true, true, false, true], "4 and 4 and 2 are 10");
}

#[test]
fn a_topic_that_discards_the_new_has_room_again_when_every_group_is_done_also_one_that_pulls() {
    let mut world = world_with(|pings| pings.max_len(2).discard(Discard::New));
    world.subscribe::<Ping>("push").handler(noting("push")).expect(FREE);
    let pull = world.subscribe::<Ping>("pull").at_least_once().pull().expect(FREE);
    publish(&mut world, [1, 2]);
    let full = |world: &mut World, now| {
        world.deliver(now);
        world.publish(Ping(9)).is_err()
    };
    assert!(full(&mut world, 0), "one group has not seen them");
    assert_eq!(pulled(&mut world, &pull, 9, 0), [1, 2]);
    assert!(full(&mut world, 1), "it has not answered");
    world.ack(&pull, 1).expect(THERE);
    assert!(full(&mut world, 2), "it has not done with the oldest");
    world.ack(&pull, 0).expect(THERE);
    assert!(!full(&mut world, 3));
    world.deliver(4);
    assert_eq!(pulled(&mut world, &pull, 9, 4), [9]);
    assert_eq!(world.resource::<Topic<Ping>>().stats(4).refused, 3);
    balances(&world, "push");
    balances(&world, "pull");
}

#[test]
fn a_topic_that_discards_the_new_has_room_for_as_many_as_it_holds_when_all_of_them_are_done() {
    let mut world = world_with(|pings| pings.max_len(3).discard(Discard::New));
    world.subscribe::<Ping>("a").handler(noting("a")).expect(FREE);
    for now in 0..3 {
        publish(&mut world, [1, 2, 3]);
        world.deliver(now);
    }
    assert_eq!((seen(&mut world).len(), stats(&world, "a").acked), (9, 9));
}

#[test]
fn a_topic_that_discards_the_new_has_room_for_any_event_that_it_can_hold_when_all_others_are_done() {
    let mut world = world_with(|pings| pings.max_bytes(10, |ping| ping.0 as usize).discard(Discard::New));
    world.subscribe::<Ping>("a").handler(noting("a")).expect(FREE);
    publish(&mut world, [4]);
    world.deliver(0);
    assert_eq!(world.publish(Ping(7)), Ok(1), "the first is done and may go");
    world.deliver(1);
    assert!(world.publish(Ping(11)).is_err(), "this one it could never hold");
}

#[test]
fn a_topic_that_discards_the_new_has_room_again_when_its_oldest_are_too_old() {
    let mut world = world_with(|pings| pings.max_len(1).max_age(10).discard(Discard::New));
    let slow = world.subscribe::<Ping>("slow").at_least_once().pull().expect(FREE);
    publish(&mut world, [1]);
    world.deliver(0);
    world.deliver(9);
    assert!(world.publish(Ping(2)).is_err());
    world.deliver(10);
    assert_eq!(world.publish(Ping(3)), Ok(1));
    world.deliver(11);
    assert_eq!(letters(&world)[0].verdict, verdict("slow", Reason::Evicted, 0, None));
    assert_eq!(pulled(&mut world, &slow, 9, 11), [3]);
    balances(&world, "slow");
}

// Eviction.

#[test]
fn an_event_that_is_evicted_while_it_is_wanted_is_counted_and_a_dead_letter_of_those_who_were_promised_it() {
    let mut world = world_with(|pings| pings.max_len(2));
    world.subscribe::<Ping>("push once").handler(|_: Batch<Ping>| {}).expect(FREE);
    world.subscribe::<Ping>("push").at_least_once().handler(|_: Batch<Ping>| {}).expect(FREE);
    world.subscribe::<Ping>("pull once").pull().expect(FREE);
    world.subscribe::<Ping>("pull").at_least_once().pull().expect(FREE);
    world.subscribe::<Ping>("done").at_least_once().handler(noting("done")).expect(FREE);
    publish(&mut world, 0..5);
    world.deliver(0);
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
fn an_event_that_is_evicted_in_its_backoff_is_a_dead_letter_and_holds_its_group_back_no_longer() {
    let mut world = world_with(|pings| pings.max_len(1));
    let subscription = world.subscribe::<Ping>("a").at_least_once().backoff(Backoff::Fixed(1_000));
    subscription.handler(failing("a", once_on(1))).expect(FREE);
    publish(&mut world, [1]);
    assert_eq!(world.deliver(0).next_due, Some(1_000));
    publish(&mut world, [2]);
    assert_eq!(world.deliver(1).next_due, None);
    assert_eq!(seen(&mut world), [("a", 1), ("a", 2)]);
    let letters = letters(&world);
    assert_eq!(letters.len(), 1);
    assert_eq!((letters[0].verdict.reason, letters[0].verdict.attempts), (Reason::Evicted, 1));
    let stats = stats(&world, "a");
    assert_eq!((stats.evicted, stats.dead, stats.acked, stats.in_backoff), (1, 0, 1, 0));
    balances(&world, "a");
}

#[test]
fn the_dead_letter_of_an_event_that_was_tried_and_then_evicted_says_what_the_handler_said() {
    let mut world = world_with(|pings| pings.max_len(1));
    let subscription = world.subscribe::<Ping>("a").at_least_once().backoff(Backoff::Fixed(1_000));
    subscription.handler(failing("a", once_on(1))).expect(FREE);
    publish(&mut world, [1]);
    world.deliver(0);
    publish(&mut world, [2]);
    world.deliver(1);
    assert_eq!(letters(&world)[0].verdict, verdict("a", Reason::Evicted, 1, Some("1 is bad")));
}

#[test]
fn an_event_that_is_evicted_while_a_consumer_has_it_can_be_answered_no_more() {
    let mut world = world_with(|pings| pings.max_len(1));
    let a = world.subscribe::<Ping>("a").at_least_once().pull().expect(FREE);
    publish(&mut world, [1]);
    world.deliver(0);
    assert_eq!(pulled(&mut world, &a, 9, 0), [1]);
    publish(&mut world, [2]);
    world.deliver(1);
    assert_eq!(world.ack(&a, 0), Err(PullError::NotOut { group: "a".into(), seq: 0 }));
    assert_eq!(pulled(&mut world, &a, 9, 1), [2]);
    assert_eq!((stats(&world, "a").evicted, letters(&world).len()), (1, 1));
    balances(&world, "a");
}

#[test]
fn an_event_that_grows_too_old_while_it_is_wanted_is_evicted() {
    let mut world = world_with(|pings| pings.max_age(10));
    let a = world.subscribe::<Ping>("a").at_least_once().pull().expect(FREE);
    publish(&mut world, [1]);
    world.deliver(100);
    world.deliver(109);
    assert_eq!(stats(&world, "a").evicted, 0);
    world.deliver(110);
    assert_eq!(stats(&world, "a").evicted, 1);
    assert_eq!(letters(&world)[0].verdict, verdict("a", Reason::Evicted, 0, None));
    assert!(pulled(&mut world, &a, 9, 110).is_empty());
    balances(&world, "a");
}

#[test]
fn what_a_late_consumer_wanted_and_the_topic_forgot_is_counted_and_nothing_is_given_twice() {
    let mut world = world_with(|pings| pings.max_age(10));
    publish(&mut world, [1, 2]);
    world.deliver(0);
    let late = world.subscribe::<Ping>("late").start(Start::Earliest).pull().expect(FREE);
    world.deliver(10);
    assert_eq!((stats(&world, "late").evicted, stats(&world, "late").lag), (2, 0));
    publish(&mut world, [3]);
    world.deliver(11);
    assert_eq!(pulled(&mut world, &late, 9, 11), [3]);
    assert!(pulled(&mut world, &late, 9, 11).is_empty());
    balances(&world, "late");
}

#[test]
fn what_a_group_wanted_that_a_handler_subscribed_and_the_topic_forgot_is_counted_and_nothing_is_given_twice() {
    let mut world = world_with(|pings| pings.max_len(2));
    let grow = |batch: Batch<Ping>, mut commands: Commands| {
        if batch.count() == 3 {
            commands.queue(|world: &mut World| {
                world.subscribe::<Ping>("late").start(Start::Earliest).handler(noting("late")).expect(FREE);
            });
        }
    };
    world.subscribe::<Ping>("grow").handler(grow).expect(FREE);
    publish(&mut world, [1, 2, 3]);
    world.deliver(0);
    assert_eq!(seen(&mut world), [("late", 2), ("late", 3)]);
    assert_eq!(stats(&world, "late").evicted, 1);
    publish(&mut world, [4]);
    world.deliver(1);
    assert_eq!(seen(&mut world), [("late", 4)]);
    balances(&world, "late");
}

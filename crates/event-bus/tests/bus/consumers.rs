//! Groups with several members: competing handlers, and consumers that pull.

use std::{fmt, mem};

use bevy_ecs::prelude::*;
use blockers_event_bus::{Backoff, Batch, HandlerError, PullError, Reason, StartAt, Topic, WiringError, WorldBusExt};

use super::common::{
    Ping, Seen, WorldTestExt, at, balances, failing, letters, ms, noting, publish, pulled, seen, stats, verdict, world,
};

use super::common::counts;

use super::common::key;

// Competing members.

fn join(world: &mut World, group: &'static str, member: &'static str) {
    world.join_named::<Ping, _>(group, noting(member)).unwrap();
}

#[test]
fn competing_members_together_get_each_event_exactly_once() {
    let mut world = world();
    world.subscribe::<Ping>("a").handler(noting("one")).unwrap();
    join(&mut world, "a", "two");
    join(&mut world, "a", "three");
    world.subscribe::<Ping>("b").handler(noting("b")).unwrap();
    publish(&mut world, 0..4);
    world.deliver_at(0);
    publish(&mut world, 4..9);
    world.deliver_at(1);
    let (b, a): (Vec<_>, Vec<_>) = seen(&mut world).into_iter().partition(|(name, _)| *name == "b");
    assert_eq!(a.iter().map(|(_, number)| *number).collect::<Vec<_>>(), Vec::from_iter(0..9), "all events, in order");
    for member in ["one", "two", "three"] {
        assert_eq!(a.iter().filter(|(name, _)| *name == member).count(), 3, "the members take turns");
    }
    assert_eq!(b.len(), 9, "another group receives all events");
    assert_eq!(counts(&world, "a"), (9, 0, 9, 0));
    balances(&world, "a");
}

#[test]
fn a_retry_may_go_to_another_member() {
    let mut world = world();
    world.subscribe::<Ping>("a").at_least_once().max_deliver(2).handler(failing("bad", |_| true)).unwrap();
    join(&mut world, "a", "good");
    publish(&mut world, [1, 2]);
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("bad", 1), ("good", 1), ("bad", 2), ("good", 2)]);
    assert_eq!(counts(&world, "a"), (4, 2, 2, 0));
    balances(&world, "a");
}

#[test]
fn competing_members_share_the_ttl_and_the_dedup_window_of_their_group() {
    let mut world = world();
    world.subscribe::<Ping>("a").effectively_once(8, key).ttl(ms(10)).handler(noting("one")).unwrap();
    join(&mut world, "a", "two");
    publish(&mut world, [1, 1, 2, 1, 2, 3]);
    world.deliver_at(0);
    assert_eq!(seen(&mut world).iter().map(|(_, number)| *number).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(stats(&world, "a").duplicates, 3);
    world.seek::<Ping>("a", StartAt::Earliest).unwrap();
    world.deliver_at(10);
    assert_eq!((seen(&mut world).len(), stats(&world, "a").expired), (0, 6));
    balances(&world, "a");
}

#[test]
fn a_member_that_joins_during_a_wave_competes_from_the_next_wave_on() {
    let mut world = world();
    let mut first = true;
    let grow = move |batch: Batch<Ping>, mut seen: ResMut<Seen>, mut commands: Commands| {
        seen.0.extend(batch.map(|ping| ("old", ping.0)));
        if mem::take(&mut first) {
            commands.queue(|world: &mut World| join(world, "a", "new"));
        }
    };
    world.subscribe::<Ping>("a").handler(grow).unwrap();
    publish(&mut world, [1, 2]);
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("old", 1), ("old", 2)]);
    publish(&mut world, 3..7);
    world.deliver_at(1);
    let got: Vec<_> = seen(&mut world);
    assert_eq!(got.iter().map(|(_, number)| *number).collect::<Vec<_>>(), [3, 4, 5, 6]);
    assert_eq!(got.iter().filter(|(name, _)| *name == "new").count(), 2);
    balances(&world, "a");
}

#[test]
fn joining_a_pull_group_or_a_missing_group_returns_an_error() {
    let mut world = world();
    world.subscribe::<Ping>("pull").pull().unwrap();
    for group in ["pull", "missing"] {
        let refused = world.join_named::<Ping, _>(group, noting("x"));
        assert_eq!(refused.map(drop), Err(WiringError::NoGroup { topic: "ping".into(), group: group.into() }));
    }
}

// Pull.

#[test]
fn a_consumer_pulls_at_most_the_requested_number_in_order_and_none_twice() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().pull().unwrap();
    publish(&mut world, 0..5);
    assert!(pulled(&mut world, &a, 9, 0).is_empty(), "no event can be pulled before `deliver`");
    assert_eq!(world.deliver_at(0).next_due, None, "a pull group is never due");
    assert!(pulled(&mut world, &a, 0, 0).is_empty());
    assert_eq!(pulled(&mut world, &a, 3, 0), [0, 1, 2]);
    assert_eq!(stats(&world, "a").pending, 5, "the pulled events are not acked yet");
    assert_eq!(pulled(&mut world, &a, 3, 0), [3, 4]);
    assert!(pulled(&mut world, &a, 3, 0).is_empty());
    for seq in [3, 0, 4, 1, 2] {
        world.ack(&a, seq).expect("events can be acked in any order");
        balances(&world, "a");
    }
    assert_eq!(counts(&world, "a"), (5, 0, 5, 0));
    assert_eq!(stats(&world, "a").pending, 0);
}

#[test]
fn a_nacked_event_is_delivered_again_after_the_backoff_before_new_events() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().backoff(Backoff::Fixed(ms(10))).pull().unwrap();
    publish(&mut world, 0..5);
    world.deliver_at(0);
    assert_eq!(pulled(&mut world, &a, 3, 0), [0, 1, 2]);
    world.nack(&a, 2, at(5), "nacked").unwrap();
    world.nack(&a, 0, at(5), "nacked").unwrap();
    assert_eq!((stats(&world, "a").in_backoff, stats(&world, "a").pending), (2, 3));
    balances(&world, "a");
    assert_eq!(pulled(&mut world, &a, 1, 14), [3], "a nacked event does not hold back a pull group");
    assert_eq!(pulled(&mut world, &a, 9, 15), [0, 2, 4]);
    assert_eq!((stats(&world, "a").in_backoff, stats(&world, "a").pending), (0, 5));
    balances(&world, "a");
}

#[test]
fn a_nacked_event_is_delivered_exactly_max_deliver_times_and_becomes_one_dead_letter() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().max_deliver(3).pull().unwrap();
    publish(&mut world, [7]);
    world.deliver_at(4);
    for attempt in 1..=3 {
        assert_eq!(pulled(&mut world, &a, 9, 4), [7]);
        world.nack(&a, 0, at(4), "nacked").unwrap();
        assert_eq!(stats(&world, "a").failed, attempt);
        balances(&world, "a");
    }
    assert!(pulled(&mut world, &a, 9, 4).is_empty());
    assert!(world.nack(&a, 0, at(4), "nacked").is_err());
    world.deliver_at(5);
    assert_eq!(counts(&world, "a"), (3, 3, 0, 1));
    let letters = letters(&world);
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].verdict, verdict("a", Reason::MaxDeliver, 3, Some("nacked")), "a nack has an error");
    assert_eq!((letters[0].event.seq(), letters[0].event.timestamp()), (0, at(4)));
    world.redeliver(&letters[0]).unwrap();
    assert_eq!(pulled(&mut world, &a, 9, 5), [7]);
    world.ack(&a, 0).unwrap();
    balances(&world, "a");
}

#[test]
fn clones_of_a_consumer_compete_and_can_ack_or_nack_for_each_other() {
    let mut world = world();
    let one = world.subscribe::<Ping>("a").at_least_once().pull().unwrap();
    let two = one.clone();
    assert_eq!((one.group(), two.group()), ("a", "a"));
    publish(&mut world, 0..5);
    world.deliver_at(0);
    assert_eq!(pulled(&mut world, &one, 2, 0), [0, 1]);
    assert_eq!(pulled(&mut world, &two, 2, 0), [2, 3]);
    world.nack(&two, 1, at(0), "nacked").unwrap();
    assert_eq!(pulled(&mut world, &two, 9, 0), [1, 4]);
    for seq in 0..5 {
        world.ack(&one, seq).unwrap();
    }
    assert_eq!(counts(&world, "a"), (6, 1, 5, 0));
    balances(&world, "a");
}

#[test]
fn a_handler_can_pull_and_ack() {
    let mut world = world();
    let slow = world.subscribe::<Ping>("slow").at_least_once().pull().unwrap();
    let work = move |batch: Batch<Ping>, world: &mut World| {
        let _ = batch.count();
        for ping in world.pull(&slow, 1, at(0)).unwrap() {
            world.resource_mut::<Seen>().0.push(("slow", ping.0));
            world.ack(&slow, ping.seq()).unwrap();
        }
    };
    world.subscribe::<Ping>("worker").handler(work).unwrap();
    publish(&mut world, [1, 2]);
    world.deliver_at(0);
    publish(&mut world, [3]);
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("slow", 1), ("slow", 2)]);
    balances(&world, "slow");
}

#[test]
fn the_error_of_a_nack_may_call_the_bus_when_it_is_made_and_when_it_is_dropped() {
    /// It publishes when it is converted, and when it is dropped.
    struct Late(Topic<Ping>);

    impl From<Late> for HandlerError {
        fn from(Late(topic): Late) -> Self {
            topic.publish(Ping(7)).unwrap();
            Owner(topic).into()
        }
    }

    #[derive(Debug)]
    struct Owner(Topic<Ping>);

    impl fmt::Display for Owner {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("late")
        }
    }

    impl std::error::Error for Owner {}

    impl Drop for Owner {
        fn drop(&mut self) {
            self.0.publish(Ping(8)).unwrap();
        }
    }

    let mut world = world();
    let consumer = world.subscribe::<Ping>("pulled").at_least_once().pull().unwrap();
    let topic = world.topic::<Ping>().unwrap().clone();
    let error = world.nack(&consumer, 5, at(0), Late(topic.clone())).unwrap_err();
    assert!(matches!(error, PullError::NotInFlight { seq: 5, .. }));
    world.deliver_at(0);
    assert_eq!(pulled(&mut world, &consumer, 3, 0), [7, 8]);
}

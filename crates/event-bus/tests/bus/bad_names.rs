//! Bad input: duplicate names, missing groups, and extreme sizes.

use bevy_ecs::prelude::*;
use blockers_event_bus::{
    Backoff, Batch, Bus, DeadLetter, DiscardPolicy, PublishError, PullError, Reason, RequestExt, StartAt, Topic,
    WiringError, WorldBusExt,
};

use super::common::{
    Did, NOTHING, Ping, Pong, Seen, WorldTestExt, at, balances, balances_from, failing, letters, ms, noting, once_on,
    publish, pulled, retained, seen, stats, times, world, world_with,
};

// Missing groups and topics.

fn no_group(group: &'static str) -> WiringError {
    WiringError::NoGroup { topic: "ping".into(), group: group.into() }
}

#[test]
fn a_dead_letter_of_a_removed_group_cannot_be_redelivered() {
    let mut world = world();
    world.subscribe::<Ping>("a").at_least_once().max_deliver(1).handler(failing("a", |_| true)).unwrap();
    world.subscribe::<Ping>("b").handler(noting("b")).unwrap();
    publish(&mut world, [1]);
    world.deliver_at(0);
    let letter = letters(&world).remove(0);
    world.unsubscribe::<Ping>("a").unwrap();
    seen(&mut world);
    let refused = world.redeliver(&letter);
    assert_eq!(refused, Err(no_group("a")));
    assert_eq!(refused.map_err(|error| error.to_string()), Err("topic `ping` has no such group `a`".to_owned()));
    world.deliver_at(1);
    assert!(seen(&mut world).is_empty(), "no other group receives it");
    balances(&world, "b");
}

#[test]
fn a_dead_letter_is_redelivered_by_group_name_even_to_a_newer_group() {
    let mut world = world();
    world.subscribe::<Ping>("a").at_least_once().max_deliver(1).handler(failing("old", times(1))).unwrap();
    publish(&mut world, [1]);
    world.deliver_at(0);
    let letter = letters(&world).remove(0);
    world.unsubscribe::<Ping>("a").unwrap();
    world.subscribe::<Ping>("a").handler(noting("new")).unwrap();
    seen(&mut world);
    world.redeliver(&letter).unwrap();
    world.deliver_at(1);
    assert_eq!(seen(&mut world), [("new", 1)]);
    balances_from::<Ping>(&world, "a", 1);
}

#[test]
fn an_ack_or_nack_of_an_event_that_is_not_in_flight_is_refused_and_changes_nothing() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().pull().unwrap();
    publish(&mut world, 0..3);
    world.deliver_at(0);
    assert_eq!(pulled(&mut world, &a, 2, 0), [0, 1]);
    world.ack(&a, 0).unwrap();
    let before = stats(&world, "a");
    // Already acked, not pulled yet, and two that do not exist.
    for seq in [0, 2, 3, u64::MAX] {
        let not_out = PullError::NotInFlight { group: "a".into(), seq };
        assert_eq!(world.ack(&a, seq), Err(not_out.clone()));
        assert_eq!(world.nack(&a, seq, at(0), "nacked"), Err(not_out));
    }
    assert_eq!(stats(&world, "a"), before);
    world.nack(&a, 1, at(0), "nacked").unwrap();
    let message = "group `a` is not waiting for an answer to event 1: pull it before you ack or nack it";
    assert_eq!(world.ack(&a, 1).map_err(|error| error.to_string()), Err(message.to_owned()));
    balances(&world, "a");
}

#[test]
fn a_consumer_of_a_removed_group_gets_an_error() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().pull().unwrap();
    publish(&mut world, [1]);
    world.deliver_at(0);
    assert_eq!(pulled(&mut world, &a, 1, 0), [1]);
    world.unsubscribe::<Ping>("a").unwrap();
    let gone = PullError::Gone { group: "a".into() };
    assert_eq!(gone.to_string(), "there is no group `a` any more");
    for _ in 0..2 {
        assert_eq!(world.pull(&a, 1, at(0)), Err(gone.clone()));
        assert_eq!(world.ack(&a, 0), Err(gone.clone()));
        assert_eq!(world.nack(&a, 0, at(0), "nacked"), Err(gone.clone()));
        // In the second round, a push group has the name.
        let _ = world.subscribe::<Ping>("a").handler(noting("a"));
    }
}

#[test]
fn every_call_for_a_missing_group_returns_an_error() {
    let mut world = world();
    assert_eq!(world.unsubscribe::<Ping>("missing"), Err(no_group("missing")));
    assert_eq!(world.seek::<Ping>("missing", StartAt::Earliest), Err(no_group("missing")));
    assert_eq!(world.join_named::<Ping, _>("missing", noting("x")), Err(no_group("missing")));
    world.subscribe::<Ping>("a").handler(noting("a")).unwrap();
    assert!(world.unsubscribe::<Ping>("a").is_ok());
    assert_eq!(world.unsubscribe::<Ping>("a"), Err(no_group("a")), "the second call fails");
}

#[test]
fn every_call_for_a_missing_topic_returns_an_error() {
    let mut world = world();
    let missing = |outcome: Result<(), WiringError>| matches!(outcome, Err(WiringError::NoTopic(_)));
    assert!(matches!(world.publish(Pong(1)), Err(PublishError::NoTopic(Pong(1)))));
    assert!(missing(world.subscribe::<Pong>("a").handler(|_: Batch<Pong>| {}).map(drop)));
    assert!(missing(world.subscribe::<Pong>("a").pull().map(|_| ())));
    assert!(missing(world.join_named::<Pong, _>("a", |_: Batch<Pong>| {}).map(drop)));
    assert!(missing(world.unsubscribe::<Pong>("a").map(drop)));
    assert!(missing(world.seek::<Pong>("a", StartAt::Earliest)));
    let mut without_bus = World::new();
    assert_eq!(without_bus.deliver_at(0), NOTHING);
    assert!(without_bus.topic_reports(at(0)).is_empty());
    assert!(matches!(without_bus.publish(Pong(1)), Err(PublishError::NoTopic(_))));
}

#[test]
fn events_without_a_group_are_retained_like_any_other() {
    let mut world = world_with(|pings| pings.max_len(3));
    publish(&mut world, 0..5);
    assert_eq!(world.deliver_at(0), Did { waves: 1, events: 5, ..NOTHING });
    assert_eq!(retained(&world), [2, 3, 4]);
}

// Names.

#[test]
fn duplicate_names_are_refused_with_a_message() {
    let mut world = world();
    world.subscribe::<Ping>("a").handler(noting("a")).unwrap();
    world.subscribe::<Ping>("b").pull().unwrap();
    let exists = |group: &'static str| WiringError::GroupExists { topic: "ping".into(), group: group.into() };
    for group in ["a", "b"] {
        assert_eq!(world.subscribe::<Ping>(group).handler(noting("x")), Err(exists(group)));
        assert_eq!(world.subscribe::<Ping>(group).pull().map(|_| ()), Err(exists(group)));
    }
    assert_eq!(exists("a").to_string(), "topic `ping` has a group `a` already");
    for name in ["ping", "ping.dead", "failure"] {
        assert_eq!(world.add_topic::<Pong>(name).create(), Err(WiringError::TopicExists(name.into())));
    }
    let refused = world.add_topic::<Ping>("other").create().unwrap_err();
    assert!(matches!(&refused, WiringError::EventHasTopic { topic, .. } if topic == "ping"), "{refused:?}");
    assert_eq!(refused.to_string(), "`bus::common::Ping` already has the topic `ping`");
    publish(&mut world, [1]);
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("a", 1)], "the existing groups are unchanged");
    assert_eq!(world.resource::<Bus>().topics().len(), 3);
}

#[test]
fn a_group_name_is_free_after_unsubscribing_and_on_other_topics() {
    let mut world = world();
    world.add_topic::<Pong>("pong").create().unwrap();
    world.subscribe::<Ping>("a").handler(noting("old")).unwrap();
    world.subscribe::<Pong>("a").pull().unwrap();
    world.unsubscribe::<Ping>("a").unwrap();
    world.subscribe::<Ping>("a").handler(noting("new")).unwrap();
    world.subscribe::<Ping>("").handler(noting("")).expect("an empty name is allowed");
    publish(&mut world, [1]);
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("new", 1), ("", 1)]);
}

#[test]
fn a_topic_is_not_created_if_the_name_of_its_dead_letter_topic_is_taken() {
    let mut world = World::new();
    world.add_topic::<Pong>("ping.dead").create().unwrap();
    let refused = world.add_topic::<Ping>("ping").dead_letters(10).create();
    assert_eq!(refused, Err(WiringError::TopicExists("ping.dead".into())));
    assert!(!world.contains_resource::<Topic<Ping>>());
    assert_eq!(world.resource::<Bus>().topics(), ["ping.dead"]);
    world.add_topic::<Ping>("pings").dead_letters(10).create().unwrap();
}

#[test]
fn requests_are_not_created_if_the_name_of_their_answer_topic_is_taken() {
    let mut world = World::new();
    world.add_topic::<Pong>("sum.answer").create().unwrap();
    let refused = world.add_requests::<Ping, Pong>("sum").create();
    assert_eq!(refused, Err(WiringError::TopicExists("sum.answer".into())));
    assert_eq!(world.resource::<Bus>().topics(), ["sum.answer"]);
    world.add_requests::<Ping, Pong>("another").create().unwrap();
    let again = world.add_requests::<Ping, Pong>("third").create().unwrap_err();
    assert!(matches!(&again, WiringError::EventHasTopic { topic, .. } if topic == "another.answer"), "{again:?}");
}

// Sizes.

/// The number of events that each group received.
#[derive(Resource)]
struct Tally(Vec<u32>);

#[test]
fn a_thousand_groups_on_one_topic_each_see_every_event() {
    const GROUPS: usize = 1_000;
    let mut world = world();
    world.insert_resource(Tally(vec![0; GROUPS]));
    for n in 0..GROUPS {
        let count = move |batch: Batch<Ping>, mut tally: ResMut<Tally>| tally.0[n] += batch.count() as u32;
        world.subscribe::<Ping>(format!("group {n}")).handler(count).unwrap();
    }
    for now in 0..5 {
        publish(&mut world, [1, 2]);
        assert_eq!(world.deliver_at(now), Did { waves: 1, events: 2, ..NOTHING });
    }
    for n in (0..GROUPS).step_by(2) {
        world.unsubscribe::<Ping>(&format!("group {n}")).unwrap();
    }
    publish(&mut world, [3]);
    world.deliver_at(5);
    let tally = &world.resource::<Tally>().0;
    assert!((0..GROUPS).all(|n| tally[n] == if n % 2 == 0 { 10 } else { 11 }));
    assert_eq!(world.resource::<Topic<Ping>>().report(at(5)).groups.len(), GROUPS / 2);
    balances(&world, "group 999");
}

#[test]
fn a_topic_with_max_len_zero_delivers_events_and_evicts_them_at_once() {
    let mut world = world_with(|pings| pings.max_len(0));
    world.subscribe::<Ping>("a").handler(noting("a")).unwrap();
    let subscription = world.subscribe::<Ping>("slow").at_least_once().backoff(Backoff::Fixed(ms(10)));
    subscription.handler(failing("slow", once_on(1))).unwrap();
    let pull = world.subscribe::<Ping>("pull").at_least_once().pull().unwrap();
    publish(&mut world, [1]);
    assert_eq!(world.deliver_at(0).next_due, None, "the event that waits for a retry is evicted");
    assert_eq!(seen(&mut world), [("a", 1), ("slow", 1)]);
    assert!(pulled(&mut world, &pull, 9, 0).is_empty());
    assert!(retained(&world).is_empty());
    let lost: Vec<_> =
        letters(&world).iter().map(|letter| (letter.verdict.group.to_string(), letter.verdict.reason)).collect();
    assert_eq!(lost, ["slow", "pull"].map(|group| (group.to_owned(), Reason::Evicted)));
    for group in ["a", "slow", "pull"] {
        balances(&world, group);
    }
    world.redeliver(&letters(&world)[0]).unwrap();
    world.deliver_at(1);
    assert_eq!(seen(&mut world), [("slow", 1)], "a dead letter does not depend on the log");
}

#[test]
fn a_topic_with_max_len_zero_that_discards_new_events_refuses_everything() {
    let mut world = world_with(|pings| pings.max_len(0).discard(DiscardPolicy::New));
    world.subscribe::<Ping>("a").handler(noting("a")).unwrap();
    for refused in 1..=3 {
        assert!(matches!(world.publish(Ping(1)), Err(PublishError::Full(_))));
        assert_eq!(world.deliver_at(0), NOTHING);
        assert_eq!(world.resource::<Topic<Ping>>().stats(at(0)).refused, refused);
    }
    balances(&world, "a");
}

#[test]
fn a_topic_with_max_age_zero_delivers_events_and_retains_none() {
    let mut world = world_with(|pings| pings.max_age(ms(0)));
    world.subscribe::<Ping>("a").handler(noting("a")).unwrap();
    for number in 0..3 {
        publish(&mut world, [number]);
        world.deliver_at(5);
        assert_eq!(seen(&mut world), [("a", number)]);
        assert!(retained(&world).is_empty());
        balances(&world, "a");
    }
}

#[test]
fn a_dead_letter_topic_with_max_len_zero_delivers_dead_letters_and_retains_none() {
    let mut world = World::new();
    world.init_resource::<Seen>();
    world.add_topic::<Ping>("ping").dead_letters(0).create().unwrap();
    world.subscribe::<Ping>("a").at_least_once().max_deliver(1).handler(failing("a", |_| true)).unwrap();
    let note = |batch: Batch<DeadLetter<Ping>>, mut seen: ResMut<Seen>| {
        seen.0.extend(batch.map(|letter| ("dead", letter.event.event().0)));
    };
    world.subscribe::<DeadLetter<Ping>>("note").handler(note).unwrap();
    publish(&mut world, [1]);
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("a", 1), ("dead", 1)]);
    assert!(letters(&world).is_empty());
    balances(&world, "a");
}

#[test]
fn a_dedup_window_of_zero_leaves_no_event_out() {
    let mut world = world();
    let subscription = world.subscribe::<Ping>("a").effectively_once(0, |ping| ping.0.into());
    subscription.handler(failing("a", once_on(2))).unwrap();
    publish(&mut world, [1, 1, 2, 2]);
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("a", 1), ("a", 1), ("a", 2), ("a", 2), ("a", 2)]);
    assert_eq!(stats(&world, "a").duplicates, 0);
    balances(&world, "a");
}

#[test]
fn a_consumer_can_pull_zero_or_usize_max_events() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").pull().unwrap();
    publish(&mut world, 0..3);
    world.deliver_at(0);
    assert!(pulled(&mut world, &a, 0, 0).is_empty());
    assert_eq!(pulled(&mut world, &a, usize::MAX, 0), [0, 1, 2]);
    balances(&world, "a");
}

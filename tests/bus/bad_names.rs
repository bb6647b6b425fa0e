//! Bad input: names that clash, groups that are gone, and sizes at their limits.

use bevy_ecs::prelude::*;
use blockers::bus::{
    Backoff, Batch, Bus, BusExt, DeadLetter, Delivery, Discard, PullError, Reason, RequestExt, Start, Topic,
    WiringError,
};

use super::common::{
    FREE, Ping, Pong, Seen, THERE, balances, balances_from, failing, letters, noting, once_on, publish, pulled,
    retained, seen, stats, times, world, world_with,
};

/// What a delivery says that did nothing.
const NOTHING: Delivery = Delivery { waves: 0, events: 0, overrun: false, next_due: None };

// Groups and topics that are not there.

fn no_group(group: &'static str) -> WiringError {
    WiringError::NoGroup { topic: "ping".into(), group: group.into() }
}

#[test]
fn a_dead_letter_of_a_group_that_is_gone_cannot_go_back() {
    let mut world = world();
    world.subscribe::<Ping>("a").at_least_once().max_deliver(1).handler(failing("a", |_| true)).expect(FREE);
    world.subscribe::<Ping>("b").handler(noting("b")).expect(FREE);
    publish(&mut world, [1]);
    world.deliver(0);
    let letter = letters(&world).remove(0);
    world.unsubscribe::<Ping>("a").expect(THERE);
    seen(&mut world);
    let refused = world.redeliver(&letter);
    assert_eq!(refused, Err(no_group("a")));
    assert_eq!(refused.map_err(|error| error.to_string()), Err("topic `ping` has no such group `a`".to_owned()));
    world.deliver(1);
    assert!(seen(&mut world).is_empty(), "and goes to nobody else");
    balances(&world, "b");
}

#[test]
fn a_dead_letter_goes_to_the_group_of_that_name_also_if_it_is_another_one_by_now() {
    let mut world = world();
    world.subscribe::<Ping>("a").at_least_once().max_deliver(1).handler(failing("old", times(1))).expect(FREE);
    publish(&mut world, [1]);
    world.deliver(0);
    let letter = letters(&world).remove(0);
    world.unsubscribe::<Ping>("a").expect(THERE);
    world.subscribe::<Ping>("a").handler(noting("new")).expect(FREE);
    seen(&mut world);
    world.redeliver(&letter).expect(THERE);
    world.deliver(1);
    assert_eq!(seen(&mut world), [("new", 1)]);
    balances_from::<Ping>(&world, "a", 1);
}

#[test]
fn an_answer_to_an_event_that_the_group_does_not_wait_for_is_refused_and_changes_nothing() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().pull().expect(FREE);
    publish(&mut world, 0..3);
    world.deliver(0);
    assert_eq!(pulled(&mut world, &a, 2, 0), [0, 1]);
    world.ack(&a, 0).expect(THERE);
    let before = stats(&world, "a");
    // Done already, not given yet, not there at all.
    for seq in [0, 2, 3, u64::MAX] {
        let not_out = PullError::NotOut { group: "a".into(), seq };
        assert_eq!(world.ack(&a, seq), Err(not_out.clone()));
        assert_eq!(world.nack(&a, seq, 0), Err(not_out));
    }
    assert_eq!(stats(&world, "a"), before);
    world.nack(&a, 1, 0).expect(THERE);
    let sentence = "group `a` is not waiting for an answer to event 1: pull it before you ack or nack it";
    assert_eq!(world.ack(&a, 1).map_err(|error| error.to_string()), Err(sentence.to_owned()));
    balances(&world, "a");
}

#[test]
fn a_consumer_of_a_group_that_is_gone_is_told_so() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().pull().expect(FREE);
    publish(&mut world, [1]);
    world.deliver(0);
    assert_eq!(pulled(&mut world, &a, 1, 0), [1]);
    world.unsubscribe::<Ping>("a").expect(THERE);
    let gone = PullError::Gone { group: "a".into() };
    assert_eq!(gone.to_string(), "there is no group `a` any more");
    for _ in 0..2 {
        assert_eq!(world.pull(&a, 1, 0), Err(gone.clone()));
        assert_eq!(world.ack(&a, 0), Err(gone.clone()));
        assert_eq!(world.nack(&a, 0, 0), Err(gone.clone()));
        // The second time a group that is pushed has the name.
        let _ = world.subscribe::<Ping>("a").handler(noting("a"));
    }
}

#[test]
fn whatever_is_asked_of_a_group_that_is_not_there_is_an_error() {
    let mut world = world();
    assert_eq!(world.unsubscribe::<Ping>("nobody"), Err(no_group("nobody")));
    assert_eq!(world.seek::<Ping>("nobody", Start::Earliest), Err(no_group("nobody")));
    assert_eq!(world.join::<Ping, _>("nobody", noting("x")), Err(no_group("nobody")));
    world.subscribe::<Ping>("a").handler(noting("a")).expect(FREE);
    assert_eq!(world.unsubscribe::<Ping>("a"), Ok(()));
    assert_eq!(world.unsubscribe::<Ping>("a"), Err(no_group("a")), "it ends once");
}

#[test]
fn whatever_is_asked_of_a_topic_that_is_not_there_is_an_error() {
    let mut world = world();
    let missing = |outcome: Result<(), WiringError>| matches!(outcome, Err(WiringError::NoTopic(_)));
    assert!(missing(world.publish(Pong(1)).map(|_| ())));
    assert!(missing(world.subscribe::<Pong>("a").handler(|_: Batch<Pong>| {})));
    assert!(missing(world.subscribe::<Pong>("a").pull().map(|_| ())));
    assert!(missing(world.join::<Pong, _>("a", |_: Batch<Pong>| {})));
    assert!(missing(world.unsubscribe::<Pong>("a")));
    assert!(missing(world.seek::<Pong>("a", Start::Earliest)));
    let mut nothing = World::new();
    assert_eq!(nothing.deliver(0), NOTHING, "a world without a bus");
    assert!(nothing.topic_reports(0).is_empty());
    assert!(missing(nothing.publish(Pong(1)).map(|_| ())));
}

#[test]
fn events_that_nobody_listens_to_are_kept_as_long_as_any() {
    let mut world = world_with(|pings| pings.max_len(3));
    publish(&mut world, 0..5);
    assert_eq!(world.deliver(0), Delivery { waves: 1, events: 5, ..NOTHING });
    assert_eq!(retained(&world), [2, 3, 4]);
}

// Names.

#[test]
fn names_that_clash_are_refused_with_a_sentence() {
    let mut world = world();
    world.subscribe::<Ping>("a").handler(noting("a")).expect(FREE);
    world.subscribe::<Ping>("b").pull().expect(FREE);
    let clash = |group: &'static str| WiringError::GroupExists { topic: "ping".into(), group: group.into() };
    for group in ["a", "b"] {
        assert_eq!(world.subscribe::<Ping>(group).handler(noting("x")), Err(clash(group)));
        assert_eq!(world.subscribe::<Ping>(group).pull().map(|_| ()), Err(clash(group)));
    }
    assert_eq!(clash("a").to_string(), "topic `ping` has a group `a` already");
    for name in ["ping", "ping.dead", "failure"] {
        assert_eq!(world.add_topic::<Pong>(name).create(), Err(WiringError::TopicExists(name.into())));
    }
    assert!(matches!(world.add_topic::<Ping>("other").create(), Err(WiringError::TopicExists(_))));
    publish(&mut world, [1]);
    world.deliver(0);
    assert_eq!(seen(&mut world), [("a", 1)], "those who were first are as they were");
    assert_eq!(world.resource::<Bus>().topics().len(), 3);
}

#[test]
fn a_name_is_free_again_when_its_group_has_ended_and_on_every_other_topic() {
    let mut world = world();
    world.add_topic::<Pong>("pong").create().expect("it is another");
    world.subscribe::<Ping>("a").handler(noting("old")).expect(FREE);
    world.subscribe::<Pong>("a").pull().expect("it is another topic's");
    world.unsubscribe::<Ping>("a").expect(THERE);
    world.subscribe::<Ping>("a").handler(noting("new")).expect(FREE);
    world.subscribe::<Ping>("").handler(noting("")).expect("a name may be empty");
    publish(&mut world, [1]);
    world.deliver(0);
    assert_eq!(seen(&mut world), [("new", 1), ("", 1)]);
}

#[test]
fn a_topic_whose_dead_letters_have_no_name_left_is_not_made_at_all() {
    let mut world = World::new();
    world.add_topic::<Pong>("ping.dead").create().expect("it is the first");
    let refused = world.add_topic::<Ping>("ping").dead_letters(10).create();
    assert_eq!(refused, Err(WiringError::TopicExists("ping.dead".into())));
    assert!(!world.contains_resource::<Topic<Ping>>());
    assert_eq!(world.resource::<Bus>().topics(), ["ping.dead"]);
    world.add_topic::<Ping>("pings").dead_letters(10).create().expect("another name is free");
}

#[test]
fn questions_whose_answers_have_no_name_left_are_not_made_at_all() {
    let mut world = World::new();
    world.add_topic::<Pong>("sum.answer").create().expect("it is the first");
    let refused = world.add_requests::<Ping, Pong>("sum");
    assert_eq!(refused, Err(WiringError::TopicExists("sum.answer".into())));
    assert_eq!(world.resource::<Bus>().topics(), ["sum.answer"]);
    world.add_requests::<Ping, Pong>("another").expect("another name is free");
    assert!(world.add_requests::<Ping, Pong>("third").is_err(), "but there is one for each kind of question");
}

// Sizes.

/// How many events each group has seen.
#[derive(Resource)]
struct Tally(Vec<u32>);

#[test]
fn a_thousand_groups_on_one_topic_each_see_every_event() {
    const GROUPS: usize = 1_000;
    let mut world = world();
    world.insert_resource(Tally(vec![0; GROUPS]));
    for n in 0..GROUPS {
        let count = move |batch: Batch<Ping>, mut tally: ResMut<Tally>| tally.0[n] += batch.count() as u32;
        world.subscribe::<Ping>(format!("group {n}")).handler(count).expect(FREE);
    }
    for now in 0..5 {
        publish(&mut world, [1, 2]);
        assert_eq!(world.deliver(now), Delivery { waves: 1, events: 2, ..NOTHING });
    }
    for n in (0..GROUPS).step_by(2) {
        world.unsubscribe::<Ping>(&format!("group {n}")).expect(THERE);
    }
    publish(&mut world, [3]);
    world.deliver(5);
    let tally = &world.resource::<Tally>().0;
    assert!((0..GROUPS).all(|n| tally[n] == if n % 2 == 0 { 10 } else { 11 }));
    assert_eq!(world.resource::<Topic<Ping>>().groups(5).len(), GROUPS / 2);
    balances(&world, "group 999");
}

#[test]
fn a_topic_that_keeps_nothing_delivers_all_the_same_and_whoever_is_late_has_missed_it() {
    let mut world = world_with(|pings| pings.max_len(0));
    world.subscribe::<Ping>("a").handler(noting("a")).expect(FREE);
    let subscription = world.subscribe::<Ping>("slow").at_least_once().backoff(Backoff::Fixed(10));
    subscription.handler(failing("slow", once_on(1))).expect(FREE);
    let pull = world.subscribe::<Ping>("pull").at_least_once().pull().expect(FREE);
    publish(&mut world, [1]);
    assert_eq!(world.deliver(0).next_due, None, "what was to be tried again is forgotten");
    assert_eq!(seen(&mut world), [("a", 1), ("slow", 1)]);
    assert!(pulled(&mut world, &pull, 9, 0).is_empty());
    assert!(retained(&world).is_empty());
    let lost: Vec<_> =
        letters(&world).iter().map(|letter| (letter.verdict.group.to_string(), letter.verdict.reason)).collect();
    assert_eq!(lost, ["slow", "pull"].map(|group| (group.to_owned(), Reason::Evicted)));
    for group in ["a", "slow", "pull"] {
        balances(&world, group);
    }
    world.redeliver(&letters(&world)[0]).expect(THERE);
    world.deliver(1);
    assert_eq!(seen(&mut world), [("slow", 1)], "a dead letter needs no history");
}

#[test]
fn a_topic_that_keeps_nothing_and_discards_the_new_refuses_everything() {
    let mut world = world_with(|pings| pings.max_len(0).discard(Discard::New));
    world.subscribe::<Ping>("a").handler(noting("a")).expect(FREE);
    for refused in 1..=3 {
        assert!(matches!(world.publish(Ping(1)), Err(WiringError::Full(_))));
        assert_eq!(world.deliver(0), NOTHING);
        assert_eq!(world.resource::<Topic<Ping>>().stats(0).refused, refused);
    }
    balances(&world, "a");
}

#[test]
fn a_topic_whose_events_may_have_no_age_delivers_them_and_keeps_none() {
    let mut world = world_with(|pings| pings.max_age(0));
    world.subscribe::<Ping>("a").handler(noting("a")).expect(FREE);
    for number in 0..3 {
        publish(&mut world, [number]);
        world.deliver(5);
        assert_eq!(seen(&mut world), [("a", number)]);
        assert!(retained(&world).is_empty());
        balances(&world, "a");
    }
}

#[test]
fn dead_letters_that_nobody_keeps_are_delivered_and_forgotten() {
    let mut world = World::new();
    world.init_resource::<Seen>();
    world.add_topic::<Ping>("ping").dead_letters(0).create().expect("it is the first");
    world.subscribe::<Ping>("a").at_least_once().max_deliver(1).handler(failing("a", |_| true)).expect(FREE);
    let note = |batch: Batch<DeadLetter<Ping>>, mut seen: ResMut<Seen>| {
        seen.0.extend(batch.map(|letter| ("dead", letter.event.body().0)));
    };
    world.subscribe::<DeadLetter<Ping>>("note").handler(note).expect(FREE);
    publish(&mut world, [1]);
    world.deliver(0);
    assert_eq!(seen(&mut world), [("a", 1), ("dead", 1)]);
    assert!(letters(&world).is_empty());
    balances(&world, "a");
}

#[test]
fn a_window_of_zero_leaves_nothing_out() {
    let mut world = world();
    let subscription = world.subscribe::<Ping>("a").effectively_once(0, |ping| ping.0.into());
    subscription.handler(failing("a", once_on(2))).expect(FREE);
    publish(&mut world, [1, 1, 2, 2]);
    world.deliver(0);
    assert_eq!(seen(&mut world), [("a", 1), ("a", 1), ("a", 2), ("a", 2), ("a", 2)]);
    assert_eq!(stats(&world, "a").duplicates, 0);
    balances(&world, "a");
}

#[test]
fn a_consumer_may_ask_for_none_or_for_more_than_there_can_be() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").pull().expect(FREE);
    publish(&mut world, 0..3);
    world.deliver(0);
    assert!(pulled(&mut world, &a, 0, 0).is_empty());
    assert_eq!(pulled(&mut world, &a, usize::MAX, 0), [0, 1, 2]);
    balances(&world, "a");
}

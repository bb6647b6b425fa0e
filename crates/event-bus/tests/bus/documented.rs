//! Statements of the documents that no other file tests: after a panic, before an error, back pressure, the prelude.

use std::panic::{AssertUnwindSafe, catch_unwind};

use blockers_event_bus::{
    Batch, DiscardPolicy, Failure, HandlerError, HandlerResult, Publisher, StartAt, Topic, TopicBuilder, WiringError,
    WorldBusExt,
};

use super::common::{
    Ping, Pong, WorldTestExt, at, balances, counts, letters, ms, noting, noting_pongs, once_on, publish, seen, stats,
    world, world_with,
};

#[test]
fn after_a_panic_the_topic_still_lists_its_groups_and_their_names_are_taken() {
    let mut world = world();
    world.subscribe::<Ping>("panics").handler(|_: Batch<Ping>| -> () { panic!("on purpose") }).unwrap();
    world.subscribe::<Ping>("other").handler(noting("other")).unwrap();
    publish(&mut world, [1]);
    assert!(catch_unwind(AssertUnwindSafe(|| world.deliver_at(0))).is_err());
    let report = world.topic::<Ping>().unwrap().report(at(0));
    let names: Vec<_> = report.groups.iter().map(|group| group.name.as_ref()).collect();
    assert_eq!(names, ["panics", "other"]);
    let again = world.subscribe::<Ping>("panics").handler(noting("panics"));
    assert!(matches!(again, Err(WiringError::GroupExists { .. })));
    assert_eq!(world.seek::<Ping>("panics", StartAt::Earliest), Ok(()));
    publish(&mut world, [2]);
    world.deliver_at(1);
    assert!(seen(&mut world).is_empty(), "the groups get nothing any more");
    world.unsubscribe::<Ping>("panics").unwrap();
    world.subscribe::<Ping>("panics").handler(noting("new")).unwrap();
    publish(&mut world, [3]);
    world.deliver_at(2);
    assert_eq!(seen(&mut world), [("new", 3)], "a new group gets new events");
}

#[test]
fn what_a_handler_publishes_before_its_error_stays_published() {
    let mut world = world();
    world.add_topic::<Pong>("pong").create().unwrap();
    world.subscribe::<Pong>("pong").handler(noting_pongs).unwrap();
    let mut fails = once_on(5);
    let chain = move |batch: Batch<Ping>, pongs: Publisher<Pong>| -> HandlerResult {
        for ping in batch {
            pongs.publish(Pong(ping.0))?;
            if fails(ping.0) {
                return Err("after the publication".into());
            }
        }
        Ok(())
    };
    world.subscribe::<Ping>("chain").at_least_once().handler(chain).unwrap();
    publish(&mut world, [5, 6]);
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("pong", 5), ("pong", 5), ("pong", 6)]);
    balances(&world, "chain");
}

#[test]
fn a_chain_into_a_full_topic_waits_and_loses_nothing() {
    let mut world = world();
    world.add_topic::<Pong>("pong").max_len(4).discard(DiscardPolicy::New).create().unwrap();
    let slow = world.subscribe::<Pong>("slow").at_least_once().pull().unwrap();
    let chain = |batch: Batch<Ping>, pongs: Publisher<Pong>| -> HandlerResult {
        for ping in batch {
            pongs.publish(Pong(ping.0)).map_err(|_| HandlerError::later(ms(10)))?;
        }
        Ok(())
    };
    world.subscribe::<Ping>("chain").at_least_once().max_deliver(1).handler(chain).unwrap();
    publish(&mut world, 0..20);
    assert_eq!(world.deliver_at(0).next_due, Some(10), "the fifth waits");
    for now in 1..20 {
        world.deliver_at(10 * now);
    }
    assert_eq!(stats(&world, "chain").acked, 4, "the topic is full for 200 ms");
    let mut numbers = Vec::new();
    for now in 20..40 {
        let pongs = world.pull(&slow, 2, at(10 * now)).unwrap();
        for pong in pongs {
            numbers.push(pong.0);
            world.ack(&slow, pong.seq()).unwrap();
        }
        world.deliver_at(10 * now);
    }
    assert_eq!(numbers, Vec::from_iter(0..20));
    let (_, failed, acked, dead) = counts(&world, "chain");
    assert_eq!((failed, acked, dead), (0, 20, 0));
    assert!(letters(&world).is_empty());
    assert_eq!(world.resource::<Topic<Failure>>().stats(at(0)).published, 0);
    balances(&world, "chain");
}

type Limits = fn(TopicBuilder<'_, Ping>) -> TopicBuilder<'_, Ping>;

#[test]
fn the_room_of_a_topic_is_the_number_of_events_that_it_takes() {
    let cases: [(Limits, usize); 5] = [
        (|pings| pings.max_len(7).discard(DiscardPolicy::New), 7),
        (|pings| pings.max_len(7).max_inbox(3).discard(DiscardPolicy::New), 3),
        (|pings| pings.max_len(3).max_inbox(5).keep_until_done(), 5),
        (|pings| pings.max_len(3).max_inbox(0).keep_until_done(), 1),
        (|pings| pings.max_len(0).discard(DiscardPolicy::New), 0),
    ];
    for (limits, room) in cases {
        let mut world = world_with(limits);
        let slow = world.subscribe::<Ping>("slow").at_least_once().pull().unwrap();
        world.subscribe::<Ping>("fast").handler(noting("fast")).unwrap();
        let topic = world.topic::<Ping>().unwrap().clone();
        assert_eq!(topic.room(), room);
        for turn in 0..5 {
            let room = topic.room();
            let accepted = (0..).take_while(|number| topic.publish(Ping(*number)).is_ok()).count();
            assert_eq!(accepted, room, "turn {turn}");
            assert_eq!(topic.room(), 0);
            world.deliver_at(turn);
            for ping in world.pull(&slow, 2, at(turn)).unwrap() {
                world.ack(&slow, ping.seq()).unwrap();
            }
        }
        topic.close();
        assert_eq!(topic.room(), 0);
    }
    let mut world = world_with(|pings| pings.max_inbox(5));
    publish(&mut world, 0..3);
    assert_eq!(world.topic::<Ping>().unwrap().room(), 2, "before the oldest is evicted");
}

/// Uses every name of the prelude in a module that also imports the one of bevy. A name that both have is ambiguous,
/// and does not compile.
macro_rules! names_of_the_prelude {
    ($($name:ident)*) => {
        #[allow(unused_imports, reason = "only the names are of interest")]
        mod program {
            use bevy_ecs::prelude::*;
            use blockers_event_bus::prelude::*;

            mod names {
                $(use super::$name;)*
            }
        }

        const NAMES: &[&str] = &[$(stringify!($name)),*];
    };
}

names_of_the_prelude! {
    Answer AskError Backoff Batch Bus Consumer DeadLetter Delivery DeliveryOrder DiscardPolicy Envelope ErrorKind
    Failure Group GroupConfig GroupStats HandlerError HandlerResult Member NoAnswer PublishError PublishOptions
    Publisher PullError Puller Reason Replier Request RequestExt Requester StartAt Timestamp Topic TopicConfig
    TopicStats WiringError WorldBusExt
}

#[test]
fn no_name_of_the_prelude_is_one_of_the_prelude_of_bevy() {
    let source = include_str!("../../src/prelude.rs");
    let (_, list) = source.split_once("pub use crate::{").unwrap();
    let (list, _) = list.split_once('}').unwrap();
    let names: Vec<_> = list.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    assert_eq!(names, NAMES, "the test has every name of the prelude");
}

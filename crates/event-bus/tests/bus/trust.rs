//! No event is lost, delivered twice or left behind without being counted.

use bevy_ecs::prelude::*;
use blockers_event_bus::{
    Answer, Backoff, Batch, Consumer, HandlerError, HandlerResult, NoAnswer, PublishOptions, PullError, Request,
    RequestExt, Requester, StartAt, Topic, WorldBusExt,
};

use super::common::{
    Ping, Seen, WorldTestExt, at, balances, failing, key, letters, ms, noting, once_on, publish, pulled, seen, stats,
    stats_of, world, world_with,
};

// Effectively once.

#[test]
fn effectively_once_a_dead_letter_that_is_redelivered_twice_is_handled_once() {
    let mut world = world();
    let once = world.subscribe::<Ping>("a").effectively_once(16, key).max_deliver(1);
    once.handler(failing("a", once_on(7))).unwrap();
    publish(&mut world, [7]);
    world.deliver_at(0);
    let letter = letters(&world).remove(0);
    world.redeliver(&letter).unwrap();
    world.redeliver(&letter).unwrap();
    world.deliver_at(1);
    assert_eq!(seen(&mut world), [("a", 7), ("a", 7)], "the failed attempt, and one more");
    assert_eq!((stats(&world, "a").acked, stats(&world, "a").duplicates), (1, 1));
    balances(&world, "a");
}

#[test]
fn effectively_once_a_dead_letter_is_a_duplicate_of_an_event_that_was_handled_since() {
    let mut world = world();
    let once = world.subscribe::<Ping>("a").effectively_once(16, key).max_deliver(1);
    once.handler(failing("a", once_on(7))).unwrap();
    publish(&mut world, [7]);
    world.deliver_at(0);
    publish(&mut world, [7]);
    world.deliver_at(1);
    let letter = letters(&world).remove(0);
    world.redeliver(&letter).unwrap();
    world.deliver_at(2);
    assert_eq!(seen(&mut world), [("a", 7), ("a", 7)]);
    assert_eq!((stats(&world, "a").acked, stats(&world, "a").duplicates), (1, 1));
    balances(&world, "a");
}

/// Returns a world with a pull group that has nacked an event, which is due again at 10, and has not pulled the other
/// event with the same key yet.
fn with_a_nacked_event_and_its_duplicate() -> (World, Consumer<Ping>) {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").effectively_once(16, key).backoff(Backoff::Fixed(ms(10))).pull().unwrap();
    publish(&mut world, [7]);
    world.deliver_at(0);
    assert_eq!(pulled(&mut world, &a, 1, 0), [7]);
    world.nack(&a, 0, at(0), "nacked").unwrap();
    publish(&mut world, [7]);
    world.deliver_at(1);
    (world, a)
}

#[test]
fn effectively_once_a_nacked_event_is_a_duplicate_of_one_that_was_acked_since() {
    let (mut world, a) = with_a_nacked_event_and_its_duplicate();
    assert_eq!(pulled(&mut world, &a, 9, 1), [7]);
    world.ack(&a, 1).unwrap();
    assert!(pulled(&mut world, &a, 9, 20).is_empty());
    assert_eq!((stats(&world, "a").acked, stats(&world, "a").duplicates), (1, 1));
    balances(&world, "a");
}

#[test]
fn effectively_once_one_pull_does_not_return_an_event_and_its_duplicate() {
    let (mut world, a) = with_a_nacked_event_and_its_duplicate();
    assert_eq!(pulled(&mut world, &a, 9, 20), [7]);
    assert_eq!(stats(&world, "a").duplicates, 1);
    balances(&world, "a");
}

// Events that a handler leaves.

#[test]
fn events_that_a_handler_leaves_are_delivered_by_the_next_call_without_a_new_event() {
    let mut world = world();
    let one = |batch: Batch<Ping>, mut seen: ResMut<Seen>| seen.0.extend(batch.take(1).map(|ping| ("one", ping.0)));
    world.subscribe::<Ping>("a").handler(one).unwrap();
    publish(&mut world, 0..3);
    for (now, next_due) in [(0, Some(0)), (10, Some(10)), (20, None)] {
        assert_eq!(world.deliver_at(now).next_due, next_due);
        assert_eq!(seen(&mut world), [("one", now as u32 / 10)]);
    }
    assert_eq!(world.deliver_at(30).waves, 0);
    balances(&world, "a");
}

#[test]
fn a_failed_event_that_the_handler_leaves_is_delivered_again_by_the_next_call() {
    let mut world = world();
    let mut calls = 0;
    let handler = move |batch: Batch<Ping>, mut seen: ResMut<Seen>| -> HandlerResult {
        calls += 1;
        match calls {
            1 => Err(HandlerError::new("the first attempt fails")),
            2 => Ok(()),
            _ => {
                seen.0.extend(batch.map(|ping| ("a", ping.0)));
                Ok(())
            }
        }
    };
    world.subscribe::<Ping>("a").at_least_once().handler(handler).unwrap();
    publish(&mut world, [1]);
    assert_eq!(world.deliver_at(0).next_due, Some(0));
    assert_eq!(world.deliver_at(1).next_due, None);
    assert_eq!(seen(&mut world), [("a", 1)]);
    balances(&world, "a");
}

#[test]
fn a_member_that_takes_nothing_does_not_stop_the_others() {
    let mut world = world();
    world.subscribe::<Ping>("a").at_least_once().handler(|_: Batch<Ping>| {}).unwrap();
    world.join_named::<Ping, _>("a", noting("b")).unwrap();
    publish(&mut world, 0..6);
    assert_eq!(world.deliver_at(0).next_due, None);
    assert_eq!(seen(&mut world), Vec::from_iter((0..6).map(|number| ("b", number))));
    balances(&world, "a");
}

// Times, ages and rates.

#[test]
fn a_ttl_counts_from_the_time_of_publication() {
    for (ttl, given) in [(1_001, true), (1_000, false)] {
        let mut world = world();
        world.subscribe::<Ping>("a").ttl(ms(ttl)).handler(noting("a")).unwrap();
        world.topic::<Ping>().unwrap().publish_with(Ping(1), PublishOptions::at(at(500))).unwrap();
        world.deliver_at(1_500);
        assert_eq!(seen(&mut world).len(), usize::from(given), "ttl {ttl}");
        assert_eq!(stats(&world, "a").expired, u64::from(!given));
    }
}

#[test]
fn a_time_of_publication_in_the_future_counts_as_now() {
    let mut world = world();
    world.topic::<Ping>().unwrap().publish_with(Ping(1), PublishOptions::at(at(500))).unwrap();
    world.deliver_at(100);
    assert_eq!(world.topic::<Ping>().unwrap().retained()[0].timestamp(), at(100));
}

#[test]
fn the_age_of_the_oldest_unfinished_event_grows_while_it_waits_for_a_retry() {
    let mut world = world();
    let slow = world.subscribe::<Ping>("a").at_least_once().backoff(Backoff::Fixed(ms(1_000_000)));
    slow.handler(failing("a", |_| true)).unwrap();
    publish(&mut world, [1]);
    world.deliver_at(0);
    let found = stats_of::<Ping>(&world, "a", 600_000);
    assert_eq!((found.in_backoff, found.lag, found.oldest_unfinished), (1, 0, ms(600_000)));
    world.seek::<Ping>("a", StartAt::Latest).unwrap();
    assert_eq!(stats_of::<Ping>(&world, "a", 600_000).oldest_unfinished, ms(0));
}

#[test]
fn a_rate_is_that_of_the_time_since_the_first_event() {
    let mut world = world_with(|pings| pings.max_len(10_000));
    for second in 0..3u32 {
        publish(&mut world, 0..1_000);
        world.deliver_at(5_000 + 1_000 * u64::from(second));
        assert_eq!(world.topic::<Ping>().unwrap().stats(at(5_000 + 1_000 * u64::from(second))).rate, 1_000.0);
    }
    let rate = |now| world.topic::<Ping>().unwrap().stats(at(now)).rate;
    // The current second is left out, because it is not over.
    assert_eq!((rate(7_000), rate(8_000), rate(11_000)), (1_000.0, 1_000.0, 500.0));
}

// Handles and limits.

#[test]
fn a_consumer_of_a_removed_group_does_not_read_a_later_group_of_the_same_name() {
    let mut world = world();
    let old = world.subscribe::<Ping>("a").at_least_once().pull().unwrap();
    world.unsubscribe::<Ping>("a").unwrap();
    let new = world.subscribe::<Ping>("a").at_least_once().pull().unwrap();
    publish(&mut world, [1]);
    world.deliver_at(0);
    assert_eq!(world.pull(&old, 9, at(0)).map(drop), Err(PullError::Gone { group: "a".into() }));
    assert_eq!(pulled(&mut world, &new, 9, 0), [1]);
}

#[test]
fn an_inbox_that_nobody_delivers_is_bounded_and_what_it_drops_is_counted() {
    let mut world = world_with(|pings| pings.max_len(2_000));
    world.subscribe::<Ping>("a").handler(noting("a")).unwrap();
    let topic: Topic<Ping> = world.topic::<Ping>().unwrap().clone();
    publish(&mut world, [0, 1, 2]);
    world.deliver_at(0);
    publish(&mut world, 3..10_000);
    assert_eq!(topic.stats(at(0)).inbox_len, 2_000);
    world.deliver_at(0);
    assert_eq!(topic.retained().iter().map(|ping| ping.seq()).collect::<Vec<_>>(), Vec::from_iter(8_000..10_000));
    let seen: Vec<_> = seen(&mut world).into_iter().map(|(_, number)| number).collect();
    assert_eq!(seen, Vec::from_iter((0..3).chain(8_000..10_000)));
    assert_eq!(stats(&world, "a").evicted, 7_997);
    balances(&world, "a");
}

#[test]
fn more_questions_than_a_topic_retains_are_refused_and_the_others_are_all_answered_once() {
    #[derive(Clone)]
    struct Question;
    #[derive(Clone)]
    struct Reply;
    #[derive(Resource, Default)]
    struct Asked {
        accepted: u32,
        refused: u32,
        timed_out: u32,
    }
    let mut world = world();
    world.init_resource::<Asked>();
    world.add_requests::<Question, Reply>("question").create().unwrap();
    let ask = |batch: Batch<Ping>, requester: Requester<Question, Reply>, mut asked: ResMut<Asked>| {
        for _ in batch {
            match requester.ask_until("hear", Question, at(1_000)) {
                Ok(_) => asked.accepted += 1,
                Err(_) => asked.refused += 1,
            }
        }
    };
    world.subscribe::<Ping>("ask").handler(ask).unwrap();
    let responder = world.subscribe::<Request<Question>>("responder").at_least_once().pull().unwrap();
    let hear = |batch: Batch<Answer<Reply>>, mut asked: ResMut<Asked>| {
        asked.timed_out += batch.filter(|answer| matches!(answer.outcome, Err(NoAnswer::TimedOut))).count() as u32;
    };
    world.subscribe::<Answer<Reply>>("hear").handler(hear).unwrap();
    publish(&mut world, 0..200);
    world.deliver_at(0);
    assert_eq!(world.pull(&responder, 999, at(1)).unwrap().len(), 200, "more than 64");
    publish(&mut world, 0..1_000);
    world.deliver_at(2);
    world.deliver_at(1_000);
    let asked = world.resource::<Asked>();
    assert_eq!((asked.accepted, asked.refused, asked.timed_out), (1_024, 176, 1_024));
}

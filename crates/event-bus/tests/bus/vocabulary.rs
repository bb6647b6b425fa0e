//! What a consumer can say and ask for: kinds of errors, order, filters, waits for acks, members, limits, the end.

use bevy_ecs::prelude::*;
use blockers_event_bus::{
    Answer, Backoff, Batch, Bus, Cause, DeliveryOrder, DiscardPolicy, ErrorKind, Failure, HandlerError, HandlerResult,
    NoAnswer, PublishError, PublishOptions, Publisher, PullError, Puller, Reason, Replier, Request, RequestExt,
    Requester, StartAt, Stuck, Timestamp, Topic, WiringError, WorldBusExt,
};

use super::common::{
    Ping, Pong, Seen, WorldTestExt, at, balances, failing, key, letters, ms, noting, once_on, publish, pulled,
    retained, seen, stats, world, world_with,
};

/// Returns a handler that records every attempt, and fails with this error on this number the first time.
fn failing_with(
    number: u32,
    error: HandlerError,
) -> impl FnMut(Batch<Ping>, ResMut<Seen>) -> HandlerResult + Send + Sync + 'static {
    let mut error = Some(error);
    move |batch: Batch<Ping>, mut seen: ResMut<Seen>| -> HandlerResult {
        for ping in batch {
            seen.0.push(("a", ping.0));
            if ping.0 == number
                && let Some(error) = error.take()
            {
                return Err(error);
            }
        }
        Ok(())
    }
}

fn failures(world: &World) -> Vec<Failure> {
    world.resource::<Topic<Failure>>().retained().into_iter().map(|failure| failure.event().clone()).collect()
}

// Kinds of errors.

#[test]
fn a_fatal_error_gives_the_event_up_at_once() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().max_deliver(9);
    a.handler(failing_with(1, HandlerError::fatal("refused"))).unwrap();
    publish(&mut world, [1, 2]);
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("a", 1), ("a", 2)]);
    let letter = letters(&world).remove(0);
    assert_eq!((letter.verdict.reason, letter.verdict.attempts), (Reason::Fatal, 1));
    assert_eq!(letter.verdict.last_error.as_deref(), Some("refused"));
    balances(&world, "a");
}

#[test]
fn an_event_for_later_keeps_its_place_and_counts_no_attempt() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().max_deliver(1);
    a.handler(failing_with(1, HandlerError::later(ms(30)))).unwrap();
    publish(&mut world, [1, 2]);
    assert_eq!(world.deliver_at(0).next_due, Some(30));
    assert_eq!((stats(&world, "a").failed, stats(&world, "a").dead), (0, 0));
    balances(&world, "a");
    world.deliver_at(30);
    assert_eq!(seen(&mut world), [("a", 1), ("a", 1), ("a", 2)]);
    assert!(failures(&world).is_empty());
    balances(&world, "a");
}

#[test]
fn an_event_for_later_without_a_pause_comes_with_a_later_delivery() {
    let mut world = world();
    let later = |batch: Batch<Ping>| -> HandlerResult {
        batch.for_each(drop);
        Err(HandlerError::later(ms(0)))
    };
    world.subscribe::<Ping>("a").at_least_once().handler(later).unwrap();
    publish(&mut world, [1]);
    assert_eq!(world.deliver_at(0).next_due, Some(1));
    balances(&world, "a");
}

#[test]
fn at_most_once_an_event_for_later_does_not_come_again() {
    let mut world = world();
    world.subscribe::<Ping>("a").handler(failing_with(1, HandlerError::later(ms(30)))).unwrap();
    publish(&mut world, [1]);
    assert_eq!(world.deliver_at(0).next_due, None);
    assert_eq!((stats(&world, "a").failed, stats(&world, "a").acked), (1, 1));
    balances(&world, "a");
}

#[test]
fn an_error_can_set_the_pause_before_the_next_attempt() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().backoff(Backoff::Fixed(ms(1_000)));
    a.handler(failing_with(1, HandlerError::new("busy").retry_after(ms(7)))).unwrap();
    publish(&mut world, [1]);
    assert_eq!(world.deliver_at(0).next_due, Some(7));
    assert_eq!(stats(&world, "a").failed, 1);
}

#[test]
fn an_error_keeps_its_source_and_equals_one_of_the_same_kind_and_message() {
    let source = "x".parse::<u32>().unwrap_err();
    let error = HandlerError::from(source.clone());
    assert_eq!(error.inner().downcast_ref(), Some(&source));
    assert_eq!(error, HandlerError::new(source.to_string()));
    assert_ne!(error, HandlerError::new("another"));
    assert_ne!(error, HandlerError::fatal(source));
    let boxed: Box<dyn std::error::Error + Send + Sync> = "boxed".into();
    assert_eq!(HandlerError::from(boxed).to_string(), "boxed");
    assert_eq!(HandlerError::from("text").kind(), ErrorKind::Retry);
    assert!(format!("{:?}", HandlerError::later(ms(5))).contains("Later(5ms)"));
}

#[test]
fn a_handler_knows_the_time_and_the_attempt() {
    let mut world = world();
    let mut fails = 2;
    let note = move |mut batch: Batch<Ping>, mut seen: ResMut<Seen>| -> HandlerResult {
        seen.0.push(("now", batch.now().as_millis() as u32));
        seen.0.push(("attempt", batch.attempt()));
        batch.next();
        fails -= 1;
        if fails >= 0 { Err("not yet".into()) } else { Ok(()) }
    };
    world.subscribe::<Ping>("a").at_least_once().backoff(Backoff::Fixed(ms(10))).handler(note).unwrap();
    publish(&mut world, [1]);
    for now in [5, 15, 25] {
        world.deliver_at(now);
    }
    let expected = [("now", 5), ("attempt", 1), ("now", 15), ("attempt", 2), ("now", 25), ("attempt", 3)];
    assert_eq!(seen(&mut world), expected);
}

// Order.

#[test]
fn in_an_unordered_group_a_failed_event_holds_back_no_other() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().unordered().backoff(Backoff::Fixed(ms(10)));
    a.handler(failing("a", once_on(2))).unwrap();
    publish(&mut world, 1..5);
    assert_eq!(world.deliver_at(0).next_due, Some(10));
    assert_eq!(seen(&mut world), [("a", 1), ("a", 2), ("a", 3), ("a", 4)]);
    assert_eq!((stats(&world, "a").in_backoff, stats(&world, "a").acked), (1, 3));
    balances(&world, "a");
    world.deliver_at(10);
    assert_eq!(seen(&mut world), [("a", 2)]);
    balances(&world, "a");
}

#[test]
fn in_a_group_ordered_by_a_key_a_failed_event_holds_back_only_its_key() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().ordered_by(|ping| u64::from(ping.0 % 10));
    a.backoff(Backoff::Fixed(ms(10))).handler(failing("a", once_on(11))).unwrap();
    publish(&mut world, [11, 12, 21, 22, 31]);
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("a", 11), ("a", 12), ("a", 22)]);
    assert_eq!((stats(&world, "a").in_backoff, stats(&world, "a").pending), (1, 2));
    balances(&world, "a");
    publish(&mut world, [41, 42]);
    world.deliver_at(5);
    assert_eq!(seen(&mut world), [("a", 42)]);
    world.deliver_at(10);
    assert_eq!(seen(&mut world), [("a", 11), ("a", 21), ("a", 31), ("a", 41)]);
    assert_eq!(stats(&world, "a").acked, 7);
    balances(&world, "a");
}

#[test]
fn a_pull_group_ordered_by_a_key_gives_one_event_of_each_key_at_a_time() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().ordered_by(|ping| u64::from(ping.0 % 10)).pull().unwrap();
    publish(&mut world, [11, 12, 21, 22]);
    world.deliver_at(0);
    assert_eq!(pulled(&mut world, &a, 9, 0), [11, 12]);
    assert!(pulled(&mut world, &a, 9, 0).is_empty());
    world.ack(&a, 0).unwrap();
    assert_eq!(pulled(&mut world, &a, 9, 0), [21]);
    world.nack(&a, 1, at(0), HandlerError::fatal("no")).unwrap();
    assert_eq!(pulled(&mut world, &a, 9, 0), [22]);
    balances(&world, "a");
}

#[test]
fn a_filter_leaves_events_out_and_counts_them() {
    let mut world = world();
    world.subscribe::<Ping>("a").filter(|ping| ping.0 % 2 == 0).handler(noting("a")).unwrap();
    let b = world.subscribe::<Ping>("b").filter(|ping| ping.0 > 2).pull().unwrap();
    publish(&mut world, 0..5);
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("a", 0), ("a", 2), ("a", 4)]);
    assert_eq!(pulled(&mut world, &b, 9, 0), [3, 4]);
    assert_eq!((stats(&world, "a").filtered, stats(&world, "b").filtered), (2, 3));
    balances(&world, "a");
    balances(&world, "b");
}

// Consumers that pull.

#[test]
fn an_event_that_is_not_acked_in_time_is_due_again_and_counts_as_failed() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().max_deliver(2).ack_wait(ms(10)).pull().unwrap();
    publish(&mut world, [1]);
    world.deliver_at(0);
    assert_eq!(pulled(&mut world, &a, 9, 0), [1]);
    assert_eq!(world.deliver_at(9).next_due, Some(10));
    assert!(pulled(&mut world, &a, 9, 9).is_empty());
    assert_eq!(pulled(&mut world, &a, 9, 10), [1]);
    assert_eq!(world.outstanding(&a).unwrap().len(), 1);
    assert_eq!(world.outstanding(&a).unwrap()[0].attempt, 2);
    world.deliver_at(20);
    let letter = letters(&world).remove(0);
    assert_eq!((letter.verdict.attempts, letter.verdict.reason), (2, Reason::MaxDeliver));
    assert_eq!(letter.verdict.last_error.as_deref(), Some("there was no ack in time"));
    assert!(matches!(world.ack(&a, 0), Err(PullError::NotInFlight { .. })), "it is too late");
    balances(&world, "a");
}

#[test]
fn ack_all_acknowledges_everything_up_to_an_event() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().pull().unwrap();
    publish(&mut world, 0..5);
    world.deliver_at(0);
    pulled(&mut world, &a, 4, 3);
    assert_eq!((world.ack_all(&a, 2), world.ack_all(&a, 2)), (Ok(3), Ok(0)));
    let outstanding = world.outstanding(&a).unwrap();
    assert_eq!((outstanding.len(), outstanding[0].seq, outstanding[0].since), (1, 3, at(3)));
    balances(&world, "a");
}

#[test]
fn a_nack_has_an_error_and_publishes_a_failure() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().max_deliver(2).pull().unwrap();
    publish(&mut world, [1]);
    world.deliver_at(0);
    for attempts in 1..=2 {
        pulled(&mut world, &a, 1, 0);
        world.nack(&a, 0, at(0), "the disk is full").unwrap();
        world.deliver_at(0);
        assert_eq!(failures(&world).last().map(|failure| failure.attempts), Some(attempts));
    }
    assert_eq!(letters(&world)[0].verdict.last_error.as_deref(), Some("the disk is full"));
    balances(&world, "a");
}

#[test]
fn the_next_due_time_includes_the_backoff_of_pulled_events() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().backoff(Backoff::Fixed(ms(100))).pull().unwrap();
    publish(&mut world, [1]);
    world.deliver_at(0);
    pulled(&mut world, &a, 1, 0);
    world.nack(&a, 0, at(0), "later").unwrap();
    let bus = world.resource::<Bus>().clone();
    assert_eq!(bus.next_due(), Some(at(100)), "without a delivery");
    assert_eq!(world.deliver_at(1).next_due, Some(100));
    assert_eq!(world.deliver_at(100).next_due, None, "now it is up to the consumer");
    assert_eq!(pulled(&mut world, &a, 1, 100), [1]);
}

#[test]
fn a_system_can_pull() {
    #[derive(Resource)]
    struct Pulls(blockers_event_bus::Consumer<Ping>);
    fn work(puller: Puller<Ping>, consumer: Res<Pulls>, pongs: Publisher<Pong>) -> HandlerResult {
        for ping in puller.pull(&consumer.0, 9, at(0))? {
            pongs.publish(Pong(ping.0))?;
            puller.ack(&consumer.0, ping.seq())?;
        }
        Ok(())
    }
    let mut world = world();
    world.add_topic::<Pong>("pong").create().unwrap();
    let consumer = world.subscribe::<Ping>("a").at_least_once().pull().unwrap();
    world.insert_resource(Pulls(consumer));
    publish(&mut world, [1, 2]);
    world.deliver_at(0);
    world.run_system_cached(work).unwrap().unwrap();
    world.deliver_at(0);
    assert_eq!(world.resource::<Topic<Pong>>().stats(at(0)).published, 2);
    assert_eq!(stats(&world, "a").acked, 2);
}

// Members.

#[test]
fn a_member_that_leaves_gets_nothing_more_and_the_others_go_on() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().handler(noting("one")).unwrap();
    let two = world.join(&a, noting("two")).unwrap();
    publish(&mut world, [1, 2]);
    world.deliver_at(0);
    world.leave(&two).unwrap();
    publish(&mut world, [3, 4]);
    world.deliver_at(1);
    assert_eq!(seen(&mut world), [("one", 1), ("two", 2), ("one", 3), ("one", 4)]);
    world.leave(&a.first_member()).unwrap();
    publish(&mut world, [5]);
    assert_eq!(world.deliver_at(2).next_due, None, "there is no member to take it");
    assert_eq!(stats(&world, "a").pending, 1);
    world.join(&a, noting("three")).unwrap();
    world.deliver_at(3);
    assert_eq!(seen(&mut world), [("three", 5)]);
    balances(&world, "a");
    world.unsubscribe::<Ping>("a").unwrap();
    assert!(matches!(world.leave(&two), Err(WiringError::NoGroup { .. })));
}

#[test]
fn unsubscribing_returns_the_counters() {
    let mut world = world();
    world.subscribe::<Ping>("a").handler(noting("a")).unwrap();
    publish(&mut world, [1, 2]);
    world.deliver_at(0);
    assert_eq!(world.unsubscribe::<Ping>("a").unwrap().acked, 2);
}

// Configuration.

#[test]
fn a_paused_group_gets_nothing_until_it_goes_on_and_other_groups_are_not_affected() {
    let mut world = world();
    world.subscribe::<Ping>("a").at_least_once().handler(noting("a")).unwrap();
    world.subscribe::<Ping>("b").handler(noting("b")).unwrap();
    let topic = world.topic::<Ping>().unwrap().clone();
    topic.configure_group("a", |config| config.paused = true).unwrap();
    publish(&mut world, [1]);
    assert_eq!(world.deliver_at(0).next_due, None);
    assert_eq!(seen(&mut world), [("b", 1)]);
    assert_eq!(stats(&world, "a").pending, 1);
    topic.configure_group("a", |config| config.paused = false).unwrap();
    world.deliver_at(1);
    assert_eq!(seen(&mut world), [("a", 1)]);
    balances(&world, "a");
}

#[test]
fn configurations_can_be_read_and_changed() {
    let mut world = world();
    world.subscribe::<Ping>("a").at_least_once().max_deliver(3).handler(failing("a", |_| true)).unwrap();
    let topic = world.topic::<Ping>().unwrap().clone();
    assert_eq!(topic.group_config("a").unwrap().retry.unwrap().max_deliver, 3);
    assert_eq!(topic.report(at(0)).groups[0].config.order, DeliveryOrder::Ordered);
    topic.configure_group("a", |config| config.retry.as_mut().unwrap().max_deliver = 1).unwrap();
    publish(&mut world, [1]);
    world.deliver_at(0);
    assert_eq!(stats(&world, "a").delivered, 1);
    topic.configure_group("a", |config| config.retry = None).unwrap();
    assert_eq!(topic.config().max_len, 100);
    topic.configure(|config| (config.max_len, config.max_age) = (2, Some(ms(50))));
    publish(&mut world, [2, 3, 4]);
    world.deliver_at(10);
    assert_eq!(retained(&world), [3, 4]);
    world.deliver_at(60);
    assert!(retained(&world).is_empty(), "the bus has noticed that the topic limits the age now");
    assert!(matches!(topic.configure_group("b", |_| ()), Err(WiringError::NoGroup { .. })));
    balances(&world, "a");
}

// Limits.

#[test]
fn a_topic_that_keeps_events_until_they_are_done_loses_none_and_shrinks_again() {
    let mut world = world_with(|pings| pings.max_len(4).keep_until_done());
    let a = world.subscribe::<Ping>("a").at_least_once().pull().unwrap();
    world.subscribe::<Ping>("b").handler(noting("b")).unwrap();
    publish(&mut world, 0..20);
    world.deliver_at(0);
    assert_eq!(retained(&world).len(), 20);
    assert_eq!(pulled(&mut world, &a, 18, 0).len(), 18);
    world.ack_all(&a, 14).unwrap();
    world.deliver_at(1);
    assert_eq!(retained(&world), Vec::from_iter(15..20));
    world.ack_all(&a, 19).unwrap();
    assert_eq!(pulled(&mut world, &a, 18, 0), [18, 19]);
    world.ack_all(&a, 19).unwrap();
    world.deliver_at(2);
    assert_eq!((retained(&world).len(), stats(&world, "a").evicted), (4, 0));
    balances(&world, "a");
}

#[test]
fn a_full_inbox_evicts_the_oldest_with_a_dead_letter_or_refuses_the_newest() {
    let mut world = world_with(|pings| pings.max_inbox(2));
    world.subscribe::<Ping>("a").at_least_once().handler(noting("a")).unwrap();
    publish(&mut world, 0..3);
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("a", 1), ("a", 2)]);
    let letter = letters(&world).remove(0);
    assert_eq!((letter.event.seq(), letter.verdict.reason), (0, Reason::Evicted));
    balances(&world, "a");
    let mut world = world_with(|pings| pings.max_inbox(2).keep_until_done());
    publish(&mut world, 0..2);
    assert_eq!(world.publish(Ping(2)), Err(PublishError::Full(Ping(2))));
    world.deliver_at(0);
    publish(&mut world, [2]);
}

#[test]
fn a_batch_is_published_together_and_returns_what_is_refused() {
    let world = world_with(|pings| pings.max_len(4).discard(DiscardPolicy::New));
    let topic = world.topic::<Ping>().unwrap();
    assert_eq!(topic.publish_batch((0..3).map(Ping)), Ok(0..3));
    assert_eq!(topic.publish_batch([]), Ok(0..0));
    let refused = topic.publish_batch((3..6).map(Ping)).unwrap_err();
    assert_eq!(refused, PublishError::Full(vec![Ping(4), Ping(5)]));
    assert_eq!(topic.stats(at(0)).inbox_len, 4);
}

#[test]
fn a_closed_topic_refuses_events_and_delivers_those_that_it_has() {
    let mut world = world();
    world.subscribe::<Ping>("a").handler(noting("a")).unwrap();
    publish(&mut world, [1]);
    let topic = world.topic::<Ping>().unwrap().clone();
    topic.close();
    assert_eq!(topic.publish(Ping(2)), Err(PublishError::Closed(Ping(2))));
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("a", 1)]);
}

#[test]
fn a_topic_whose_world_is_gone_refuses_events() {
    let world = world();
    let topic = world.topic::<Ping>().unwrap().clone();
    drop(world);
    assert!(topic.is_closed());
    assert_eq!(topic.publish(Ping(2)), Err(PublishError::Closed(Ping(2))));
}

#[test]
fn draining_ends_when_every_group_is_done_or_says_which_is_not() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().backoff(Backoff::Fixed(ms(10)));
    a.handler(failing("a", once_on(1))).unwrap();
    publish(&mut world, [1, 2]);
    let bus = world.resource::<Bus>().clone();
    assert_eq!(bus.drain(&mut world, at(0), |due| due).unwrap().now, at(10));
    assert_eq!(stats(&world, "a").acked, 2);
    world.subscribe::<Ping>("idle").start(StartAt::Earliest).pull().unwrap();
    let stuck = bus.drain(&mut world, at(20), |due| due).unwrap_err();
    assert_eq!(stuck, Stuck::Unfinished { topic: "ping".into(), group: "idle".into(), events: 2 });
    world.unsubscribe::<Ping>("idle").unwrap();
    let one = |batch: Batch<Ping>| batch.take(1).for_each(drop);
    world.subscribe::<Ping>("one by one").start(StartAt::Earliest).handler(one).unwrap();
    assert!(bus.drain(&mut world, at(30), |due| due).is_ok(), "a handler may take its events one by one");
    world.subscribe::<Ping>("none").start(StartAt::Earliest).handler(|_: Batch<Ping>| {}).unwrap();
    assert!(matches!(bus.drain(&mut world, at(30), |due| due), Err(Stuck::Unfinished { events: 2, .. })));
}

#[test]
fn draining_a_cycle_ends_with_an_error() {
    let mut world = world();
    let echo = |batch: Batch<Ping>, pings: Publisher<Ping>| -> HandlerResult {
        for ping in batch {
            pings.publish(*ping.event())?;
        }
        Ok(())
    };
    world.subscribe::<Ping>("echo").handler(echo).unwrap();
    publish(&mut world, [1]);
    let bus = world.resource::<Bus>().clone();
    assert_eq!(bus.drain(&mut world, at(0), |due| due), Err(Stuck::Cycle));
}

#[test]
fn a_fresh_replay_of_an_effectively_once_group_gives_every_event_again() {
    let mut world = world();
    world.subscribe::<Ping>("a").effectively_once(8, key).handler(noting("a")).unwrap();
    publish(&mut world, [1, 2]);
    world.deliver_at(0);
    seen(&mut world);
    world.seek::<Ping>("a", StartAt::Earliest).unwrap();
    world.deliver_at(0);
    assert!(seen(&mut world).is_empty());
    world.seek_fresh::<Ping>("a", StartAt::Earliest).unwrap();
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("a", 1), ("a", 2)]);
    balances(&world, "a");
}

#[test]
fn an_event_can_name_its_cause() {
    let mut world = world();
    world.add_topic::<Pong>("pong").create().unwrap();
    let chain = |mut batch: Batch<Ping>, pongs: Publisher<Pong>| -> HandlerResult {
        while let Some(ping) = batch.next() {
            pongs.publish_with(Pong(ping.0), PublishOptions::because(batch.cause(ping)))?;
        }
        Ok(())
    };
    world.subscribe::<Ping>("a").handler(chain).unwrap();
    publish(&mut world, [7, 8]);
    world.deliver_at(0);
    let (pings, pongs) = (world.topic::<Ping>().unwrap(), world.topic::<Pong>().unwrap());
    let causes: Vec<_> = pongs.retained().iter().map(|pong| pong.cause().unwrap()).collect();
    assert_eq!(causes, [0, 1].map(|seq| Cause::new(pings.id(), seq).unwrap()));
    assert_eq!((causes[1].topic(), causes[1].seq()), (pings.id(), 1));
    let last = (1 << 48) - 2;
    assert_eq!(Cause::new(pings.id(), last).map(Cause::seq), Some(last));
    assert_eq!([last + 1, 1 << 48, u64::MAX].map(|seq| Cause::new(pings.id(), seq)), [None; 3]);
    assert_ne!(pings.id(), pongs.id());
}

// Requests.

#[test]
fn answers_go_to_the_group_that_asked_and_to_no_other() {
    #[derive(Clone)]
    struct Question(u32);
    #[derive(Clone)]
    struct Reply(u32);
    let mut world = world();
    world.add_requests::<Question, Reply>("question").timeout(ms(50)).create().unwrap();
    // A system may ask and reply the same kind.
    let both = |batch: Batch<Request<Question>>, _: Requester<Question, Reply>, replier: Replier<Question, Reply>| {
        for request in batch {
            let outcome = match request.question.0 {
                0 => replier.fail(request.id, "not zero"),
                number if number < 10 => replier.reply(request.id, Reply(2 * number)),
                _ => Ok(true),
            };
            assert_eq!(outcome.map_err(|error| error.to_string()), Ok(true));
        }
    };
    world.subscribe::<Request<Question>>("responder").handler(both).unwrap();
    for asker in ["a", "b"] {
        let note = move |batch: Batch<Answer<Reply>>, mut seen: ResMut<Seen>| {
            seen.0.extend(batch.map(|answer| {
                let number = match &answer.outcome {
                    Ok(reply) => reply.0,
                    Err(NoAnswer::TimedOut) => 1_000,
                    Err(NoAnswer::Failed(error)) => error.to_string().len() as u32,
                    Err(_) => 0,
                };
                (asker, number)
            }));
        };
        world.subscribe_answers::<Reply>(asker).handler(note).unwrap();
    }
    world.ask::<Question, Reply>("a", Question(1)).unwrap();
    world.ask::<Question, Reply>("b", Question(2)).unwrap();
    world.ask::<Question, Reply>("b", Question(0)).unwrap();
    world.ask::<Question, Reply>("a", Question(10)).unwrap();
    assert_eq!(world.deliver_at(10).next_due, Some(60));
    assert_eq!(seen(&mut world), [("a", 2), ("b", 4), ("b", 8)]);
    world.deliver_at(60);
    assert_eq!(seen(&mut world), [("a", 1_000)]);
}

// Handles and values.

#[test]
fn times_are_added_and_compared_without_overflow() {
    assert_eq!(at(5) + ms(7), at(12));
    assert_eq!(at(5) + std::time::Duration::MAX, Timestamp::MAX);
    assert_eq!((at(5).since(at(2)), at(2).since(at(5))), (ms(3), ms(0)));
    assert_eq!(at(5).to_string(), "5 ms");
}

#[test]
fn handles_show_their_names() {
    let mut world = world();
    let group = world.subscribe::<Ping>("a").handler(noting("a")).unwrap();
    let consumer = world.subscribe::<Ping>("b").pull().unwrap();
    let texts = [
        format!("{:?}", world.topic::<Ping>().unwrap()),
        format!("{group:?} {:?}", group.first_member()),
        format!("{consumer:?}"),
        format!("{:?}", world.resource::<Bus>()),
        format!("{:?}", world.subscribe::<Ping>("c")),
        format!("{:?}", world.add_topic::<Pong>("pong")),
    ];
    for (text, name) in texts.iter().zip(["ping", "a", "b", "ping", "c", "pong"]) {
        assert!(text.contains(&format!("\"{name}\"")), "{text}");
    }
    assert_eq!(world.topic::<Ping>().unwrap().group_handle("a"), Ok(group));
    assert!(world.topic::<Ping>().unwrap().group_handle("b").is_err());
    let text = PublishError::Full(DeadLetterOf).to_string();
    assert!(text.ends_with("DeadLetterOf` is full"), "{text}");
}

/// A type without `Debug`.
struct DeadLetterOf;

//! What a consumer can ask for: order, filters, ack deadlines, members, configurations, answers.

use bevy_ecs::prelude::*;
use blockers_event_bus::{
    Answer, Backoff, Batch, Bus, DeliveryOrder, HandlerError, HandlerResult, NoAnswer, PublishError, Publisher,
    PullError, Puller, Reason, Replier, Request, RequestExt, Requester, Timestamp, Topic, WiringError, WorldBusExt,
};

use super::common::{
    Ping, Pong, Seen, WorldTestExt, at, balances, failing, failures, letters, ms, noting, once_on, publish, pulled,
    retained, seen, stats, world,
};

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

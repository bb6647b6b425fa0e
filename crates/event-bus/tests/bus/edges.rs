//! Features in combination: keys and orders with retries, small inboxes, filters, timers, and other threads.

use std::thread;

use bevy_ecs::prelude::*;
use blockers_event_bus::{
    Backoff, Batch, Bus, Consumer, DiscardPolicy, HandlerError, HandlerResult, PublishError, StartAt, Stuck, Topic,
    WorldBusExt,
};

use super::common::{
    Ping, Seen, WorldTestExt, at, balances, failing, key, letters, ms, noting, publish, pulled, seen, stats, times,
    world, world_with,
};

// Effectively once, by consumers that are lost.

/// Returns a world with a pull group that has pulled event 7 at 0, and must ack it before 10.
fn with_a_pulled_event() -> (World, Consumer<Ping>) {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").effectively_once(8, key).ack_wait(ms(10)).pull().unwrap();
    publish(&mut world, [7]);
    world.deliver_at(0);
    assert_eq!(pulled(&mut world, &a, 1, 0), [7]);
    (world, a)
}

#[test]
fn effectively_once_an_event_whose_consumer_is_lost_is_given_again() {
    let (mut world, a) = with_a_pulled_event();
    world.deliver_at(10);
    assert_eq!(pulled(&mut world, &a, 1, 10), [7]);
    world.ack(&a, 0).unwrap();
    publish(&mut world, [7]);
    world.deliver_at(20);
    assert!(pulled(&mut world, &a, 1, 20).is_empty(), "it was acked");
    assert_eq!((stats(&world, "a").acked, stats(&world, "a").duplicates), (1, 1));
    balances(&world, "a");
}

#[test]
fn effectively_once_an_event_that_was_not_acked_before_a_seek_is_given_again() {
    let (mut world, a) = with_a_pulled_event();
    world.seek::<Ping>("a", StartAt::Earliest).unwrap();
    assert_eq!(pulled(&mut world, &a, 1, 0), [7]);
    balances(&world, "a");
}

#[test]
fn effectively_once_a_dead_letter_of_an_event_that_was_evicted_before_its_ack_is_given() {
    let (mut world, a) = with_a_pulled_event();
    publish(&mut world, 100..200);
    world.deliver_at(1);
    let letter = letters(&world).remove(0);
    world.redeliver(&letter).unwrap();
    assert_eq!(pulled(&mut world, &a, 1, 2), [7]);
    balances(&world, "a");
}

// Ordered by a key.

/// The key of the order: the last digit.
fn digit(ping: &Ping) -> u64 {
    u64::from(ping.0 % 10)
}

#[test]
fn in_a_group_ordered_by_a_key_the_order_holds_after_each_failure() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().max_deliver(9).backoff(Backoff::Fixed(ms(10)));
    let mut fails = times(3);
    a.ordered_by(digit).handler(failing("a", move |number| number == 11 && fails(number))).unwrap();
    publish(&mut world, [11, 21, 12]);
    for (now, expected) in [(0, &[11, 12][..]), (10, &[11]), (20, &[11]), (30, &[11, 21])] {
        world.deliver_at(now);
        let numbers: Vec<_> = seen(&mut world).into_iter().map(|(_, number)| number).collect();
        assert_eq!(numbers, expected, "at {now}");
    }
    balances(&world, "a");
}

#[test]
fn in_a_pull_group_ordered_by_a_key_a_nacked_event_holds_back_its_key() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().backoff(Backoff::Fixed(ms(10)));
    let a = a.ordered_by(digit).ack_wait(ms(100)).pull().unwrap();
    publish(&mut world, [11, 21]);
    world.deliver_at(0);
    assert_eq!(pulled(&mut world, &a, 9, 0), [11]);
    world.nack(&a, 0, at(0), "nacked").unwrap();
    assert!(pulled(&mut world, &a, 9, 0).is_empty());
    world.deliver_at(10);
    assert_eq!(pulled(&mut world, &a, 9, 10), [11]);
    // It is not acked in time.
    world.deliver_at(110);
    assert_eq!(pulled(&mut world, &a, 9, 110), [11]);
    world.ack(&a, 0).unwrap();
    assert_eq!(pulled(&mut world, &a, 9, 110), [21]);
    balances(&world, "a");
}

#[test]
fn in_a_group_ordered_by_a_key_a_redelivered_event_is_not_given_beside_another_of_its_key() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().ordered_by(digit).pull().unwrap();
    publish(&mut world, [11, 21]);
    world.deliver_at(0);
    assert_eq!(pulled(&mut world, &a, 9, 0), [11]);
    world.nack(&a, 0, at(0), HandlerError::fatal("given up")).unwrap();
    world.deliver_at(1);
    assert_eq!(pulled(&mut world, &a, 9, 1), [21]);
    let letter = letters(&world).remove(0);
    world.redeliver(&letter).unwrap();
    assert!(pulled(&mut world, &a, 9, 1).is_empty(), "21 is not acked yet");
    world.ack(&a, 1).unwrap();
    assert_eq!(pulled(&mut world, &a, 9, 1), [11]);
    balances(&world, "a");
}

#[test]
fn a_pull_group_ordered_by_a_key_that_no_longer_retries_gives_every_event() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().ordered_by(digit).pull().unwrap();
    world.topic::<Ping>().unwrap().configure_group("a", |config| config.retry = None).unwrap();
    publish(&mut world, [11, 21]);
    world.deliver_at(0);
    assert_eq!(pulled(&mut world, &a, 1, 0), [11]);
    assert_eq!(pulled(&mut world, &a, 1, 0), [21]);
    balances(&world, "a");
}

#[test]
fn a_group_that_is_no_longer_ordered_by_a_key_gives_every_event() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().backoff(Backoff::Fixed(ms(10))).ordered_by(digit);
    a.handler(failing("a", times(1))).unwrap();
    publish(&mut world, [11, 21, 31]);
    world.deliver_at(0);
    world.topic::<Ping>().unwrap().configure_group("a", |config| config.order = Default::default()).unwrap();
    world.deliver_at(10);
    assert_eq!(seen(&mut world), [("a", 11), ("a", 11), ("a", 21), ("a", 31)]);
    balances(&world, "a");
}

// Small inboxes, and filters.

#[test]
fn an_inbox_of_one_event_counts_each_that_it_drops() {
    for most in [0, 1] {
        let mut world = world_with(|pings| pings.max_inbox(most));
        world.subscribe::<Ping>("a").handler(noting("a")).unwrap();
        assert_eq!([1, 2, 3].map(|number| world.publish(Ping(number)).ok()), [Some(0), Some(1), Some(2)]);
        world.deliver_at(0);
        assert_eq!(seen(&mut world), [("a", 3)]);
        assert_eq!(world.topic::<Ping>().unwrap().stats(at(0)).published, 3);
        assert_eq!(stats(&world, "a").evicted, 2);
        balances(&world, "a");
    }
}

#[test]
fn a_topic_that_discards_new_events_refuses_what_its_inbox_does_not_hold() {
    let mut world = world_with(|pings| pings.max_len(100).max_inbox(2).discard(DiscardPolicy::New));
    world.subscribe::<Ping>("a").handler(noting("a")).unwrap();
    publish(&mut world, [1, 2]);
    assert_eq!(world.publish(Ping(3)), Err(PublishError::Full(Ping(3))));
    world.deliver_at(0);
    publish(&mut world, [4]);
    world.deliver_at(1);
    assert_eq!(seen(&mut world), [("a", 1), ("a", 2), ("a", 4)]);
    balances(&world, "a");
}

#[test]
fn an_event_that_a_filter_leaves_out_becomes_no_dead_letter_when_it_is_evicted() {
    let mut world = world_with(|pings| pings.max_len(2));
    let a = world.subscribe::<Ping>("a").at_least_once().filter(|ping| ping.0 % 2 == 0).pull().unwrap();
    publish(&mut world, 0..6);
    world.deliver_at(0);
    let evicted: Vec<_> = letters(&world).iter().map(|letter| letter.event.0).collect();
    assert_eq!(evicted, [0, 2]);
    assert_eq!((stats(&world, "a").evicted, stats(&world, "a").filtered), (2, 2));
    assert_eq!(pulled(&mut world, &a, 9, 0), [4]);
    balances(&world, "a");
}

// Timers.

#[test]
fn the_deadline_of_an_ack_is_announced_beside_an_event_that_is_due_at_once() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().ack_wait(ms(200)).pull().unwrap();
    publish(&mut world, [1, 2]);
    world.deliver_at(0);
    assert_eq!(pulled(&mut world, &a, 2, 0), [1, 2]);
    world.nack(&a, 0, at(0), "nacked").unwrap();
    assert_eq!(world.resource::<Bus>().next_due(), Some(at(200)));
}

#[test]
fn an_event_without_a_backoff_is_not_tried_for_ever_in_one_delivery() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().max_deliver(u32::MAX);
    a.handler(|batch: Batch<Ping>| -> HandlerResult {
        batch.for_each(drop);
        Err(HandlerError::new("always"))
    })
    .unwrap();
    world.subscribe::<Ping>("b").handler(noting("b")).unwrap();
    publish(&mut world, [1]);
    for now in 0..3 {
        assert_eq!(world.deliver_at(now).next_due, Some(now));
    }
    assert!(stats(&world, "a").failed >= 3);
    assert_eq!(seen(&mut world), [("b", 1)]);
    balances(&world, "a");
}

#[test]
fn draining_waits_for_a_retry_although_another_group_leaves_its_events() {
    let mut world = world();
    let b = world.subscribe::<Ping>("b").at_least_once().backoff(Backoff::Fixed(ms(100)));
    b.handler(failing("b", times(1))).unwrap();
    // It takes nothing until the other group has handled its event.
    let a = |batch: Batch<Ping>, mut seen: ResMut<Seen>| {
        if seen.0.len() == 2 {
            seen.0.extend(batch.map(|ping| ("a", ping.0)));
        }
    };
    world.subscribe::<Ping>("a").handler(a).unwrap();
    publish(&mut world, [1]);
    let bus = world.resource::<Bus>().clone();
    assert_eq!(bus.drain(&mut world, at(0), |due| due).map(|drained| drained.now), Ok(at(100)));
    assert_eq!(seen(&mut world), [("b", 1), ("b", 1), ("a", 1)]);
}

#[test]
fn draining_ends_with_an_error_if_a_handler_never_takes_its_events() {
    let mut world = world();
    world.subscribe::<Ping>("a").handler(|_: Batch<Ping>| {}).unwrap();
    publish(&mut world, [1]);
    let bus = world.resource::<Bus>().clone();
    let stuck = Stuck::Unfinished { topic: "ping".into(), group: "a".into(), events: 1 };
    assert_eq!(bus.drain(&mut world, at(0), |due| due), Err(stuck));
}

// Other threads.

#[test]
fn a_thread_that_reads_when_the_next_delivery_is_due_stops_no_delivery() {
    let mut world = world();
    world.subscribe::<Ping>("a").handler(noting("a")).unwrap();
    let bus = world.resource::<Bus>().clone();
    let (ended, end) = std::sync::mpsc::channel::<()>();
    let reader = thread::spawn(move || {
        while end.try_recv() == Err(std::sync::mpsc::TryRecvError::Empty) {
            let _ = bus.next_due();
        }
    });
    for number in 0..20_000 {
        publish(&mut world, [number]);
        assert_eq!(world.deliver_at(number.into()).waves, 1, "{number}");
    }
    drop(ended);
    reader.join().unwrap();
    assert_eq!(stats(&world, "a").acked, 20_000);
}

#[test]
fn no_change_of_a_configuration_by_another_thread_is_lost() {
    let world = world();
    let topic: Topic<Ping> = world.topic::<Ping>().unwrap().clone();
    let (len, inbox) = (topic.config().max_len, topic.config().max_inbox);
    let other = topic.clone();
    let thread = thread::spawn(move || (0..2_000).for_each(|_| other.configure(|config| config.max_len += 1)));
    (0..2_000).for_each(|_| topic.configure(|config| config.max_inbox += 1));
    thread.join().unwrap();
    assert_eq!((topic.config().max_len, topic.config().max_inbox), (len + 2_000, inbox + 2_000));
}

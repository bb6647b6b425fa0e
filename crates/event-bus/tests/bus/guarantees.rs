//! The guarantees: how often and when an event is delivered, and which group a failure holds back.

use blockers_event_bus::{Backoff, Batch, Failure, HandlerError, HandlerResult, PullError, Reason, Topic, WorldBusExt};

use super::common::{
    Did, Ping, WorldTestExt, at, balances, failing, letters, ms, noting, once_on, publish, pulled, seen, stats,
    stats_of, times, verdict, world,
};

use super::common::counts;

// At most once.

#[test]
fn at_most_once_an_event_is_never_delivered_again_even_after_an_error() {
    let mut world = world();
    world.subscribe::<Ping>("a").at_most_once().handler(failing("a", |number| number == 2)).unwrap();
    publish(&mut world, [1, 2, 3]);
    for now in 0..20 {
        world.deliver_at(now);
    }
    assert_eq!(seen(&mut world), [("a", 1), ("a", 2), ("a", 3)]);
    assert_eq!(counts(&world, "a"), (3, 1, 3, 0));
    assert!(letters(&world).is_empty());
    balances(&world, "a");
}

#[test]
fn at_most_once_a_pulled_event_needs_no_ack() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_most_once().pull().unwrap();
    publish(&mut world, [1]);
    world.deliver_at(0);
    assert_eq!(pulled(&mut world, &a, 9, 0), [1]);
    let not_out = Err(PullError::NotInFlight { group: "a".into(), seq: 0 });
    assert_eq!(world.ack(&a, 0), not_out);
    assert_eq!(world.nack(&a, 0, at(0), "nacked"), not_out);
    assert!(pulled(&mut world, &a, 9, 1).is_empty());
    assert_eq!(counts(&world, "a"), (1, 0, 1, 0));
    balances(&world, "a");
}

// At least once.

#[test]
fn at_least_once_a_failed_event_is_retried_before_later_events() {
    let mut world = world();
    world.subscribe::<Ping>("a").at_least_once().max_deliver(3).handler(failing("a", times(2))).unwrap();
    publish(&mut world, [7, 8]);
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("a", 7), ("a", 7), ("a", 7), ("a", 8)]);
    assert_eq!(counts(&world, "a"), (4, 2, 2, 0));
    assert!(letters(&world).is_empty());
    balances(&world, "a");
}

#[test]
fn at_least_once_an_event_that_always_fails_is_tried_max_deliver_times_and_becomes_one_dead_letter() {
    for most in 1..=4 {
        let mut world = world();
        let mut tries = 0u32;
        let fail = move |mut batch: Batch<Ping>| -> HandlerResult {
            if batch.next().is_some() {
                tries += 1;
                return Err(HandlerError::new(format!("try {tries}")));
            }
            Ok(())
        };
        world.subscribe::<Ping>("a").at_least_once().max_deliver(most).handler(fail).unwrap();
        publish(&mut world, [7]);
        for now in 5..10 {
            world.deliver_at(now);
        }
        let tried = u64::from(most);
        assert_eq!(counts(&world, "a"), (tried, tried, 0, 1));
        let letters = letters(&world);
        assert_eq!(letters.len(), 1);
        let event = &letters[0].event;
        assert_eq!((event.seq(), event.timestamp(), event.event()), (0, at(5), &Ping(7)), "it has the original event");
        assert_eq!(letters[0].verdict, verdict("a", Reason::MaxDeliver, most, Some(&format!("try {most}"))));
        let failures = world.resource::<Topic<Failure>>().retained().into_iter();
        let failures: Vec<_> = failures.map(|failure| (failure.attempts, failure.given_up)).collect();
        assert_eq!(failures, (1..=most).map(|n| (n, n == most)).collect::<Vec<_>>());
        balances(&world, "a");
    }
}

#[test]
fn at_least_once_the_default_is_five_attempts_without_a_pause() {
    let mut world = world();
    world.subscribe::<Ping>("a").at_least_once().handler(failing("a", |_| true)).unwrap();
    publish(&mut world, [7]);
    assert_eq!(world.deliver_at(0).next_due, None);
    assert_eq!(seen(&mut world), [("a", 7); 5]);
    assert_eq!(letters(&world)[0].verdict, verdict("a", Reason::MaxDeliver, 5, Some("7 is bad")));
}

#[test]
fn only_the_failed_event_of_a_batch_is_retried() {
    let mut world = world();
    world.subscribe::<Ping>("a").at_least_once().max_deliver(2).handler(failing("a", |n| n % 2 == 0)).unwrap();
    publish(&mut world, [1, 2, 3, 4, 5]);
    world.deliver_at(0);
    let expected = [("a", 1), ("a", 2), ("a", 2), ("a", 3), ("a", 4), ("a", 4), ("a", 5)];
    assert_eq!(seen(&mut world), expected);
    assert_eq!(letters(&world).iter().map(|letter| letter.event.event().0).collect::<Vec<_>>(), [2, 4]);
    assert_eq!(counts(&world, "a"), (7, 4, 3, 2));
    balances(&world, "a");
}

// Backoff.

/// Asserts that an event that always fails is tried exactly at these times, and not one millisecond earlier.
fn tries_come_at(backoff: Backoff, tries: &[u64]) {
    let mut world = world();
    let subscription = world.subscribe::<Ping>("a").at_least_once().max_deliver(tries.len() as u32).backoff(backoff);
    subscription.handler(failing("a", |_| true)).unwrap();
    publish(&mut world, [7]);
    for (n, &now) in tries.iter().enumerate() {
        if n > 0 {
            let early = world.deliver_at(now - 1);
            assert_eq!(early, Did { waves: 0, events: 0, overrun: false, next_due: Some(now) });
            assert!(seen(&mut world).is_empty(), "{backoff:?} before {now}");
            assert_eq!((stats(&world, "a").in_backoff, stats(&world, "a").pending), (1, 0));
        }
        assert_eq!(world.deliver_at(now).next_due, tries.get(n + 1).copied());
        assert_eq!(seen(&mut world), [("a", 7)], "{backoff:?} at {now}");
        balances(&world, "a");
    }
    assert_eq!(letters(&world).len(), 1);
}

#[test]
fn a_fixed_backoff_is_the_same_after_every_attempt() {
    tries_come_at(Backoff::Fixed(ms(10)), &[1_000, 1_010, 1_020, 1_030]);
}

#[test]
fn a_doubling_backoff_doubles_after_every_attempt_up_to_its_limit() {
    tries_come_at(Backoff::Doubling { first: ms(10), most: ms(25) }, &[1_000, 1_010, 1_030, 1_055, 1_080]);
}

#[test]
fn without_a_backoff_an_event_is_retried_within_the_same_delivery() {
    let mut world = world();
    world
        .subscribe::<Ping>("a")
        .at_least_once()
        .max_deliver(3)
        .backoff(Backoff::None)
        .handler(failing("a", |_| true))
        .unwrap();
    publish(&mut world, [7]);
    assert_eq!(world.deliver_at(1_000).next_due, None);
    assert_eq!(seen(&mut world), [("a", 7); 3]);
}

#[test]
fn a_backoff_starts_at_the_attempt_and_not_when_the_attempt_was_due() {
    let mut world = world();
    let subscription = world.subscribe::<Ping>("a").at_least_once().backoff(Backoff::Fixed(ms(10)));
    subscription.handler(failing("a", |_| true)).unwrap();
    publish(&mut world, [7]);
    assert_eq!(world.deliver_at(0).next_due, Some(10));
    assert_eq!(world.deliver_at(50).next_due, Some(60), "the pause starts at the late attempt");
    assert_eq!(seen(&mut world), [("a", 7); 2], "one attempt, although several pauses have passed");
}

#[test]
fn next_due_is_the_earliest_due_time_of_all_groups() {
    let mut world = world();
    for (name, pause) in [("slow", 30), ("quick", 10), ("middling", 20)] {
        let subscription =
            world.subscribe::<Ping>(name).at_least_once().max_deliver(2).backoff(Backoff::Fixed(ms(pause)));
        subscription.handler(failing(name, |_| true)).unwrap();
    }
    publish(&mut world, [7]);
    assert_eq!(world.deliver_at(0).next_due, Some(10));
    seen(&mut world);
    for (now, name, next_due) in [(10, "quick", Some(20)), (20, "middling", Some(30)), (30, "slow", None)] {
        assert_eq!(world.deliver_at(now).next_due, next_due);
        assert_eq!(seen(&mut world), [(name, 7)]);
    }
}

// Order, and which groups are held back.

#[test]
fn a_failed_event_holds_back_only_its_own_group_and_the_order_is_kept() {
    let mut world = world();
    let subscription = world.subscribe::<Ping>("slow").at_least_once().backoff(Backoff::Fixed(ms(100)));
    subscription.handler(failing("slow", once_on(2))).unwrap();
    world.subscribe::<Ping>("other").handler(noting("other")).unwrap();
    publish(&mut world, [1, 2, 3]);
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("slow", 1), ("slow", 2), ("other", 1), ("other", 2), ("other", 3)]);
    publish(&mut world, [4]);
    world.deliver_at(1);
    assert_eq!(seen(&mut world), [("other", 4)]);
    let slow = stats(&world, "slow");
    assert_eq!((slow.in_backoff, slow.pending, slow.lag, slow.acked), (1, 2, 2, 1));
    balances(&world, "slow");
    world.deliver_at(100);
    assert_eq!(seen(&mut world), [("slow", 2), ("slow", 3), ("slow", 4)]);
    balances(&world, "slow");
    balances(&world, "other");
}

#[test]
fn failures_of_one_group_change_nothing_for_another_group() {
    let run = |fails: bool| {
        let mut world = world();
        let subscription = world.subscribe::<Ping>("bad").at_least_once().max_deliver(2).backoff(Backoff::Fixed(ms(3)));
        subscription.handler(failing("bad", move |number| fails && number % 2 == 0)).unwrap();
        world.subscribe::<Ping>("good").handler(noting("good")).unwrap();
        for now in 0..20u32 {
            publish(&mut world, [now]);
            world.deliver_at(now.into());
        }
        balances(&world, "bad");
        let (mut good, stats) = (seen(&mut world), stats_of::<Ping>(&world, "good", 20));
        good.retain(|(name, _)| *name == "good");
        (good, stats)
    };
    assert_eq!(run(true), run(false));
}

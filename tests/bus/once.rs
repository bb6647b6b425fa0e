//! What is left out: events that were done, and events that are worth nothing any more.

use blockers::bus::{Backoff, BusExt, Start};

use super::common::{
    FREE, Ping, THERE, balances, failing, letters, noting, once_on, publish, pulled, seen, stats, times, world,
};

use super::common::key;

// Effectively once.

#[test]
fn effectively_once_an_event_is_left_out_that_was_done_in_the_same_batch_or_before() {
    let mut world = world();
    world.subscribe::<Ping>("a").effectively_once(8, key).handler(noting("a")).expect(FREE);
    publish(&mut world, [1, 1, 2]);
    world.deliver(0);
    assert_eq!(seen(&mut world), [("a", 1), ("a", 2)]);
    publish(&mut world, [2, 3, 1]);
    world.deliver(1);
    assert_eq!(seen(&mut world), [("a", 3)]);
    let stats = stats(&world, "a");
    assert_eq!((stats.delivered, stats.acked, stats.duplicates), (3, 3, 3));
    balances(&world, "a");
}

#[test]
fn effectively_once_an_event_that_failed_is_tried_again_and_is_no_duplicate_of_itself() {
    let mut world = world();
    let subscription = world.subscribe::<Ping>("a").effectively_once(8, key).backoff(Backoff::Fixed(10));
    subscription.handler(failing("a", once_on(1))).expect(FREE);
    publish(&mut world, [1, 1]);
    world.deliver(0);
    assert_eq!(seen(&mut world), [("a", 1)]);
    world.deliver(10);
    assert_eq!(seen(&mut world), [("a", 1)], "the one that failed, and then it is done, so not its twin");
    let stats = stats(&world, "a");
    assert_eq!((stats.delivered, stats.failed, stats.acked, stats.duplicates), (2, 1, 1, 1));
    balances(&world, "a");
}

#[test]
fn effectively_once_an_event_that_was_given_up_is_not_done_and_its_twin_is_given() {
    let mut world = world();
    let subscription = world.subscribe::<Ping>("a").effectively_once(8, key).max_deliver(2);
    subscription.handler(failing("a", times(2))).expect(FREE);
    publish(&mut world, [1]);
    world.deliver(0);
    assert_eq!((seen(&mut world).len(), letters(&world).len()), (2, 1));
    publish(&mut world, [1]);
    world.deliver(1);
    assert_eq!(seen(&mut world), [("a", 1)]);
    assert_eq!(stats(&world, "a").duplicates, 0);
    balances(&world, "a");
}

#[test]
fn effectively_once_an_event_is_given_again_when_its_key_has_left_the_window() {
    let mut world = world();
    world.subscribe::<Ping>("a").effectively_once(2, key).handler(noting("a")).expect(FREE);
    publish(&mut world, [1, 2, 1, 3, 2, 1]);
    world.deliver(0);
    assert_eq!(
        seen(&mut world),
        [("a", 1), ("a", 2), ("a", 3), ("a", 1)],
        "3 made the window forget 1, and nothing else"
    );
    assert_eq!(stats(&world, "a").duplicates, 2);
    balances(&world, "a");
}

#[test]
fn effectively_once_an_event_that_is_given_up_pushes_none_out_of_the_window() {
    let mut world = world();
    let subscription = world.subscribe::<Ping>("a").effectively_once(1, key).max_deliver(1);
    subscription.handler(failing("a", |number| number == 2)).expect(FREE);
    publish(&mut world, [1, 2, 1]);
    world.deliver(0);
    assert_eq!(seen(&mut world), [("a", 1), ("a", 2)], "1 is still the last event that was done");
    assert_eq!(stats(&world, "a").duplicates, 1);
    balances(&world, "a");
}

#[test]
fn effectively_once_a_pulled_event_that_was_nacked_and_then_acked_is_done() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").effectively_once(8, key).pull().expect(FREE);
    publish(&mut world, [1]);
    world.deliver(0);
    assert_eq!(pulled(&mut world, &a, 9, 0), [1]);
    world.nack(&a, 0, 0).expect(THERE);
    assert_eq!(pulled(&mut world, &a, 9, 0), [1]);
    world.ack(&a, 0).expect(THERE);
    publish(&mut world, [1]);
    world.deliver(1);
    assert!(pulled(&mut world, &a, 9, 1).is_empty());
    assert_eq!(stats(&world, "a").duplicates, 1);
    balances(&world, "a");
}

#[test]
fn effectively_once_a_pulled_event_that_was_given_up_is_not_done_and_its_twin_is_given() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").effectively_once(8, key).max_deliver(1).pull().expect(FREE);
    publish(&mut world, [1, 2]);
    world.deliver(0);
    assert_eq!(pulled(&mut world, &a, 9, 0), [1, 2]);
    world.nack(&a, 0, 0).expect(THERE);
    world.ack(&a, 1).expect(THERE);
    publish(&mut world, [1, 2]);
    world.deliver(1);
    assert_eq!(pulled(&mut world, &a, 9, 1), [1]);
    balances(&world, "a");
}

// Time to live.

#[test]
fn an_event_is_given_one_millisecond_before_it_is_as_old_as_the_ttl_and_not_then() {
    for (now, given) in [(109, true), (110, false)] {
        let mut world = world();
        publish(&mut world, [1]);
        world.deliver(100);
        let late = Start::Earliest;
        world.subscribe::<Ping>("push").ttl(10).start(late).handler(noting("push")).expect(FREE);
        let pull = world.subscribe::<Ping>("pull").ttl(10).start(late).pull().expect(FREE);
        world.deliver(now);
        assert_eq!(seen(&mut world).len(), usize::from(given), "at {now}");
        assert_eq!(pulled(&mut world, &pull, 9, now).len(), usize::from(given), "at {now}");
        for group in ["push", "pull"] {
            let stats = stats(&world, group);
            assert_eq!((stats.acked, stats.expired), (given.into(), (!given).into()), "at {now}");
            balances(&world, group);
        }
    }
}

#[test]
fn what_has_expired_is_left_out_from_among_what_has_not() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().ttl(10).pull().expect(FREE);
    publish(&mut world, [1]);
    world.deliver(100);
    publish(&mut world, [2, 3]);
    world.deliver(105);
    assert_eq!(pulled(&mut world, &a, 1, 110), [2], "what is left out is not one of the most");
    assert_eq!(stats(&world, "a").expired, 1);
    balances(&world, "a");
}

#[test]
fn a_retry_is_not_made_when_the_event_has_expired_meanwhile() {
    for (pause, tries) in [(9, 2), (10, 1)] {
        let mut world = world();
        let subscription = world.subscribe::<Ping>("a").at_least_once().max_deliver(9).backoff(Backoff::Fixed(pause));
        subscription.ttl(10).handler(failing("a", |_| true)).expect(FREE);
        publish(&mut world, [1]);
        for now in 100..130 {
            world.deliver(now);
        }
        assert_eq!(seen(&mut world).len(), tries, "after {pause}");
        let stats = stats(&world, "a");
        assert_eq!((stats.expired, stats.dead, stats.in_backoff), (1, 0, 0));
        assert!(letters(&world).is_empty());
        balances(&world, "a");
    }
}

#[test]
fn a_nacked_event_is_not_given_again_when_it_has_expired_meanwhile() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().ttl(10).pull().expect(FREE);
    publish(&mut world, [1, 2]);
    world.deliver(100);
    assert_eq!(pulled(&mut world, &a, 9, 100), [1, 2]);
    world.nack(&a, 0, 105).expect(THERE);
    assert_eq!(pulled(&mut world, &a, 9, 109), [1]);
    world.nack(&a, 0, 109).expect(THERE);
    assert!(pulled(&mut world, &a, 9, 110).is_empty());
    world.ack(&a, 1).expect("what was given in time may be acked late");
    let stats = stats(&world, "a");
    assert_eq!((stats.expired, stats.acked), (1, 1));
    balances(&world, "a");
}

#[test]
fn a_replay_gives_nothing_that_has_expired() {
    let mut world = world();
    world.subscribe::<Ping>("a").ttl(10).handler(noting("a")).expect(FREE);
    publish(&mut world, [1]);
    for (now, given) in [(100, 1), (109, 1), (110, 0)] {
        world.deliver(now);
        assert_eq!(seen(&mut world).len(), given, "at {now}");
        world.seek::<Ping>("a", Start::Earliest).expect(THERE);
        balances(&world, "a");
    }
    assert_eq!(stats(&world, "a").expired, 1);
}

#[test]
fn a_dead_letter_that_comes_back_is_not_given_when_it_has_expired() {
    let mut world = world();
    let subscription = world.subscribe::<Ping>("a").at_least_once().max_deliver(1).ttl(10);
    subscription.handler(failing("a", |_| true)).expect(FREE);
    publish(&mut world, [1]);
    world.deliver(100);
    let letter = letters(&world).remove(0);
    for (now, tries) in [(109, 2), (110, 2)] {
        world.redeliver(&letter).expect(THERE);
        world.deliver(now);
        assert_eq!(stats(&world, "a").delivered, tries, "at {now}");
        balances(&world, "a");
    }
    let stats = stats(&world, "a");
    assert_eq!((stats.redelivered, stats.dead, stats.expired), (2, 2, 1));
}

#[test]
fn with_a_ttl_of_zero_nothing_is_given() {
    let mut world = world();
    world.subscribe::<Ping>("a").ttl(0).handler(noting("a")).expect(FREE);
    world.subscribe::<Ping>("b").handler(noting("b")).expect(FREE);
    publish(&mut world, [1, 2]);
    world.deliver(0);
    assert_eq!(seen(&mut world), [("b", 1), ("b", 2)]);
    assert_eq!((stats(&world, "a").expired, stats(&world, "a").delivered), (2, 0));
    balances(&world, "a");
}

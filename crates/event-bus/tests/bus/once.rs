//! Events that are left out: duplicates, and events that have expired.

use blockers_event_bus::{Backoff, StartAt, WorldBusExt};

use super::common::{
    Ping, WorldTestExt, at, balances, failing, letters, ms, noting, once_on, publish, pulled, seen, stats, times, world,
};

use super::common::key;

// Effectively once.

#[test]
fn effectively_once_a_duplicate_in_the_same_batch_or_a_later_one_is_left_out() {
    let mut world = world();
    world.subscribe::<Ping>("a").effectively_once(8, key).handler(noting("a")).unwrap();
    publish(&mut world, [1, 1, 2]);
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("a", 1), ("a", 2)]);
    publish(&mut world, [2, 3, 1]);
    world.deliver_at(1);
    assert_eq!(seen(&mut world), [("a", 3)]);
    let stats = stats(&world, "a");
    assert_eq!((stats.delivered, stats.acked, stats.duplicates), (3, 3, 3));
    balances(&world, "a");
}

#[test]
fn effectively_once_a_failed_event_is_retried_and_is_not_a_duplicate_of_itself() {
    let mut world = world();
    let subscription = world.subscribe::<Ping>("a").effectively_once(8, key).backoff(Backoff::Fixed(ms(10)));
    subscription.handler(failing("a", once_on(1))).unwrap();
    publish(&mut world, [1, 1]);
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("a", 1)]);
    world.deliver_at(10);
    assert_eq!(seen(&mut world), [("a", 1)], "the failed event is retried, and then its duplicate is left out");
    let stats = stats(&world, "a");
    assert_eq!((stats.delivered, stats.failed, stats.acked, stats.duplicates), (2, 1, 1, 1));
    balances(&world, "a");
}

#[test]
fn effectively_once_a_duplicate_of_a_given_up_event_is_delivered() {
    let mut world = world();
    let subscription = world.subscribe::<Ping>("a").effectively_once(8, key).max_deliver(2);
    subscription.handler(failing("a", times(2))).unwrap();
    publish(&mut world, [1]);
    world.deliver_at(0);
    assert_eq!((seen(&mut world).len(), letters(&world).len()), (2, 1));
    publish(&mut world, [1]);
    world.deliver_at(1);
    assert_eq!(seen(&mut world), [("a", 1)]);
    assert_eq!(stats(&world, "a").duplicates, 0);
    balances(&world, "a");
}

#[test]
fn effectively_once_a_duplicate_is_delivered_when_its_key_has_left_the_window() {
    let mut world = world();
    world.subscribe::<Ping>("a").effectively_once(2, key).handler(noting("a")).unwrap();
    publish(&mut world, [1, 2, 1, 3, 2, 1]);
    world.deliver_at(0);
    assert_eq!(
        seen(&mut world),
        [("a", 1), ("a", 2), ("a", 3), ("a", 1)],
        "3 pushed 1 out of the window, and nothing else"
    );
    assert_eq!(stats(&world, "a").duplicates, 2);
    balances(&world, "a");
}

#[test]
fn effectively_once_a_given_up_event_pushes_no_key_out_of_the_window() {
    let mut world = world();
    let subscription = world.subscribe::<Ping>("a").effectively_once(1, key).max_deliver(1);
    subscription.handler(failing("a", |number| number == 2)).unwrap();
    publish(&mut world, [1, 2, 1]);
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("a", 1), ("a", 2)], "1 is still the last acknowledged event");
    assert_eq!(stats(&world, "a").duplicates, 1);
    balances(&world, "a");
}

#[test]
fn effectively_once_a_duplicate_of_a_nacked_and_then_acked_event_is_left_out() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").effectively_once(8, key).pull().unwrap();
    publish(&mut world, [1]);
    world.deliver_at(0);
    assert_eq!(pulled(&mut world, &a, 9, 0), [1]);
    world.nack(&a, 0, at(0), "nacked").unwrap();
    assert_eq!(pulled(&mut world, &a, 9, 0), [1]);
    world.ack(&a, 0).unwrap();
    publish(&mut world, [1]);
    world.deliver_at(1);
    assert!(pulled(&mut world, &a, 9, 1).is_empty());
    assert_eq!(stats(&world, "a").duplicates, 1);
    balances(&world, "a");
}

#[test]
fn effectively_once_a_duplicate_of_a_given_up_pulled_event_is_delivered() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").effectively_once(8, key).max_deliver(1).pull().unwrap();
    publish(&mut world, [1, 2]);
    world.deliver_at(0);
    assert_eq!(pulled(&mut world, &a, 9, 0), [1, 2]);
    world.nack(&a, 0, at(0), "nacked").unwrap();
    world.ack(&a, 1).unwrap();
    publish(&mut world, [1, 2]);
    world.deliver_at(1);
    assert_eq!(pulled(&mut world, &a, 9, 1), [1]);
    balances(&world, "a");
}

// Time to live.

#[test]
fn an_event_expires_exactly_when_it_is_as_old_as_the_ttl() {
    for (now, given) in [(109, true), (110, false)] {
        let mut world = world();
        publish(&mut world, [1]);
        world.deliver_at(100);
        let start = StartAt::Earliest;
        world.subscribe::<Ping>("push").ttl(ms(10)).start(start).handler(noting("push")).unwrap();
        let pull = world.subscribe::<Ping>("pull").ttl(ms(10)).start(start).pull().unwrap();
        world.deliver_at(now);
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
fn expired_events_do_not_count_towards_the_number_that_is_pulled() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().ttl(ms(10)).pull().unwrap();
    publish(&mut world, [1]);
    world.deliver_at(100);
    publish(&mut world, [2, 3]);
    world.deliver_at(105);
    assert_eq!(pulled(&mut world, &a, 1, 110), [2], "an event that is left out does not count");
    assert_eq!(stats(&world, "a").expired, 1);
    balances(&world, "a");
}

#[test]
fn an_event_that_expires_during_its_backoff_is_not_retried() {
    for (pause, tries) in [(9, 2), (10, 1)] {
        let mut world = world();
        let subscription =
            world.subscribe::<Ping>("a").at_least_once().max_deliver(9).backoff(Backoff::Fixed(ms(pause)));
        subscription.ttl(ms(10)).handler(failing("a", |_| true)).unwrap();
        publish(&mut world, [1]);
        for now in 100..130 {
            world.deliver_at(now);
        }
        assert_eq!(seen(&mut world).len(), tries, "after {pause}");
        let stats = stats(&world, "a");
        assert_eq!((stats.expired, stats.dead, stats.in_backoff), (1, 0, 0));
        assert!(letters(&world).is_empty());
        balances(&world, "a");
    }
}

#[test]
fn a_nacked_event_that_has_expired_is_not_delivered_again() {
    let mut world = world();
    let a = world.subscribe::<Ping>("a").at_least_once().ttl(ms(10)).pull().unwrap();
    publish(&mut world, [1, 2]);
    world.deliver_at(100);
    assert_eq!(pulled(&mut world, &a, 9, 100), [1, 2]);
    world.nack(&a, 0, at(105), "nacked").unwrap();
    assert_eq!(pulled(&mut world, &a, 9, 109), [1]);
    world.nack(&a, 0, at(109), "nacked").unwrap();
    assert!(pulled(&mut world, &a, 9, 110).is_empty());
    world.ack(&a, 1).expect("an event that was pulled in time can be acked late");
    let stats = stats(&world, "a");
    assert_eq!((stats.expired, stats.acked), (1, 1));
    balances(&world, "a");
}

#[test]
fn a_replay_leaves_out_expired_events() {
    let mut world = world();
    world.subscribe::<Ping>("a").ttl(ms(10)).handler(noting("a")).unwrap();
    publish(&mut world, [1]);
    for (now, given) in [(100, 1), (109, 1), (110, 0)] {
        world.deliver_at(now);
        assert_eq!(seen(&mut world).len(), given, "at {now}");
        world.seek::<Ping>("a", StartAt::Earliest).unwrap();
        balances(&world, "a");
    }
    assert_eq!(stats(&world, "a").expired, 1);
}

#[test]
fn an_expired_dead_letter_is_not_delivered_again() {
    let mut world = world();
    let subscription = world.subscribe::<Ping>("a").at_least_once().max_deliver(1).ttl(ms(10));
    subscription.handler(failing("a", |_| true)).unwrap();
    publish(&mut world, [1]);
    world.deliver_at(100);
    let letter = letters(&world).remove(0);
    for (now, tries) in [(109, 2), (110, 2)] {
        world.redeliver(&letter).unwrap();
        world.deliver_at(now);
        assert_eq!(stats(&world, "a").delivered, tries, "at {now}");
        balances(&world, "a");
    }
    let stats = stats(&world, "a");
    assert_eq!((stats.redelivered, stats.dead, stats.expired), (2, 2, 1));
}

#[test]
fn with_a_ttl_of_zero_no_event_is_delivered() {
    let mut world = world();
    world.subscribe::<Ping>("a").ttl(ms(0)).handler(noting("a")).unwrap();
    world.subscribe::<Ping>("b").handler(noting("b")).unwrap();
    publish(&mut world, [1, 2]);
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("b", 1), ("b", 2)]);
    assert_eq!((stats(&world, "a").expired, stats(&world, "a").delivered), (2, 0));
    balances(&world, "a");
}

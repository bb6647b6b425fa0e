//! Bad input: extreme times, and positions outside of the log.

use blockers_event_bus::{Backoff, StartAt, Topic, WorldBusExt};

use super::common::{
    Did, NOTHING, Ping, WorldTestExt, at, balances, failing, letters, ms, noting, once_on, publish, pulled, retained,
    seen, stats, stats_of, world, world_with,
};

// Time.

#[test]
fn a_ttl_of_zero_expires_every_pushed_pulled_or_replayed_event() {
    let mut world = world();
    world.subscribe::<Ping>("push").at_least_once().ttl(ms(0)).handler(noting("push")).unwrap();
    let pull = world.subscribe::<Ping>("pull").at_least_once().ttl(ms(0)).pull().unwrap();
    publish(&mut world, [1, 2]);
    world.deliver_at(10);
    assert!(pulled(&mut world, &pull, 9, 10).is_empty());
    world.seek::<Ping>("push", StartAt::Earliest).unwrap();
    world.deliver_at(10);
    assert!(seen(&mut world).is_empty());
    assert_eq!((stats(&world, "push").expired, stats(&world, "pull").expired), (4, 2));
    assert!(letters(&world).is_empty());
    balances(&world, "push");
    balances(&world, "pull");
}

#[test]
fn a_ttl_or_max_age_of_u64_max_expires_no_event() {
    let mut world = world_with(|pings| pings.max_age(ms(u64::MAX)));
    let pull = world.subscribe::<Ping>("pull").ttl(ms(u64::MAX)).pull().unwrap();
    publish(&mut world, [1, 2]);
    world.deliver_at(10);
    assert_eq!(pulled(&mut world, &pull, 1, 10), [1]);
    world.deliver_at(u64::MAX - 1);
    assert_eq!(pulled(&mut world, &pull, 1, u64::MAX - 1), [2]);
    balances(&world, "pull");
}

#[test]
fn a_backoff_that_overflows_never_ends() {
    let doubling = |first| Backoff::Doubling { first: ms(first), most: ms(u64::MAX) };
    for backoff in [Backoff::Fixed(ms(u64::MAX)), doubling(u64::MAX), doubling(u64::MAX - 999)] {
        let mut world = world();
        let subscription = world.subscribe::<Ping>("a").at_least_once().backoff(backoff);
        subscription.handler(failing("a", |_| true)).unwrap();
        world.subscribe::<Ping>("other").handler(noting("other")).unwrap();
        publish(&mut world, [1, 2]);
        assert_eq!(world.deliver_at(1_000).next_due, None, "{backoff:?}");
        seen(&mut world);
        assert_eq!(world.deliver_at(u64::MAX - 1), NOTHING, "{backoff:?}");
        let stats = stats(&world, "a");
        assert_eq!((stats.in_backoff, stats.pending, stats.failed), (1, 1, 1));
        balances(&world, "a");
        // A seek, or unsubscribing, releases the group.
        world.seek::<Ping>("a", StartAt::Seq(1)).unwrap();
        world.deliver_at(u64::MAX - 1);
        assert_eq!(seen(&mut world), [("a", 2)]);
        balances(&world, "a");
    }
}

#[test]
fn a_backoff_is_computed_without_overflow() {
    let doubling = |first, most| Backoff::Doubling { first: ms(first), most: ms(most) };
    let cases = [
        (Backoff::None, u64::MAX, u32::MAX, u64::MAX),
        (Backoff::Fixed(ms(u64::MAX)), 1, 1, u64::MAX),
        (Backoff::Fixed(ms(1)), u64::MAX, 1, u64::MAX),
        (doubling(1, u64::MAX), 0, 0, 1),
        (doubling(1, u64::MAX), 0, 1, 1),
        (doubling(1, u64::MAX), 0, 64, 1u64 << 63),
        (doubling(1, u64::MAX), 0, 65, u64::MAX),
        (doubling(1, u64::MAX), 0, u32::MAX, u64::MAX),
        (doubling(3, u64::MAX), 0, 64, u64::MAX),
        (doubling(3, 100), 7, u32::MAX, 107),
        (doubling(100, 3), 7, 1, 10),
        (doubling(0, 100), 7, u32::MAX, 7),
        (doubling(100, 0), 7, 5, 7),
    ];
    for (backoff, now, attempts, due) in cases {
        assert_eq!(
            (at(now) + backoff.pause(attempts)).as_millis(),
            due,
            "{backoff:?} at {now} after {attempts} attempts"
        );
    }
}

#[test]
fn a_delivery_at_u64_max_is_like_any_other() {
    let mut world = world();
    world.subscribe::<Ping>("a").handler(noting("a")).unwrap();
    publish(&mut world, [1]);
    assert_eq!(world.deliver_at(u64::MAX), Did { waves: 1, events: 1, ..NOTHING });
    assert_eq!(world.deliver_at(u64::MAX), NOTHING);
    assert_eq!(seen(&mut world), [("a", 1)]);
    balances(&world, "a");
}

#[test]
fn a_backoff_that_never_ends_does_not_end_at_u64_max() {
    let mut world = world();
    let never = Backoff::Fixed(ms(u64::MAX));
    let subscription = world.subscribe::<Ping>("push").at_least_once().backoff(never);
    subscription.handler(failing("push", |_| true)).unwrap();
    let pull = world.subscribe::<Ping>("pull").at_least_once().backoff(never).pull().unwrap();
    publish(&mut world, [1]);
    world.deliver_at(1);
    assert_eq!(pulled(&mut world, &pull, 9, 1), [1]);
    world.nack(&pull, 0, at(1), "nacked").unwrap();
    seen(&mut world);
    world.deliver_at(u64::MAX);
    assert!(seen(&mut world).is_empty());
    assert!(pulled(&mut world, &pull, 9, u64::MAX).is_empty());
    balances(&world, "push");
    balances(&world, "pull");
}

#[test]
fn while_the_clock_stands_still_events_are_delivered_and_no_backoff_ends() {
    let mut world = world();
    let subscription = world.subscribe::<Ping>("slow").at_least_once().backoff(Backoff::Fixed(ms(1)));
    subscription.handler(failing("slow", once_on(0))).unwrap();
    world.subscribe::<Ping>("other").ttl(ms(1)).handler(noting("other")).unwrap();
    for number in 0..10 {
        publish(&mut world, [number]);
        let delivery = world.deliver_at(5);
        assert_eq!((delivery.overrun, delivery.next_due), (false, Some(6)));
    }
    let (slow, other): (Vec<_>, Vec<_>) = seen(&mut world).into_iter().partition(|(name, _)| *name == "slow");
    assert_eq!((slow.len(), other.len()), (1, 10));
    assert_eq!(world.deliver_at(6).next_due, None);
    assert_eq!(seen(&mut world).len(), 10, "then all events that it held back");
    balances(&world, "slow");
    balances(&world, "other");
}

#[test]
fn after_the_clock_goes_back_the_order_is_kept_no_retry_is_early_and_no_age_is_negative() {
    let mut world = world_with(|pings| pings.max_age(ms(100)));
    let subscription = world.subscribe::<Ping>("slow").at_least_once().backoff(Backoff::Fixed(ms(10)));
    subscription.handler(failing("slow", once_on(1))).unwrap();
    let pull = world.subscribe::<Ping>("pull").ttl(ms(20)).pull().unwrap();
    publish(&mut world, [1]);
    assert_eq!(world.deliver_at(1_000_000).next_due, Some(1_000_010));
    publish(&mut world, [2]);
    assert_eq!(world.deliver_at(50).next_due, Some(1_000_010));
    let stamps: Vec<_> =
        world.resource::<Topic<Ping>>().retained().into_iter().map(|ping| (ping.seq(), ping.timestamp())).collect();
    assert_eq!(stamps, [(0, at(1_000_000)), (1, at(50))]);
    assert_eq!(stats_of::<Ping>(&world, "pull", 50).oldest_unfinished, ms(0));
    let topic = world.resource::<Topic<Ping>>().stats(at(50));
    assert_eq!((topic.len, topic.rate), (2, 2.0), "the rate counts both in the newest second");
    assert_eq!(seen(&mut world), [("slow", 1)]);
    assert_eq!(pulled(&mut world, &pull, 1, 60), [1], "its time is in the future, so it has not expired");
    world.deliver_at(1_000_010);
    assert_eq!(seen(&mut world), [("slow", 1), ("slow", 2)]);
    assert!(pulled(&mut world, &pull, 9, 1_000_010).is_empty());
    assert_eq!(stats(&world, "pull").expired, 1);
    balances(&world, "slow");
    balances(&world, "pull");
    world.deliver_at(1_000_100);
    assert!(retained(&world).is_empty());
    balances(&world, "slow");
}

// Seeks.

#[test]
fn a_seek_before_the_retained_events_goes_to_the_oldest() {
    for start in [StartAt::Seq(0), StartAt::Time(at(0)), StartAt::Earliest] {
        let mut world = world_with(|pings| pings.max_len(2));
        world.subscribe::<Ping>("a").handler(noting("a")).unwrap();
        publish(&mut world, 0..5);
        world.deliver_at(10);
        seen(&mut world);
        world.seek::<Ping>("a", start).unwrap();
        world.deliver_at(10);
        assert_eq!(seen(&mut world), [("a", 3), ("a", 4)], "{start:?}");
        assert_eq!(stats(&world, "a").replayed, 2);
        balances(&world, "a");
    }
}

#[test]
fn a_seek_past_the_newest_event_goes_to_the_end() {
    for start in [StartAt::Seq(u64::MAX), StartAt::Seq(6), StartAt::Time(at(u64::MAX)), StartAt::Latest] {
        let mut world = world();
        let a = world.subscribe::<Ping>("a").pull().unwrap();
        publish(&mut world, 0..5);
        world.deliver_at(10);
        world.seek::<Ping>("a", start).unwrap();
        assert!(pulled(&mut world, &a, 9, 10).is_empty());
        assert_eq!((stats(&world, "a").skipped, stats(&world, "a").next), (5, 5), "{start:?}");
        publish(&mut world, [5]);
        world.deliver_at(11);
        assert_eq!(pulled(&mut world, &a, 9, 11), [5], "the next event is not skipped");
        balances(&world, "a");
    }
}

#[test]
fn a_seek_in_an_empty_topic_is_a_no_op() {
    let mut world = world();
    world.subscribe::<Ping>("a").handler(noting("a")).unwrap();
    for start in [StartAt::Earliest, StartAt::Latest, StartAt::Seq(7), StartAt::Time(at(7))] {
        world.seek::<Ping>("a", start).unwrap();
        assert_eq!(stats(&world, "a").next, 0);
    }
    publish(&mut world, [1]);
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("a", 1)]);
    balances(&world, "a");
}

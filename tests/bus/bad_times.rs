//! Bad input: times and places that there are not.

use blockers::bus::{Backoff, BusExt, Delivery, Start, Topic};

use super::common::{
    FREE, Ping, THERE, balances, failing, letters, noting, once_on, publish, pulled, retained, seen, stats, stats_of,
    world, world_with,
};

/// What a delivery says that did nothing.
const NOTHING: Delivery = Delivery { waves: 0, events: 0, overrun: false, next_due: None };

// Time.

#[test]
fn a_ttl_of_zero_expires_everything_that_is_pulled_pushed_or_replayed() {
    let mut world = world();
    world.subscribe::<Ping>("push").at_least_once().ttl(0).handler(noting("push")).expect(FREE);
    let pull = world.subscribe::<Ping>("pull").at_least_once().ttl(0).pull().expect(FREE);
    publish(&mut world, [1, 2]);
    world.deliver(10);
    assert!(pulled(&mut world, &pull, 9, 10).is_empty());
    world.seek::<Ping>("push", Start::Earliest).expect(THERE);
    world.deliver(10);
    assert!(seen(&mut world).is_empty());
    assert_eq!((stats(&world, "push").expired, stats(&world, "pull").expired), (4, 2));
    assert!(letters(&world).is_empty());
    balances(&world, "push");
    balances(&world, "pull");
}

#[test]
fn a_ttl_or_an_age_past_the_end_of_time_is_none() {
    let mut world = world_with(|pings| pings.max_age(u64::MAX));
    let pull = world.subscribe::<Ping>("pull").ttl(u64::MAX).pull().expect(FREE);
    publish(&mut world, [1, 2]);
    world.deliver(10);
    assert_eq!(pulled(&mut world, &pull, 1, 10), [1]);
    world.deliver(u64::MAX - 1);
    assert_eq!(pulled(&mut world, &pull, 1, u64::MAX - 1), [2]);
    balances(&world, "pull");
}

#[test]
fn a_backoff_past_the_end_of_time_never_ends() {
    let doubling = |first| Backoff::Doubling { first, most: u64::MAX };
    for backoff in [Backoff::Fixed(u64::MAX), doubling(u64::MAX), doubling(u64::MAX - 999)] {
        let mut world = world();
        let subscription = world.subscribe::<Ping>("a").at_least_once().backoff(backoff);
        subscription.handler(failing("a", |_| true)).expect(FREE);
        world.subscribe::<Ping>("other").handler(noting("other")).expect(FREE);
        publish(&mut world, [1, 2]);
        assert_eq!(world.deliver(1_000).next_due, None, "{backoff:?}");
        seen(&mut world);
        assert_eq!(world.deliver(u64::MAX - 1), NOTHING, "{backoff:?}");
        let stats = stats(&world, "a");
        assert_eq!((stats.in_backoff, stats.pending, stats.failed), (1, 1, 1));
        balances(&world, "a");
        // A seek, or an unsubscription, is the way out.
        world.seek::<Ping>("a", Start::Seq(1)).expect(THERE);
        world.deliver(u64::MAX - 1);
        assert_eq!(seen(&mut world), [("a", 2)]);
        balances(&world, "a");
    }
}

#[test]
fn a_backoff_is_computed_without_overflow() {
    let doubling = |first, most| Backoff::Doubling { first, most };
    let table = [
        (Backoff::None, u64::MAX, u32::MAX, u64::MAX),
        (Backoff::Fixed(u64::MAX), 1, 1, u64::MAX),
        (Backoff::Fixed(1), u64::MAX, 1, u64::MAX),
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
    for (backoff, now, attempts, due) in table {
        assert_eq!(backoff.due(now, attempts), due, "{backoff:?} at {now} after {attempts}");
    }
}

#[test]
fn the_last_moment_of_time_is_a_time_like_any_other() {
    let mut world = world();
    world.subscribe::<Ping>("a").handler(noting("a")).expect(FREE);
    publish(&mut world, [1]);
    assert_eq!(world.deliver(u64::MAX), Delivery { waves: 1, events: 1, ..NOTHING });
    assert_eq!(world.deliver(u64::MAX), NOTHING);
    assert_eq!(seen(&mut world), [("a", 1)]);
    balances(&world, "a");
}

#[test]
fn a_backoff_that_never_ends_does_not_end_at_the_last_moment_of_time_either() {
    let mut world = world();
    let never = Backoff::Fixed(u64::MAX);
    let subscription = world.subscribe::<Ping>("push").at_least_once().backoff(never);
    subscription.handler(failing("push", |_| true)).expect(FREE);
    let pull = world.subscribe::<Ping>("pull").at_least_once().backoff(never).pull().expect(FREE);
    publish(&mut world, [1]);
    world.deliver(1);
    assert_eq!(pulled(&mut world, &pull, 9, 1), [1]);
    world.nack(&pull, 0, 1).expect(THERE);
    seen(&mut world);
    world.deliver(u64::MAX);
    assert!(seen(&mut world).is_empty());
    assert!(pulled(&mut world, &pull, 9, u64::MAX).is_empty());
    balances(&world, "push");
    balances(&world, "pull");
}

#[test]
fn while_the_clock_stands_still_events_are_delivered_and_no_pause_ends() {
    let mut world = world();
    let subscription = world.subscribe::<Ping>("slow").at_least_once().backoff(Backoff::Fixed(1));
    subscription.handler(failing("slow", once_on(0))).expect(FREE);
    world.subscribe::<Ping>("other").ttl(1).handler(noting("other")).expect(FREE);
    for number in 0..10 {
        publish(&mut world, [number]);
        let delivery = world.deliver(5);
        assert_eq!((delivery.overrun, delivery.next_due), (false, Some(6)));
    }
    let (slow, other): (Vec<_>, Vec<_>) = seen(&mut world).into_iter().partition(|(name, _)| *name == "slow");
    assert_eq!((slow.len(), other.len()), (1, 10));
    assert_eq!(world.deliver(6).next_due, None);
    assert_eq!(seen(&mut world).len(), 10, "and then all that it held back");
    balances(&world, "slow");
    balances(&world, "other");
}

#[test]
fn when_the_clock_goes_back_order_is_kept_nothing_is_due_too_early_and_no_age_is_negative() {
    let mut world = world_with(|pings| pings.max_age(100));
    let subscription = world.subscribe::<Ping>("slow").at_least_once().backoff(Backoff::Fixed(10));
    subscription.handler(failing("slow", once_on(1))).expect(FREE);
    let pull = world.subscribe::<Ping>("pull").ttl(20).pull().expect(FREE);
    publish(&mut world, [1]);
    assert_eq!(world.deliver(1_000_000).next_due, Some(1_000_010));
    publish(&mut world, [2]);
    assert_eq!(world.deliver(50).next_due, Some(1_000_010));
    let stamps: Vec<_> =
        world.resource::<Topic<Ping>>().retained().into_iter().map(|ping| (ping.seq(), ping.at())).collect();
    assert_eq!(stamps, [(0, 1_000_000), (1, 50)]);
    assert_eq!(stats_of::<Ping>(&world, "pull", 50).age, 0);
    let topic = world.resource::<Topic<Ping>>().stats(50);
    assert_eq!((topic.depth, topic.rate), (2, 0.2), "it counts on where it was");
    assert_eq!(seen(&mut world), [("slow", 1)]);
    assert_eq!(pulled(&mut world, &pull, 1, 60), [1], "it is yet to come, so it is not too old");
    world.deliver(1_000_010);
    assert_eq!(seen(&mut world), [("slow", 1), ("slow", 2)]);
    assert!(pulled(&mut world, &pull, 9, 1_000_010).is_empty());
    assert_eq!(stats(&world, "pull").expired, 1);
    balances(&world, "slow");
    balances(&world, "pull");
    world.deliver(1_000_100);
    assert!(retained(&world).is_empty());
    balances(&world, "slow");
}

// Seeks.

#[test]
fn a_seek_before_the_retained_history_is_to_its_beginning() {
    for start in [Start::Seq(0), Start::Time(0), Start::Earliest] {
        let mut world = world_with(|pings| pings.max_len(2));
        world.subscribe::<Ping>("a").handler(noting("a")).expect(FREE);
        publish(&mut world, 0..5);
        world.deliver(10);
        seen(&mut world);
        world.seek::<Ping>("a", start).expect(THERE);
        world.deliver(10);
        assert_eq!(seen(&mut world), [("a", 3), ("a", 4)], "{start:?}");
        assert_eq!(stats(&world, "a").replayed, 2);
        balances(&world, "a");
    }
}

#[test]
fn a_seek_past_the_end_of_the_history_is_to_its_end() {
    for start in [Start::Seq(u64::MAX), Start::Seq(6), Start::Time(u64::MAX), Start::Latest] {
        let mut world = world();
        let a = world.subscribe::<Ping>("a").pull().expect(FREE);
        publish(&mut world, 0..5);
        world.deliver(10);
        world.seek::<Ping>("a", start).expect(THERE);
        assert!(pulled(&mut world, &a, 9, 10).is_empty());
        assert_eq!((stats(&world, "a").skipped, stats(&world, "a").next), (5, 5), "{start:?}");
        publish(&mut world, [5]);
        world.deliver(11);
        assert_eq!(pulled(&mut world, &a, 9, 11), [5], "the next one is not passed over");
        balances(&world, "a");
    }
}

#[test]
fn a_seek_in_an_empty_topic_goes_nowhere() {
    let mut world = world();
    world.subscribe::<Ping>("a").handler(noting("a")).expect(FREE);
    for start in [Start::Earliest, Start::Latest, Start::Seq(7), Start::Time(7)] {
        world.seek::<Ping>("a", start).expect(THERE);
        assert_eq!(stats(&world, "a").next, 0);
    }
    publish(&mut world, [1]);
    world.deliver(0);
    assert_eq!(seen(&mut world), [("a", 1)]);
    balances(&world, "a");
}

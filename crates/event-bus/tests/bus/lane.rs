//! Groups that are up to date are counted together, in the fast lane. They behave as all others.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use bevy_ecs::prelude::*;
use blockers_event_bus::{Batch, StartAt, WorldBusExt};

use super::common::{
    Ping, WorldTestExt, balances, failing, ms, noting, once_on, publish, seen, stats, stats_of, world, world_with,
};

/// What a handler has read of another group: acknowledged events, pending ones, and the offset.
#[derive(Resource, Default)]
struct Read(Vec<(u64, u64, u64)>);

/// Returns a handler that reads the counters of the group "first".
fn reading() -> impl FnMut(Batch<Ping>, &mut World) + Send + Sync + 'static {
    |batch: Batch<Ping>, world: &mut World| {
        let _ = batch.count();
        let first = stats_of::<Ping>(world, "first", 0);
        world.get_resource_or_init::<Read>().0.push((first.acked, first.pending, first.next));
    }
}

#[test]
fn a_group_that_has_run_is_up_to_date_for_those_after_it_of_every_kind() {
    let mut world = world();
    world.subscribe::<Ping>("first").handler(noting("first")).unwrap();
    world.subscribe::<Ping>("plain").handler(reading()).unwrap();
    world.subscribe::<Ping>("timed").ttl(ms(1_000)).handler(reading()).unwrap();
    world.subscribe::<Ping>("last").handler(reading()).unwrap();
    for now in 0..2 {
        publish(&mut world, [1, 2]);
        world.deliver_at(now);
        let done = 2 * (now + 1);
        assert_eq!(world.resource_mut::<Read>().0.split_off(0), [(done, 0, done); 3]);
    }
}

#[test]
fn a_group_that_has_run_stays_up_to_date_when_a_later_handler_panics() {
    let mut world = world();
    world.subscribe::<Ping>("first").handler(noting("first")).unwrap();
    world.subscribe::<Ping>("timed").ttl(ms(1_000)).handler(|_: Batch<Ping>| -> () { panic!("on purpose") }).unwrap();
    publish(&mut world, [1, 2]);
    assert!(catch_unwind(AssertUnwindSafe(|| world.deliver_at(0))).is_err());
    world.subscribe::<Ping>("new").handler(noting("new")).unwrap();
    publish(&mut world, [3]);
    world.deliver_at(1);
    assert_eq!(seen(&mut world), [("first", 1), ("first", 2), ("new", 3)]);
    let first = stats(&world, "first");
    assert_eq!((first.acked, first.pending, first.next), (2, 1, 2), "it is listed, and gets nothing any more");
    assert_eq!((stats(&world, "timed").acked, stats(&world, "new").acked), (0, 1));
    balances(&world, "first");
}

#[test]
fn a_group_leaves_the_lane_by_a_failure_and_comes_back_with_balanced_counters() {
    let mut world = world();
    world.subscribe::<Ping>("one").handler(noting("one")).unwrap();
    world.subscribe::<Ping>("fails").at_least_once().handler(failing("fails", once_on(2))).unwrap();
    world.subscribe::<Ping>("two").handler(noting("two")).unwrap();
    for (now, numbers) in [[1, 2, 3], [4, 5, 6], [7, 8, 9]].into_iter().enumerate() {
        publish(&mut world, numbers);
        world.deliver_at(now as u64);
        for group in ["one", "fails", "two"] {
            balances(&world, group);
            assert_eq!(stats(&world, group).acked, 3 * (now as u64 + 1));
        }
    }
    assert_eq!(stats(&world, "fails").delivered, 10);
    let fails = seen(&mut world).into_iter().filter(|(name, _)| *name == "fails").map(|(_, number)| number);
    assert_eq!(fails.collect::<Vec<_>>(), [1, 2, 2, 3, 4, 5, 6, 7, 8, 9]);
}

#[test]
fn removed_and_added_groups_do_not_disturb_the_others() {
    let mut world = world_with(|pings| pings.max_len(16));
    for group in ["a", "b", "c"] {
        world.subscribe::<Ping>(group).handler(noting("all")).unwrap();
    }
    publish(&mut world, [1]);
    world.deliver_at(0);
    world.unsubscribe::<Ping>("a").unwrap();
    world.subscribe::<Ping>("d").start(StartAt::Earliest).handler(noting("d")).unwrap();
    publish(&mut world, [2]);
    world.deliver_at(1);
    world.seek::<Ping>("b", StartAt::Earliest).unwrap();
    world.deliver_at(2);
    publish(&mut world, [3]);
    world.deliver_at(3);
    for (group, acked) in [("b", 5), ("c", 3), ("d", 3)] {
        balances(&world, group);
        assert_eq!(stats(&world, group).acked, acked, "{group}");
    }
}

#[test]
fn a_handler_that_removes_a_later_group_stops_it_in_the_same_wave() {
    let mut world = world();
    let ends = |batch: Batch<Ping>, world: &mut World| {
        let has_two = batch.map(|ping| ping.0).collect::<Vec<_>>().contains(&2);
        if has_two {
            world.unsubscribe::<Ping>("ended").unwrap();
        }
    };
    world.subscribe::<Ping>("ends").handler(ends).unwrap();
    world.subscribe::<Ping>("ended").handler(noting("ended")).unwrap();
    world.subscribe::<Ping>("stays").handler(noting("stays")).unwrap();
    publish(&mut world, [1]);
    world.deliver_at(0);
    publish(&mut world, [2]);
    world.deliver_at(1);
    assert_eq!(seen(&mut world), [("ended", 1), ("stays", 1), ("stays", 2)]);
    balances(&world, "stays");
}

#[test]
fn a_group_that_loses_events_of_the_inbox_is_called_once_for_the_others() {
    let mut world = world_with(|pings| pings.max_len(8).max_inbox(1));
    let calls = Arc::new(AtomicU32::new(0));
    let called = calls.clone();
    let takes_nothing = move |_: Batch<Ping>| {
        called.fetch_add(1, Ordering::Relaxed);
    };
    world.subscribe::<Ping>("takes nothing").at_least_once().handler(takes_nothing).unwrap();
    publish(&mut world, [1]);
    world.deliver_at(0);
    publish(&mut world, [2, 3]);
    world.deliver_at(1);
    assert_eq!(calls.load(Ordering::Relaxed), 2);
    balances(&world, "takes nothing");
}

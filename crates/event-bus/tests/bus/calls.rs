//! Which handlers are called, panics, and other threads.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::{mem, thread};

use bevy_ecs::prelude::*;
use blockers_event_bus::{Backoff, Batch, Failure, GroupReport, HandlerError, HandlerResult, StartAt, WorldBusExt};

use super::common::{
    Ping, Pong, Seen, WorldTestExt, at, balances, letters, ms, noting, noting_pongs, publish, retained, seen, stats,
    world, world_with,
};

/// Returns a handler that counts its calls, and always fails.
fn counting(calls: &Arc<AtomicU32>) -> impl FnMut(Batch<Ping>) -> HandlerResult + Send + Sync + 'static {
    let calls = calls.clone();
    move |batch: Batch<Ping>| {
        calls.fetch_add(1, Ordering::Relaxed);
        let _ = batch.count();
        Err(HandlerError::new("always"))
    }
}

#[test]
fn a_group_that_is_removed_in_a_wave_without_new_events_is_not_called() {
    let mut world = world();
    let calls = Arc::new(AtomicU32::new(0));
    let mut tries = 0;
    let ends = move |batch: Batch<Ping>, world: &mut World| -> HandlerResult {
        tries += batch.count();
        if tries == 1 {
            return Err(HandlerError::new("not yet"));
        }
        world.unsubscribe::<Ping>("ended")?;
        Ok(())
    };
    world.subscribe::<Ping>("has all").handler(noting("has all")).unwrap();
    world.subscribe::<Ping>("ends").at_least_once().backoff(Backoff::Fixed(ms(10))).handler(ends).unwrap();
    world.subscribe::<Ping>("ended").handler(counting(&calls)).unwrap();
    publish(&mut world, [1]);
    world.deliver_at(0);
    assert_eq!(calls.load(Ordering::Relaxed), 1);
    world.deliver_at(10);
    assert_eq!(calls.load(Ordering::Relaxed), 1, "it had no event, and was removed before its turn");
    let failures = world.topic::<Failure>().unwrap().retained();
    assert_eq!(failures.iter().map(|failure| &*failure.group).collect::<Vec<_>>(), ["ends", "ended"]);
    balances(&world, "ends");
}

#[test]
fn a_listener_gets_what_a_handler_gets() {
    let mut world = world();
    let calls = Arc::new(AtomicU32::new(0));
    let fails = counting(&calls);
    let numbers = Arc::new(std::sync::Mutex::new(Vec::new()));
    let heard = numbers.clone();
    let one_each = move |mut batch: Batch<Ping>| heard.lock().unwrap().extend(batch.next().map(|ping| ping.0));
    world.subscribe::<Ping>("one each").listener(one_each).unwrap();
    world.subscribe::<Ping>("fails").at_least_once().max_deliver(2).listener(fails).unwrap();
    publish(&mut world, [1, 2]);
    world.deliver_at(0);
    assert_eq!(*numbers.lock().unwrap(), [1]);
    assert_eq!(stats(&world, "one each").pending, 1, "it gets with the next delivery what it did not take");
    world.deliver_at(0);
    assert_eq!(*numbers.lock().unwrap(), [1, 2]);
    let stats = stats(&world, "fails");
    assert_eq!((stats.failed, stats.dead), (2, 1), "the failure concerns the last event that it took");
    assert_eq!(calls.load(Ordering::Relaxed), 2);
    balances(&world, "one each");
    balances(&world, "fails");
}

#[test]
fn a_group_that_starts_at_seq_u64_max_is_never_called() {
    let mut world = world();
    let calls = Arc::new(AtomicU32::new(0));
    world.subscribe::<Ping>("never").start(StartAt::Seq(u64::MAX)).handler(counting(&calls)).unwrap();
    for now in 0..3 {
        publish(&mut world, [1]);
        world.deliver_at(now);
    }
    assert_eq!(calls.load(Ordering::Relaxed), 0);
    assert_eq!((stats(&world, "never").delivered, stats(&world, "never").next), (0, u64::MAX));
}

#[test]
fn a_handler_that_leaks_its_batch_has_taken_no_events() {
    let mut world = world();
    world.subscribe::<Ping>("takes").handler(noting("takes")).unwrap();
    world.subscribe::<Ping>("forgets").handler(|batch: Batch<Ping>| mem::forget(batch)).unwrap();
    publish(&mut world, [1, 2]);
    world.deliver_at(0);
    assert_eq!((stats(&world, "takes").acked, stats(&world, "forgets").acked), (2, 0));
    assert_eq!(stats(&world, "forgets").pending, 2);
}

#[test]
fn commands_queued_by_a_handler_with_the_whole_world_run_before_the_next_handler() {
    let mut world = world();
    let queues = |batch: Batch<Ping>, world: &mut World| {
        let count = batch.count() as u32;
        world.commands().queue(move |world: &mut World| world.resource_mut::<Seen>().0.push(("queued", count)));
    };
    world.subscribe::<Ping>("queues").handler(queues).unwrap();
    world.subscribe::<Ping>("next").handler(noting("next")).unwrap();
    publish(&mut world, [7]);
    world.deliver_at(0);
    assert_eq!(seen(&mut world), [("queued", 1), ("next", 7)]);
}

#[test]
fn an_error_after_only_expired_events_is_not_counted_as_a_failure() {
    let mut world = world();
    let fails = |batch: Batch<Ping>| -> HandlerResult {
        assert_eq!(batch.count(), 0);
        Err(HandlerError::new("nothing to handle"))
    };
    world.subscribe::<Ping>("late").ttl(ms(0)).handler(fails).unwrap();
    publish(&mut world, [1, 2, 3]);
    world.deliver_at(0);
    let late = stats(&world, "late");
    assert_eq!((late.expired, late.failed, late.next), (3, 0, 3));
    assert!(world.topic::<Failure>().unwrap().retained().is_empty());
    balances(&world, "late");
}

#[test]
fn the_handler_of_a_removed_group_is_dropped_after_the_wave() {
    let mut world = world();
    let owned = Arc::new(());
    let inside = owned.clone();
    let leaves = move |batch: Batch<Ping>, world: &mut World| {
        let _ = (batch.count(), &inside);
        world.unsubscribe::<Ping>("leaves").unwrap();
    };
    world.subscribe::<Ping>("leaves").handler(leaves).unwrap();
    publish(&mut world, [1]);
    assert_eq!(Arc::strong_count(&owned), 2);
    world.deliver_at(0);
    assert_eq!(Arc::strong_count(&owned), 1);
}

/// As documented, the topic whose handler panicked loses its groups. All other topics are served.
#[test]
fn after_a_panic_the_next_delivery_serves_the_remaining_topics() {
    let mut world = world();
    world.add_topic::<Pong>("pong").create().unwrap();
    world.subscribe::<Ping>("panics").handler(|_: Batch<Ping>| -> () { panic!("on purpose") }).unwrap();
    world.subscribe::<Pong>("goes on").handler(noting_pongs).unwrap();
    publish(&mut world, [1]);
    world.publish(Pong(2)).unwrap();
    let ended = catch_unwind(AssertUnwindSafe(|| world.deliver_at(0)));
    assert!(ended.is_err());
    assert_eq!(seen(&mut world), []);
    world.deliver_at(1);
    assert_eq!(seen(&mut world), [("pong", 2)]);
    publish(&mut world, [3]);
    world.publish(Pong(4)).unwrap();
    world.deliver_at(2);
    assert_eq!((seen(&mut world), retained(&world)), (vec![("pong", 4)], vec![1, 3]));
}

#[test]
fn after_a_panic_of_a_key_function_each_handler_still_joins_its_own_group() {
    let mut world = world_with(|pings| pings.dead_letters(8));
    let panics = Arc::new(AtomicBool::new(false));
    let armed = panics.clone();
    let key = move |ping: &Ping| match armed.load(Ordering::Relaxed) && ping.0 == 1 {
        true => panic!("on purpose"),
        false => 0,
    };
    let fails = |batch: Batch<Ping>| -> HandlerResult {
        let _ = batch.count();
        Err(HandlerError::fatal("no"))
    };
    world.subscribe::<Ping>("keyed").at_least_once().ordered_by(key).handler(fails).unwrap();
    publish(&mut world, [1]);
    world.deliver_at(0);
    let letter = letters(&world).remove(0);
    let orders = move |mut batch: Batch<Ping>, world: &mut World| {
        if batch.all(|ping| ping.0 == 2) {
            world.redeliver(&letter).unwrap();
            let two = world.topic::<Ping>().unwrap().group_handle("two").unwrap();
            world.join(&two, noting("late")).unwrap();
        }
    };
    world.subscribe::<Ping>("orders").handler(orders).unwrap();
    world.subscribe::<Ping>("two").handler(noting("two")).unwrap();
    let three = world.subscribe::<Ping>("three").handler(noting("three")).unwrap();
    panics.store(true, Ordering::Relaxed);
    publish(&mut world, [2]);
    assert!(catch_unwind(AssertUnwindSafe(|| world.deliver_at(1))).is_err());
    let _ = seen(&mut world);
    panics.store(false, Ordering::Relaxed);
    world.join(&three, noting("three as well")).unwrap();
    world.leave(&three.first_member()).unwrap();
    publish(&mut world, [3]);
    world.deliver_at(2);
    let three = seen(&mut world).into_iter().filter(|(name, _)| name.starts_with("three") || *name == "late");
    assert_eq!(three.collect::<Vec<_>>(), [("three as well", 3)]);
}

#[test]
fn a_call_for_a_missing_group_gives_the_bus_nothing_to_do() {
    let mut world = world();
    let lazy = |_: Batch<Ping>, world: &mut World| assert!(world.seek::<Ping>("none", StartAt::Earliest).is_err());
    world.subscribe::<Ping>("lazy").handler(lazy).unwrap();
    assert_eq!(world.deliver_at(0).waves, 0);
    assert!(world.seek::<Ping>("none", StartAt::Earliest).is_err());
    assert_eq!(world.deliver_at(0).waves, 0);
    publish(&mut world, [1]);
    assert_eq!(world.deliver_at(0).waves, 1);
}

/// Other threads may read between two writes of a change, but the counters never exceed the number of events.
#[test]
fn other_threads_can_publish_and_read_while_handlers_run() {
    const EACH: u32 = 2_000;
    let mut world = world_with(|pings| pings.max_len(2 * EACH as usize));
    world.subscribe::<Ping>("plain").handler(noting("plain")).unwrap();
    world.subscribe::<Ping>("timed").ttl(ms(1_000_000)).handler(noting("timed")).unwrap();
    let topic = world.topic::<Ping>().unwrap().clone();
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| (0..EACH).for_each(|number| drop(topic.publish(Ping(number)))));
        }
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                for GroupReport { name, stats, .. } in topic.report(at(0)).groups {
                    let total = u64::from(2 * EACH);
                    assert!(
                        stats.delivered <= total && stats.acked <= total && stats.pending <= total,
                        "{name}: {stats:?}"
                    );
                }
            }
        });
        for now in 0.. {
            world.deliver_at(now);
            if topic.stats(at(now)).published == u64::from(2 * EACH) {
                break;
            }
        }
        done.store(true, Ordering::Relaxed);
    });
    let seen = seen(&mut world);
    assert_eq!(seen.len(), 4 * EACH as usize);
    for name in ["plain", "timed"] {
        assert_eq!(stats(&world, name).acked, u64::from(2 * EACH));
        balances(&world, name);
    }
}

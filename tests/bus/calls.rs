//! Who is called and who is not, panics, and other threads.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::{mem, thread};

use bevy_ecs::prelude::*;
use blockers::bus::{Backoff, Batch, BusExt, Failure, HandlerError, HandlerResult, Start};

use super::common::{
    FREE, Ping, Pong, ROOM, Seen, THERE, balances, noting, noting_pongs, publish, retained, seen, stats, world,
    world_with,
};

/// A handler that counts how often it is called, and fails.
fn counting(calls: &Arc<AtomicU32>) -> impl FnMut(Batch<Ping>) -> HandlerResult + Send + Sync + 'static {
    let calls = calls.clone();
    move |batch: Batch<Ping>| {
        calls.fetch_add(1, Ordering::Relaxed);
        let _ = batch.count();
        Err(HandlerError::new("it fails"))
    }
}

#[test]
fn a_group_that_is_ended_in_a_wave_without_anything_new_is_not_called() {
    let mut world = world();
    let calls = Arc::new(AtomicU32::new(0));
    let mut tries = 0;
    let ends = move |batch: Batch<Ping>, world: &mut World| -> HandlerResult {
        tries += batch.count();
        if tries == 1 {
            return Err(HandlerError::new("not yet"));
        }
        world.unsubscribe::<Ping>("ended").map_err(HandlerError::from)
    };
    world.subscribe::<Ping>("has all").handler(noting("has all")).expect(FREE);
    world.subscribe::<Ping>("ends").at_least_once().backoff(Backoff::Fixed(10)).handler(ends).expect(FREE);
    world.subscribe::<Ping>("ended").handler(counting(&calls)).expect(FREE);
    publish(&mut world, [1]);
    world.deliver(0);
    assert_eq!(calls.load(Ordering::Relaxed), 1);
    world.deliver(10);
    assert_eq!(calls.load(Ordering::Relaxed), 1, "there was nothing for it, and it was ended before its turn");
    let failures = world.topic::<Failure>().expect(THERE).retained();
    assert_eq!(failures.iter().map(|failure| &*failure.group).collect::<Vec<_>>(), ["ends", "ended"]);
    balances(&world, "ends");
}

#[test]
fn a_group_that_starts_at_the_end_of_time_is_never_called() {
    let mut world = world();
    let calls = Arc::new(AtomicU32::new(0));
    world.subscribe::<Ping>("never").start(Start::Seq(u64::MAX)).handler(counting(&calls)).expect(FREE);
    for now in 0..3 {
        publish(&mut world, [1]);
        world.deliver(now);
    }
    assert_eq!(calls.load(Ordering::Relaxed), 0);
    assert_eq!((stats(&world, "never").delivered, stats(&world, "never").next), (0, u64::MAX));
}

#[test]
fn a_handler_that_forgets_its_batch_has_taken_nothing_whatever_others_took() {
    let mut world = world();
    world.subscribe::<Ping>("takes").handler(noting("takes")).expect(FREE);
    world.subscribe::<Ping>("forgets").handler(|batch: Batch<Ping>| mem::forget(batch)).expect(FREE);
    publish(&mut world, [1, 2]);
    world.deliver(0);
    assert_eq!((stats(&world, "takes").acked, stats(&world, "forgets").acked), (2, 0));
    assert_eq!(stats(&world, "forgets").pending, 2);
}

#[test]
fn what_a_handler_with_the_whole_world_queues_is_done_before_the_next_handler_runs() {
    let mut world = world();
    let queues = |batch: Batch<Ping>, world: &mut World| {
        let count = batch.count() as u32;
        world.commands().queue(move |world: &mut World| world.resource_mut::<Seen>().0.push(("queued", count)));
    };
    world.subscribe::<Ping>("queues").handler(queues).expect(FREE);
    world.subscribe::<Ping>("next").handler(noting("next")).expect(FREE);
    publish(&mut world, [7]);
    world.deliver(0);
    assert_eq!(seen(&mut world), [("queued", 1), ("next", 7)]);
}

#[test]
fn a_handler_that_fails_though_all_it_was_offered_had_expired_has_failed_on_nothing() {
    let mut world = world();
    let fails = |batch: Batch<Ping>| -> HandlerResult {
        assert_eq!(batch.count(), 0);
        Err(HandlerError::new("and it fails"))
    };
    world.subscribe::<Ping>("late").ttl(0).handler(fails).expect(FREE);
    publish(&mut world, [1, 2, 3]);
    world.deliver(0);
    let late = stats(&world, "late");
    assert_eq!((late.expired, late.failed, late.next), (3, 0, 3));
    assert!(world.topic::<Failure>().expect(THERE).retained().is_empty());
    balances(&world, "late");
}

#[test]
fn what_the_handler_of_an_ended_group_owns_goes_with_the_wave() {
    let mut world = world();
    let owned = Arc::new(());
    let inside = owned.clone();
    let leaves = move |batch: Batch<Ping>, world: &mut World| {
        let _ = (batch.count(), &inside);
        world.unsubscribe::<Ping>("leaves").expect(THERE);
    };
    world.subscribe::<Ping>("leaves").handler(leaves).expect(FREE);
    publish(&mut world, [1]);
    assert_eq!(Arc::strong_count(&owned), 2);
    world.deliver(0);
    assert_eq!(Arc::strong_count(&owned), 1);
}

/// The topic has lost its groups, as the docs say. All others go on.
#[test]
fn a_panic_ends_the_delivery_and_the_next_one_gives_what_it_left() {
    let mut world = world();
    world.add_topic::<Pong>("pong").create().expect("it is another");
    world.subscribe::<Ping>("panics").handler(|_: Batch<Ping>| -> () { panic!("on purpose") }).expect(FREE);
    world.subscribe::<Pong>("goes on").handler(noting_pongs).expect(FREE);
    publish(&mut world, [1]);
    world.publish(Pong(2)).expect(ROOM);
    let ended = catch_unwind(AssertUnwindSafe(|| world.deliver(0)));
    assert!(ended.is_err());
    assert_eq!(seen(&mut world), []);
    world.deliver(1);
    assert_eq!(seen(&mut world), [("pong", 2)]);
    publish(&mut world, [3]);
    world.publish(Pong(4)).expect(ROOM);
    world.deliver(2);
    assert_eq!((seen(&mut world), retained(&world)), (vec![("pong", 4)], vec![1, 3]));
}

/// What is read there may be of the midst of a change, and is never nonsense.
#[test]
fn other_threads_publish_and_read_while_handlers_run() {
    const EACH: u32 = 2_000;
    let mut world = world_with(|pings| pings.max_len(8));
    world.subscribe::<Ping>("plain").handler(noting("plain")).expect(FREE);
    world.subscribe::<Ping>("timed").ttl(1_000_000).handler(noting("timed")).expect(FREE);
    let topic = world.topic::<Ping>().expect(THERE).clone();
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| (0..EACH).for_each(|number| drop(topic.publish(Ping(number)))));
        }
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                for (name, stats) in topic.groups(0) {
                    let most = u64::from(2 * EACH);
                    assert!(
                        stats.delivered <= most && stats.acked <= most && stats.pending <= most,
                        "{name}: {stats:?}"
                    );
                }
            }
        });
        for now in 0.. {
            world.deliver(now);
            if topic.stats(now).published == u64::from(2 * EACH) {
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

//! Producers on other threads: each policy loses nothing that it does not count.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use bevy_ecs::prelude::*;
use blockers_event_bus::{
    AtLeastOnce, Backoff, Batch, Consumer, DiscardPolicy, GroupReport, HandlerError, HandlerResult, Subscription,
    Topic, TopicBuilder, WorldBusExt,
};

use super::common::{at, ms};

/// An event with the number of its producer, and its number there.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Numbered {
    producer: usize,
    number: u64,
}

const PRODUCERS: usize = 2;
/// Events of each producer.
const EACH: u64 = 20_000;

/// The groups: two with a handler that are in order, two that are not, and two that pull.
const GROUPS: [&str; 6] = ["plain", "slow", "unordered", "by key", "pull", "lossy pull"];
/// The groups that handle events in the order of the topic.
const IN_ORDER: [&str; 3] = ["plain", "slow", "pull"];

/// The `seq`s of the events that each group has handled.
#[derive(Resource, Default)]
struct Handled([Vec<u64>; GROUPS.len()]);

/// Returns a handler that fails once on every `nth` event.
fn handler(group: usize, nth: u64) -> impl FnMut(Batch<Numbered>, ResMut<Handled>) -> HandlerResult + Send + Sync {
    let mut failed = BTreeSet::new();
    move |batch: Batch<Numbered>, mut handled: ResMut<Handled>| -> HandlerResult {
        for event in batch {
            if event.seq() % nth == nth - 1 && failed.insert(event.seq()) {
                return Err(HandlerError::new("the first attempt fails"));
            }
            handled.0[group].push(event.seq());
        }
        Ok(())
    }
}

/// Adds the groups. Returns the consumers of those that pull.
fn subscribe(world: &mut World) -> [Consumer<Numbered>; 2] {
    world.subscribe::<Numbered>(GROUPS[0]).handler(handler(0, u64::MAX)).unwrap();
    fn retrying(world: &mut World, group: usize) -> Subscription<'_, Numbered, AtLeastOnce> {
        let group = world.subscribe::<Numbered>(GROUPS[group]).at_least_once();
        group.max_deliver(u32::MAX).backoff(Backoff::Fixed(ms(1)))
    }
    retrying(world, 1).handler(handler(1, 10)).unwrap();
    retrying(world, 2).unordered().handler(handler(2, 10)).unwrap();
    retrying(world, 3).ordered_by(|event| event.number % 8).handler(handler(3, 10)).unwrap();
    let pull = world.subscribe::<Numbered>(GROUPS[4]).at_least_once().pull().unwrap();
    let key = |event: &Numbered| event.number * PRODUCERS as u64 + event.producer as u64;
    let lossy = world.subscribe::<Numbered>(GROUPS[5]).effectively_once(1 << 16, key).max_deliver(u32::MAX);
    [pull, lossy.ack_wait(ms(2)).pull().unwrap()]
}

/// Publishes from two threads while this one delivers, and checks the counters of every group against what it handled.
/// Returns the number of events that some group did not get.
fn stress(limits: impl FnOnce(TopicBuilder<'_, Numbered>) -> TopicBuilder<'_, Numbered>, pull_lag: usize) -> u64 {
    let mut world = World::new();
    world.init_resource::<Handled>();
    limits(world.add_topic::<Numbered>("numbered")).create().unwrap();
    let [pull, lossy] = subscribe(&mut world);
    let topic: Topic<Numbered> = world.topic::<Numbered>().unwrap().clone();
    let stop = AtomicBool::new(false);
    let mut now = 0;
    thread::scope(|scope| {
        let producers: Vec<_> = (0..PRODUCERS)
            .map(|producer| {
                let topic = topic.clone();
                scope.spawn(move || {
                    for number in 0..EACH {
                        while topic.publish(Numbered { producer, number }).is_err() {
                            thread::yield_now();
                        }
                    }
                })
            })
            .collect();
        scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                for GroupReport { name, stats, .. } in topic.report(at(0)).groups {
                    assert!(stats.acked <= PRODUCERS as u64 * EACH, "{name}: {stats:?}");
                }
                thread::yield_now();
            }
        });
        loop {
            let finished = producers.iter().all(|producer| producer.is_finished());
            let delivery = world.deliver(at(now));
            for event in world.pull(&pull, pull_lag, at(now)).unwrap() {
                world.resource_mut::<Handled>().0[4].push(event.seq());
                world.ack(&pull, event.seq()).unwrap();
            }
            for event in world.pull(&lossy, pull_lag, at(now)).unwrap() {
                // This consumer is lost with every seventh attempt, before it has done anything.
                if (event.seq() + now) % 7 != 0 {
                    world.resource_mut::<Handled>().0[5].push(event.seq());
                    world.ack(&lossy, event.seq()).unwrap();
                }
            }
            let done = |group: &GroupReport| group.stats.pending + group.stats.in_backoff == 0;
            let report = topic.report(at(now));
            if finished && delivery.next_due.is_none() && report.stats.inbox_len == 0 && report.groups.iter().all(done)
            {
                break;
            }
            now += 1;
        }
        stop.store(true, Ordering::Relaxed);
    });
    let published = topic.stats(at(now)).published;
    assert_eq!(published, PRODUCERS as u64 * EACH);
    let mut missed = 0;
    for (name, handled) in GROUPS.iter().zip(&world.resource::<Handled>().0) {
        let stats = topic.group(name, at(now)).unwrap();
        assert_eq!(stats.balance(published), Ok(()), "{name}: {stats:?}");
        let in_order = handled.windows(2).all(|pair| pair[0] < pair[1]);
        assert!(in_order || !IN_ORDER.contains(name), "{name} is not in order");
        let different = handled.iter().collect::<BTreeSet<_>>().len();
        assert_eq!(different, handled.len(), "{name} has handled an event twice");
        let lost = published - handled.len() as u64;
        assert_eq!(
            (stats.acked, stats.evicted, stats.duplicates),
            (handled.len() as u64, lost, 0),
            "{name}: {stats:?}"
        );
        missed += lost;
    }
    missed
}

#[test]
fn a_topic_that_discards_new_events_loses_none_of_those_it_accepts() {
    for pull_lag in [3, 64, usize::MAX >> 1] {
        assert_eq!(stress(|topic| topic.max_len(64).discard(DiscardPolicy::New), pull_lag), 0);
        assert_eq!(stress(|topic| topic.max_bytes(64, |_| 1).discard(DiscardPolicy::New), pull_lag), 0);
    }
}

#[test]
fn a_topic_that_discards_old_events_counts_each_that_a_group_misses() {
    for pull_lag in [3, 64, usize::MAX >> 1] {
        stress(|topic| topic.max_len(64), pull_lag);
        stress(|topic| topic.max_len(0), pull_lag);
        stress(|topic| topic.max_bytes(64, |_| 1), pull_lag);
        stress(|topic| topic.max_age(ms(3)), pull_lag);
        stress(|topic| topic.max_len(64).max_inbox(1), pull_lag);
    }
}

#[test]
fn a_topic_that_keeps_events_until_they_are_done_loses_none_for_groups_that_retry() {
    for pull_lag in [3, 64, usize::MAX >> 1] {
        let lost = stress(|topic| topic.max_len(64).max_inbox(64).keep_until_done(), pull_lag);
        assert_eq!(lost, 0, "the plain group is not behind, because every delivery serves it");
    }
}

//! Producers on other threads: each policy loses nothing that it does not count.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use bevy_ecs::prelude::*;
use blockers_event_bus::{
    Backoff, Batch, DiscardPolicy, GroupReport, HandlerError, HandlerResult, Topic, TopicBuilder, WorldBusExt,
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

/// What a group has handled.
#[derive(Default)]
struct Handled {
    /// The `seq` that must come next, if there is no gap.
    next: u64,
    /// Events between those that were handled.
    missed: u64,
    done: u64,
}

#[derive(Resource, Default)]
struct Groups([Handled; 3]);

impl Handled {
    fn note(&mut self, seq: u64) {
        assert!(seq >= self.next, "event {seq} comes after event {}", self.next);
        self.missed += seq - self.next;
        self.next = seq + 1;
        self.done += 1;
    }
}

/// Returns a handler that fails once on every `nth` event.
fn handler(group: usize, nth: u64) -> impl FnMut(Batch<Numbered>, ResMut<Groups>) -> HandlerResult + Send + Sync {
    let mut failed = None;
    move |batch: Batch<Numbered>, mut groups: ResMut<Groups>| -> HandlerResult {
        for event in batch {
            if event.seq() % nth == nth - 1 && failed != Some(event.seq()) {
                failed = Some(event.seq());
                return Err(HandlerError::new("the first attempt fails"));
            }
            groups.0[group].note(event.seq());
        }
        Ok(())
    }
}

/// Publishes from two threads while this one delivers, and checks the counters of every group against what it handled.
/// Returns the number of events that some group did not get.
fn stress(limits: impl FnOnce(TopicBuilder<'_, Numbered>) -> TopicBuilder<'_, Numbered>, pull_lag: usize) -> u64 {
    let mut world = World::new();
    world.init_resource::<Groups>();
    limits(world.add_topic::<Numbered>("numbered")).create().unwrap();
    world.subscribe::<Numbered>("plain").handler(handler(0, u64::MAX)).unwrap();
    let slow = world.subscribe::<Numbered>("slow").at_least_once().max_deliver(u32::MAX).backoff(Backoff::Fixed(ms(1)));
    slow.handler(handler(1, 10)).unwrap();
    let consumer = world.subscribe::<Numbered>("pull").at_least_once().pull().unwrap();
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
            for event in world.pull(&consumer, pull_lag, at(now)).unwrap() {
                world.resource_mut::<Groups>().0[2].note(event.seq());
                world.ack(&consumer, event.seq()).unwrap();
            }
            let lag = topic.group("pull", at(now)).unwrap().lag;
            if finished && delivery.next_due.is_none() && topic.stats(at(now)).inbox_len == 0 && lag == 0 {
                break;
            }
            now += 1;
        }
        stop.store(true, Ordering::Relaxed);
    });
    let published = topic.stats(at(now)).published;
    assert_eq!(published, PRODUCERS as u64 * EACH);
    let mut missed = 0;
    for (name, handled) in ["plain", "slow", "pull"].iter().zip(&world.resource::<Groups>().0) {
        let stats = topic.group(name, at(now)).unwrap();
        assert_eq!(stats.balance(published), Ok(()), "{name}: {stats:?}");
        let lost = handled.missed + published - handled.next;
        assert_eq!((stats.acked, stats.evicted), (handled.done, lost), "{name}: {stats:?}");
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
    }
}

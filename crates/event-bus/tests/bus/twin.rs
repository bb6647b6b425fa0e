//! Applies the steps of the naive model to the real bus, and compares the two.
//!
//! Used twice: by `model.rs`, with random steps that proptest shrinks, and by the root package's browser tests, with
//! the steps of one seed.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bevy_ecs::prelude::*;
use blockers_event_bus::{
    Backoff, Batch, Consumer, DeadLetter, GroupStats, HandlerError, HandlerResult, Reason, StartAt, Timestamp, Topic,
    WorldBusExt,
};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg32;

use crate::naive::{INBOX, KEPT, Model, NAMES, Step, nth_letter};
use crate::naive_group::{Event, Letter, Order, Policy, key, lane};

fn at(milliseconds: u64) -> Timestamp {
    Timestamp::from_millis(milliseconds)
}

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// The `seq` of every event that a group received, in order.
type Given = Arc<Mutex<Vec<u64>>>;

/// The real bus, and the events that its groups received.
pub(crate) struct Real {
    world: World,
    now: u64,
    /// The index of the name, the received events, and the consumer of a pull group.
    groups: Vec<(usize, Given, Option<Consumer<Event>>)>,
}

impl Real {
    pub(crate) fn new() -> Self {
        let mut world = World::new();
        world
            .add_topic::<Event>("event")
            .max_len(KEPT)
            .max_inbox(INBOX)
            .dead_letters(10_000)
            .create()
            .expect("the world has no other topic");
        Self { world, now: 0, groups: Vec::new() }
    }

    fn note(given: &Given, seq: u64) -> u32 {
        let mut given = given.lock().expect("the lock is never poisoned");
        given.push(seq);
        given.iter().filter(|&&other| other == seq).count() as u32
    }

    fn subscribe(&mut self, name: usize, policy: Policy, start: StartAt) {
        let given = Given::default();
        let seen = given.clone();
        let handler = move |batch: Batch<Event>| -> HandlerResult {
            for event in batch {
                if Self::note(&seen, event.seq()) <= event.fails {
                    return Err(HandlerError::new("this attempt fails"));
                }
            }
            Ok(())
        };
        macro_rules! finish {
            ($subscription:expr) => {{
                let subscription = $subscription.start(start);
                let subscription = match policy.ttl {
                    Some(ttl) => subscription.ttl(ms(ttl)),
                    None => subscription,
                };
                if policy.pulls { subscription.pull().map(Some) } else { subscription.handler(handler).map(|_| None) }
            }};
        }
        macro_rules! retrying {
            ($subscription:expr, $tries:expr) => {{
                let backoff = if policy.backoff == 0 { Backoff::None } else { Backoff::Fixed(ms(policy.backoff)) };
                let subscription = $subscription.max_deliver($tries).backoff(backoff);
                let subscription = match policy.ack_wait {
                    Some(wait) => subscription.ack_wait(ms(wait)),
                    None => subscription,
                };
                finish!(match policy.order {
                    Order::Ordered => subscription,
                    Order::ByKey => subscription.ordered_by(lane),
                    Order::Unordered => subscription.unordered(),
                })
            }};
        }
        let subscription = self.world.subscribe::<Event>(NAMES[name]);
        let consumer = match policy.max_deliver {
            None => finish!(subscription),
            Some(tries) => match policy.window {
                Some(window) => retrying!(subscription.effectively_once(window, key), tries),
                None => retrying!(subscription.at_least_once(), tries),
            },
        };
        if let Ok(consumer) = consumer {
            self.groups.push((name, given, consumer));
        }
    }

    fn consumer(&self, name: usize) -> Option<(Given, Consumer<Event>)> {
        let (_, given, consumer) = self.groups.iter().find(|(other, ..)| *other == name)?;
        Some((given.clone(), consumer.clone()?))
    }

    fn letters(&self) -> Vec<DeadLetter<Event>> {
        let letters = self.world.resource::<Topic<DeadLetter<Event>>>().retained().into_iter();
        letters.map(|letter| letter.event().clone()).collect()
    }

    /// Applies a step to the bus.
    pub(crate) fn apply(&mut self, step: &Step) {
        let real = self;
        match step {
            Step::Publish(events) => {
                for fails in events {
                    real.world.publish(Event { fails: *fails }).expect("the topic has room");
                }
            }
            Step::Deliver => drop(real.world.deliver(at(real.now))),
            Step::Advance(by) => real.now += *by,
            Step::Subscribe(name, policy, start) => real.subscribe(*name, *policy, *start),
            Step::Unsubscribe(name) => {
                let known = real.groups.iter().position(|(other, ..)| other == name);
                assert_eq!(real.world.unsubscribe::<Event>(NAMES[*name]).is_ok(), known.is_some());
                real.groups.retain(|(other, ..)| other != name);
            }
            Step::Seek(group, to) => {
                let known = real.groups.iter().any(|(other, ..)| other == group);
                assert_eq!(real.world.seek::<Event>(NAMES[*group], *to).is_ok(), known);
            }
            Step::Pull(group, most) => {
                if let Some((given, consumer)) = real.consumer(*group) {
                    for event in real.world.pull(&consumer, *most, at(real.now)).expect("the group exists") {
                        Real::note(&given, event.seq());
                    }
                }
            }
            Step::Answer(group, seq, done) => {
                let (_, consumer) = real.consumer(*group).expect("only a pull group has events to ack");
                let now = real.now;
                let outcome = if *done {
                    real.world.ack(&consumer, *seq)
                } else {
                    real.world.nack(&consumer, *seq, at(now), "nacked")
                };
                outcome.expect("the event is in flight");
            }
            Step::Redeliver(which) => {
                let letters = real.letters();
                if let Some(letter) = nth_letter(&letters, *which) {
                    let exists = real.groups.iter().any(|(name, ..)| NAMES[*name] == letter.verdict.group);
                    assert_eq!(real.world.redeliver(letter).is_ok(), exists);
                }
            }
        }
    }
}

/// Returns the counters that the model has, too.
fn comparable(mut stats: GroupStats) -> GroupStats {
    (stats.start, stats.oldest_unfinished) = (0, Duration::ZERO);
    stats
}

/// Asserts that the bus and the model have the same state.
pub(crate) fn check(real: &Real, model: &Model) {
    let topic = real.world.resource::<Topic<Event>>();
    let kept: Vec<_> = topic
        .retained()
        .into_iter()
        .map(|event| (event.seq(), event.timestamp().as_millis(), event.event().clone()))
        .collect();
    let expected: Vec<_> = (model.oldest..model.end())
        .map(|seq| (seq, model.log[seq as usize].0, model.log[seq as usize].1.clone()))
        .collect();
    assert_eq!(kept, expected, "the retained events");
    for group in &model.groups {
        let name = NAMES[group.name];
        let stats = topic.group(name, at(real.now)).expect("the group exists");
        assert_eq!(comparable(stats), group.expected(model.end()), "the counters of {name}");
        let (_, given, _) =
            real.groups.iter().find(|(other, ..)| *other == group.name).expect("the group was subscribed here");
        assert_eq!(*given.lock().expect("the lock is never poisoned"), group.given, "the events that {name} received");
    }
    let sorted = |mut letters: Vec<Letter>| {
        letters.sort_by_key(|(name, seq, reason, attempts)| (*name, *seq, *reason == Reason::Evicted, *attempts));
        letters
    };
    let letter = |letter: DeadLetter<Event>| {
        let name = NAMES.iter().position(|name| *name == letter.verdict.group).expect("every group name is in `NAMES`");
        (name, letter.event.seq(), letter.verdict.reason, letter.verdict.attempts)
    };
    let found = real.letters().into_iter().map(letter).collect();
    assert_eq!(sorted(found), sorted(model.letters.clone()), "the dead letters");
}

/// The result of [`fixed_run`] for seed 7 and 3000 steps, on every machine.
pub(crate) const DIGEST: u64 = 12_992_768_533_243_726_264;

/// Applies `steps` random steps of this seed to both, and compares them after each. Returns a digest of the counters.
pub(crate) fn fixed_run(seed: u64, steps: u32) -> u64 {
    let mut rng = Pcg32::seed_from_u64(seed);
    let (mut model, mut real) = (Model::default(), Real::new());
    let mut digest = 0u64;
    for _ in 0..steps {
        let step = random_step(&mut rng, &model);
        model = model.after(&step);
        real.apply(&step);
        check(&real, &model);
        for group in &model.groups {
            let stats = group.expected(model.end());
            for number in [stats.delivered, stats.acked, stats.dead, stats.expired, stats.evicted, stats.next] {
                digest = digest.wrapping_mul(0x100_0000_01b3) ^ number;
            }
        }
    }
    digest
}

fn random_step(rng: &mut Pcg32, model: &Model) -> Step {
    let name = rng.random_range(0..NAMES.len() as u32) as usize;
    let out = model.out();
    match rng.random_range(0..23u32) {
        0..4 => Step::Publish((0..rng.random_range(1..5u32)).map(|_| rng.random_range(0..4)).collect()),
        4..9 => Step::Deliver,
        9..12 => Step::Advance(rng.random_range(1..12)),
        12..14 => {
            let max_deliver = rng.random_bool(0.7).then(|| rng.random_range(1..4));
            let ttl = rng.random_bool(0.3).then(|| u64::from(rng.random_range(0..4u32)) * 5);
            let backoff = u64::from(rng.random_range(0..3u32)) * 5;
            let pulls = rng.random_bool(0.4);
            let order = [Order::Ordered, Order::ByKey, Order::Unordered][rng.random_range(0..3u32) as usize];
            let window = rng.random_bool(0.3).then(|| rng.random_range(0..4u32) as usize);
            let ack_wait = rng.random_bool(0.3).then(|| u64::from(rng.random_range(1..4u32)) * 5);
            let policy = Policy { max_deliver, backoff, ttl, pulls, order, window, ack_wait };
            let policy = if max_deliver.is_some() { policy } else { policy.at_most_once() };
            Step::Subscribe(name, policy, random_start(rng))
        }
        14 => Step::Unsubscribe(name),
        15 => Step::Seek(name, random_start(rng)),
        16..19 => Step::Pull(name, rng.random_range(1..4u32) as usize),
        19..22 if !out.is_empty() => {
            let (group, seq) = out[rng.random_range(0..out.len() as u32) as usize];
            Step::Answer(group, seq, rng.random_bool(0.5))
        }
        _ => Step::Redeliver(rng.random_range(0..8u32) as usize),
    }
}

fn random_start(rng: &mut Pcg32) -> StartAt {
    match rng.random_range(0..4u32) {
        0 => StartAt::Earliest,
        1 => StartAt::Latest,
        2 => StartAt::Seq(rng.random_range(0..30)),
        _ => StartAt::Time(at(rng.random_range(0..60))),
    }
}

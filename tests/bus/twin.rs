//! The naive model of the bus, the steps that can be done to both, and how they are compared.
//!
//! It is used twice: `model.rs` beside it leads both through random steps that proptest shrinks, and the tests in the browser
//! through the steps of one seed. Everything is kept, and looked for from the beginning.

use std::sync::{Arc, Mutex};

use bevy_ecs::prelude::*;
use blockers::bus::{
    Backoff, Batch, BusExt, Consumer, DeadLetter, GroupStats, HandlerError, HandlerResult, Reason, Start, Topic,
};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg32;

/// Events that the topic keeps.
const KEPT: usize = 8;
pub(crate) const NAMES: [&str; 4] = ["a", "b", "c", "d"];

/// An event, and how often each group fails to handle it.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Event {
    pub(crate) fails: u32,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Policy {
    /// `None` is at most once.
    pub(crate) max_deliver: Option<u32>,
    pub(crate) backoff: u64,
    pub(crate) ttl: Option<u64>,
    pub(crate) pulls: bool,
}

/// What is done to the bus. Groups are chosen by name, and letters by an index, modulo how many there are.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Publish(Vec<u32>),
    Deliver,
    Advance(u64),
    Subscribe(usize, Policy, Start),
    Unsubscribe(usize),
    Seek(usize, Start),
    Pull(usize, usize),
    /// A group acks or nacks an event.
    Answer(usize, u64, bool),
    Redeliver(usize),
}

/// An event that a group was given and has not done, or that came back.
#[derive(Clone, PartialEq, Debug)]
struct Waiting {
    seq: u64,
    attempts: u32,
    /// `None` while a consumer has it.
    due: Option<u64>,
    /// Does the group have a copy, so that the log need not?
    own: Option<(u64, Event)>,
}

#[derive(Clone, Debug)]
struct Group {
    name: usize,
    policy: Policy,
    next: u64,
    waiting: Vec<Waiting>,
    stats: GroupStats,
    /// Every try, in order.
    given: Vec<u64>,
}

type Letter = (usize, u64, Reason, u32);

/// The naive model: everything is kept, and looked for from the beginning.
#[derive(Clone, Debug, Default)]
pub(crate) struct Model {
    now: u64,
    inbox: Vec<Event>,
    /// Every event ever, with the time at which it was taken in.
    log: Vec<(u64, Event)>,
    /// The oldest that is retained.
    oldest: u64,
    groups: Vec<Group>,
    letters: Vec<Letter>,
    /// Letters that were sent, and wait for the next delivery.
    sent: Vec<Letter>,
}

impl Model {
    fn end(&self) -> u64 {
        self.log.len() as u64
    }

    fn seq(&self, start: Start) -> u64 {
        match start {
            Start::Earliest => self.oldest,
            Start::Latest => self.end(),
            Start::Seq(seq) => seq.max(self.oldest),
            Start::Time(time) => {
                (self.oldest..self.end()).find(|&seq| self.log[seq as usize].0 >= time).unwrap_or(self.end())
            }
        }
    }

    fn group(&mut self, name: usize) -> Option<&mut Group> {
        self.groups.iter_mut().find(|group| group.name == name)
    }

    /// The groups and events that wait for an answer.
    pub(crate) fn out(&self) -> Vec<(usize, u64)> {
        let of = |group: &Group| {
            let out = group.waiting.iter().filter(|one| one.due.is_none()).map(|one| (group.name, one.seq));
            out.collect::<Vec<_>>()
        };
        self.groups.iter().flat_map(of).collect()
    }

    /// The model after a step.
    pub(crate) fn after(mut self, step: &Step) -> Self {
        let model = &mut self;
        let (now, end) = (model.now, model.end());
        match step {
            Step::Publish(events) => model.inbox.extend(events.iter().map(|&fails| Event { fails })),
            Step::Deliver => model.deliver(),
            Step::Advance(by) => model.now += by,
            Step::Subscribe(name, policy, start) => {
                if model.groups.iter().all(|group| group.name != *name) {
                    let next = model.seq(*start);
                    let (waiting, given) = (Vec::new(), Vec::new());
                    let group =
                        Group { name: *name, policy: *policy, next, waiting, stats: GroupStats::default(), given };
                    // Push groups are served, and told of evictions, before those that pull.
                    model.groups.push(group);
                    model.groups.sort_by_key(|group| group.policy.pulls);
                }
            }
            Step::Unsubscribe(name) => model.groups.retain(|group| group.name != *name),
            Step::Seek(group, to) => {
                let to = model.seq(*to).min(end);
                if let Some(group) = model.group(*group) {
                    group.seek(to);
                }
            }
            Step::Pull(group, most) => {
                let log = model.log.clone();
                if let Some(group) = model.group(*group).filter(|group| group.policy.pulls) {
                    group.pull(&log, *most, now);
                }
            }
            Step::Answer(group, seq, done) => {
                let mut letters = Vec::new();
                if let Some(group) = model.group(*group)
                    && let Some(place) = group.waiting.iter().position(|one| one.due.is_none() && one.seq == *seq)
                {
                    let mut one = group.waiting.remove(place);
                    if *done {
                        group.stats.acked += 1;
                    } else {
                        one.attempts += 1;
                        group.fail(one, now, &mut letters);
                    }
                }
                model.sent.extend(letters);
            }
            Step::Redeliver(which) => {
                if let Some(&(name, seq, ..)) = nth_letter(&model.letters, *which) {
                    let event = model.log[seq as usize].clone();
                    if let Some(group) = model.groups.iter_mut().find(|group| group.name == name) {
                        group.stats.redelivered += 1;
                        group.waiting.push(Waiting { seq, attempts: 0, due: Some(0), own: Some(event) });
                    }
                }
            }
        }
        self
    }

    fn deliver(&mut self) {
        let now = self.now;
        self.log.extend(self.inbox.drain(..).map(|event| (now, event)));
        let mut letters = std::mem::take(&mut self.sent);
        // What was evicted does not hold its group back any longer.
        for _ in 0..2 {
            for group in self.groups.iter_mut().filter(|group| !group.policy.pulls) {
                while group.push_one(&self.log, now, &mut letters) {}
            }
            while self.end() - self.oldest > KEPT as u64 {
                let seq = self.oldest;
                self.oldest += 1;
                for group in &mut self.groups {
                    group.evict(seq, &mut letters);
                }
            }
        }
        self.letters.extend(letters);
    }
}

impl Group {
    fn expired(&self, at: u64, now: u64) -> bool {
        self.policy.ttl.is_some_and(|ttl| now >= at + ttl)
    }

    /// Gives the group one event. Returns whether there may be more.
    fn push_one(&mut self, log: &[(u64, Event)], now: u64, letters: &mut Vec<Letter>) -> bool {
        let (mut waiting, (at, event)) = if let Some(first) = self.waiting.first() {
            if first.due.is_some_and(|due| due > now) {
                return false;
            }
            let first = self.waiting.remove(0);
            let event = first.own.clone().unwrap_or_else(|| log[first.seq as usize].clone());
            (first, event)
        } else if self.next < log.len() as u64 {
            let seq = self.next;
            self.next += 1;
            (Waiting { seq, attempts: 0, due: None, own: None }, log[seq as usize].clone())
        } else {
            return false;
        };
        if self.expired(at, now) {
            self.stats.expired += 1;
            return true;
        }
        self.given.push(waiting.seq);
        self.stats.delivered += 1;
        // A handler counts the tries of an event over all of its lives.
        let tries = self.given.iter().filter(|&&seq| seq == waiting.seq).count() as u32;
        if tries > event.fails {
            self.stats.acked += 1;
            return true;
        }
        waiting.attempts += 1;
        self.fail(waiting, now, letters);
        true
    }

    fn fail(&mut self, mut waiting: Waiting, now: u64, letters: &mut Vec<Letter>) {
        self.stats.failed += 1;
        match self.policy.max_deliver {
            None => self.stats.acked += 1,
            Some(most) if waiting.attempts >= most => {
                self.stats.dead += 1;
                letters.push((self.name, waiting.seq, Reason::MaxDeliver, waiting.attempts));
            }
            Some(_) => {
                waiting.due = Some(now + self.policy.backoff);
                let before = self.waiting.iter().take_while(|other| other.seq < waiting.seq).count();
                self.waiting.insert(before, waiting);
            }
        }
    }

    fn evict(&mut self, seq: u64, letters: &mut Vec<Letter>) {
        let attempts = if self.next == seq {
            self.next += 1;
            0
        } else {
            let Some(place) = self.waiting.iter().position(|one| one.seq == seq && one.own.is_none()) else { return };
            self.waiting.remove(place).attempts
        };
        self.stats.evicted += 1;
        if self.policy.max_deliver.is_some() {
            letters.push((self.name, seq, Reason::Evicted, attempts));
        }
    }

    fn pull(&mut self, log: &[(u64, Event)], most: usize, now: u64) {
        let mut given = 0;
        let mut left = Vec::new();
        for mut one in std::mem::take(&mut self.waiting) {
            let at = one.own.as_ref().map_or_else(|| log[one.seq as usize].0, |(at, _)| *at);
            if given < most && one.due.is_some_and(|due| due <= now) {
                if self.expired(at, now) {
                    self.stats.expired += 1;
                    continue;
                }
                one.due = None;
                self.given.push(one.seq);
                given += 1;
            }
            left.push(one);
        }
        self.waiting = left;
        while given < most && self.next < log.len() as u64 {
            let seq = self.next;
            self.next += 1;
            if self.expired(log[seq as usize].0, now) {
                self.stats.expired += 1;
                continue;
            }
            self.given.push(seq);
            given += 1;
            if self.policy.max_deliver.is_some() {
                self.waiting.push(Waiting { seq, attempts: 0, due: None, own: None });
            } else {
                self.stats.acked += 1;
            }
        }
        self.stats.delivered += given as u64;
    }

    fn seek(&mut self, to: u64) {
        self.stats.skipped += self.waiting.len() as u64 + to.saturating_sub(self.next);
        self.stats.replayed += self.next.saturating_sub(to);
        self.waiting.clear();
        self.next = to;
    }

    fn expected(&self, end: u64) -> GroupStats {
        let in_backoff = self.waiting.iter().filter(|one| one.attempts > 0 && one.due.is_some()).count() as u64;
        let lag = end.saturating_sub(self.next);
        let pending = lag + self.waiting.len() as u64 - in_backoff;
        GroupStats { pending, in_backoff, lag, next: self.next, ..self.stats }
    }
}

fn nth_letter<T>(letters: &[T], which: usize) -> Option<&T> {
    (!letters.is_empty()).then(|| &letters[which % letters.len()])
}

/// What a group was given, in order.
type Given = Arc<Mutex<Vec<u64>>>;

/// The real thing, and what its groups saw.
pub(crate) struct Real {
    world: World,
    now: u64,
    /// By name: what it was given, and its consumer if it pulls.
    groups: Vec<(usize, Given, Option<Consumer<Event>>)>,
}

impl Real {
    pub(crate) fn new() -> Self {
        let mut world = World::new();
        world.add_topic::<Event>("event").max_len(KEPT).dead_letters(10_000).create().expect("it is the first");
        Self { world, now: 0, groups: Vec::new() }
    }

    fn note(given: &Given, seq: u64) -> u32 {
        let mut given = given.lock().expect("nobody panics with it");
        given.push(seq);
        given.iter().filter(|&&other| other == seq).count() as u32
    }

    fn subscribe(&mut self, name: usize, policy: Policy, start: Start) {
        let given = Given::default();
        let seen = given.clone();
        let handler = move |batch: Batch<Event>| -> HandlerResult {
            for event in batch {
                if Self::note(&seen, event.seq()) <= event.fails {
                    return Err(HandlerError::new("it fails so often"));
                }
            }
            Ok(())
        };
        macro_rules! finish {
            ($subscription:expr) => {{
                let subscription = $subscription.start(start);
                let subscription = match policy.ttl {
                    Some(ttl) => subscription.ttl(ttl),
                    None => subscription,
                };
                if policy.pulls { subscription.pull().map(Some) } else { subscription.handler(handler).map(|()| None) }
            }};
        }
        let subscription = self.world.subscribe::<Event>(NAMES[name]);
        let consumer = match policy.max_deliver {
            None => finish!(subscription),
            Some(tries) => {
                let backoff = if policy.backoff == 0 { Backoff::None } else { Backoff::Fixed(policy.backoff) };
                finish!(subscription.at_least_once().max_deliver(tries).backoff(backoff))
            }
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
        let letters = self.world.resource::<Topic<DeadLetter<Event>>>().retained();
        letters.map(|letter| letter.body().clone()).collect()
    }

    /// Does a step to the bus.
    pub(crate) fn apply(&mut self, step: &Step) {
        let real = self;
        match step {
            Step::Publish(events) => {
                for fails in events {
                    real.world.publish(Event { fails: *fails }).expect("there is room");
                }
            }
            Step::Deliver => drop(real.world.deliver(real.now)),
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
                    for event in real.world.pull(&consumer, *most, real.now).expect("the group is there") {
                        Real::note(&given, event.seq());
                    }
                }
            }
            Step::Answer(group, seq, done) => {
                let (_, consumer) = real.consumer(*group).expect("only who pulls has something out");
                let now = real.now;
                let outcome =
                    if *done { real.world.ack(&consumer, *seq) } else { real.world.nack(&consumer, *seq, now) };
                outcome.expect("the group waits for it");
            }
            Step::Redeliver(which) => {
                let letters = real.letters();
                if let Some(letter) = nth_letter(&letters, *which) {
                    let there = real.groups.iter().any(|(name, ..)| NAMES[*name] == letter.verdict.group);
                    assert_eq!(real.world.redeliver(letter).is_ok(), there);
                }
            }
        }
    }
}

/// Holds the bus against its model.
pub(crate) fn check(real: &Real, model: &Model) {
    let topic = real.world.resource::<Topic<Event>>();
    let kept: Vec<_> = topic.retained().map(|event| (event.seq(), event.at(), event.body().clone())).collect();
    let expected: Vec<_> = (model.oldest..model.end())
        .map(|seq| (seq, model.log[seq as usize].0, model.log[seq as usize].1.clone()))
        .collect();
    assert_eq!(kept, expected, "what is retained");
    for group in &model.groups {
        let name = NAMES[group.name];
        let (_, stats) = topic.groups(real.now).find(|(other, _)| *other == name).expect("the group is there");
        assert_eq!(GroupStats { age: 0, ..stats }, group.expected(model.end()), "the ledger of {name}");
        let (_, given, _) = real.groups.iter().find(|(other, ..)| *other == group.name).expect("it is known");
        assert_eq!(*given.lock().expect("nobody panics with it"), group.given, "what {name} was given");
    }
    let sorted = |mut letters: Vec<Letter>| {
        letters.sort_by_key(|(name, seq, reason, attempts)| (*name, *seq, *reason == Reason::Evicted, *attempts));
        letters
    };
    let letter = |letter: DeadLetter<Event>| {
        let name = NAMES.iter().position(|name| *name == letter.verdict.group).expect("it is one of ours");
        (name, letter.event.seq(), letter.verdict.reason, letter.verdict.attempts)
    };
    let found = real.letters().into_iter().map(letter).collect();
    assert_eq!(sorted(found), sorted(model.letters.clone()), "the dead letters");
}

/// What [`fixed_run`] of seed 7 and 3000 steps comes to, on every machine.
pub(crate) const DIGEST: u64 = 1_701_778_076_932_423_252;

/// Leads both through so many random steps of a seed. Returns a number that stands for all that happened.
pub(crate) fn fixed_run(seed: u64, steps: u32) -> u64 {
    let mut dice = Pcg32::seed_from_u64(seed);
    let (mut model, mut real) = (Model::default(), Real::new());
    let mut digest = 0u64;
    for _ in 0..steps {
        let step = random_step(&mut dice, &model);
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

fn random_step(dice: &mut Pcg32, model: &Model) -> Step {
    let name = dice.random_range(0..NAMES.len() as u32) as usize;
    let out = model.out();
    match dice.random_range(0..23u32) {
        0..4 => Step::Publish((0..dice.random_range(1..5u32)).map(|_| dice.random_range(0..4)).collect()),
        4..9 => Step::Deliver,
        9..12 => Step::Advance(dice.random_range(1..12)),
        12..14 => {
            let max_deliver = dice.random_bool(0.7).then(|| dice.random_range(1..4));
            let ttl = dice.random_bool(0.3).then(|| u64::from(dice.random_range(0..4u32)) * 5);
            let backoff = u64::from(dice.random_range(0..3u32)) * 5;
            let policy = Policy { max_deliver, backoff, ttl, pulls: dice.random_bool(0.4) };
            Step::Subscribe(name, policy, random_start(dice))
        }
        14 => Step::Unsubscribe(name),
        15 => Step::Seek(name, random_start(dice)),
        16..19 => Step::Pull(name, dice.random_range(1..4u32) as usize),
        19..22 if !out.is_empty() => {
            let (group, seq) = out[dice.random_range(0..out.len() as u32) as usize];
            Step::Answer(group, seq, dice.random_bool(0.5))
        }
        _ => Step::Redeliver(dice.random_range(0..8u32) as usize),
    }
}

fn random_start(dice: &mut Pcg32) -> Start {
    match dice.random_range(0..4u32) {
        0 => Start::Earliest,
        1 => Start::Latest,
        2 => Start::Seq(dice.random_range(0..30)),
        _ => Start::Time(dice.random_range(0..60)),
    }
}

//! A naive model of the bus, and the steps that apply to both the model and the bus.
//!
//! The model stores everything for ever, and searches it from the beginning.

use blockers_event_bus::{GroupStats, Reason, StartAt};

/// The number of events that the topic retains.
pub(crate) const KEPT: usize = 8;
/// The number of published events that may wait for a delivery.
pub(crate) const INBOX: usize = 6;
pub(crate) const NAMES: [&str; 4] = ["a", "b", "c", "d"];

/// An event, with the number of attempts that fail in each group.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Event {
    pub(crate) fails: u32,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Policy {
    /// `None` means at most once.
    pub(crate) max_deliver: Option<u32>,
    pub(crate) backoff: u64,
    pub(crate) ttl: Option<u64>,
    pub(crate) pulls: bool,
    /// A failed event holds back no other. Only for groups that retry.
    pub(crate) unordered: bool,
}

/// A step. Groups are selected by an index into [`NAMES`], dead letters by an index modulo their number.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Publish(Vec<u32>),
    Deliver,
    Advance(u64),
    Subscribe(usize, Policy, StartAt),
    Unsubscribe(usize),
    Seek(usize, StartAt),
    Pull(usize, usize),
    /// A group acks (`true`) or nacks (`false`) the event with this `seq`.
    Answer(usize, u64, bool),
    Redeliver(usize),
}

/// An in-flight event of a group.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Waiting {
    seq: u64,
    attempts: u32,
    /// `None` while a consumer has pulled it.
    due: Option<u64>,
    /// 0 for the event in the log, or the number of a redelivered copy.
    copy: u64,
    /// The group's own copy, for a redelivered dead letter.
    own: Option<(u64, Event)>,
}

#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) name: usize,
    pub(crate) policy: Policy,
    next: u64,
    /// The number of redelivered copies so far.
    copies: u64,
    pub(crate) waiting: Vec<Waiting>,
    stats: GroupStats,
    /// The `seq` of every attempt, in order.
    pub(crate) given: Vec<u64>,
}

pub(crate) type Letter = (usize, u64, Reason, u32);

/// The naive model of one topic and its groups.
#[derive(Clone, Debug, Default)]
pub(crate) struct Model {
    pub(crate) now: u64,
    inbox: Vec<Event>,
    /// Events that the inbox has dropped since the last delivery. They come before the others.
    dropped: Vec<(u64, Event)>,
    /// The time of the last delivery.
    delivered_at: u64,
    /// Every event so far, with the time at which it was appended.
    pub(crate) log: Vec<(u64, Event)>,
    /// The `seq` of the oldest event that is retained.
    pub(crate) oldest: u64,
    pub(crate) groups: Vec<Group>,
    pub(crate) letters: Vec<Letter>,
    /// Dead letters in the inbox of their topic, which wait for the next delivery.
    sent: Vec<Letter>,
}

impl Model {
    pub(crate) fn end(&self) -> u64 {
        self.log.len() as u64
    }

    fn seq(&self, start: StartAt) -> u64 {
        match start {
            StartAt::Earliest => self.oldest,
            StartAt::Seq(seq) => seq.max(self.oldest),
            StartAt::Time(time) => (self.oldest..self.end())
                .find(|&seq| self.log[seq as usize].0 >= time.as_millis())
                .unwrap_or(self.end()),
            _ => self.end(),
        }
    }

    fn group(&mut self, name: usize) -> Option<&mut Group> {
        self.groups.iter_mut().find(|group| group.name == name)
    }

    /// Returns the groups and events that wait for an ack or nack.
    pub(crate) fn out(&self) -> Vec<(usize, u64)> {
        let of = |group: &Group| {
            let out = group.waiting.iter().filter(|one| one.due.is_none()).map(|one| (group.name, one.seq));
            out.collect::<Vec<_>>()
        };
        self.groups.iter().flat_map(of).collect()
    }

    /// Returns the model after a step.
    pub(crate) fn after(mut self, step: &Step) -> Self {
        let model = &mut self;
        let (now, end) = (model.now, model.end());
        match step {
            Step::Publish(events) => events.iter().for_each(|&fails| model.publish(Event { fails })),
            Step::Deliver => model.deliver(),
            Step::Advance(by) => model.now += by,
            Step::Subscribe(name, policy, start) => {
                if model.groups.iter().all(|group| group.name != *name) {
                    let next = model.seq(*start);
                    let (waiting, given) = (Vec::new(), Vec::new());
                    let group = Group {
                        name: *name,
                        policy: *policy,
                        next,
                        copies: 0,
                        waiting,
                        stats: GroupStats::default(),
                        given,
                    };
                    // The bus evicts events from push groups before pull groups.
                    model.groups.push(group);
                    model.groups.sort_by_key(|group| group.policy.pulls);
                }
            }
            Step::Unsubscribe(name) => model.groups.retain(|group| group.name != *name),
            Step::Seek(group, to) => {
                let to = model.seq(*to).min(end);
                if let Some(group) = model.group(*group) {
                    group.seek(to, end);
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
                        group.copies += 1;
                        let copy = group.copies;
                        group.put(Waiting { seq, attempts: 0, due: Some(0), copy, own: Some(event) });
                    }
                }
            }
        }
        self
    }

    fn publish(&mut self, event: Event) {
        self.inbox.push(event);
        if self.inbox.len() > INBOX {
            let seq = self.end() + self.dropped.len() as u64;
            self.dropped.push((self.delivered_at, self.inbox.remove(0)));
            let wants = |group: &&Group| group.policy.max_deliver.is_some() && group.next <= seq;
            let letters = self.groups.iter().filter(wants).map(|group| (group.name, seq, Reason::Evicted, 0));
            self.sent.extend(letters);
        }
    }

    /// Evicts all events, and those that the inbox has dropped.
    fn skip_gap(&mut self, letters: &mut Vec<Letter>) {
        while self.oldest < self.end() {
            for group in &mut self.groups {
                group.evict(self.oldest, letters);
            }
            self.oldest += 1;
        }
        for event in self.dropped.drain(..) {
            for group in self.groups.iter_mut().filter(|group| group.next == self.oldest) {
                group.next += 1;
                group.stats.evicted += 1;
            }
            self.oldest += 1;
            self.log.push(event);
        }
    }

    fn deliver(&mut self) {
        let now = self.now;
        self.delivered_at = now;
        let mut letters = std::mem::take(&mut self.sent);
        if !self.dropped.is_empty() {
            self.skip_gap(&mut letters);
        }
        self.log.extend(self.inbox.drain(..).map(|event| (now, event)));
        // An eviction can release events that were held back, so all groups run twice.
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
    /// Adds an in-flight event. They are in `seq` order.
    fn put(&mut self, waiting: Waiting) {
        self.waiting.push(waiting);
        self.waiting.sort_by_key(|one| (one.seq, one.copy));
    }

    fn expired(&self, at: u64, now: u64) -> bool {
        self.policy.ttl.is_some_and(|ttl| now >= at + ttl)
    }

    /// Delivers one event to the group. Returns `true` if there may be more.
    fn push_one(&mut self, log: &[(u64, Event)], now: u64, letters: &mut Vec<Letter>) -> bool {
        let is_due = |one: &Waiting| one.due.is_some_and(|due| due <= now);
        let place = if self.policy.unordered {
            self.waiting.iter().position(is_due)
        } else {
            (!self.waiting.is_empty()).then_some(0)
        };
        let (mut waiting, (at, event)) = if let Some(place) = place {
            if !is_due(&self.waiting[place]) {
                return false;
            }
            let first = self.waiting.remove(place);
            let event = first.own.clone().unwrap_or_else(|| log[first.seq as usize].clone());
            (first, event)
        } else if self.next < log.len() as u64 {
            let seq = self.next;
            self.next += 1;
            (Waiting { seq, attempts: 0, due: None, copy: 0, own: None }, log[seq as usize].clone())
        } else {
            return false;
        };
        if self.expired(at, now) {
            self.stats.expired += 1;
            return true;
        }
        self.given.push(waiting.seq);
        self.stats.delivered += 1;
        // The handler counts all attempts of an event, also those before a redelivery.
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
                self.put(waiting);
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
                if self.policy.max_deliver.is_none() {
                    self.stats.acked += 1;
                    continue;
                }
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
                self.put(Waiting { seq, attempts: 0, due: None, copy: 0, own: None });
            } else {
                self.stats.acked += 1;
            }
        }
        self.stats.delivered += given as u64;
    }

    fn seek(&mut self, to: u64, end: u64) {
        self.stats.skipped += self.waiting.len() as u64 + to.saturating_sub(self.next);
        self.stats.replayed += self.next.min(end).saturating_sub(to);
        self.waiting.clear();
        self.next = to;
    }

    pub(crate) fn expected(&self, end: u64) -> GroupStats {
        let in_backoff = self.waiting.iter().filter(|one| one.attempts > 0 && one.due.is_some()).count() as u64;
        let lag = end.saturating_sub(self.next);
        let pending = lag + self.waiting.len() as u64 - in_backoff;
        let mut stats = self.stats;
        (stats.pending, stats.in_backoff, stats.lag, stats.next) = (pending, in_backoff, lag, self.next);
        stats
    }
}

pub(crate) fn nth_letter<T>(letters: &[T], which: usize) -> Option<&T> {
    (!letters.is_empty()).then(|| &letters[which % letters.len()])
}

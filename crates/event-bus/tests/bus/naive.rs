//! A naive model of the bus, and the steps that apply to both the model and the bus.
//!
//! The model stores everything for ever, and searches it from the beginning.

use blockers_event_bus::{Reason, StartAt};

use crate::naive_group::{Event, Group, Letter, Policy, Waiting};

/// The number of events that the topic retains.
pub(crate) const KEPT: usize = 8;
/// The number of published events that may wait for a delivery.
pub(crate) const INBOX: usize = 6;
pub(crate) const NAMES: [&str; 4] = ["a", "b", "c", "d"];

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
                    // The bus evicts events from push groups before pull groups.
                    model.groups.push(Group::new(*name, *policy, next));
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
                let mut letters = Vec::new();
                if let Some(group) = model.group(*group).filter(|group| group.policy.pulls) {
                    group.time_out(now, &mut letters);
                    group.pull(&log, *most, now);
                }
                model.sent.extend(letters);
            }
            Step::Answer(group, seq, done) => {
                let mut letters = Vec::new();
                if let Some(group) = model.group(*group)
                    && let Some(place) = group.waiting.iter().position(|one| one.due.is_none() && one.seq == *seq)
                {
                    if *done {
                        let one = group.remove(place);
                        group.enter(&one.event);
                        group.stats.acked += 1;
                    } else {
                        group.fail(place, now, now + group.policy.backoff, &mut letters);
                    }
                }
                model.sent.extend(letters);
            }
            Step::Redeliver(which) => {
                if let Some(&(name, seq, ..)) = nth_letter(&model.letters, *which) {
                    let (time, event) = model.log[seq as usize].clone();
                    if let Some(group) = model.groups.iter_mut().find(|group| group.name == name) {
                        group.stats.redelivered += 1;
                        group.copies += 1;
                        let copy = group.copies;
                        group.put(Waiting { due: Some(0), copy, own: Some(time), ..Waiting::new(seq, event) });
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
        for group in self.groups.iter_mut().filter(|group| group.policy.pulls) {
            group.time_out(now, &mut letters);
        }
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

pub(crate) fn nth_letter<T>(letters: &[T], which: usize) -> Option<&T> {
    (!letters.is_empty()).then(|| &letters[which % letters.len()])
}

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
    /// What a failed event holds back. Only for groups that retry.
    pub(crate) order: Order,
    /// The number of keys for deduplication; `None` for a group that handles duplicates.
    pub(crate) window: Option<usize>,
    /// How long a consumer may take to ack.
    pub(crate) ack_wait: Option<u64>,
}

impl Policy {
    /// Returns the policy without what only groups that retry have.
    pub(crate) fn at_most_once(self) -> Self {
        Self { max_deliver: None, order: Order::Ordered, window: None, ack_wait: None, ..self }
    }
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Order {
    /// All events.
    Ordered,
    /// The events of the same [`lane`].
    ByKey,
    /// None.
    Unordered,
}

/// The key of the order.
pub(crate) fn lane(event: &Event) -> u64 {
    u64::from(event.fails % 2)
}

/// The key for deduplication.
pub(crate) fn key(event: &Event) -> u64 {
    u64::from(event.fails)
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
    event: Event,
    /// `None` while a consumer has pulled it.
    due: Option<u64>,
    /// When a consumer has pulled it.
    since: u64,
    /// `true` while it waits for another event of its lane.
    behind: bool,
    /// The key that was entered when it was pulled.
    entered: Option<u64>,
    /// 0 for the event in the log, or the number of a redelivered copy.
    copy: u64,
    /// The time of the event, for a redelivered dead letter.
    own: Option<u64>,
}

impl Waiting {
    fn new(seq: u64, event: Event) -> Self {
        let (due, own, entered) = (None, None, None);
        Self { seq, attempts: 0, event, due, since: 0, behind: false, entered, copy: 0, own }
    }
}

/// The last keys that were entered.
#[derive(Clone, Default, Debug)]
struct Keys {
    known: Vec<u64>,
    /// The key that was entered last, and the keys before.
    last: Option<(u64, Vec<u64>)>,
}

impl Keys {
    fn enter(&mut self, key: u64, window: usize) {
        if !self.known.contains(&key) {
            self.last = Some((key, self.known.clone()));
            self.known.push(key);
            if self.known.len() > window {
                self.known.remove(0);
            }
        }
    }

    /// Removes a key. If it was entered last, the keys are as before.
    fn remove(&mut self, key: u64) {
        let known = self.known.contains(&key);
        match self.last.take() {
            Some((last, before)) if last == key && known => self.known = before,
            Some((last, mut before)) => {
                before.retain(|&other| other != key);
                self.known.retain(|&other| other != key);
                self.last = Some((last, before));
            }
            None => self.known.retain(|&other| other != key),
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) name: usize,
    pub(crate) policy: Policy,
    next: u64,
    /// The number of redelivered copies so far.
    copies: u64,
    pub(crate) waiting: Vec<Waiting>,
    keys: Keys,
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
                        keys: Keys::default(),
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

impl Group {
    /// Adds an in-flight event. They are in `seq` order. If its lane has another event, it waits behind that.
    fn put(&mut self, mut waiting: Waiting) {
        waiting.behind |= waiting.due.is_some() && self.is_occupied(&waiting.event);
        self.waiting.push(waiting);
        self.waiting.sort_by_key(|one| (one.seq, one.copy));
    }

    /// Returns `true` if events like this one must wait.
    fn is_occupied(&self, event: &Event) -> bool {
        self.policy.order == Order::ByKey && self.waiting.iter().any(|one| lane(&one.event) == lane(event))
    }

    /// Removes an in-flight event. The first one that waits behind it is due.
    fn remove(&mut self, place: usize) -> Waiting {
        let removed = self.waiting.remove(place);
        if self.policy.order == Order::ByKey && !removed.behind {
            let next = self.waiting.iter_mut().find(|one| lane(&one.event) == lane(&removed.event));
            next.into_iter().for_each(|next| next.behind = false);
        }
        removed
    }

    fn knows(&self, event: &Event) -> bool {
        self.policy.window.is_some() && self.keys.known.contains(&key(event))
    }

    fn enter(&mut self, event: &Event) {
        self.policy.window.into_iter().for_each(|window| self.keys.enter(key(event), window));
    }

    /// Fails the events that were not acked in time.
    fn time_out(&mut self, now: u64, letters: &mut Vec<Letter>) {
        let Some(wait) = self.policy.ack_wait else { return };
        while let Some(place) = self.waiting.iter().position(|one| one.due.is_none() && one.since + wait <= now) {
            self.fail(place, now, now, letters);
        }
    }

    fn expired(&self, at: u64, now: u64) -> bool {
        self.policy.ttl.is_some_and(|ttl| now >= at + ttl)
    }

    /// Delivers one event to the group. Returns `true` if there may be more.
    fn push_one(&mut self, log: &[(u64, Event)], now: u64, letters: &mut Vec<Letter>) -> bool {
        let is_due = |one: &Waiting| one.due.is_some_and(|due| due <= now) && !one.behind;
        let place = match self.policy.order {
            Order::Ordered => (!self.waiting.is_empty()).then_some(0),
            Order::ByKey | Order::Unordered => self.waiting.iter().position(is_due),
        };
        if let Some(place) = place {
            if !is_due(&self.waiting[place]) {
                return false;
            }
            let first = &self.waiting[place];
            let (seq, event) = (first.seq, first.event.clone());
            if self.expired(first.own.unwrap_or_else(|| log[seq as usize].0), now) {
                self.stats.expired += 1;
                self.remove(place);
            } else if self.knows(&event) {
                self.stats.duplicates += 1;
                self.remove(place);
            } else if self.succeeds(seq, &event) {
                self.stats.acked += 1;
                self.remove(place);
                self.enter(&event);
            } else {
                self.fail(place, now, now + self.policy.backoff, letters);
            }
            return true;
        }
        if self.next >= log.len() as u64 {
            return false;
        }
        let seq = self.next;
        self.next += 1;
        let (time, event) = log[seq as usize].clone();
        if self.expired(time, now) {
            self.stats.expired += 1;
        } else if self.is_occupied(&event) {
            self.put(Waiting { due: Some(0), behind: true, ..Waiting::new(seq, event) });
        } else if self.knows(&event) {
            self.stats.duplicates += 1;
        } else if self.succeeds(seq, &event) {
            self.stats.acked += 1;
            self.enter(&event);
        } else {
            self.put(Waiting { due: Some(0), ..Waiting::new(seq, event) });
            let place = self.waiting.iter().position(|one| one.seq == seq && one.copy == 0).unwrap();
            self.fail(place, now, now + self.policy.backoff, letters);
        }
        true
    }

    /// Gives an event to the handler. Returns `true` if it succeeds.
    fn succeeds(&mut self, seq: u64, event: &Event) -> bool {
        self.given.push(seq);
        self.stats.delivered += 1;
        // The handler counts all attempts of an event, also those before a redelivery.
        self.given.iter().filter(|&&other| other == seq).count() as u32 > event.fails
    }

    /// Fails an attempt of an in-flight event, which is due again at `due` or given up.
    fn fail(&mut self, place: usize, now: u64, due: u64, letters: &mut Vec<Letter>) {
        self.stats.failed += 1;
        let one = &mut self.waiting[place];
        one.attempts += 1;
        one.due = Some(due);
        one.entered.take().into_iter().for_each(|key| self.keys.remove(key));
        let (seq, attempts) = (one.seq, one.attempts);
        match self.policy.max_deliver {
            None => {
                self.stats.acked += 1;
                self.remove(place);
            }
            Some(most) if attempts >= most => {
                self.stats.dead += 1;
                letters.push((self.name, seq, Reason::MaxDeliver, attempts));
                self.remove(place);
            }
            Some(_) => debug_assert!(due >= now),
        }
    }

    fn evict(&mut self, seq: u64, letters: &mut Vec<Letter>) {
        let attempts = if self.next == seq {
            self.next += 1;
            0
        } else {
            let Some(place) = self.waiting.iter().position(|one| one.seq == seq && one.own.is_none()) else { return };
            let one = self.remove(place);
            one.entered.into_iter().for_each(|key| self.keys.remove(key));
            one.attempts
        };
        self.stats.evicted += 1;
        if self.policy.max_deliver.is_some() {
            letters.push((self.name, seq, Reason::Evicted, attempts));
        }
    }

    fn pull(&mut self, log: &[(u64, Event)], most: usize, now: u64) {
        let mut given = 0;
        let is_due = |one: &Waiting| one.due.is_some_and(|due| due <= now) && !one.behind;
        while given < most
            && let Some(place) = self.waiting.iter().position(is_due)
        {
            let one = &self.waiting[place];
            let (seq, event) = (one.seq, one.event.clone());
            if self.expired(one.own.unwrap_or_else(|| log[seq as usize].0), now) {
                self.stats.expired += 1;
                self.remove(place);
            } else if self.knows(&event) {
                self.stats.duplicates += 1;
                self.remove(place);
            } else {
                given += 1;
                self.given.push(seq);
                self.enter(&event);
                if self.policy.max_deliver.is_none() {
                    self.stats.acked += 1;
                    self.remove(place);
                } else {
                    let entered = self.policy.window.map(|_| key(&event));
                    let one = &mut self.waiting[place];
                    (one.due, one.since, one.entered) = (None, now, entered);
                }
            }
        }
        while given < most && self.next < log.len() as u64 {
            let seq = self.next;
            self.next += 1;
            let (time, event) = log[seq as usize].clone();
            if self.expired(time, now) {
                self.stats.expired += 1;
            } else if self.is_occupied(&event) {
                self.put(Waiting { due: Some(0), behind: true, ..Waiting::new(seq, event) });
            } else if self.knows(&event) {
                self.stats.duplicates += 1;
            } else {
                given += 1;
                self.given.push(seq);
                self.enter(&event);
                if self.policy.max_deliver.is_some() {
                    let entered = self.policy.window.map(|_| key(&event));
                    self.put(Waiting { since: now, entered, ..Waiting::new(seq, event) });
                } else {
                    self.stats.acked += 1;
                }
            }
        }
        self.stats.delivered += given as u64;
    }

    fn seek(&mut self, to: u64, end: u64) {
        self.stats.skipped += self.waiting.len() as u64 + to.saturating_sub(self.next);
        self.stats.replayed += self.next.min(end).saturating_sub(to);
        for one in std::mem::take(&mut self.waiting) {
            one.entered.into_iter().for_each(|key| self.keys.remove(key));
        }
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

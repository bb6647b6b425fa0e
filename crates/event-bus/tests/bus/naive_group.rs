//! The groups of the naive model of the bus.

use blockers_event_bus::{GroupStats, Reason};

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

/// An in-flight event of a group.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Waiting {
    pub(crate) seq: u64,
    pub(crate) attempts: u32,
    pub(crate) event: Event,
    /// `None` while a consumer has pulled it.
    pub(crate) due: Option<u64>,
    /// When a consumer has pulled it.
    pub(crate) since: u64,
    /// `true` while it waits for another event of its lane.
    pub(crate) behind: bool,
    /// The key that was entered when it was pulled.
    pub(crate) entered: Option<u64>,
    /// 0 for the event in the log, or the number of a redelivered copy.
    pub(crate) copy: u64,
    /// The time of the event, for a redelivered dead letter.
    pub(crate) own: Option<u64>,
}

impl Waiting {
    pub(crate) fn new(seq: u64, event: Event) -> Self {
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
    pub(crate) next: u64,
    /// The number of redelivered copies so far.
    pub(crate) copies: u64,
    pub(crate) waiting: Vec<Waiting>,
    keys: Keys,
    pub(crate) stats: GroupStats,
    /// The `seq` of every attempt, in order.
    pub(crate) given: Vec<u64>,
}

pub(crate) type Letter = (usize, u64, Reason, u32);

impl Group {
    pub(crate) fn new(name: usize, policy: Policy, next: u64) -> Self {
        let (waiting, given) = (Vec::new(), Vec::new());
        let (keys, stats) = (Keys::default(), GroupStats::default());
        Self { name, policy, next, copies: 0, waiting, keys, stats, given }
    }

    /// Adds an in-flight event. They are in `seq` order. If its lane has another event, it waits behind that.
    pub(crate) fn put(&mut self, mut waiting: Waiting) {
        waiting.behind |= waiting.due.is_some() && self.is_occupied(&waiting.event);
        self.waiting.push(waiting);
        self.waiting.sort_by_key(|one| (one.seq, one.copy));
    }

    /// Returns `true` if events like this one must wait.
    fn is_occupied(&self, event: &Event) -> bool {
        self.policy.order == Order::ByKey && self.waiting.iter().any(|one| lane(&one.event) == lane(event))
    }

    /// Removes an in-flight event. The first one that waits behind it is due.
    pub(crate) fn remove(&mut self, place: usize) -> Waiting {
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

    pub(crate) fn enter(&mut self, event: &Event) {
        self.policy.window.into_iter().for_each(|window| self.keys.enter(key(event), window));
    }

    /// Fails the events that were not acked in time.
    pub(crate) fn time_out(&mut self, now: u64, letters: &mut Vec<Letter>) {
        let Some(wait) = self.policy.ack_wait else { return };
        while let Some(place) = self.waiting.iter().position(|one| one.due.is_none() && one.since + wait <= now) {
            self.fail(place, now, now, letters);
        }
    }

    fn expired(&self, at: u64, now: u64) -> bool {
        self.policy.ttl.is_some_and(|ttl| now >= at + ttl)
    }

    /// Delivers one event to the group. Returns `true` if there may be more.
    pub(crate) fn push_one(&mut self, log: &[(u64, Event)], now: u64, letters: &mut Vec<Letter>) -> bool {
        let is_due = |one: &Waiting| one.due.is_some_and(|due| due <= now) && !one.behind;
        let place = match self.policy.order {
            Order::Ordered => (!self.waiting.is_empty()).then_some(0),
            Order::ByKey | Order::Unordered => self.waiting.iter().position(is_due),
        };
        if let Some(place) = place {
            if !is_due(&self.waiting[place]) {
                return false;
            }
            match self.take_due(place, log, now) {
                None => {}
                Some((seq, event)) if self.succeeds(seq, &event) => {
                    self.stats.acked += 1;
                    self.remove(place);
                    self.enter(&event);
                }
                Some(_) => self.fail(place, now, now + self.policy.backoff, letters),
            }
            return true;
        }
        if self.next >= log.len() as u64 {
            return false;
        }
        match self.take_new(log, now) {
            None => {}
            Some((seq, event)) if self.succeeds(seq, &event) => {
                self.stats.acked += 1;
                self.enter(&event);
            }
            Some((seq, event)) => {
                self.put(Waiting { due: Some(0), ..Waiting::new(seq, event) });
                let place = self.waiting.iter().position(|one| one.seq == seq && one.copy == 0).unwrap();
                self.fail(place, now, now + self.policy.backoff, letters);
            }
        }
        true
    }

    /// Returns the in-flight event in this place, or removes it if it is not given any more.
    fn take_due(&mut self, place: usize, log: &[(u64, Event)], now: u64) -> Option<(u64, Event)> {
        let one = &self.waiting[place];
        let (seq, event) = (one.seq, one.event.clone());
        if self.expired(one.own.unwrap_or_else(|| log[seq as usize].0), now) {
            self.stats.expired += 1;
        } else if self.knows(&event) {
            self.stats.duplicates += 1;
        } else {
            return Some((seq, event));
        }
        self.remove(place);
        None
    }

    /// Moves the offset past the next event. Returns the event if it is given.
    fn take_new(&mut self, log: &[(u64, Event)], now: u64) -> Option<(u64, Event)> {
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
            return Some((seq, event));
        }
        None
    }

    /// Gives an event to the handler. Returns `true` if it succeeds.
    fn succeeds(&mut self, seq: u64, event: &Event) -> bool {
        self.given.push(seq);
        self.stats.delivered += 1;
        // The handler counts all attempts of an event, also those before a redelivery.
        self.given.iter().filter(|&&other| other == seq).count() as u32 > event.fails
    }

    /// Fails an attempt of an in-flight event, which is due again at `due` or given up.
    pub(crate) fn fail(&mut self, place: usize, now: u64, due: u64, letters: &mut Vec<Letter>) {
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

    pub(crate) fn evict(&mut self, seq: u64, letters: &mut Vec<Letter>) {
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

    pub(crate) fn pull(&mut self, log: &[(u64, Event)], most: usize, now: u64) {
        let mut given = 0;
        let is_due = |one: &Waiting| one.due.is_some_and(|due| due <= now) && !one.behind;
        while given < most
            && let Some(place) = self.waiting.iter().position(is_due)
        {
            let Some((seq, event)) = self.take_due(place, log, now) else { continue };
            given += 1;
            self.given.push(seq);
            self.enter(&event);
            if self.policy.max_deliver.is_none() {
                self.stats.acked += 1;
                self.remove(place);
            } else {
                let one = &mut self.waiting[place];
                (one.due, one.since, one.entered) = (None, now, self.policy.window.map(|_| key(&event)));
            }
        }
        while given < most && self.next < log.len() as u64 {
            let Some((seq, event)) = self.take_new(log, now) else { continue };
            given += 1;
            self.given.push(seq);
            self.enter(&event);
            if self.policy.max_deliver.is_none() {
                self.stats.acked += 1;
            } else {
                let entered = self.policy.window.map(|_| key(&event));
                self.put(Waiting { since: now, entered, ..Waiting::new(seq, event) });
            }
        }
        self.stats.delivered += given as u64;
    }

    pub(crate) fn seek(&mut self, to: u64, end: u64) {
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

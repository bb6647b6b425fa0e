//! The in-flight events of one group, by `seq` and by due time.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use super::counters::GroupCounters;
use super::time::Timestamp;

/// Names an in-flight event: its `seq`, and 0 for the event in the log or the number of a redelivered copy.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Key {
    pub(crate) seq: u64,
    pub(crate) copy: u64,
}

impl Key {
    pub(crate) const MAX: Self = Self { seq: u64::MAX, copy: u64::MAX };

    /// Returns the key of an event in the log.
    pub(crate) fn in_log(seq: u64) -> Self {
        Self { seq, copy: 0 }
    }
}

/// An in-flight event.
#[derive(Clone, Debug)]
pub(crate) struct InFlight {
    /// Failed attempts so far.
    pub(crate) attempts: u32,
    pub(crate) last_error: Option<Box<str>>,
    pub(crate) state: State,
    /// The events with the same number wait for each other.
    pub(crate) lane: Option<u64>,
    /// The key that was entered for deduplication when the event was pulled.
    pub(crate) entered: Option<u64>,
}

/// What an in-flight event waits for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum State {
    /// An ack or nack from the consumer that pulled it at `since`, until `deadline`.
    AwaitingAck { since: Timestamp, deadline: Timestamp },
    /// The time of its next attempt.
    Due(Timestamp),
    /// Its delivery: it was due.
    Ready,
    /// An earlier event of its lane.
    Behind,
}

impl InFlight {
    /// An event that was not tried yet.
    pub(crate) fn new(state: State, lane: Option<u64>) -> Self {
        Self { attempts: 0, last_error: None, state, lane, entered: None }
    }

    /// Returns `true` if the event failed and waits for its next attempt.
    fn is_in_backoff(&self) -> bool {
        self.attempts > 0 && !matches!(self.state, State::AwaitingAck { .. })
    }
}

impl State {
    /// Returns when the event needs attention by itself; [`Timestamp::MAX`] for never.
    fn timer(self) -> Timestamp {
        match self {
            Self::AwaitingAck { deadline, .. } => deadline,
            Self::Due(due) => due,
            Self::Ready | Self::Behind => Timestamp::MAX,
        }
    }
}

/// Ordered keys, each with a time, a lane, or 0. They have one type, so that the code of the set is compiled once.
pub(crate) type Keys = BTreeSet<(u64, Key)>;

/// The in-flight events of a group. Every operation takes logarithmic time.
#[derive(Default, Debug)]
pub(crate) struct InFlights {
    events: BTreeMap<Key, InFlight>,
    /// Those in the log. The others are redelivered copies.
    logged: Keys,
    /// The events that wait for an ack.
    awaiting: Keys,
    /// The events that can be delivered now.
    ready: Keys,
    /// The events that need attention at a time.
    timers: Keys,
    /// The events of each lane. All but one of a lane are [`State::Behind`].
    pub(crate) lanes: Keys,
}

impl InFlights {
    pub(crate) fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// Returns the event with the lowest `seq`.
    pub(crate) fn first(&self) -> Option<Key> {
        self.events.first_key_value().map(|(key, _)| *key)
    }

    /// Returns the event with the lowest `seq` that can be delivered now.
    pub(crate) fn first_ready(&self) -> Option<Key> {
        self.ready.first().map(|(_, key)| *key)
    }

    pub(crate) fn is_ready(&self, key: Key) -> bool {
        self.ready.contains(&(0, key))
    }

    /// Returns `true` if the event waits behind another one of its lane.
    pub(crate) fn is_behind(&self, key: Key) -> bool {
        self.events.get(&key).is_some_and(|event| event.state == State::Behind)
    }

    pub(crate) fn get(&self, key: Key) -> Option<&InFlight> {
        self.events.get(&key)
    }

    /// Returns when the next event needs attention; [`Timestamp::MAX`] for never.
    pub(crate) fn next_timer(&self) -> Timestamp {
        self.timers.first().map_or(Timestamp::MAX, |(time, _)| Timestamp::from_millis(*time))
    }

    /// Returns when the next event needs attention after `now`; [`Timestamp::MAX`] for never.
    pub(crate) fn next_timer_after(&self, now: Timestamp) -> Timestamp {
        let last = (now.as_millis(), Key::MAX);
        let later = self.timers.range((Bound::Excluded(last), Bound::Unbounded)).next();
        later.map_or(Timestamp::MAX, |(time, _)| Timestamp::from_millis(*time))
    }

    /// Returns an event whose timer has run out.
    pub(crate) fn timed_out(&self, now: Timestamp) -> Option<(Key, State)> {
        let (_, key) = self.timers.first().filter(|(time, _)| *time <= now.as_millis())?;
        Some((*key, self.events.get(key)?.state))
    }

    /// Inserts an event. If it is ready and its lane has another event, it waits behind that.
    pub(crate) fn insert(&mut self, key: Key, mut event: InFlight, counters: &GroupCounters) {
        if let Some(lane) = event.lane {
            if event.state == State::Ready && self.head(lane).is_some() {
                event.state = State::Behind;
            }
            self.lanes.insert((lane, key));
        }
        if key.copy == 0 {
            self.logged.insert((0, key));
        }
        counters.in_flight.add(1);
        counters.in_backoff.add(u64::from(event.is_in_backoff()));
        self.schedule(key, event.state);
        self.events.insert(key, event);
        self.note_oldest(counters);
    }

    /// Removes an event. If others of its lane wait behind it, the first of them can be delivered then.
    pub(crate) fn remove(&mut self, key: Key, counters: &GroupCounters) -> Option<InFlight> {
        let event = self.events.remove(&key)?;
        self.unschedule(key, event.state);
        if key.copy == 0 {
            self.logged.remove(&(0, key));
        }
        counters.in_flight.subtract(1);
        counters.in_backoff.subtract(u64::from(event.is_in_backoff()));
        if let Some(lane) = event.lane {
            self.lanes.remove(&(lane, key));
            if event.state != State::Behind
                && let Some(head) = self.head(lane)
            {
                self.change(head, State::Ready, counters);
            }
        }
        self.note_oldest(counters);
        Some(event)
    }

    /// Lets an event wait for something else.
    pub(crate) fn change(&mut self, key: Key, state: State, counters: &GroupCounters) {
        self.update(key, counters, |event| event.state = state);
    }

    /// Changes an event, which stays in its place in its lane.
    pub(crate) fn update(&mut self, key: Key, counters: &GroupCounters, change: impl FnOnce(&mut InFlight)) {
        let Some(event) = self.events.get_mut(&key) else { return };
        let (before, was_in_backoff) = (event.state, event.is_in_backoff());
        change(event);
        let state = event.state;
        let is_in_backoff = event.is_in_backoff();
        self.unschedule(key, before);
        self.schedule(key, state);
        counters.in_backoff.add(u64::from(is_in_backoff));
        counters.in_backoff.subtract(u64::from(was_in_backoff));
    }

    /// Removes all events, and returns them.
    pub(crate) fn take_all(&mut self, counters: &GroupCounters) -> impl Iterator<Item = InFlight> + use<> {
        let all = std::mem::take(self).events;
        counters.in_flight.set(0);
        counters.in_backoff.set(0);
        self.note_oldest(counters);
        all.into_values()
    }

    /// Returns the first event of a lane.
    fn head(&self, lane: u64) -> Option<Key> {
        lane_head(&self.lanes, lane)
    }

    /// Returns the events in the log before this `seq`.
    pub(crate) fn in_log_before(&self, seq: u64) -> Vec<Key> {
        self.logged.range(..(0, Key::in_log(seq))).map(|(_, key)| *key).collect()
    }

    /// Returns the event of this `seq` that waits for an ack.
    pub(crate) fn awaiting_ack(&self, seq: u64) -> Option<Key> {
        let same = (0, Key::in_log(seq))..=(0, Key { seq, copy: u64::MAX });
        self.awaiting.range(same).next().map(|(_, key)| *key)
    }

    /// Iterates over the events that wait for an ack.
    pub(crate) fn all_awaiting_ack(&self) -> impl Iterator<Item = (Key, u32, Timestamp)> {
        self.awaiting.iter().filter_map(|(_, key)| match self.events.get(key)? {
            InFlight { state: State::AwaitingAck { since, .. }, attempts, .. } => Some((*key, *attempts, *since)),
            _ => None,
        })
    }

    fn schedule(&mut self, key: Key, state: State) {
        match state {
            State::Ready => drop(self.ready.insert((0, key))),
            State::AwaitingAck { .. } => drop(self.awaiting.insert((0, key))),
            State::Due(_) | State::Behind => {}
        }
        if state.timer() != Timestamp::MAX {
            self.timers.insert((state.timer().as_millis(), key));
        }
    }

    fn unschedule(&mut self, key: Key, state: State) {
        match state {
            State::Ready => drop(self.ready.remove(&(0, key))),
            State::AwaitingAck { .. } => drop(self.awaiting.remove(&(0, key))),
            State::Due(_) | State::Behind => {}
        }
        if state.timer() != Timestamp::MAX {
            self.timers.remove(&(state.timer().as_millis(), key));
        }
    }

    fn note_oldest(&self, counters: &GroupCounters) {
        counters.oldest_in_flight.set(self.logged.first().map_or(u64::MAX, |(_, key)| key.seq));
    }
}

/// Returns the first event of a lane among those of all lanes.
pub(crate) fn lane_head(lanes: &Keys, lane: u64) -> Option<Key> {
    let same = lanes.range((lane, Key::in_log(0))..=(lane, Key::MAX));
    same.map(|(_, key)| *key).next()
}

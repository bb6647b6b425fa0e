//! The progress of one group: its offset, its in-flight events, and its counters.

use std::collections::VecDeque;
use std::sync::Arc;

use super::account::Account;
use super::envelope::Envelope;
use super::log::Log;
use super::policy::Policy;

/// The position of a group in its topic, its in-flight events, and its counters.
pub(super) struct Ledger<E> {
    pub(super) account: Arc<Account>,
    /// The in-flight events: delivered and neither acked nor given up, or redelivered. In the order in which they are
    /// due; all of them are due before new events.
    flights: VecDeque<Flight<E>>,
}

/// An in-flight event.
pub(super) struct Flight<E> {
    pub(super) source: Source<E>,
    pub(super) attempts: u32,
    pub(super) last_error: Option<String>,
    pub(super) state: Wait,
}

/// Where the event is stored.
pub(super) enum Source<E> {
    Log(u64),
    /// A redelivered dead letter. The log may no longer have the event.
    Own(Envelope<E>),
}

/// What the event waits for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wait {
    /// An ack or nack from the consumer that pulled it.
    Out,
    /// The time of its next attempt; `u64::MAX` is never.
    Due(u64),
}

impl Wait {
    /// Returns `true` if the event may be delivered now.
    pub(super) fn is_due(self, now: u64) -> bool {
        matches!(self, Self::Due(due) if due <= now && due != u64::MAX)
    }
}

impl<E> Flight<E> {
    /// An event in the log that is delivered for the first time.
    pub(super) fn first(seq: u64) -> Self {
        Self { source: Source::Log(seq), attempts: 0, last_error: None, state: Wait::Out }
    }

    /// Returns `true` if the event failed and waits for its next attempt.
    fn waits(&self) -> bool {
        self.attempts > 0 && self.state != Wait::Out
    }

    pub(super) fn seq(&self) -> u64 {
        match &self.source {
            Source::Log(seq) => *seq,
            Source::Own(envelope) => envelope.seq(),
        }
    }

    pub(super) fn envelope<'a>(&'a self, log: &'a Log<E>) -> Option<&'a Envelope<E>> {
        match &self.source {
            Source::Log(seq) => log.get(*seq),
            Source::Own(envelope) => Some(envelope),
        }
    }
}

impl<E> Ledger<E> {
    pub(super) fn new(account: Arc<Account>) -> Self {
        Self { account, flights: VecDeque::new() }
    }

    /// Returns the `seq` of the next event that the group has not seen.
    pub(super) fn next(&self) -> u64 {
        self.account.next()
    }

    /// Returns the in-flight events. The one that is due first is in front.
    pub(super) fn flights(&self) -> &VecDeque<Flight<E>> {
        &self.flights
    }

    /// Inserts an event into the in-flight events.
    pub(super) fn put(&mut self, place: usize, flight: Flight<E>) {
        self.account.unfinished.add(1);
        self.account.in_backoff.add(u64::from(flight.waits()));
        self.flights.insert(place, flight);
        self.note_oldest();
    }

    fn note_oldest(&self) {
        let in_log = self.flights.iter().filter(|flight| matches!(flight.source, Source::Log(_)));
        self.account.oldest_in_flight.set(in_log.map(Flight::seq).min().unwrap_or(u64::MAX));
    }

    /// Removes an event from the in-flight events, and returns it.
    pub(super) fn take(&mut self, place: usize) -> Option<Flight<E>> {
        let flight = self.flights.remove(place)?;
        self.account.unfinished.set(self.flights.len() as u64);
        self.account.in_backoff.set(self.account.in_backoff.get() - u64::from(flight.waits()));
        self.note_oldest();
        Some(flight)
    }

    /// Calls `wants` for each event that is due. `Some(true)` marks the event as delivered, `Some(false)` removes it,
    /// `None` leaves it as it is.
    pub(super) fn give_due(&mut self, now: u64, mut wants: impl FnMut(&Flight<E>) -> Option<bool>) {
        self.flights.retain_mut(|flight| {
            if !flight.state.is_due(now) {
                return true;
            }
            match wants(flight) {
                Some(true) => flight.state = Wait::Out,
                Some(false) => return false,
                None => {}
            }
            true
        });
        self.recount();
    }

    fn recount(&self) {
        self.account.unfinished.set(self.flights.len() as u64);
        self.account.in_backoff.set(self.flights.iter().filter(|flight| flight.waits()).count() as u64);
        self.note_oldest();
    }

    /// Handles an event that failed now: it waits for a retry, in `seq` order, or is given up. Returns the event if it
    /// is given up and its group retries.
    pub(super) fn fail(&mut self, mut flight: Flight<E>, policy: &Policy, now: u64) -> Option<Flight<E>> {
        flight.attempts = flight.attempts.saturating_add(1);
        self.account.failed.add(1);
        match policy.retry(now, flight.attempts) {
            Some(due) => {
                flight.state = Wait::Due(due);
                let place = self.flights.iter().take_while(|other| other.seq() < flight.seq()).count();
                self.put(place, flight);
                None
            }
            // At most once, a delivered event is acknowledged, even a redelivered dead letter of an earlier group of
            // that name.
            None if !policy.retries() => {
                self.account.acked.add(1);
                None
            }
            None => {
                self.account.dead.add(1);
                Some(flight)
            }
        }
    }

    /// Accepts a redelivered dead letter. Its attempts start at zero again.
    pub(super) fn take_back(&mut self, envelope: Envelope<E>) {
        self.account.redelivered.add(1);
        let flight = Flight { source: Source::Own(envelope), attempts: 0, last_error: None, state: Wait::Due(0) };
        self.put(self.flights.len(), flight);
    }

    /// Moves the offset. Drops all in-flight events.
    pub(super) fn seek(&mut self, to: u64, end: u64) {
        let next = self.next();
        self.account.skipped.add(self.flights.len() as u64 + to.saturating_sub(next));
        self.flights.clear();
        self.recount();
        // A group with a start in the future has not seen the events between `end` and that start.
        self.account.replayed.add(next.min(end).saturating_sub(to));
        self.account.start_at_latest(end);
        self.account.go_to(to);
    }

    /// Handles the eviction of an event from the log. Returns its attempts and its last error, if the group was not
    /// done with it.
    pub(super) fn evict(&mut self, seq: u64) -> Option<(u32, Option<String>)> {
        if self.next() == seq {
            self.account.go_to(seq + 1);
            self.account.evicted.add(1);
            return Some((0, None));
        }
        let lost = |flight: &Flight<E>| matches!(flight.source, Source::Log(own) if own == seq);
        let place = self.flights.iter().position(lost)?;
        let flight = self.take(place)?;
        self.account.evicted.add(1);
        Some((flight.attempts, flight.last_error))
    }

    /// Returns the lowest `seq` in the log that the group is not done with.
    pub(super) fn wanted(&self) -> u64 {
        if self.flights.is_empty() {
            return self.next();
        }
        let unfinished = self.flights.iter().filter(|flight| matches!(flight.source, Source::Log(_)));
        unfinished.map(Flight::seq).fold(self.next(), u64::min)
    }
}

//! The books of one group: what it has seen, what it waits for, and what became of every event.
//!
//! Comes in: what happened to events. Goes out: what the group wants next, and the changes to its account.

use std::collections::VecDeque;
use std::sync::Arc;

use super::account::Account;
use super::envelope::Envelope;
use super::log::Log;
use super::policy::Policy;

/// Where a group is in its topic, what it has not finished, and its account.
pub(super) struct Ledger<E> {
    pub(super) account: Arc<Account>,
    /// Events that were given and are neither acked nor given up, or that came back, in the order in which they are due to the
    /// group: before anything new.
    flights: VecDeque<Flight<E>>,
}

/// An event that was given and is not done.
pub(super) struct Flight<E> {
    pub(super) source: Source<E>,
    pub(super) attempts: u32,
    pub(super) last_error: Option<String>,
    pub(super) state: Wait,
}

/// Where the event is.
pub(super) enum Source<E> {
    Log(u64),
    /// It came back as a dead letter; the log may have forgotten it.
    Own(Envelope<E>),
}

/// What the event waits for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wait {
    /// An answer from whoever pulled it.
    Out,
    /// The time of its next try; `u64::MAX` is never.
    Due(u64),
}

impl Wait {
    /// May it be given now?
    pub(super) fn is_due(self, now: u64) -> bool {
        matches!(self, Self::Due(due) if due <= now && due != u64::MAX)
    }
}

impl<E> Flight<E> {
    /// Of an event in the log that is given for the first time.
    pub(super) fn first(seq: u64) -> Self {
        Self { source: Source::Log(seq), attempts: 0, last_error: None, state: Wait::Out }
    }

    /// Did it fail, and does it wait for its next try?
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

    /// `seq` of the next event that the group has not seen.
    pub(super) fn next(&self) -> u64 {
        self.account.next()
    }

    /// What the group has not finished, what is due first in front.
    pub(super) fn flights(&self) -> &VecDeque<Flight<E>> {
        &self.flights
    }

    /// Puts an event among those that are not finished.
    pub(super) fn put(&mut self, place: usize, flight: Flight<E>) {
        self.account.unfinished.add(1);
        self.account.in_backoff.add(u64::from(flight.waits()));
        self.flights.insert(place, flight);
    }

    /// Takes an event from those that are not finished.
    pub(super) fn take(&mut self, place: usize) -> Option<Flight<E>> {
        let flight = self.flights.remove(place)?;
        self.account.unfinished.set(self.flights.len() as u64);
        self.account.in_backoff.set(self.account.in_backoff.get() - u64::from(flight.waits()));
        Some(flight)
    }

    /// Asks of each event that is due whether it is worth giving: then it is out, and else it goes; `None` leaves it. Returns how many
    /// have gone.
    pub(super) fn give_due(&mut self, now: u64, mut wants: impl FnMut(&Flight<E>) -> Option<bool>) -> usize {
        let before = self.flights.len();
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
        before - self.flights.len()
    }

    fn recount(&self) {
        self.account.unfinished.set(self.flights.len() as u64);
        self.account.in_backoff.set(self.flights.iter().filter(|flight| flight.waits()).count() as u64);
    }

    /// An event has failed now. Returns it if it is given up; else it waits, before all others.
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
            // At most once, what was given is done, also if it came back as a dead letter of a group of the same name.
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

    /// A dead letter comes back, to be tried as if for the first time.
    pub(super) fn take_back(&mut self, envelope: Envelope<E>) {
        self.account.redelivered.add(1);
        let flight = Flight { source: Source::Own(envelope), attempts: 0, last_error: None, state: Wait::Due(0) };
        self.put(self.flights.len(), flight);
    }

    /// Goes on reading elsewhere. Whatever was unfinished is left.
    pub(super) fn seek(&mut self, to: u64, end: u64) {
        let next = self.next();
        self.account.skipped.add(self.flights.len() as u64 + to.saturating_sub(next));
        self.flights.clear();
        self.recount();
        // A group that was to start later has not been given what has not come.
        self.account.replayed.add(next.min(end).saturating_sub(to));
        self.account.go_to(to);
    }

    /// The log has forgotten this event. Returns how often it was tried and what was said then, if the group still wanted it.
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

    /// The lowest `seq` in the log that the group still wants.
    pub(super) fn wanted(&self) -> u64 {
        if self.flights.is_empty() {
            return self.next();
        }
        let unfinished = self.flights.iter().filter(|flight| matches!(flight.source, Source::Log(_)));
        unfinished.map(Flight::seq).fold(self.next(), u64::min)
    }
}

//! Where a group stands in its topic: what it has seen, what it has been given and not done, and the count of everything.
//!
//! Pure book-keeping for push and pull alike. Comes in: what happened to events. Goes out: [`GroupStats`] that balance.

use std::collections::VecDeque;

use super::envelope::Envelope;
use super::log::Log;
use super::policy::Policy;
use super::stats::GroupStats;

/// A group's offset, its unfinished events, and its counters.
pub(super) struct Ledger<E> {
    /// `seq` of the next event that the group has not seen.
    pub(super) next: u64,
    /// Events that were given and are not done, and dead letters that came back, in the order in which they are due to the
    /// group: before anything new.
    pub(super) flights: VecDeque<Flight<E>>,
    /// The counters. Those that can be computed stay 0 in here.
    pub(super) counts: GroupStats,
}

/// An event that was given and is not done.
pub(super) struct Flight<E> {
    pub(super) source: Source<E>,
    pub(super) attempts: u32,
    pub(super) last_error: Option<String>,
    pub(super) state: State,
}

/// Where the event is.
pub(super) enum Source<E> {
    Log(u64),
    /// It came back as a dead letter; the log may have forgotten it.
    Own(Envelope<E>),
}

/// What the event waits for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// An answer from whoever pulled it.
    Out,
    /// The time of its next try; `u64::MAX` is never.
    Due(u64),
}

impl State {
    /// May it be given now?
    pub(super) fn is_due(self, now: u64) -> bool {
        matches!(self, Self::Due(due) if due <= now && due != u64::MAX)
    }
}

impl<E> Flight<E> {
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
    pub(super) fn new(next: u64) -> Self {
        Self { next, flights: VecDeque::new(), counts: GroupStats::default() }
    }

    /// An event has failed now. Returns whether it is given up; else it waits, before all others.
    pub(super) fn fail(&mut self, mut flight: Flight<E>, policy: &Policy, now: u64) -> Option<Flight<E>> {
        flight.attempts = flight.attempts.saturating_add(1);
        self.counts.failed += 1;
        match policy.retry(now, flight.attempts) {
            Some(due) => {
                flight.state = State::Due(due);
                let place = self.flights.iter().take_while(|other| other.seq() < flight.seq()).count();
                self.flights.insert(place, flight);
                None
            }
            // At most once, what was given is done, also if it came back as a dead letter of a group of the same name.
            None if !policy.retries() => {
                self.counts.acked += 1;
                None
            }
            None => {
                self.counts.dead += 1;
                Some(flight)
            }
        }
    }

    /// A dead letter comes back, to be tried as if for the first time.
    pub(super) fn take_back(&mut self, envelope: Envelope<E>) {
        self.counts.redelivered += 1;
        self.flights.push_back(Flight {
            source: Source::Own(envelope),
            attempts: 0,
            last_error: None,
            state: State::Due(0),
        });
    }

    /// Goes on reading elsewhere. Whatever was unfinished is left.
    pub(super) fn seek(&mut self, to: u64, end: u64) {
        self.counts.skipped += self.flights.len() as u64;
        self.flights.clear();
        self.counts.skipped += to.saturating_sub(self.next);
        // A group that was to start later has not been given what has not come.
        self.counts.replayed += self.next.min(end).saturating_sub(to);
        self.next = to;
    }

    /// The log has forgotten this event. Returns how often it was tried and what was said then, if the group still wanted it.
    pub(super) fn evict(&mut self, seq: u64) -> Option<(u32, Option<String>)> {
        if self.next == seq {
            self.next += 1;
            self.counts.evicted += 1;
            return Some((0, None));
        }
        let lost = |flight: &Flight<E>| matches!(flight.source, Source::Log(own) if own == seq);
        let place = self.flights.iter().position(lost)?;
        let flight = self.flights.remove(place)?;
        self.counts.evicted += 1;
        Some((flight.attempts, flight.last_error))
    }

    /// The lowest `seq` in the log that the group still wants.
    pub(super) fn wanted(&self) -> u64 {
        if self.flights.is_empty() {
            return self.next;
        }
        let unfinished = self.flights.iter().filter(|flight| matches!(flight.source, Source::Log(_)));
        unfinished.map(Flight::seq).fold(self.next, u64::min)
    }

    /// Everything that can be known, at this time.
    pub(super) fn stats(&self, log: &Log<E>, now: u64) -> GroupStats {
        let lag = log.end().saturating_sub(self.next);
        let in_backoff =
            self.flights.iter().filter(|flight| flight.attempts > 0 && flight.state != State::Out).count() as u64;
        let age = log.get(self.next).map_or(0, |envelope| now.saturating_sub(envelope.at()));
        let pending = lag + self.flights.len() as u64 - in_backoff;
        GroupStats { pending, in_backoff, next: self.next, lag, age, ..self.counts }
    }
}

//! The groups whose consumers pull: a consumer requests events, and acks or nacks them later.

use super::attempt::{Attempt, Failed, report};
use super::group::GroupCore;
use super::in_flight::Key;
use super::screen::Facts;
use super::store::{Place, Store};
use super::time::Timestamp;
use super::topic_state::TopicState;
use crate::error::PullError;
use crate::handler_error::HandlerError;
use crate::pull::Outstanding;

impl TopicState<dyn Store> {
    /// Returns the pull group with this number; `None` if it has ended.
    pub(crate) fn pulling(&mut self, id: u64) -> Option<Pulling<'_>> {
        let place = self.pull.iter().position(|core| core.counters.id == id)?;
        self.pulling_at(place)
    }

    fn pulling_at(&mut self, place: usize) -> Option<Pulling<'_>> {
        let core = self.pull.get_mut(place)?;
        Some(Pulling { core, store: &mut self.store, place: Place::Pull(place) })
    }

    /// Ends the backoffs and ack waits of all pull groups whose time has come. Returns the failed attempts.
    pub(crate) fn advance(&mut self, now: Timestamp) -> Vec<Attempt> {
        let mut attempts = Vec::new();
        for place in 0..self.pull.len() {
            attempts.extend(self.pulling_at(place).into_iter().flat_map(|mut group| group.advance(now)));
        }
        attempts
    }

    /// Returns when an event of a pull group is due again or was not acked in time, after `now`.
    pub(crate) fn pull_due(&self, now: Timestamp) -> Timestamp {
        self.pull.iter().map(|core| core.next_timer_after(now)).min().unwrap_or(Timestamp::MAX)
    }
}

/// A pull group, and the events that it reads.
pub(crate) struct Pulling<'a> {
    core: &'a mut GroupCore,
    store: &'a mut dyn Store,
    pub(crate) place: Place,
}

impl Pulling<'_> {
    /// Ends the backoffs and ack waits whose time has come. Returns the failed attempts.
    pub(crate) fn advance(&mut self, now: Timestamp) -> Vec<Attempt> {
        let timed_out = self.core.advance(now).into_iter();
        let error = || HandlerError::new("there was no ack in time");
        timed_out.filter_map(|(key, failed)| self.failed(key, failed, error())).collect()
    }

    /// Gives at most `limit` events: first those that are due for a retry, then new ones, each in `seq` order. When
    /// they have been read, [`Self::given`] must be called.
    pub(crate) fn pull(&mut self, limit: usize, now: Timestamp) -> Vec<Key> {
        let mut given = Vec::new();
        if self.core.config.paused {
            return given;
        }
        self.core.counters.skip_gap(self.store.start());
        while given.len() < limit
            && let Some(key) = self.core.next_ready()
        {
            let look = self.store.look(self.place, key, self.core.by_key());
            let facts = look.map_or_else(Facts::default, |look| look.facts);
            if self.core.may_give(key, look.map(|look| look.timestamp), facts, now) {
                given.push(key);
                self.core.pull_again(key, facts, now);
            } else {
                self.forget(key);
            }
        }
        if given.len() < limit {
            self.pull_new(limit - given.len(), now, &mut given);
        }
        given
    }

    fn pull_new(&mut self, room: usize, now: Timestamp, given: &mut Vec<Key>) {
        let mut next = self.core.next();
        if next >= self.store.end() {
            return;
        }
        let (by_key, retries) = (self.core.by_key(), self.core.config.retry.is_some());
        let mut screen = self.core.screen(now, room);
        let mut pulled = Vec::new();
        while screen.room > 0
            && let Some(look) = self.store.look(self.place, Key::in_log(next), by_key)
        {
            if screen.passes(next, look.timestamp, look.facts) {
                given.push(Key::in_log(next));
                if retries {
                    look.facts.lane.into_iter().for_each(|lane| screen.occupy(next, lane));
                    pulled.push((next, look.facts));
                }
            }
            next += 1;
        }
        let taken = self.core.given(screen, next);
        if !retries {
            self.core.settle(&taken, None, Facts::default(), now);
        }
        for (seq, facts) in pulled {
            self.core.await_ack(seq, facts, now);
        }
    }

    /// Drops the bodies of redelivered events that were given and need no ack.
    pub(crate) fn given(&mut self, keys: &[Key]) {
        keys.iter().for_each(|key| self.forget(*key));
    }

    /// Acknowledges an event.
    pub(crate) fn ack(&mut self, seq: u64) -> Result<(), PullError> {
        let key = self.awaiting_ack(seq)?;
        self.ack_key(key);
        Ok(())
    }

    /// Acknowledges all events up to this one. Returns how many there were.
    pub(crate) fn ack_all(&mut self, up_to: u64) -> usize {
        let awaiting = self.core.all_awaiting_ack();
        let keys: Vec<_> = awaiting.map(|(key, ..)| key).take_while(|key| key.seq <= up_to).collect();
        keys.iter().for_each(|key| self.ack_key(*key));
        keys.len()
    }

    fn ack_key(&mut self, key: Key) {
        let look = self.store.look(self.place, key, self.core.by_key());
        self.core.ack(key, look.map_or_else(Facts::default, |look| look.facts));
        self.forget(key);
    }

    /// Rejects an event, which is retried or given up. Returns the failed attempt, if it is one.
    pub(crate) fn nack(
        &mut self,
        seq: u64,
        now: Timestamp,
        error: &HandlerError,
    ) -> Result<Option<Attempt>, PullError> {
        let key = self.awaiting_ack(seq)?;
        let failed = self.core.fail(key, error, now);
        Ok(self.failed(key, failed, error.clone()))
    }

    /// Returns the events that wait for an ack.
    pub(crate) fn outstanding(&self) -> Vec<Outstanding> {
        let all = self.core.all_awaiting_ack();
        all.map(|(key, attempts, since)| Outstanding { seq: key.seq, attempt: attempts + 1, since }).collect()
    }

    fn awaiting_ack(&self, seq: u64) -> Result<Key, PullError> {
        let key = self.core.awaiting_ack(seq);
        key.ok_or_else(|| PullError::NotInFlight { group: self.core.counters.name.clone(), seq })
    }

    /// Publishes the dead letter of an event that is given up. Returns the attempt, which is to be reported.
    fn failed(&mut self, key: Key, failed: Failed, error: HandlerError) -> Option<Attempt> {
        let (attempt, loss) = report(&self.core.counters, key.seq, failed, error);
        loss.into_iter().for_each(|loss| self.store.bury(Some(self.place), loss));
        self.forget(key);
        attempt
    }

    /// Drops the body of a redelivered event that is not in flight any more.
    fn forget(&mut self, key: Key) {
        if key.copy != 0 && !self.core.is_in_flight(key) {
            self.store.forget_copy(self.place, key.copy);
        }
    }
}

//! Pulling from a topic, from outside of a system and on any thread.

use crate::engine::pulling::Pulling;
use crate::engine::time::Timestamp;
use crate::envelope::Envelope;
use crate::error::PullError;
use crate::handler_error::HandlerError;
use crate::pull::{Consumer, Outstanding};
use crate::topic::Topic;

impl<E: Send + Sync + 'static> Topic<E> {
    /// Returns at most `limit` events: those that are due for a retry, then new ones, each in `seq` order. Events whose
    /// ack deadline has passed are due. Takes logarithmic time for each.
    ///
    /// # Errors
    /// [`PullError::Gone`].
    pub fn pull(&self, consumer: &Consumer<E>, limit: usize, now: Timestamp) -> Result<Vec<Envelope<E>>, PullError> {
        let mut state = self.0.lock();
        let mut group = state.any().pulling(consumer.id).ok_or_else(|| consumer.gone())?;
        let (failures, keys, place) = (group.advance(now), group.pull(limit, now), group.place);
        let events = keys.iter().filter_map(|key| state.store.envelope(place, *key)).map(consumer.clone).collect();
        if let Some(mut group) = state.any().pulling(consumer.id) {
            group.given(&keys);
        }
        drop(state);
        failures.into_iter().for_each(|failure| self.0.any().report_failure(failure));
        Ok(events)
    }

    /// Acknowledges a pulled event. Takes logarithmic time.
    ///
    /// # Errors
    /// [`PullError`] if the event is not in flight.
    pub fn ack(&self, consumer: &Consumer<E>, seq: u64) -> Result<(), PullError> {
        self.with(consumer, |mut group| group.ack(seq))?
    }

    /// Acknowledges all pulled events up to this `seq`. Returns how many there were.
    ///
    /// # Errors
    /// [`PullError::Gone`].
    pub fn ack_all(&self, consumer: &Consumer<E>, up_to: u64) -> Result<usize, PullError> {
        self.with(consumer, |mut group| group.ack_all(up_to))
    }

    /// Rejects a pulled event. The kind of the error says what happens to it: it is delivered again after the backoff
    /// or after another pause, or it is given up, at once or after `max_deliver` attempts. Takes logarithmic time.
    ///
    /// # Errors
    /// [`PullError`] if the event is not in flight.
    pub fn nack(
        &self,
        consumer: &Consumer<E>,
        seq: u64,
        now: Timestamp,
        error: impl Into<HandlerError>,
    ) -> Result<(), PullError> {
        // Converted and dropped when nothing is locked: both may be the caller's code.
        let error = error.into();
        let failure = self.with(consumer, |mut group| group.nack(seq, now, &error))??;
        failure.into_iter().for_each(|failure| self.0.any().report_failure(failure));
        Ok(())
    }

    /// Returns the events of the group that were pulled and are neither acked nor nacked.
    ///
    /// # Errors
    /// [`PullError::Gone`].
    pub fn outstanding(&self, consumer: &Consumer<E>) -> Result<Vec<Outstanding>, PullError> {
        self.with(consumer, |group| group.outstanding())
    }

    fn with<R>(&self, consumer: &Consumer<E>, ask: impl FnOnce(Pulling) -> R) -> Result<R, PullError> {
        self.0.any().lock().pulling(consumer.id).map(ask).ok_or_else(|| consumer.gone())
    }
}

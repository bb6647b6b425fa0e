//! Pulling from a topic, from outside of a system and on any thread.

use crate::engine::time::Timestamp;
use crate::envelope::Envelope;
use crate::error::PullError;
use crate::handler_error::HandlerError;
use crate::log::Log;
use crate::pull::{Consumer, Outstanding, PullGroup};
use crate::topic::Topic;

impl<E: Send + Sync + 'static> Topic<E> {
    /// Returns at most `limit` events: those that are due for a retry, then new ones, each in `seq` order. Events whose
    /// ack deadline has passed are due. Takes logarithmic time for each.
    ///
    /// # Errors
    /// [`PullError::Gone`].
    pub fn pull(&self, consumer: &Consumer<E>, limit: usize, now: Timestamp) -> Result<Vec<Envelope<E>>, PullError> {
        let (failures, events) =
            self.with_pull_group(consumer, |group, log| (group.advance(log, now), group.pull(log, limit, now)))?;
        for failure in failures {
            self.0.report_failure(consumer.group.clone(), failure);
        }
        Ok(events)
    }

    /// Acknowledges a pulled event. Takes logarithmic time.
    ///
    /// # Errors
    /// [`PullError`] if the event is not in flight.
    pub fn ack(&self, consumer: &Consumer<E>, seq: u64) -> Result<(), PullError> {
        self.with_pull_group(consumer, |group, log| group.ack(log, seq))?
    }

    /// Acknowledges all pulled events up to this `seq`. Returns how many there were.
    ///
    /// # Errors
    /// [`PullError::Gone`].
    pub fn ack_all(&self, consumer: &Consumer<E>, up_to: u64) -> Result<usize, PullError> {
        self.with_pull_group(consumer, |group, log| group.ack_all(log, up_to))
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
        let failure = self.with_pull_group(consumer, |group, log| group.nack(log, seq, now, error.into()))??;
        self.0.report_failure(consumer.group.clone(), failure);
        Ok(())
    }

    /// Returns the events of the group that were pulled and are neither acked nor nacked.
    ///
    /// # Errors
    /// [`PullError::Gone`].
    pub fn outstanding(&self, consumer: &Consumer<E>) -> Result<Vec<Outstanding>, PullError> {
        self.with_pull_group(consumer, |group, _| group.outstanding())
    }

    fn with_pull_group<R>(
        &self,
        consumer: &Consumer<E>,
        ask: impl FnOnce(&mut PullGroup<E>, &Log<E>) -> R,
    ) -> Result<R, PullError> {
        let mut state = self.0.lock();
        let (group, log) = state.pull_group(consumer.id).ok_or_else(|| consumer.gone())?;
        Ok(ask(group, log))
    }
}

//! The calls of a consumer that pulls, on the topic of its events.

use crate::engine::time::Timestamp;
use crate::envelope::Envelope;
use crate::error::PullError;
use crate::handler_error::HandlerError;
use crate::pull::{Consumer, Outstanding};
use crate::topic::Topic;

/// Pulls events. First, the waits for acks end that have run out.
pub(crate) fn pull<E: Send + Sync + 'static>(
    topic: &Topic<E>,
    consumer: &Consumer<E>,
    limit: usize,
    now: Timestamp,
) -> Result<Vec<Envelope<E>>, PullError> {
    let (failures, events) =
        topic.with_pull_group(consumer, |group, log| (group.advance(log, now), group.pull(log, limit, now)))?;
    for failure in failures {
        topic.0.report_failure(consumer.group.clone(), failure);
    }
    Ok(events)
}

pub(crate) fn ack<E: Send + Sync + 'static>(
    topic: &Topic<E>,
    consumer: &Consumer<E>,
    seq: u64,
) -> Result<(), PullError> {
    topic.with_pull_group(consumer, |group, log| group.ack(log, seq))?
}

pub(crate) fn ack_all<E: Send + Sync + 'static>(
    topic: &Topic<E>,
    consumer: &Consumer<E>,
    up_to: u64,
) -> Result<usize, PullError> {
    topic.with_pull_group(consumer, |group, log| group.ack_all(log, up_to))
}

pub(crate) fn nack<E: Send + Sync + 'static>(
    topic: &Topic<E>,
    consumer: &Consumer<E>,
    seq: u64,
    now: Timestamp,
    error: HandlerError,
) -> Result<(), PullError> {
    let failure = topic.with_pull_group(consumer, |group, log| group.nack(log, seq, now, error))??;
    topic.0.report_failure(consumer.group.clone(), failure);
    Ok(())
}

pub(crate) fn outstanding<E: Send + Sync + 'static>(
    topic: &Topic<E>,
    consumer: &Consumer<E>,
) -> Result<Vec<Outstanding>, PullError> {
    topic.with_pull_group(consumer, |group, _| group.outstanding())
}

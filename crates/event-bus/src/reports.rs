//! What a group reports to its topic while it runs.

use std::borrow::Cow;

use crate::engine::group::Failed;
use crate::envelope::Envelope;
use crate::handler_error::HandlerError;

/// Publishes a failed attempt: a failure, and a dead letter if the event is given up.
pub(crate) trait Reports<E> {
    /// `event` is `None` if it does not exist any more.
    fn failed(
        &self,
        group: Cow<'static, str>,
        event: Option<&Envelope<E>>,
        seq: u64,
        failed: Failed,
        error: HandlerError,
    );
}

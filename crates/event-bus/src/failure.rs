//! The event that is published when a handler fails, and where it goes.

use std::borrow::Cow;

use crate::handler_error::HandlerError;

/// A handler returned an error for an event, or could not run because a parameter was missing; or a consumer nacked an
/// event, or did not ack it in time.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Failure {
    /// The topic of the event.
    pub topic: Cow<'static, str>,
    /// The group that failed.
    pub group: Cow<'static, str>,
    /// The event's `seq` in its topic.
    pub seq: u64,
    /// The number of attempts so far.
    pub attempts: u32,
    /// `true` if this was the last attempt.
    pub given_up: bool,
    /// The error.
    pub error: HandlerError,
}

/// Where failures are published: the topic of [`Failure`].
pub(crate) trait FailureSink: Send + Sync {
    fn publish_failure(&self, failure: Failure);
}

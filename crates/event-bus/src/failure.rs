//! The event that is published when a handler fails.

use std::borrow::Cow;

use super::handler::HandlerError;

/// A handler returned an error for an event, or could not run because a parameter was missing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// The topic of the event.
    pub topic: Cow<'static, str>,
    /// The group whose handler failed.
    pub group: Cow<'static, str>,
    /// The event's `seq` in its topic.
    pub seq: u64,
    /// The number of attempts so far.
    pub attempts: u32,
    /// `true` if this was the last attempt.
    pub given_up: bool,
    /// The handler's error.
    pub error: HandlerError,
}

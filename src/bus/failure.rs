//! A handler's failure, as an event like any other.

use std::borrow::Cow;

use super::handler::HandlerError;

/// A handler answered an event with an error, or could not run because a parameter was missing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// The topic of the event.
    pub topic: Cow<'static, str>,
    /// The group whose handler failed.
    pub group: Cow<'static, str>,
    /// The event's `seq` in its topic.
    pub seq: u64,
    /// How often the event has been tried.
    pub attempts: u32,
    /// Was this the last try?
    pub given_up: bool,
    /// What the handler said.
    pub error: HandlerError,
}

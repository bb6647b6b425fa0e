//! A handler's failure, as an event like any other.

use super::handler::HandlerError;

/// A handler answered an event with an error, or could not run because a parameter was missing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// The topic of the event.
    pub topic: &'static str,
    /// The group whose handler failed.
    pub group: &'static str,
    /// The event's `seq` in its topic.
    pub seq: u64,
    /// What the handler said.
    pub error: HandlerError,
}

//! A failed attempt, and what is published for it.

use std::borrow::Cow;

use super::counters::GroupCounters;
use super::in_flight::Key;
use crate::dead_letter::Reason;
use crate::handler_error::{ErrorKind, HandlerError};

/// An event that a group gives up, or that was evicted before the group was done with it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct GivenUp {
    pub(crate) key: Key,
    pub(crate) attempts: u32,
    pub(crate) last_error: Option<Box<str>>,
}

/// How an attempt failed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Failed {
    /// The number of attempts so far.
    pub(crate) attempts: u32,
    /// The event, if its group gives it up and retries others.
    pub(crate) given_up: Option<GivenUp>,
    /// `true` if there is no further attempt.
    pub(crate) is_final: bool,
}

/// Why a group gave an event up.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Loss {
    pub(crate) group: Cow<'static, str>,
    pub(crate) reason: Reason,
    pub(crate) given_up: GivenUp,
}

/// An attempt that failed. A [`Failure`](crate::Failure) is published for it.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Attempt {
    pub(crate) group: Cow<'static, str>,
    pub(crate) seq: u64,
    pub(crate) attempts: u32,
    pub(crate) is_final: bool,
    pub(crate) error: HandlerError,
}

/// Returns what is published for a failed attempt: a failure, and a dead letter if the event is given up. There is no
/// failure if the event comes later.
pub(crate) fn report(
    counters: &GroupCounters,
    seq: u64,
    failed: Failed,
    error: HandlerError,
) -> (Option<Attempt>, Option<Loss>) {
    let Failed { attempts, given_up, is_final } = failed;
    if !is_final && matches!(error.kind(), ErrorKind::Later(_)) {
        return (None, None);
    }
    let reason = if error.kind() == ErrorKind::Fatal { Reason::Fatal } else { Reason::MaxDeliver };
    let loss = given_up.map(|given_up| Loss { group: counters.name.clone(), reason, given_up });
    (Some(Attempt { group: counters.name.clone(), seq, attempts, is_final, error }), loss)
}

//! A failed attempt, as it is reported.

use std::borrow::Cow;

use super::group::{Failed, GroupCore};
use super::losses::Loss;
use crate::dead_letter::Reason;
use crate::handler_error::{ErrorKind, HandlerError};

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
    core: &GroupCore,
    seq: u64,
    failed: Failed,
    error: HandlerError,
) -> (Option<Attempt>, Option<Loss>) {
    let Failed { attempts, given_up, is_final } = failed;
    if !is_final && matches!(error.kind(), ErrorKind::Later(_)) {
        return (None, None);
    }
    let group = || core.counters.name.clone();
    let reason = if error.kind() == ErrorKind::Fatal { Reason::Fatal } else { Reason::MaxDeliver };
    let loss = given_up.map(|given_up| Loss { group: group(), reason, given_up });
    (Some(Attempt { group: group(), seq, attempts, is_final, error }), loss)
}

//! What a group is promised, and for how long an event is worth anything to it.

use super::backoff::Backoff;

/// How often a group gets an event that its handler answers with an error.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Guarantee {
    /// Once. The offset moves before the handler runs.
    AtMostOnce,
    /// Again after the backoff, until it is acked or has been tried so many times.
    AtLeastOnce { max_deliver: u32, backoff: Backoff },
}

/// What was said when the group subscribed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Policy {
    pub(super) guarantee: Guarantee,
    /// Milliseconds; an event is never delivered when it is as old as this, or older.
    pub(super) ttl: Option<u64>,
}

impl Policy {
    /// Is an event of this time worth nothing any more?
    pub(super) fn expired(&self, at: u64, now: u64) -> bool {
        self.ttl.is_some_and(|ttl| now >= at.saturating_add(ttl))
    }

    /// Is an event that the group could not finish worth a dead letter?
    pub(super) fn retries(&self) -> bool {
        matches!(self.guarantee, Guarantee::AtLeastOnce { .. })
    }

    /// When an event that failed for the `attempts`-th time is due again; `None` if it is given up.
    pub(super) fn retry(&self, now: u64, attempts: u32) -> Option<u64> {
        match self.guarantee {
            Guarantee::AtMostOnce => None,
            Guarantee::AtLeastOnce { max_deliver, backoff } => {
                (attempts < max_deliver).then(|| backoff.due(now, attempts))
            }
        }
    }
}

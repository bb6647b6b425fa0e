//! The delivery policy of a group: its guarantee and the TTL of its events.

use super::backoff::Backoff;

/// How often an event is delivered to a group whose handler fails.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Guarantee {
    /// Once. The offset moves before the handler runs.
    AtMostOnce,
    /// Again after the backoff, until it is acked or was tried `max_deliver` times.
    AtLeastOnce { max_deliver: u32, backoff: Backoff },
}

/// The policy, from the group's subscription.
#[derive(Clone, Copy, Debug)]
pub(super) struct Policy {
    pub(super) guarantee: Guarantee,
    /// In milliseconds. An event of this age or older is not delivered.
    pub(super) ttl: Option<u64>,
}

impl Policy {
    /// Returns `true` if the TTL of an event of this time has passed.
    pub(super) fn expired(&self, at: u64, now: u64) -> bool {
        self.ttl.is_some_and(|ttl| now >= at.saturating_add(ttl))
    }

    /// Returns `true` if the group retries failed events. Only then does an event that it could not finish become a
    /// dead letter.
    pub(super) fn retries(&self) -> bool {
        matches!(self.guarantee, Guarantee::AtLeastOnce { .. })
    }

    /// Returns when an event is due again that failed for the `attempts`-th time; `None` if it is given up.
    pub(super) fn retry(&self, now: u64, attempts: u32) -> Option<u64> {
        match self.guarantee {
            Guarantee::AtMostOnce => None,
            Guarantee::AtLeastOnce { max_deliver, backoff } => {
                (attempts < max_deliver).then(|| backoff.due(now, attempts))
            }
        }
    }
}

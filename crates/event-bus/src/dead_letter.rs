//! Dead letters: events that were given up for one group, published to a topic of their own.

use std::borrow::Cow;
use std::fmt;

use super::envelope::Envelope;

/// An event that was given up for one group, with everything needed to inspect or redeliver it.
#[derive(Clone, PartialEq, Debug)]
pub struct DeadLetter<E> {
    /// The original event.
    pub event: Envelope<E>,
    /// Which group gave it up, and why.
    pub verdict: Verdict,
}

/// Which group gave an event up, and why.
#[derive(Clone, PartialEq, Debug)]
pub struct Verdict {
    /// The topic of the event.
    pub topic: Cow<'static, str>,
    /// The group that gave the event up.
    pub group: Cow<'static, str>,
    /// Why it was given up.
    pub reason: Reason,
    /// The number of attempts.
    pub attempts: u32,
    /// The handler's error of the last attempt; `None` if there was no attempt, or the event was nacked.
    pub last_error: Option<String>,
}

/// Why an event was given up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
    /// The number of attempts reached the group's `max_deliver`.
    MaxDeliver,
    /// The topic evicted the event before the group was done with it.
    Evicted,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MaxDeliver => "max_deliver",
            Self::Evicted => "evicted",
        })
    }
}

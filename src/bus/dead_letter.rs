//! What becomes of an event that is given up for one group: an event of a topic of its own.

use std::borrow::Cow;
use std::fmt;

use super::envelope::Envelope;

/// An event that was given up for one group, with all that is needed to look into it, or to try again.
#[derive(Clone, PartialEq, Debug)]
pub struct DeadLetter<E> {
    /// The event as the group would have seen it.
    pub event: Envelope<E>,
    /// What became of it.
    pub verdict: Verdict,
}

/// Who gave an event up, and why.
#[derive(Clone, PartialEq, Debug)]
pub struct Verdict {
    /// The topic that it is from.
    pub topic: Cow<'static, str>,
    /// The group that gave it up.
    pub group: Cow<'static, str>,
    /// Why.
    pub reason: Reason,
    /// How often it was tried.
    pub attempts: u32,
    /// What the handler said the last time; `None` if it was never tried.
    pub last_error: Option<String>,
}

/// Why an event was given up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
    /// It was tried as often as the group allows.
    MaxDeliver,
    /// The topic forgot it before it was done.
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

//! The position where a group starts, or continues after a seek.

use super::log::Log;

/// A position in a topic.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub enum Start {
    /// The oldest event that is retained.
    Earliest,
    /// The next event that is appended to the log. Events in the inbox are included.
    #[default]
    Latest,
    /// The event with this `seq`. If it was evicted, the oldest event that is retained. If it is not published yet, the
    /// group waits for it.
    Seq(u64),
    /// The first event that was appended to the log at this time or later, in milliseconds on the bus's clock.
    Time(u64),
}

impl Start {
    /// Returns the `seq` of this position in this log.
    pub(super) fn seq<E>(self, log: &Log<E>) -> u64 {
        match self {
            Self::Earliest => log.start(),
            Self::Latest => log.end(),
            Self::Seq(seq) => seq.max(log.start()),
            Self::Time(time) => log.since(time),
        }
    }
}

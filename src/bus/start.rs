//! Where a group begins to read, or goes on reading after a seek.

use super::log::Log;

/// A place in a topic.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub enum Start {
    /// With the oldest event that is retained.
    Earliest,
    /// With the next event to be taken in; what waits in the inbox is among them.
    #[default]
    Latest,
    /// With this `seq`: the oldest retained if it is gone already, and not before it comes if it is still to come.
    Seq(u64),
    /// With the first event that was taken in at this time, in milliseconds on the bus's clock, or later.
    Time(u64),
}

impl Start {
    /// The `seq` in this log.
    pub(super) fn seq<E>(self, log: &Log<E>) -> u64 {
        match self {
            Self::Earliest => log.start(),
            Self::Latest => log.end(),
            Self::Seq(seq) => seq.max(log.start()),
            Self::Time(time) => log.since(time),
        }
    }
}

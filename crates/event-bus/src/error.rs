//! The error of calls to the bus.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use super::topic::Full;

/// Why a call to the bus was refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum WiringError {
    /// The event type already has a topic, or another topic has this name.
    TopicExists(Cow<'static, str>),
    /// There is no topic for this event type.
    NoTopic(&'static str),
    /// The topic already has a group of this name.
    GroupExists {
        /// The topic's name.
        topic: Cow<'static, str>,
        /// The name that is taken.
        group: Cow<'static, str>,
    },
    /// The topic has no group of this name, or it is of another kind.
    NoGroup {
        /// The topic's name.
        topic: Cow<'static, str>,
        /// The name of the missing group.
        group: Cow<'static, str>,
    },
    /// The topic is full, and refused the event.
    Full(Full),
}

impl fmt::Display for WiringError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TopicExists(name) => write!(f, "there is a topic for `{name}` already"),
            Self::NoTopic(event) => write!(f, "there is no topic for `{event}`: make it before you use it"),
            Self::GroupExists { topic, group } => write!(f, "topic `{topic}` has a group `{group}` already"),
            Self::NoGroup { topic, group } => write!(f, "topic `{topic}` has no such group `{group}`"),
            Self::Full(full) => full.fmt(f),
        }
    }
}

impl Error for WiringError {}

//! The errors of calls to the bus.

use std::any::type_name;
use std::borrow::Cow;
use std::error::Error;
use std::fmt;

/// Why a topic or a group was not created, found or changed.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum WiringError {
    /// Another topic has this name.
    TopicExists(Cow<'static, str>),
    /// The event type already has a topic.
    EventHasTopic {
        /// The event type.
        event: &'static str,
        /// The name of its topic.
        topic: Cow<'static, str>,
    },
    /// There is no topic for this event type.
    NoTopic(&'static str),
    /// The topic already has a group of this name.
    GroupExists {
        /// The topic's name.
        topic: Cow<'static, str>,
        /// The name that is taken.
        group: Cow<'static, str>,
    },
    /// The topic has no such group, or it has ended, or it is of another kind.
    NoGroup {
        /// The topic's name.
        topic: Cow<'static, str>,
        /// The name of the missing group.
        group: Cow<'static, str>,
    },
}

impl fmt::Display for WiringError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TopicExists(name) => write!(f, "there is a topic with the name `{name}` already"),
            Self::EventHasTopic { event, topic } => write!(f, "`{event}` already has the topic `{topic}`"),
            Self::NoTopic(event) => write!(f, "there is no topic for `{event}`: make it before you use it"),
            Self::GroupExists { topic, group } => write!(f, "topic `{topic}` has a group `{group}` already"),
            Self::NoGroup { topic, group } => write!(f, "topic `{topic}` has no such group `{group}`"),
        }
    }
}

impl Error for WiringError {}

/// Why an event was not published. It gives the event back.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PublishError<E> {
    /// The topic is full, and refuses new events.
    Full(E),
    /// The topic was closed, or its world is gone.
    Closed(E),
    /// There is no topic for this event type.
    NoTopic(E),
}

impl<E> PublishError<E> {
    /// Returns the event.
    #[must_use]
    pub fn into_event(self) -> E {
        match self {
            Self::Full(event) | Self::Closed(event) | Self::NoTopic(event) => event,
        }
    }

    fn text(&self) -> &'static str {
        match self {
            Self::Full(_) => "is full",
            Self::Closed(_) => "is closed",
            Self::NoTopic(_) => "does not exist: make it before you use it",
        }
    }
}

/// It does not show the event, so that the event needs no `Debug`.
impl<E> fmt::Debug for PublishError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Full(_) => "Full(..)",
            Self::Closed(_) => "Closed(..)",
            Self::NoTopic(_) => "NoTopic(..)",
        })
    }
}

impl<E> fmt::Display for PublishError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_refusal(f, type_name::<E>(), self.text())
    }
}

/// Not generic, so that it is compiled once.
fn write_refusal(f: &mut fmt::Formatter<'_>, event: &str, text: &str) -> fmt::Result {
    write!(f, "the topic of `{event}` {text}")
}

impl<E> Error for PublishError<E> {}

/// Why a question was not asked. It gives the question back.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AskError<Q> {
    /// As many questions are open as [`RequestsBuilder::max_len`](crate::RequestsBuilder::max_len) allows.
    TooManyOpen(Q),
    /// The topic of questions is full, or that of answers.
    Full(Q),
    /// The topic of questions was closed, or that of answers, or their world is gone.
    Closed(Q),
    /// There are no requests of this kind.
    NoRequests(Q),
}

impl<Q> AskError<Q> {
    /// Returns the question.
    #[must_use]
    pub fn into_question(self) -> Q {
        match self {
            Self::TooManyOpen(question)
            | Self::Full(question)
            | Self::Closed(question)
            | Self::NoRequests(question) => question,
        }
    }
}

/// It does not show the question, so that the question needs no `Debug`.
impl<Q> fmt::Debug for AskError<Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooManyOpen(_) => "TooManyOpen(..)",
            Self::Full(_) => "Full(..)",
            Self::Closed(_) => "Closed(..)",
            Self::NoRequests(_) => "NoRequests(..)",
        })
    }
}

impl<Q> fmt::Display for AskError<Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let question = type_name::<Q>();
        match self {
            Self::TooManyOpen(_) => write!(f, "too many questions `{question}` wait for an answer"),
            Self::Full(_) => write!(f, "the topic of the questions `{question}` or that of their answers is full"),
            Self::Closed(_) => write!(f, "the topic of the questions `{question}` or that of their answers is closed"),
            Self::NoRequests(_) => write!(f, "there are no requests for `{question}`: make them before you ask"),
        }
    }
}

impl<Q> Error for AskError<Q> {}

/// Why a consumer's call was refused.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum PullError {
    /// The topic or the group does not exist any more.
    Gone {
        /// The name of the group.
        group: Cow<'static, str>,
    },
    /// The event is not in flight: it was not pulled yet, is already acked or nacked, was evicted, or was not acked in
    /// time.
    NotInFlight {
        /// The name of the group.
        group: Cow<'static, str>,
        /// The event's `seq`.
        seq: u64,
    },
}

impl fmt::Display for PullError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gone { group } => write!(f, "there is no group `{group}` any more"),
            Self::NotInFlight { group, seq } => {
                write!(
                    f,
                    "group `{group}` is not waiting for an answer to event {seq}: pull it before you ack or nack it"
                )
            }
        }
    }
}

impl Error for PullError {}

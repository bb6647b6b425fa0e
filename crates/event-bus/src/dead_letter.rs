//! Dead letters: events that were given up for one group, published to a topic of their own.

use std::borrow::Cow;
use std::fmt;

use crate::envelope::Envelope;

/// An event that was given up for one group, with everything needed to inspect or redeliver it.
///
/// ```
/// use bevy_ecs::prelude::*;
/// use blockers_event_bus::prelude::*;
///
/// #[derive(Clone)]
/// struct Order(u64);
///
/// let mut world = World::new();
/// world.add_topic::<Order>("orders").dead_letters(16).create()?;
/// world.subscribe::<Order>("payment").at_least_once().max_deliver(2).handler(|batch: Batch<Order>| -> HandlerResult {
///     batch.take(1).for_each(drop);
///     Err("the bank does not reply".into())
/// })?;
/// world.publish(Order(7))?;
/// world.deliver(Timestamp::ZERO);
/// let letter = world.topic::<DeadLetter<Order>>()?.retained().remove(0).into_event();
/// assert_eq!((letter.event.0, letter.verdict.attempts), (7, 2));
/// assert_eq!(letter.verdict.reason, Reason::MaxDeliver);
/// assert_eq!(letter.verdict.last_error.as_deref(), Some("the bank does not reply"));
/// world.redeliver(&letter)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct DeadLetter<E> {
    /// The original event.
    pub event: Envelope<E>,
    /// Which group gave it up, and why.
    pub verdict: Verdict,
}

/// Which group gave an event up, and why.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct Verdict {
    /// The topic of the event.
    pub topic: Cow<'static, str>,
    /// The group that gave the event up.
    pub group: Cow<'static, str>,
    /// Why it was given up.
    pub reason: Reason,
    /// The number of attempts.
    pub attempts: u32,
    /// The message of the last error; `None` if there was no failed attempt.
    pub last_error: Option<String>,
}

/// Why an event was given up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Reason {
    /// The number of attempts reached the group's `max_deliver`.
    MaxDeliver,
    /// The error was [fatal](crate::HandlerError::fatal).
    Fatal,
    /// The topic evicted the event before the group was done with it.
    Evicted,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MaxDeliver => "max_deliver",
            Self::Fatal => "fatal",
            Self::Evicted => "evicted",
        })
    }
}

/// Where dead letters are published: the topic of [`DeadLetter<E>`].
pub(crate) trait DeadLetterSink<E>: Send + Sync {
    fn publish_dead_letter(&self, event: &Envelope<E>, verdict: Verdict);
}

//! The error of a handler or consumer, and what it says about the event.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Why a handler failed, or why a consumer nacks an event. Its kind says what happens to the event.
///
/// It is no [`Error`] itself: then the conversion from every error would conflict with the one from itself, which every
/// type has. [`Self::inner`] returns the error that it was made of.
///
/// Every error converts into it with `?`, and so do `&str`, `String` and `Box<dyn Error + Send + Sync>`:
///
/// ```
/// use blockers_event_bus::prelude::*;
/// use std::time::Duration;
///
/// fn charge(card: &str) -> HandlerResult {
///     let amount: u32 = "12".parse()?;
///     match (card, amount) {
///         ("", _) => Err(HandlerError::fatal("there is no card")),
///         (_, 0) => Err(HandlerError::later(Duration::from_secs(1))),
///         ("lost", _) => Err("the card is blocked".into()),
///         _ => Ok(()),
///     }
/// }
/// assert_eq!(charge("").unwrap_err().kind(), ErrorKind::Fatal);
/// assert_eq!(charge("lost").unwrap_err().to_string(), "the card is blocked");
/// assert!(charge("gold").is_ok());
/// ```
#[derive(Clone)]
pub struct HandlerError(Box<Inner>);

/// What happens to the event of a [`HandlerError`].
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// It is retried after the backoff of its group, or given up after `max_deliver` attempts.
    #[default]
    Retry,
    /// The same with this pause instead of the backoff.
    RetryAfter(Duration),
    /// It is delivered again after this pause, at least a millisecond. This is no failure: the attempt does not count,
    /// and no [`Failure`](crate::Failure) is published. In an at-most-once group, which delivers no event again, it is
    /// a failure like any other.
    Later(Duration),
    /// It is given up at once.
    Fatal,
}

/// Boxed in [`HandlerError`], so that a [`HandlerResult`] is only one pointer wide: most results are `Ok`.
#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    source: Arc<dyn Error + Send + Sync>,
}

/// The result of a handler, for the events that it took.
pub type HandlerResult = Result<(), HandlerError>;

impl HandlerError {
    /// Creates an error with this message. The event is retried.
    pub fn new(message: impl Into<String>) -> Self {
        let message: String = message.into();
        Self::of(message.into())
    }

    /// Creates a permanent error: no further attempt would help, so the event is given up at once.
    pub fn fatal(error: impl Into<Self>) -> Self {
        error.into().with_kind(ErrorKind::Fatal)
    }

    /// Says that the event cannot be handled now, because something else is full or busy. It is delivered again after
    /// the pause, and the attempt does not count. It holds back the same events as a
    /// failed one.
    #[must_use]
    pub fn later(pause: Duration) -> Self {
        Self::new("not now").with_kind(ErrorKind::Later(pause))
    }

    /// Returns the same error with another pause before the next attempt.
    #[must_use]
    pub fn retry_after(self, pause: Duration) -> Self {
        self.with_kind(ErrorKind::RetryAfter(pause))
    }

    /// Returns what happens to the event.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the error that this was made of.
    #[must_use]
    pub fn inner(&self) -> &(dyn Error + Send + Sync + 'static) {
        &*self.0.source
    }

    fn with_kind(mut self, kind: ErrorKind) -> Self {
        self.0.kind = kind;
        self
    }

    /// Not generic, so that it is compiled once.
    fn of(source: Box<dyn Error + Send + Sync>) -> Self {
        Self(Box::new(Inner { kind: ErrorKind::Retry, source: source.into() }))
    }
}

impl fmt::Display for HandlerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.source.fmt(f)
    }
}

impl fmt::Debug for HandlerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HandlerError").field("kind", &self.0.kind).field("source", &self.0.source).finish()
    }
}

/// Two errors are equal if their kinds and messages are.
impl PartialEq for HandlerError {
    fn eq(&self, other: &Self) -> bool {
        self.kind() == other.kind() && self.to_string() == other.to_string()
    }
}

impl Eq for HandlerError {}

impl<E> From<E> for HandlerError
where
    Box<dyn Error + Send + Sync>: From<E>,
{
    fn from(error: E) -> Self {
        Self::of(error.into())
    }
}

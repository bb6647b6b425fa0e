//! Points in time on the bus's clock.

use std::fmt;
use std::ops::Add;
use std::time::Duration;

/// A point in time on the bus's clock, in whole milliseconds. The bus has no clock of its own: the caller passes the
/// time, and decides what zero is.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Timestamp(u64);

impl Timestamp {
    /// The beginning of the clock.
    pub const ZERO: Self = Self(0);
    /// The end of the clock. What is due then is never due.
    pub const MAX: Self = Self(u64::MAX);

    /// Returns the time this many milliseconds after [`Self::ZERO`].
    #[must_use]
    pub const fn from_millis(milliseconds: u64) -> Self {
        Self(milliseconds)
    }

    /// Returns the milliseconds since [`Self::ZERO`].
    #[must_use]
    pub const fn as_millis(self) -> u64 {
        self.0
    }

    /// Returns the time since an earlier time; zero if that one is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }

    /// Returns `true` if something of this time is at least this old now.
    pub(crate) fn is_older(self, age: Duration, now: Self) -> bool {
        now >= self + age
    }

    /// Returns this time; `None` if it is never.
    pub(crate) fn or_never(self) -> Option<Self> {
        (self != Self::MAX).then_some(self)
    }
}

/// Adds whole milliseconds. A sum after [`Timestamp::MAX`] is that time.
impl Add<Duration> for Timestamp {
    type Output = Self;

    fn add(self, span: Duration) -> Self {
        let milliseconds = span.as_secs().saturating_mul(1_000).saturating_add(u64::from(span.subsec_millis()));
        Self(self.0.saturating_add(milliseconds))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ms", self.0)
    }
}

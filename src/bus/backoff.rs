//! How long an event that failed waits before it is tried again.

/// The pause after each failed try, in milliseconds. A pause that would end after the end of time never ends.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub enum Backoff {
    /// None: it is tried again at once.
    #[default]
    None,
    /// Always the same.
    Fixed(u64),
    /// The first one, then twice as long after each further try, but never longer than the last one.
    Doubling {
        /// After the first try.
        first: u64,
        /// At most.
        most: u64,
    },
}

impl Backoff {
    /// When an event is due again that failed now, for the `attempts`-th time, counted from 1.
    #[must_use]
    pub fn due(self, now: u64, attempts: u32) -> u64 {
        let pause = match self {
            Self::None => 0,
            Self::Fixed(pause) => pause,
            Self::Doubling { first, most } => {
                let factor = 1u64.checked_shl(attempts.saturating_sub(1)).unwrap_or(u64::MAX);
                first.saturating_mul(factor).min(most)
            }
        };
        now.saturating_add(pause)
    }
}

//! The pause between the attempts of a failed event.

/// The pause after each failed attempt, in milliseconds. A pause that would end at or after `u64::MAX` never ends.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub enum Backoff {
    /// No pause: the event is retried immediately.
    #[default]
    None,
    /// Always the same pause.
    Fixed(u64),
    /// A pause that doubles after each further attempt, up to a limit.
    Doubling {
        /// The pause after the first attempt.
        first: u64,
        /// The longest pause.
        most: u64,
    },
}

impl Backoff {
    /// Returns the time of the next attempt, for an event that failed at `now`. `attempts` counts from 1.
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

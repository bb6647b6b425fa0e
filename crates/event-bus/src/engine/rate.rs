//! How many events a topic or a group gets in a second.

use super::time::Timestamp;

/// Counts what happened in each of the last ten whole seconds, and in the current one.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Rate {
    /// When the newest second began, in milliseconds.
    began: u64,
    /// The index of the newest second in `counts`.
    newest: usize,
    counts: [u32; Self::SECONDS],
    /// The number of seconds with counts, including the newest; 0 before the first count.
    seconds: usize,
}

impl Rate {
    const SECONDS: usize = 11;

    #[inline]
    pub(crate) fn count(&mut self, now: Timestamp, events: usize) {
        // Most calls are in the same second. This check saves them the division.
        if self.seconds == 0 || now.as_millis().saturating_sub(self.began) >= 1000 {
            self.advance(now.as_millis());
        }
        let count = &mut self.counts[self.newest];
        *count = count.saturating_add(events as u32);
    }

    /// Returns the events per second, over the whole seconds that are in `counts`; in the first second, the events so
    /// far. While `now` is before the newest second, that second is still the current one.
    pub(crate) fn per_second(mut self, now: Timestamp) -> f64 {
        self.advance(now.as_millis());
        let all: f64 = self.counts.iter().map(|&count| f64::from(count)).sum();
        match self.seconds {
            0 | 1 => all,
            seconds => (all - f64::from(self.counts[self.newest])) / (seconds - 1) as f64,
        }
    }

    #[inline(never)]
    fn advance(&mut self, now: u64) {
        if self.seconds == 0 {
            self.began = now;
            self.seconds = 1;
        }
        let passed = now.saturating_sub(self.began) / 1000;
        for _ in 0..passed.min(Self::SECONDS as u64) {
            self.newest = (self.newest + 1) % Self::SECONDS;
            self.counts[self.newest] = 0;
            self.seconds = (self.seconds + 1).min(Self::SECONDS);
        }
        self.began += passed * 1000;
    }
}

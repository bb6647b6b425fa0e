//! The time: a monotonic clock for durations, and the calendar.

use std::cell::Cell;
use std::rc::Rc;

/// Returns the current time.
pub trait Clock {
    /// Returns the milliseconds since a fixed moment before the program started.
    fn now(&self) -> f64;

    /// Returns the milliseconds since the beginning of 1970, UTC, by the system clock. It can jump in either direction.
    fn unix_ms(&self) -> f64;
}

/// A clock that changes only when it is set. Its calendar starts in 1970. Clones share the time.
#[derive(Clone, Default)]
pub struct MemoryClock(Rc<Cell<f64>>, Rc<Cell<f64>>);

impl MemoryClock {
    /// Advances both the clock and the calendar.
    pub fn advance(&self, milliseconds: f64) {
        self.0.set(self.0.get() + milliseconds);
    }

    /// Sets the calendar only.
    pub fn set_calendar(&self, unix_ms: f64) {
        self.1.set(unix_ms - self.0.get());
    }
}

impl Clock for MemoryClock {
    fn now(&self) -> f64 {
        self.0.get()
    }

    fn unix_ms(&self) -> f64 {
        self.1.get() + self.0.get()
    }
}

//! The time: how long ago something was, and which day it is.

use std::cell::Cell;
use std::rc::Rc;

/// Something that knows the time.
pub trait Clock {
    /// Milliseconds since some moment before the program began.
    fn now(&self) -> f64;

    /// Milliseconds since the beginning of 1970, UTC, as the machine's calendar says. It may jump in either direction.
    fn unix_ms(&self) -> f64;
}

/// A clock that stands still until it is set, shared by its clones. Its calendar begins in 1970.
#[derive(Clone, Default)]
pub struct MemoryClock(Rc<Cell<f64>>, Rc<Cell<f64>>);

impl MemoryClock {
    /// Lets time pass.
    pub fn advance(&self, milliseconds: f64) {
        self.0.set(self.0.get() + milliseconds);
    }

    /// Sets the calendar, and nothing else.
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

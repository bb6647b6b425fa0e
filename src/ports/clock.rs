//! The time, as far as the program needs it: how long ago something was.

use std::cell::Cell;
use std::rc::Rc;

/// Something that knows the time.
pub trait Clock {
    /// Milliseconds since some moment before the program began.
    fn now(&self) -> f64;
}

/// A clock that stands still until it is set, shared by its clones.
#[derive(Clone, Default)]
pub struct MemoryClock(Rc<Cell<f64>>);

impl MemoryClock {
    /// Lets time pass.
    pub fn advance(&self, milliseconds: f64) {
        self.0.set(self.0.get() + milliseconds);
    }
}

impl Clock for MemoryClock {
    fn now(&self) -> f64 {
        self.0.get()
    }
}

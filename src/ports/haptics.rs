//! Haptic feedback, named by its purpose. The browser implementation chooses the duration of each vibration.

use std::cell::RefCell;
use std::rc::Rc;

/// The purpose of a vibration.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tick {
    /// The finger picked up a shape.
    PickUp,
    /// A drop was accepted.
    Placed,
    /// A drop cleared rows or columns.
    Cleared,
}

/// Gives haptic feedback.
pub trait Haptics {
    /// Vibrates once. Does nothing on a device that cannot vibrate.
    fn tick(&mut self, tick: Tick);
}

/// Collects vibrations in memory. Clones share them.
#[derive(Clone, Default)]
pub struct MemoryHaptics(Rc<RefCell<Vec<Tick>>>);

impl MemoryHaptics {
    /// Returns the vibrations since the last call.
    pub fn take_felt(&self) -> Vec<Tick> {
        self.0.take()
    }
}

impl Haptics for MemoryHaptics {
    fn tick(&mut self, tick: Tick) {
        self.0.borrow_mut().push(tick);
    }
}

//! What a finger feels, by what it is for. How long the device shakes is the browser half's business.

use std::cell::RefCell;
use std::rc::Rc;

/// What a finger is to feel.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tick {
    /// It has picked a shape up.
    PickUp,
    /// Its drop was accepted.
    Placed,
    /// Its drop has cleared something.
    Cleared,
}

/// Something that a finger feels.
pub trait Haptics {
    /// Lets it be felt. A device that cannot do that does nothing.
    fn tick(&mut self, tick: Tick);
}

/// Keeps a list of what was felt, shared by its clones.
#[derive(Clone, Default)]
pub struct MemoryHaptics(Rc<RefCell<Vec<Tick>>>);

impl MemoryHaptics {
    /// What was felt since this was last asked.
    pub fn take_felt(&self) -> Vec<Tick> {
        self.0.take()
    }
}

impl Haptics for MemoryHaptics {
    fn tick(&mut self, tick: Tick) {
        self.0.borrow_mut().push(tick);
    }
}

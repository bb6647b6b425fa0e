//! The shape that is moved by keys.

use bevy_ecs::prelude::*;

use blockers_rules::{Cell, Slot};

/// The shape that the keyboard moves, if any.
#[derive(Resource, Clone, Copy, Default, PartialEq, Eq, Debug)]
#[component(clone_behavior = Ignore)]
pub struct KeyHand(Option<Held>);

/// A shape that the keyboard has picked up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Held {
    /// The slot of the shape.
    pub slot: Slot,
    /// The cell under the shape's top-left cell. The whole shape is over the board.
    pub at: Cell,
    /// [`Play::epoch`](super::Play::epoch) when the shape was picked up.
    pub epoch: u64,
}

impl KeyHand {
    /// Returns the shape that is held in this epoch. A shape that was picked up in an earlier one is no longer held.
    #[must_use]
    pub fn held(self, epoch: u64) -> Option<Held> {
        self.0.filter(|held| held.epoch == epoch)
    }

    /// Holds this shape from now on.
    pub fn hold(&mut self, held: Held) {
        self.0 = Some(held);
    }

    /// Releases the shape. Returns what was held in this epoch.
    pub fn release(&mut self, epoch: u64) -> Option<Held> {
        let held = self.held(epoch);
        self.0 = None;
        held
    }
}

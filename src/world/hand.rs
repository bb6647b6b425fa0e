//! What the keyboard holds over the board.

use bevy_ecs::prelude::*;

use crate::rules::{Cell, Slot};

/// The hand that is led by keys: it is empty, or holds one shape.
#[derive(Resource, Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct KeyHand(Option<Held>);

/// A shape that is held.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Held {
    /// The slot that it is from.
    pub slot: Slot,
    /// The cell under its top-left one. All of the shape is over the board.
    pub at: Cell,
    /// Over which table: [`Play::table`](super::Play::table) when it was picked up.
    pub table: u64,
}

impl KeyHand {
    /// What it holds over this table. What it held when the table was another one has fallen out of it.
    #[must_use]
    pub fn over(self, table: u64) -> Option<Held> {
        self.0.filter(|held| held.table == table)
    }

    /// From now on it holds this.
    pub fn hold(&mut self, held: Held) {
        self.0 = Some(held);
    }

    /// From now on it is empty. Returns what it held over this table.
    pub fn let_go(&mut self, table: u64) -> Option<Held> {
        let held = self.over(table);
        self.0 = None;
        held
    }
}

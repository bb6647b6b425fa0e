//! What was done by keys to the shapes, whichever keys these are; and what was done by whatever else has no pointer: a screen
//! reader, a switch, a voice.

use crate::rules::{Cell, Slot};

/// A key was pressed that means something to the hand over the board.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeyEvent {
    /// The shape in this slot was chosen.
    SlotChosen(Slot),
    /// The shape in this slot was tapped: a pointer has taken it up and released it in the same place, and leaves it to this hand.
    SlotTapped(Slot),
    /// What is held was moved, by so many cells.
    Moved {
        /// Downwards.
        rows: i32,
        /// To the right.
        columns: i32,
    },
    /// What is held was let go.
    Released,
    /// A cell was activated: what is held was let go with its top-left cell over this one.
    ReleasedOver(Cell),
    /// Whatever was going on was broken off: Escape, or the focus is lost. Pointers are told of it on their own topic: each
    /// must hear of it in order with what else was done with it.
    Interrupted,
}

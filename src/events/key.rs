//! What keys, or assistive technology without a pointer, do with the shapes.

use super::pointer::PointerKind;
use blockers_rules::{Cell, Slot};

/// A shape was chosen, moved or released by keys.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeyEvent {
    /// The shape in this slot was chosen. If it is held, it is put back.
    SlotChosen(Slot),
    /// A shape was tapped: a pointer pressed and released it in the same place. That means the same.
    SlotTapped {
        /// The slot of the shape.
        slot: Slot,
        /// The kind of the pointer.
        kind: PointerKind,
        /// The `seq` of the pointer event that pressed it.
        press: u64,
    },
    /// The held shape was moved.
    Moved {
        /// Cells downwards; negative is upwards.
        rows: i32,
        /// Cells to the right; negative is to the left.
        columns: i32,
    },
    /// The held shape was released.
    Released,
    /// A cell was activated: the held shape was released with its top-left cell over this one.
    ReleasedOver(Cell),
    /// Every action ends here: Escape was pressed, or the window lost the focus. [`PointerEvent::Interrupted`] says
    /// the same on the other topic, because events are in order only within a topic.
    ///
    /// [`PointerEvent::Interrupted`]: super::PointerEvent::Interrupted
    Interrupted,
}

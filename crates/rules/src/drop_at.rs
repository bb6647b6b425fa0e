//! A drop as recordings store it.

use std::fmt;

use super::bitboard::Cell;
use super::hand::Slot;

/// A drop: the slot that the piece comes from, and the cell that its top-left cell is placed on.
///
/// ```
/// use blockers_rules::{Cell, DropAt, Slot};
///
/// let drop = DropAt { slot: Slot::ALL[1], at: Cell::new(6, 3).unwrap() };
/// assert_eq!(drop.to_string(), "2@d7");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct DropAt {
    /// The slot of the staging area.
    pub slot: Slot,
    /// The cell that the piece's top-left cell is placed on.
    pub at: Cell,
}

impl fmt::Display for DropAt {
    /// Writes the drop in the text notation: `2@d7` is slot 2, column d, row 7.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let column = char::from(b'a' + self.at.column());
        write!(f, "{}@{column}{}", self.slot.index() + 1, self.at.row() + 1)
    }
}

//! The staging area: three slots, and the hand of three pieces that is dealt into them.

use super::shape::Piece;

/// Number of slots of the staging area, and of pieces in a hand.
pub const SLOTS: usize = 3;

/// Three pieces that are dealt together, one for each slot.
///
/// ```
/// use blockers_rules::{Colour, Hand, Piece, Shape};
///
/// let dots: Hand = [Piece { shape: Shape::DOT, colour: Colour::Red }; 3];
/// assert_eq!(dots.len(), blockers_rules::SLOTS);
/// ```
pub type Hand = [Piece; SLOTS];

/// One of the staging area's three slots.
///
/// ```
/// use blockers_rules::Slot;
///
/// assert_eq!(Slot::new(2).map(Slot::index), Some(2));
/// assert_eq!(Slot::new(3), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Slot(u8);

impl Slot {
    /// The three slots, in the order in which they are filled.
    pub const ALL: [Self; SLOTS] = [Self(0), Self(1), Self(2)];

    /// Returns the slot with this number, or `None` if there is no such slot.
    #[must_use]
    pub fn new(number: usize) -> Option<Self> {
        Self::ALL.get(number).copied()
    }

    /// Returns the slot's number, 0 to 2.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

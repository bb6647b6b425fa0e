//! A shape was released, and the rules have decided.

use super::drag::DragSource;
use blockers_rules::{Refusal, Slot, Turn};

/// A shape was released. The event holds everything that this did, so a handler needs no other source.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Dropped {
    /// Unique among the drops since the program started. Consumers deduplicate by it.
    pub id: u64,
    /// The slot that the shape came from.
    pub slot: Slot,
    /// What dragged it.
    pub source: DragSource,
    /// Whether this is the player's own game. A drop of a replay counts for nothing.
    pub live: bool,
    /// The whole turn, or why the drop was refused.
    pub outcome: Result<Turn, Refusal>,
}

//! A game of the player's ended.

use blockers_rules::Recording;

/// A game is over, or was left for another one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GameEnded {
    /// Unique among the ends since the program started. Consumers deduplicate by it.
    pub end: u64,
    /// The id of the game. A game can end again after an undo.
    pub id: u64,
    /// The whole game.
    pub recording: Recording,
    /// Whether the player made all of its drops. A game that was continued from a replay counts nowhere.
    pub all_own: bool,
}

//! A game of the player came to its end.

use crate::rules::Recording;
use crate::world::Play;

/// A game is over, or was left for another one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GameEnded {
    /// No other end in this run of the program has the same: by it a consumer knows what it has counted already.
    pub end: u64,
    /// Which game it was. A game that is taken back in can end again.
    pub id: u64,
    /// The whole game.
    pub recording: Recording,
    /// Are all drops of it the player's own? A game that was played on from a replay counts nowhere.
    pub all_own: bool,
}

impl GameEnded {
    /// The player's own game has ended as it is now.
    pub fn of(play: &mut Play) -> Self {
        play.ends += 1;
        let own = &play.own;
        Self { end: play.ends, id: own.id, recording: own.timeline.recording(), all_own: own.is_all_own() }
    }
}

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
}

impl GameEnded {
    /// The player's own game has ended as it is now.
    pub fn of(play: &mut Play) -> Self {
        play.ends += 1;
        Self { end: play.ends, id: play.own.id, recording: play.own.timeline.recording() }
    }
}

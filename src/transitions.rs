//! The two steps of a game that are not drops: its table is set, and it ends. Each changes [`Play`] and returns the
//! event that says so; the caller publishes it.

use crate::events::{Cause, GameEnded, TableSet};
use crate::world::Play;
use blockers_rules::Slot;

/// Begins another [epoch](Play::epoch) with the game that is shown, and returns its whole state.
#[must_use = "the event must be published"]
pub fn set_table(play: &mut Play, cause: Cause) -> TableSet {
    play.epoch += 1;
    let game = play.game();
    TableSet {
        cause,
        board: *game.board(),
        staged: Slot::ALL.map(|slot| game.staged(slot)),
        fits: game.fits(),
        score: game.score(),
        drops: game.drops(),
        over: game.is_over(),
    }
}

/// Counts one more end of the player's own game, and returns the game as it is now.
#[must_use = "the event must be published"]
pub fn end_game(play: &mut Play) -> GameEnded {
    play.ends += 1;
    let own = &play.own;
    GameEnded { end: play.ends, id: own.id, recording: own.timeline.recording(), all_own: own.is_all_own() }
}

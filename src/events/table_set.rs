//! The table was set, not by a drop: a game began or was taken up again, a drop was taken back, a replay jumped.

use crate::rules::{Board, DropAt, Piece, SLOTS, Slot};
use crate::world::Play;

/// The table is now as this says. Who shows it compares it with what there is, so that only what differs moves.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct TableSet {
    /// Why.
    pub cause: Cause,
    /// What lies on the board.
    pub board: Board,
    /// What lies in the slots.
    pub staged: [Option<Piece>; SLOTS],
    /// For each slot: does its piece fit somewhere?
    pub fits: [bool; SLOTS],
    /// Points of the game.
    pub score: u64,
    /// Drops of the game.
    pub drops: u32,
    /// Is the game over?
    pub over: bool,
}

/// What made somebody set the table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cause {
    /// A new game was dealt.
    Began,
    /// A game goes on that was begun before.
    Resumed,
    /// The player took this drop back.
    Undone(DropAt),
    /// The player played again what was taken back.
    Redone,
    /// A backup took the place of everything.
    Imported,
    /// A replay went to another place of its game.
    Sought,
}

impl TableSet {
    /// Sets the table to what is played, and says so.
    pub fn of(play: &mut Play, cause: Cause) -> Self {
        play.table += 1;
        let game = play.game();
        Self {
            cause,
            board: *game.board(),
            staged: Slot::ALL.map(|slot| game.staged(slot)),
            fits: game.fits(),
            score: game.score(),
            drops: game.drops(),
            over: game.is_over(),
        }
    }
}

//! The board was replaced other than by a drop: a game began or was resumed, a drop was undone, a replay jumped.

use blockers_rules::{Board, DropAt, Piece, SLOTS};

/// The whole state of the table. Handlers compare it with what is shown, so that only the differences move.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct TableSet {
    /// Why the table was set.
    pub cause: Cause,
    /// The tiles on the board.
    pub board: Board,
    /// The piece in each slot.
    pub staged: [Option<Piece>; SLOTS],
    /// For each slot, whether its piece fits somewhere.
    pub fits: [bool; SLOTS],
    /// Points of the game.
    pub score: u64,
    /// Drops of the game.
    pub drops: u32,
    /// Whether the game is over.
    pub over: bool,
}

/// Why the table was set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cause {
    /// A new game was dealt.
    Began,
    /// An earlier game was resumed.
    Resumed,
    /// The player took this drop back.
    Undone(DropAt),
    /// The player repeated a drop that was undone.
    Redone,
    /// A backup replaced all records.
    Imported,
    /// A replay jumped to another place of its game.
    Sought,
}

//! A question to the rules, and its answer: where does this shape fit?

use crate::rules::{Bitboard, Piece, Slot};

/// Where on the board, as it is now, could the piece in this slot be let go?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WhereFits(pub Slot);

/// It could be let go with its top-left cell at any of these.
#[derive(Clone, Copy, PartialEq, Debug)]
#[expect(missing_docs, reason = "see above")]
pub struct Fits {
    pub piece: Piece,
    pub anchors: Bitboard,
}

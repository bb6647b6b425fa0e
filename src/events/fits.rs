//! A question to the rules and its answer: where does this shape fit?

use blockers_rules::{Bitboard, Piece, Slot};

/// Asks where on the current board the piece in this slot fits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WhereFits(pub Slot);

/// The answer to [`WhereFits`].
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Fits {
    /// The piece that was asked about.
    pub piece: Piece,
    /// Every cell where its top-left cell can go.
    pub anchors: Bitboard,
}

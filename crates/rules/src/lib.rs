//! The rules of the game Blockers: board, shapes, drops, scores and recordings.
//!
//! The crate contains no clock, no ecs, no event bus and no browser. The same deal and the same drops give the same
//! game on every machine.
//!
//! # Example
//!
//! ```
//! use blockers_rules::{Anchor, Dealer, Game, Slot};
//!
//! let mut game = Game::new(Dealer::classic(7));
//! let turn = game.play(Slot::ALL[0], Anchor { row: 0, column: 0 }).unwrap();
//! assert_eq!(turn.points, 0, "a drop that completes no line scores no points");
//! assert!(game.staged(Slot::ALL[0]).is_none());
//! ```
//!
//! # Layout
//!
//! [`Game::play`] uses the files in this order:
//!
//! 1. [`bitboard`]: sets of cells; [`board`]: the colour of each cell.
//! 2. [`shape`]: the shapes and their colours; [`hand`]: the three slots and the pieces in them.
//! 3. [`placement`]: where a shape can be placed.
//! 4. [`clearing`]: which rows and columns are complete; [`scoring`]: the points for them.
//! 5. [`deal`] and [`dealer`]: the next hand; [`solver`]: whether a hand can be placed, for the relaxed dealer.
//! 6. [`game`]: all of it in one step.
//!
//! A game is determined by its deal and its drops ([`drop_at`]):
//!
//! - [`recording`] contains these, and checks them.
//! - [`notation`] writes a recording as a text or a link, and reads it.
//! - [`timeline`] has undo, redo and seek.
//! - [`mod@perft`] counts sequences of legal drops.
//! - `trace` (feature `serde`) reads and writes the conformance traces of the original game.
//!
//! For texts that people type, or that come through other programs, there are [`parse_seed`] and [`characters`].

pub mod bitboard;
pub mod board;
pub mod characters;
mod checksum;
pub mod clearing;
pub mod deal;
pub mod dealer;
pub mod drop_at;
pub mod game;
pub mod hand;
pub mod notation;
pub mod perft;
pub mod placement;
pub mod recording;
pub mod scoring;
mod seed;
pub mod shape;
pub mod solver;
pub mod timeline;
#[cfg(feature = "serde")]
pub mod trace;

pub use bitboard::{Bitboard, CELLS, Cell, SIZE};
pub use board::Board;
pub use checksum::checksum;
pub use clearing::{Complete, Lines};
pub use deal::{Deal, GameKind, ParseGameKindError};
pub use dealer::Dealer;
pub use drop_at::DropAt;
pub use game::{Game, Refusal, Turn};
pub use hand::{Hand, SLOTS, Slot};
pub use perft::perft;
pub use placement::Anchor;
pub use recording::{IllegalDrop, Recording};
pub use seed::parse_seed;
pub use shape::{Colour, Piece, Shape};
pub use timeline::Timeline;

/// Tests the example in the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

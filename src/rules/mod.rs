//! The rules of the game, pure: no ecs, no bus, no clock, no web.
//!
//! A drop goes through the files in this order, and [`Game::play`] is the only one that changes anything:
//! [`bitboard`] sets of cells, [`shape`] what is dropped, [`deal`] and [`dealer`] where it comes from ([`kindness`] is what the
//! kind dealer looks for), [`placement`] may it lie there, [`clearing`] what is complete then, [`scoring`] what that is worth,
//! [`game`] all of it in one step.
//!
//! A game is its deal and its drops, and everything else follows. [`recording`] is just that, [`notation`] writes it down and
//! reads it, [`timeline`] goes back and forth in it. [`trace`] (native only) writes a game down in the form of the conformance traces, and checks such a file.
//!
//! ```
//! use blockers::rules::{Anchor, Dealer, Game, Slot};
//!
//! let mut game = Game::new(Dealer::classic(7));
//! let turn = game.play(Slot::ALL[0], Anchor { row: 0, column: 0 }).expect("an empty board takes every shape");
//! assert_eq!(turn.points, 0, "placing alone gives no points");
//! assert!(game.staged(Slot::ALL[0]).is_none());
//! ```

pub mod bitboard;
pub mod board;
pub mod clearing;
pub mod deal;
pub mod dealer;
pub mod game;
pub mod kindness;
pub mod notation;
pub mod placement;
pub mod recording;
pub mod scoring;
pub mod shape;
pub mod timeline;
#[cfg(not(target_arch = "wasm32"))]
pub mod trace;

pub use bitboard::{Bitboard, CELLS, Cell, SIZE};
pub use board::Board;
pub use clearing::{Complete, Lines};
pub use deal::{Deal, GameKind};
pub use dealer::{Dealer, Hand, SLOTS};
pub use game::{Game, Refusal, Slot, Turn};
pub use placement::Anchor;
pub use recording::{DropAt, IllegalDrop, Recording};
pub use shape::{Colour, Piece, Shape};
pub use timeline::Timeline;

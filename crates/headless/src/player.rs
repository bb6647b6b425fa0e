//! Automatic players, which choose drops for `simulate`.

use std::cmp::Reverse;

use blockers_rules::{Anchor, Bitboard, DropAt, Game, Shape, clearing, placement, scoring};
use clap::ValueEnum;
use rand::RngExt;
use rand_pcg::Pcg32;

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Player {
    /// Any legal drop, all equally likely
    Random,
    /// The drop with the most points; of several, the one that leaves the most places for all shapes
    Greedy,
}

impl Player {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Random => "random",
            Self::Greedy => "greedy",
        }
    }

    /// Returns the player's next drop, or `None` if no drop is legal. Only the random player uses the generator.
    pub(crate) fn choose(self, game: &Game, generator: &mut Pcg32) -> Option<DropAt> {
        match self {
            Self::Random => match game.legal_drop_count() {
                0 => None,
                count => game.legal_drops().nth(generator.random_range(0..count) as usize),
            },
            // `min_by_key` returns the first of several best drops, so a game is always played the same way.
            Self::Greedy => game.legal_drops().min_by_key(|&drop| Reverse(rating(game, drop))),
        }
    }
}

/// Returns the greedy player's rating of a drop: its points, then the places that it leaves. It does not look ahead.
fn rating(game: &Game, drop: DropAt) -> (u64, u32) {
    let cells = game.staged(drop.slot).and_then(|piece| placement::cells(piece.shape, Anchor::from(drop.at)));
    let filled = game.board().occupied() | cells.unwrap_or_default();
    let complete = clearing::complete(filled);
    (scoring::points(complete), places(filled - complete.cells()))
}

/// Returns the number of places on the board, summed over all shapes. An isolated free cell fits few shapes, so a high
/// number means that the free cells are connected.
fn places(occupied: Bitboard) -> u32 {
    Shape::ALL.into_iter().map(|shape| placement::anchors(occupied, shape).count()).sum()
}

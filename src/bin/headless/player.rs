//! Who plays when nobody does: players that choose a drop.

use std::cmp::Reverse;

use blockers::rules::{Anchor, Bitboard, DropAt, Game, Shape, clearing, placement, scoring};
use clap::ValueEnum;
use rand::RngExt;
use rand_pcg::Pcg32;

use crate::drops;

/// The players that there are.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Player {
    /// Any drop that is possible, each as likely as the other
    Random,
    /// The drop with the most points; among equals, the one that leaves the most room for all shapes
    Greedy,
}

impl Player {
    /// What the player is called.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Random => "random",
            Self::Greedy => "greedy",
        }
    }

    /// The player's drop, `None` if none is possible. Only the random player throws the dice.
    pub(crate) fn choose(self, game: &Game, dice: &mut Pcg32) -> Option<DropAt> {
        match self {
            Self::Random => match drops::count(game) {
                0 => None,
                count => drops::legal(game).nth(dice.random_range(0..count) as usize),
            },
            // Of the best ones the first: the same game is always played the same way.
            Self::Greedy => drops::legal(game).min_by_key(|&drop| Reverse(worth(game, drop))),
        }
    }
}

/// What the greedy player thinks of a drop: its points, then the room that it leaves. It does not look ahead.
fn worth(game: &Game, drop: DropAt) -> (u64, u32) {
    let cells = game.staged(drop.slot).and_then(|piece| placement::cells(piece.shape, Anchor::from(drop.at)));
    let filled = game.board().occupied() | cells.unwrap_or_default();
    let complete = clearing::complete(filled);
    (scoring::points(complete), room(filled - complete.cells()))
}

/// In how many ways the shapes, each taken by itself, can be placed on a board with these cells taken. A cell that cannot
/// be reached takes away many of them, so this keeps the free cells together.
fn room(occupied: Bitboard) -> u32 {
    Shape::ALL.into_iter().map(|shape| placement::anchors(occupied, shape).count()).sum()
}

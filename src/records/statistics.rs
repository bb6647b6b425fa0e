//! What there is to say about the games that have been played.
//!
//! Comes in: the archive. Goes out: numbers to show. Sums are over all games that ever were; scores, ends and cells over those
//! that are kept, because it takes their recordings. Only what the archive has is counted here, and nothing is kept.

use super::archive::Archive;
use super::ended::{End, EndedGame, replay};
use crate::rules::{CELLS, GameKind, Shape, Slot, Turn};

/// Numbers about the games of one kind, or of all.
#[derive(Clone, PartialEq, Debug)]
pub struct Statistics {
    /// How many games.
    pub games: u64,
    /// How many of them went on until nothing fitted.
    pub over: u64,
    /// How many of them were left before.
    pub left: u64,
    /// Drops of all of them.
    pub drops: u64,
    /// Rows and columns cleared in all of them.
    pub lines: u64,
    /// Points of all of them.
    pub points: u64,
    /// Points for each drop; 0 without drops.
    pub points_per_drop: f64,
    /// The highest score.
    pub best: u64,
    /// The most rows and columns that one drop cleared.
    pub most_lines: u64,
    /// The longest run of drops in a row that each cleared something.
    pub streak: u64,
    /// The scores of the kept games, the oldest first.
    pub scores: Vec<u64>,
    /// By the shape's number: how often it lay in a slot when a kept game was over, so that it fitted nowhere.
    pub ends: [u32; Shape::ALL.len()],
    /// How many of the kept games were left.
    pub kept_left: u32,
    /// By the cell's index: how often a drop of a kept game covered it.
    pub heat: [u32; CELLS],
}

impl Statistics {
    /// The statistics of all games of this kind, or of all games. A kept game that the rules do not allow counts with what was
    /// entered of it, and not for ends and cells.
    #[must_use]
    pub fn of(archive: &Archive, kind: Option<GameKind>) -> Self {
        let totals = archive.totals(kind);
        let mut statistics = Self {
            games: totals.games,
            over: totals.over,
            left: totals.games.saturating_sub(totals.over),
            drops: totals.drops,
            lines: totals.lines,
            points: totals.points,
            points_per_drop: if totals.drops == 0 { 0.0 } else { totals.points as f64 / totals.drops as f64 },
            best: totals.best,
            most_lines: totals.most_lines,
            streak: totals.streak,
            scores: Vec::new(),
            ends: [0; Shape::ALL.len()],
            kept_left: 0,
            heat: [0; CELLS],
        };
        for game in archive.games().iter().filter(|game| kind.is_none_or(|kind| kind == game.kind())) {
            statistics.scores.push(game.score);
            statistics.kept_left += u32::from(game.end == End::Left);
            statistics.look_at(game);
        }
        statistics
    }

    /// Counts the cells that a kept game's drops covered, and the shapes that were left at its end.
    fn look_at(&mut self, game: &EndedGame) {
        let mut covered = [0_u32; CELLS];
        let played = replay(&game.recording, &mut |turn: &Turn| {
            for cell in turn.placed.cells() {
                covered[cell.index()] = covered[cell.index()].saturating_add(1);
            }
        });
        let Ok(end) = played else { return };
        for (heat, covered) in self.heat.iter_mut().zip(covered) {
            *heat = heat.saturating_add(covered);
        }
        if end.is_over() {
            for piece in Slot::ALL.into_iter().filter_map(|slot| end.staged(slot)) {
                self.ends[usize::from(piece.shape.number())] += 1;
            }
        }
    }
}

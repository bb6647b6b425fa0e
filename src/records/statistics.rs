//! Statistics of the ended games, computed from the archive. They are not stored.
//!
//! The totals cover all games. Scores, final shapes and the heat map cover only the kept games, because they need the
//! recordings.

use super::archive::Archive;
use super::ended::{End, EndedGame, replay};
use blockers_rules::{CELLS, GameKind, Shape, Slot, Turn};

/// The statistics of one kind of game, or of all games.
#[derive(Clone, PartialEq, Debug)]
pub struct Statistics {
    /// The number of games.
    pub games: u64,
    /// The number of games that ended because no shape fitted.
    pub over: u64,
    /// The number of games that the player left before that.
    pub left: u64,
    /// The total number of drops.
    pub drops: u64,
    /// The total number of rows and columns that were cleared.
    pub lines: u64,
    /// The total of all scores.
    pub points: u64,
    /// The average number of points for each drop; 0 without drops.
    pub points_per_drop: f64,
    /// The highest score.
    pub best: u64,
    /// The maximum number of rows and columns that one drop cleared.
    pub most_lines: u64,
    /// The maximum number of consecutive drops that each cleared something.
    pub streak: u64,
    /// The scores of the kept games, the oldest first.
    pub scores: Vec<u64>,
    /// For each shape number: how often the shape was in a slot at the end of a kept game, where it fitted nowhere.
    pub ends: [u32; Shape::ALL.len()],
    /// The number of kept games that the player left.
    pub kept_left: u32,
    /// For each cell index: how often a drop of a kept game covered the cell.
    pub heat: [u32; CELLS],
}

impl Statistics {
    /// Returns the statistics of all games of this kind, or of all games for `None`. A kept game with an illegal drop
    /// counts with its stored counts, but not for final shapes and the heat map.
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
            statistics.add_replay(game);
        }
        statistics
    }

    /// Adds the covered cells and the final shapes of a kept game.
    fn add_replay(&mut self, game: &EndedGame) {
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

//! What is counted of many games together.
//!
//! Comes in: ended games, one after the other. Goes out: sums and largest values. They stop at the largest number that there is.

use super::ended::{End, EndedGame};
use super::fields::{Fields, Unreadable};

/// Sums and largest values over games.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Totals {
    /// How many games.
    pub games: u64,
    /// How many of them went on until nothing fitted.
    pub over: u64,
    /// Drops of all of them.
    pub drops: u64,
    /// Rows and columns cleared in all of them.
    pub lines: u64,
    /// Points of all of them.
    pub points: u64,
    /// The most rows and columns that one drop cleared.
    pub most_lines: u64,
    /// The longest run of drops in a row that each cleared something.
    pub streak: u64,
    /// The highest score.
    pub best: u64,
}

impl Totals {
    /// Counts a game.
    pub fn add(&mut self, game: &EndedGame) {
        *self = self.plus(Self {
            games: 1,
            over: u64::from(game.end == End::Over),
            drops: game.drops.into(),
            lines: game.lines.into(),
            points: game.score,
            most_lines: game.most_lines.into(),
            streak: game.streak.into(),
            best: game.score,
        });
    }

    /// The totals of these games and of those.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            games: self.games.saturating_add(other.games),
            over: self.over.saturating_add(other.over),
            drops: self.drops.saturating_add(other.drops),
            lines: self.lines.saturating_add(other.lines),
            points: self.points.saturating_add(other.points),
            most_lines: self.most_lines.max(other.most_lines),
            streak: self.streak.max(other.streak),
            best: self.best.max(other.best),
        }
    }

    /// All of them, in the order in which they are written.
    pub(super) fn numbers(&self) -> [u64; 8] {
        let Self { games, over, drops, lines, points, most_lines, streak, best } = *self;
        [games, over, drops, lines, points, most_lines, streak, best]
    }

    /// Reads what [`Self::numbers`] says.
    pub(super) fn read(fields: &mut Fields<'_>) -> Result<Self, Unreadable> {
        Ok(Self {
            games: fields.number("the number of games")?,
            over: fields.number("the number of games that are over")?,
            drops: fields.number("the number of drops")?,
            lines: fields.number("the number of lines")?,
            points: fields.number("the points")?,
            most_lines: fields.number("the most lines of a drop")?,
            streak: fields.number("the longest run")?,
            best: fields.number("the best score")?,
        })
    }
}

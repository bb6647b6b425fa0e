//! Totals over many games. Sums saturate at the largest number.

use super::ended::{End, EndedGame};
use super::fields::{Fields, Unreadable};

/// Sums and maxima over games.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Totals {
    /// The number of games.
    pub games: u64,
    /// The number of games that ended because no shape fitted.
    pub over: u64,
    /// The total number of drops.
    pub drops: u64,
    /// The total number of rows and columns that were cleared.
    pub lines: u64,
    /// The total of all scores.
    pub points: u64,
    /// The maximum number of rows and columns that one drop cleared.
    pub most_lines: u64,
    /// The maximum number of consecutive drops that each cleared something.
    pub streak: u64,
    /// The highest score.
    pub best: u64,
}

impl Totals {
    /// Adds a game.
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

    /// Returns the totals of both groups of games together.
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

    /// Returns all numbers in the order in which they are written.
    pub(super) fn numbers(&self) -> [u64; 8] {
        let Self { games, over, drops, lines, points, most_lines, streak, best } = *self;
        [games, over, drops, lines, points, most_lines, streak, best]
    }

    /// Reads the numbers in the order of [`Self::numbers`].
    pub(super) fn read(fields: &mut Fields<'_>) -> Result<Self, Unreadable> {
        Ok(Self {
            games: fields.number("the number of games")?,
            over: fields.number("the number of games that are over")?,
            drops: fields.number("the number of drops")?,
            lines: fields.number("the number of lines")?,
            points: fields.number("the points")?,
            most_lines: fields.number("the most lines in a drop")?,
            streak: fields.number("the longest streak")?,
            best: fields.number("the best score")?,
        })
    }
}

//! A game that has come to an end.
//!
//! Comes in: a recording. Goes out: the game and all that is counted of it, which follows from the recording and can be found
//! again from it.

use super::fields::{Fields, Unreadable, VERSION, with_numbers};
use super::seal::seal;
use crate::rules::{Game, GameKind, IllegalDrop, Recording, Turn, notation};

/// How a game ended.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum End {
    /// Nothing fitted any more.
    Over,
    /// The player left it for another one.
    Left,
}

impl End {
    const fn name(self) -> &'static str {
        match self {
            Self::Over => "over",
            Self::Left => "left",
        }
    }
}

/// The word that begins its line.
pub(super) const ENDED: &str = "ended";

/// A game that has come to an end, and what is counted of it. As a text: a line, with a seal of its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EndedGame {
    /// The game's number.
    pub id: u64,
    /// How it ended.
    pub end: End,
    /// Its points.
    pub score: u64,
    /// Its drops.
    pub drops: u32,
    /// The rows and columns that were cleared.
    pub lines: u32,
    /// The most rows and columns that one drop cleared.
    pub most_lines: u32,
    /// The longest run of drops in a row that each cleared something, in drops.
    pub streak: u32,
    /// The game.
    pub recording: Recording,
}

impl EndedGame {
    /// Plays a recording by the rules and counts.
    ///
    /// # Errors
    /// The first drop that the rules refuse.
    pub fn of(id: u64, recording: &Recording) -> Result<Self, IllegalDrop> {
        let (mut most_lines, mut run, mut streak) = (0_u32, 0_u32, 0_u32);
        let game = replay(recording, &mut |turn: &Turn| {
            let lines = turn.complete.lines();
            run = if lines == 0 { 0 } else { run.saturating_add(1) };
            most_lines = most_lines.max(lines);
            streak = streak.max(run);
        })?;
        Ok(Self {
            id,
            end: if game.is_over() { End::Over } else { End::Left },
            score: game.score(),
            drops: game.drops(),
            lines: game.lines(),
            most_lines,
            streak,
            recording: recording.clone(),
        })
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> GameKind {
        self.recording.deal.kind
    }

    /// The line that [`Self::read`] reads.
    pub(super) fn to_line(&self) -> String {
        let line = format!("{VERSION} {ENDED} {} {}", self.id, self.end.name());
        let counts = [self.drops, self.lines, self.most_lines, self.streak].map(u64::from);
        let line = with_numbers(line, [self.score].into_iter().chain(counts));
        seal(&format!("{line} {}", notation::to_link(&self.recording)))
    }

    /// Reads the fields of a line after [`ENDED`].
    pub(super) fn read(fields: &mut Fields<'_>) -> Result<Self, Unreadable> {
        Ok(Self {
            id: fields.number("the game's number")?,
            end: read_end(fields)?,
            score: fields.number("the score")?,
            drops: fields.number("the number of drops")?,
            lines: fields.number("the number of lines")?,
            most_lines: fields.number("the most lines of a drop")?,
            streak: fields.number("the longest run")?,
            recording: fields.recording()?,
        })
    }
}

fn read_end(fields: &mut Fields<'_>) -> Result<End, Unreadable> {
    const EXPECTED: &str = "`over` or `left`";
    let word = fields.word(EXPECTED)?;
    let end = [End::Over, End::Left].into_iter().find(|end| end.name() == word);
    end.ok_or_else(|| Unreadable::unexpected(EXPECTED, word))
}

/// Plays a recording and shows every turn. Goes out: the game that it leads to, or the first drop that the rules refuse.
pub(super) fn replay(recording: &Recording, see: &mut dyn FnMut(&Turn)) -> Result<Game, IllegalDrop> {
    let mut game = recording.deal.game();
    for (before, &drop) in recording.drops.iter().enumerate() {
        let refused = |refusal| IllegalDrop { number: before + 1, drop, refusal };
        see(&game.play(drop.slot, drop.at.into()).map_err(refused)?);
    }
    Ok(game)
}

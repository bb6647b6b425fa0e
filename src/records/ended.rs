//! An ended game: its recording, and counts that follow from the recording.

use super::fields::{Fields, Unreadable, VERSION, with_numbers};
use super::seal::seal;
use blockers_rules::{Game, GameKind, IllegalDrop, Recording, Turn, notation};

/// How a game ended.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum End {
    /// No shape fitted any more.
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

/// The word that begins the line of an ended game.
pub(super) const ENDED: &str = "ended";

/// An ended game and its counts. The text form is one line with its own seal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EndedGame {
    /// The game's id.
    pub id: u64,
    /// How the game ended.
    pub end: End,
    /// The score.
    pub score: u64,
    /// The number of drops.
    pub drops: u32,
    /// The number of rows and columns that were cleared.
    pub lines: u32,
    /// The maximum number of rows and columns that one drop cleared.
    pub most_lines: u32,
    /// The maximum number of consecutive drops that each cleared something.
    pub streak: u32,
    /// The recording of the game.
    pub recording: Recording,
}

impl EndedGame {
    /// Replays a recording and counts.
    ///
    /// # Errors
    /// The first illegal drop.
    pub fn of(id: u64, recording: &Recording) -> Result<Self, IllegalDrop> {
        let (mut most_lines, mut current, mut streak) = (0_u32, 0_u32, 0_u32);
        let game = replay(recording, &mut |turn: &Turn| {
            let lines = turn.complete.lines();
            current = if lines == 0 { 0 } else { current.saturating_add(1) };
            most_lines = most_lines.max(lines);
            streak = streak.max(current);
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

    /// Returns the kind of the game.
    #[must_use]
    pub fn kind(&self) -> GameKind {
        self.recording.deal.kind
    }

    /// Returns the line that [`Self::read`] reads.
    pub(super) fn to_line(&self) -> String {
        let line = format!("{VERSION} {ENDED} {} {}", self.id, self.end.name());
        let counts = [self.drops, self.lines, self.most_lines, self.streak].map(u64::from);
        let line = with_numbers(line, [self.score].into_iter().chain(counts));
        seal(&format!("{line} {}", notation::to_link(&self.recording)))
    }

    /// Reads the fields of a line after [`ENDED`].
    pub(super) fn read(fields: &mut Fields<'_>) -> Result<Self, Unreadable> {
        Ok(Self {
            id: fields.number("the game's id")?,
            end: read_end(fields)?,
            score: fields.number("the score")?,
            drops: fields.number("the number of drops")?,
            lines: fields.number("the number of lines")?,
            most_lines: fields.number("the most lines in a drop")?,
            streak: fields.number("the longest streak")?,
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

/// Replays a recording and calls `on_turn` after every drop. Returns the final game, or the first illegal drop.
pub(super) fn replay(recording: &Recording, on_turn: &mut dyn FnMut(&Turn)) -> Result<Game, IllegalDrop> {
    let mut replay = recording.replay();
    for step in &mut replay {
        on_turn(&step?.1);
    }
    Ok(replay.into_game())
}

//! The last hundred ended games, and the totals of the games before them.
//!
//! A game counts once, however often it ends: the player can undo drops after the end, play on, and end the game again.
//!
//! The text form has one line for each game. Every line has its own seal, so a damaged line loses only one game:
//!
//! ```text
//! 1 older <number of games that follow> <eight totals for each kind> <seal>
//! 1 ended <id> over <score> <drops> <lines> <most lines> <longest streak> <recording> <seal>
//!  …
//! ```

use std::collections::VecDeque;
use std::fmt;

use super::ended::{ENDED, EndedGame};
use super::fields::{Fields, Unreadable, VERSION, with_numbers};
use super::seal::seal;
use super::totals::Totals;
use blockers_rules::GameKind;
use blockers_rules::notation::MAX_DROPS;

/// The maximum number of games that are kept with their recordings.
const MAX_GAMES: usize = 100;

/// The maximum number of drops in the kept recordings. This limits the text to about two megabytes, because all of it
/// is written whenever a game ends.
const MAX_DROPS_KEPT: usize = 1_000_000;

/// The word that begins the line of totals.
const OLDER: &str = "older";

/// All ended games.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Archive {
    /// The totals of the games that are no longer kept, by kind.
    older: [Totals; GameKind::ALL.len()],
    /// The last games, the oldest first. Their ids differ.
    games: VecDeque<EndedGame>,
}

impl Archive {
    /// Adds a game that has just ended. It replaces the game with the same id, if there is one.
    pub fn enter(&mut self, game: EndedGame) {
        self.remove(game.id);
        self.games.push_back(game);
        let mut drops: usize = self.games.iter().map(|game| game.recording.drops.len()).sum();
        while (self.games.len() > MAX_GAMES || drops > MAX_DROPS_KEPT)
            && self.games.len() > 1
            && let Some(oldest) = self.games.pop_front()
        {
            drops -= oldest.recording.drops.len();
            self.older[oldest.kind().index()].add(&oldest);
        }
    }

    /// Removes the game with this id, because it continues after its end. Returns `true` if there was one.
    pub fn remove(&mut self, id: u64) -> bool {
        let before = self.games.len();
        self.games.retain(|game| game.id != id);
        self.games.len() < before
    }

    /// Returns the last games, the oldest first.
    #[must_use]
    pub fn games(&self) -> &VecDeque<EndedGame> {
        &self.games
    }

    /// Returns `true` if the game with this id is one of the last games.
    #[must_use]
    pub fn has(&self, id: u64) -> bool {
        self.games.iter().any(|game| game.id == id)
    }

    /// Returns the totals of the games of this kind that are no longer kept.
    #[must_use]
    pub fn older(&self, kind: GameKind) -> Totals {
        self.older[kind.index()]
    }

    /// Returns the totals of all games of this kind, or of all games for `None`.
    #[must_use]
    pub fn totals(&self, kind: Option<GameKind>) -> Totals {
        let wanted = |other: GameKind| kind.is_none_or(|kind| kind == other);
        let older = GameKind::ALL.into_iter().filter(|&kind| wanted(kind)).map(|kind| self.older[kind.index()]);
        let mut totals = older.fold(Totals::default(), Totals::plus);
        for game in self.games.iter().filter(|game| wanted(game.kind())) {
            totals.add(game);
        }
        totals
    }

    /// Returns the archive with the counts of every kept game recomputed from its recording. A game with an illegal
    /// drop keeps its counts, and so does a game that is longer than its recording, which has at most [`MAX_DROPS`]
    /// drops.
    #[must_use]
    pub fn rebuild(&self) -> Self {
        let recount = |game: &EndedGame| {
            let is_complete = game.recording.drops.len() < MAX_DROPS;
            let counted = is_complete.then(|| EndedGame::of(game.id, &game.recording).ok()).flatten();
            counted.unwrap_or_else(|| game.clone())
        };
        Self { older: self.older, games: self.games.iter().map(recount).collect() }
    }

    /// Returns the text that [`Self::parse`] reads.
    #[must_use]
    pub fn to_text(&self) -> String {
        let first = format!("{VERSION} {OLDER} {}", self.games.len());
        let mut text = seal(&with_numbers(first, self.older.iter().flat_map(Totals::numbers)));
        for game in &self.games {
            text.push('\n');
            text.push_str(&game.to_line());
        }
        text
    }

    /// Parses a text. Returns the games of the valid lines, and the damaged lines in their order. If lines are missing,
    /// the last damaged line says so.
    #[must_use]
    pub fn parse(text: &str) -> (Self, Vec<DamagedLine>) {
        let mut archive = Self::default();
        let mut damaged = Vec::new();
        let mut announced = None;
        let lines: Vec<&str> = text.split('\n').collect();
        for (before, line) in lines.iter().enumerate() {
            if let Err(unreadable) = archive.read(line, &mut announced) {
                let (text, reason) = ((*line).to_owned(), unreadable.to_string());
                damaged.push(DamagedLine { number: before + 1, text, reason });
            }
        }
        let found = lines.len() - 1;
        let missing = match announced {
            Some(games) if games > found as u64 => {
                Some(format!("expected {games} games after the totals, found {found}"))
            }
            // If a line is damaged, it may be the line of totals.
            None if damaged.is_empty() => Some("the line of totals is missing".to_owned()),
            _ => None,
        };
        if let Some(reason) = missing {
            damaged.push(DamagedLine { number: lines.len() + 1, text: String::new(), reason });
        }
        (archive, damaged)
    }

    /// Reads a line. The line of totals sets `announced`, the number of games that follow it.
    fn read(&mut self, line: &str, announced: &mut Option<u64>) -> Result<(), Unreadable> {
        const EXPECTED: &str = "`older` or `ended`";
        let mut fields = Fields::unsealed(line)?;
        match fields.word(EXPECTED)? {
            OLDER if announced.is_some() => Err(Unreadable::Repeated("the line of totals")),
            OLDER => {
                let games = fields.number("the number of kept games")?;
                let mut older = self.older;
                for totals in &mut older {
                    *totals = totals.plus(Totals::read(&mut fields)?);
                }
                fields.end()?;
                (self.older, *announced) = (older, Some(games));
                Ok(())
            }
            ENDED => {
                let game = EndedGame::read(&mut fields)?;
                fields.end()?;
                if self.has(game.id) {
                    return Err(Unreadable::Repeated("the game's id"));
                }
                self.enter(game);
                Ok(())
            }
            other => Err(Unreadable::unexpected(EXPECTED, other)),
        }
    }
}

/// A line of an archive's text that could not be parsed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DamagedLine {
    /// The line number, from 1.
    pub number: usize,
    /// The line, to be set aside; empty if lines are missing.
    pub text: String,
    /// Why it could not be parsed.
    pub reason: String,
}

impl fmt::Display for DamagedLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.number, self.reason)
    }
}

//! The last hundred games that have come to an end, and the totals of those before.
//!
//! Comes in: ended games. Goes out: these, and totals over all games that ever were. A game is counted once, however often it
//! ends: it can be gone back in after its end, and end again.
//!
//! As a text it is lines, each with a seal of its own, so that a damaged line costs one game:
//!
//! ```text
//! 1 older <how many games follow> <eight totals for each kind> <seal>
//! 1 ended <number> over <score> <drops> <lines> <most lines> <longest run> <recording> <seal>
//!  …
//! ```

use std::collections::VecDeque;
use std::fmt;

use super::ended::{ENDED, EndedGame};
use super::fields::{Fields, Unreadable, VERSION, with_numbers};
use super::seal::seal;
use super::totals::Totals;
use crate::rules::GameKind;
use crate::rules::notation::MAX_DROPS;

/// So many games are kept with their recordings.
const KEPT: usize = 100;

/// And fewer, if these have more drops together, about two megabytes as a text: it is written whole with every game that ends.
const KEPT_DROPS: usize = 1_000_000;

/// The word that begins the line of totals.
const OLDER: &str = "older";

/// All games that have come to an end.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Archive {
    /// Those that are no longer kept, by kind.
    older: [Totals; GameKind::ALL.len()],
    /// The last ones, the oldest first. No two have the same number.
    games: VecDeque<EndedGame>,
}

impl Archive {
    /// Enters a game that has just ended, in place of the game of the same number, if there is one.
    pub fn enter(&mut self, game: EndedGame) {
        self.remove(game.id);
        self.games.push_back(game);
        let mut drops: usize = self.games.iter().map(|game| game.recording.drops.len()).sum();
        while (self.games.len() > KEPT || drops > KEPT_DROPS)
            && self.games.len() > 1
            && let Some(oldest) = self.games.pop_front()
        {
            drops -= oldest.recording.drops.len();
            self.older[oldest.kind().index()].add(&oldest);
        }
    }

    /// Takes out the game of this number, which goes on after its end. Returns whether it was there.
    pub fn remove(&mut self, id: u64) -> bool {
        let before = self.games.len();
        self.games.retain(|game| game.id != id);
        self.games.len() < before
    }

    /// The last games, the oldest first.
    #[must_use]
    pub fn games(&self) -> &VecDeque<EndedGame> {
        &self.games
    }

    /// Is the game of this number among them?
    #[must_use]
    pub fn has(&self, id: u64) -> bool {
        self.games.iter().any(|game| game.id == id)
    }

    /// The totals of the games of this kind that are no longer kept.
    #[must_use]
    pub fn older(&self, kind: GameKind) -> Totals {
        self.older[kind.index()]
    }

    /// The totals of all games of this kind, or of all games.
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

    /// The archive with every kept game counted again from its recording. A game that the rules do not allow stays as it was
    /// entered, and so does one that is longer than what was recorded of it.
    #[must_use]
    pub fn rebuild(&self) -> Self {
        let again = |game: &EndedGame| {
            let whole = game.recording.drops.len() < MAX_DROPS;
            let counted = whole.then(|| EndedGame::of(game.id, &game.recording).ok()).flatten();
            counted.unwrap_or_else(|| game.clone())
        };
        Self { older: self.older, games: self.games.iter().map(again).collect() }
    }

    /// The text that [`Self::parse`] reads.
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

    /// Reads a text: all that is good in it, and the lines that are not, in their order. The last of these says so if lines are
    /// missing.
    #[must_use]
    pub fn parse(text: &str) -> (Self, Vec<DamagedLine>) {
        let mut archive = Self::default();
        let mut damaged = Vec::new();
        let mut promised = None;
        let lines: Vec<&str> = text.split('\n').collect();
        for (before, line) in lines.iter().enumerate() {
            if let Err(unreadable) = archive.read(line, &mut promised) {
                let (text, reason) = ((*line).to_owned(), unreadable.to_string());
                damaged.push(DamagedLine { number: before + 1, text, reason });
            }
        }
        let follow = lines.len() - 1;
        let missing = match promised {
            Some(games) if games > follow as u64 => {
                Some(format!("{games} games should follow the totals, not {follow}"))
            }
            // Else the damaged line may have been that of the totals.
            None if damaged.is_empty() => Some("the line of the totals is missing".to_owned()),
            _ => None,
        };
        if let Some(reason) = missing {
            damaged.push(DamagedLine { number: lines.len() + 1, text: String::new(), reason });
        }
        (archive, damaged)
    }

    /// Reads a line. The line of totals says how many games were promised.
    fn read(&mut self, line: &str, promised: &mut Option<u64>) -> Result<(), Unreadable> {
        const EXPECTED: &str = "`older` or `ended`";
        let mut fields = Fields::unsealed(line)?;
        match fields.word(EXPECTED)? {
            OLDER if promised.is_some() => Err(Unreadable::Repeated("the line of the totals")),
            OLDER => {
                let games = fields.number("the number of kept games")?;
                let mut older = self.older;
                for totals in &mut older {
                    *totals = totals.plus(Totals::read(&mut fields)?);
                }
                fields.end()?;
                (self.older, *promised) = (older, Some(games));
                Ok(())
            }
            ENDED => {
                let game = EndedGame::read(&mut fields)?;
                fields.end()?;
                if self.has(game.id) {
                    return Err(Unreadable::Repeated("the game of this number"));
                }
                self.enter(game);
                Ok(())
            }
            other => Err(Unreadable::unexpected(EXPECTED, other)),
        }
    }
}

/// A line of an archive's text that could not be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DamagedLine {
    /// Its number, from 1.
    pub number: usize,
    /// The line, to be kept aside; empty where one is missing.
    pub text: String,
    /// Why it could not be read.
    pub reason: String,
}

impl fmt::Display for DamagedLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.number, self.reason)
    }
}

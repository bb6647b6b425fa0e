//! The best scores: for each kind of game, one of clean games (without undo) and one of games with undo.

use super::archive::Archive;
use super::daily::DailyResults;
use super::fields::{Fields, Unreadable, VERSION, with_numbers};
use super::seal::seal;
use blockers_rules::GameKind;

const KINDS: usize = GameKind::ALL.len();

/// The best scores; 0 if there is none. The text form: the version, the scores of clean games, those of games with
/// undo, the seal.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Bests {
    clean: [u64; KINDS],
    undone: [u64; KINDS],
}

impl Bests {
    /// Returns the best score of this kind: of games without undo if `clean`, otherwise of games with undo.
    #[must_use]
    pub fn get(&self, kind: GameKind, clean: bool) -> u64 {
        let scores = if clean { &self.clean } else { &self.undone };
        scores[kind.index()]
    }

    /// Replaces the best score of this kind, clean or not, if this score is higher. Returns `true` if it is.
    pub fn raise(&mut self, kind: GameKind, clean: bool, score: u64) -> bool {
        let scores = if clean { &mut self.clean } else { &mut self.undone };
        let best = &mut scores[kind.index()];
        let beaten = score > *best;
        if beaten {
            *best = score;
        }
        beaten
    }

    /// Returns the best scores that follow from the archive and the daily results. The archive does not record undos of
    /// games that are no longer kept, so their scores count as scores of games with undo.
    #[must_use]
    pub fn recovered(archive: &Archive, days: &DailyResults) -> Self {
        let mut bests = Self::default();
        // Most daily games are practice and do not count. Those that count are in the daily results.
        for game in archive.games().iter().filter(|game| game.kind() != GameKind::Daily) {
            bests.raise(game.kind(), game.recording.undos == 0, game.score);
        }
        for kind in GameKind::ALL.into_iter().filter(|&kind| kind != GameKind::Daily) {
            bests.raise(kind, false, archive.older(kind).best);
        }
        for (_, result) in days.results() {
            bests.raise(GameKind::Daily, result.undos == 0, result.score);
        }
        bests
    }

    /// Returns the text that [`Self::parse`] reads.
    #[must_use]
    pub fn to_text(&self) -> String {
        let scores = self.clean.iter().chain(&self.undone).copied();
        seal(&with_numbers(VERSION.to_owned(), scores))
    }

    /// Parses a text.
    ///
    /// # Errors
    /// [`Unreadable`] if the text is invalid.
    pub fn parse(text: &str) -> Result<Self, Unreadable> {
        let mut fields = Fields::unsealed(text)?;
        let mut bests = Self::default();
        for best in bests.clean.iter_mut().chain(&mut bests.undone) {
            *best = fields.number("a best score")?;
        }
        fields.end()?;
        Ok(bests)
    }
}

//! The best score of each kind of game: that of clean games, and that of games in which somebody went back.
//!
//! Comes in: scores. Goes out: the best ones, and whether one was beaten.

use super::archive::Archive;
use super::daily::DailyResults;
use super::fields::{Fields, Unreadable, VERSION, with_numbers};
use super::seal::seal;
use crate::rules::GameKind;

const KINDS: usize = GameKind::ALL.len();

/// The best scores; 0 where there is none. As a text: the version, the clean ones, the others, the seal.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Bests {
    clean: [u64; KINDS],
    undone: [u64; KINDS],
}

impl Bests {
    /// The best score of this kind: of games in which nobody went back if `clean`, else of those in which somebody did.
    #[must_use]
    pub fn get(&self, kind: GameKind, clean: bool) -> u64 {
        let scores = if clean { &self.clean } else { &self.undone };
        scores[kind.index()]
    }

    /// Takes a score of a game of this kind, clean or not, if it is better. Returns whether it is.
    pub fn raise(&mut self, kind: GameKind, clean: bool, score: u64) -> bool {
        let scores = if clean { &mut self.clean } else { &mut self.undone };
        let best = &mut scores[kind.index()];
        let beaten = score > *best;
        if beaten {
            *best = score;
        }
        beaten
    }

    /// What can be found again of them: from the games that are kept and the results of the days. Of games that are no longer kept
    /// it is not known whether somebody went back in them, so they count as if somebody did.
    #[must_use]
    pub fn found_again(archive: &Archive, days: &DailyResults) -> Self {
        let mut bests = Self::default();
        // Most daily games are practice, and no best.
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

    /// The text that [`Self::parse`] reads.
    #[must_use]
    pub fn to_text(&self) -> String {
        let scores = self.clean.iter().chain(&self.undone).copied();
        seal(&with_numbers(VERSION.to_owned(), scores))
    }

    /// Reads a text.
    ///
    /// # Errors
    /// [`Unreadable`] says what is wrong with it.
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

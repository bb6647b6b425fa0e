//! What a game is dealt from: its kind and its seed. Two games of one deal and the same drops are the same game.
//!
//! Goes out: a [`Dealer`], and the game at its beginning.

use std::fmt;
use std::str::FromStr;

use super::dealer::Dealer;
use super::game::Game;

/// The kinds of game that there are. They differ in how they are dealt and in where the seed comes from.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum GameKind {
    /// The original's dealing, and a seed that nobody knows.
    #[default]
    Classic,
    /// Every hand can be placed, in some order, when it is dealt.
    Kind,
    /// The original's dealing; the seed is the day, so that everybody has the same board.
    Daily,
    /// The original's dealing, and a seed that somebody chose.
    Seed,
}

impl GameKind {
    /// Every kind, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Classic, Self::Kind, Self::Daily, Self::Seed];

    /// The name in notations and stored records: one small word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Classic => "classic",
            Self::Kind => "kind",
            Self::Daily => "daily",
            Self::Seed => "seed",
        }
    }

    /// Place in [`Self::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The name of the way in which its hands are dealt.
    #[must_use]
    pub const fn dealer_name(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Classic | Self::Daily | Self::Seed => "classic",
        }
    }
}

impl fmt::Display for GameKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The word that is no kind of game.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NoSuchKind(pub String);

impl fmt::Display for NoSuchKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no kind of game: these are classic, kind, daily and seed", self.0)
    }
}

impl std::error::Error for NoSuchKind {}

impl FromStr for GameKind {
    type Err = NoSuchKind;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.name() == text).ok_or_else(|| NoSuchKind(text.to_owned()))
    }
}

/// A kind of game and a seed: all that a game follows from, besides its drops.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, Debug)]
#[expect(missing_docs, reason = "the types say it")]
pub struct Deal {
    pub kind: GameKind,
    /// Any number; for a daily game the day as `yyyymmdd`.
    pub seed: u64,
}

impl Deal {
    /// A deal of this kind.
    #[must_use]
    pub const fn new(kind: GameKind, seed: u64) -> Self {
        Self { kind, seed }
    }

    /// Who deals its hands.
    #[must_use]
    pub fn dealer(self) -> Dealer {
        match self.kind {
            GameKind::Kind => Dealer::kind(self.seed),
            GameKind::Classic | GameKind::Daily | GameKind::Seed => Dealer::classic(self.seed),
        }
    }

    /// The game at its beginning.
    #[must_use]
    pub fn game(self) -> Game {
        Game::new(self.dealer())
    }
}

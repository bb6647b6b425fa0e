//! The deal of a game: its kind and its seed. Two games with the same deal and the same drops are identical.

use std::fmt;
use std::str::FromStr;

use super::dealer::Dealer;
use super::game::Game;

/// The kind of a game. Kinds differ in how hands are dealt and in where the seed comes from.
///
/// ```
/// use blockers_rules::GameKind;
///
/// assert_eq!("kind".parse(), Ok(GameKind::Relaxed));
/// assert_eq!(GameKind::Relaxed.name(), "kind");
///
/// let error = "hard".parse::<GameKind>().unwrap_err();
/// assert_eq!(error.to_string(), "unknown game kind `hard`; expected classic, kind, daily or seed");
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum GameKind {
    /// Dealt as in the original game, from a random seed.
    #[default]
    Classic,
    /// Every hand can be placed, in some order, when it is dealt. The seed is random.
    Relaxed,
    /// Dealt as in the original game. The seed is the date, so that all players get the same hands.
    Daily,
    /// Dealt as in the original game, from a seed that the player chose.
    Seed,
}

impl GameKind {
    /// Every kind, in the order in which they are listed to players. Links store the position in this list.
    pub const ALL: [Self; 4] = [Self::Classic, Self::Relaxed, Self::Daily, Self::Seed];

    /// Returns the name in the notation and in stored records: `classic`, `kind`, `daily` or `seed`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Classic => "classic",
            Self::Relaxed => "kind",
            Self::Daily => "daily",
            Self::Seed => "seed",
        }
    }

    /// Returns the position in [`Self::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// Returns the name of the dealer in the text notation: `classic` or `kind`.
    #[must_use]
    pub const fn dealer_name(self) -> &'static str {
        match self {
            Self::Relaxed => "kind",
            Self::Classic | Self::Daily | Self::Seed => "classic",
        }
    }
}

impl fmt::Display for GameKind {
    /// Writes [`Self::name`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The error for a text that is not the [name](GameKind::name) of a game kind. It contains the text.
///
/// ```
/// use blockers_rules::{GameKind, ParseGameKindError};
///
/// assert_eq!("hard".parse::<GameKind>(), Err(ParseGameKindError("hard".to_owned())));
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ParseGameKindError(pub String);

impl fmt::Display for ParseGameKindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown game kind `{}`; expected classic, kind, daily or seed", self.0)
    }
}

impl std::error::Error for ParseGameKindError {}

impl FromStr for GameKind {
    type Err = ParseGameKindError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.name() == text).ok_or_else(|| ParseGameKindError(text.to_owned()))
    }
}

/// A game kind and a seed. Together with the drops they determine the whole game.
///
/// ```
/// use blockers_rules::{Deal, GameKind, Slot};
///
/// let deal = Deal::new(GameKind::Daily, 20_261_123);
/// let (one, other) = (deal.game(), deal.game());
/// assert_eq!(one.staged(Slot::ALL[0]), other.staged(Slot::ALL[0]));
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, Debug)]
pub struct Deal {
    /// The kind of the game.
    pub kind: GameKind,
    /// Any number; for a daily game the date as `yyyymmdd`.
    pub seed: u64,
}

impl Deal {
    /// Creates a deal of this kind.
    #[must_use]
    pub const fn new(kind: GameKind, seed: u64) -> Self {
        Self { kind, seed }
    }

    /// Returns the dealer of the game's hands.
    #[must_use]
    pub fn dealer(self) -> Dealer {
        match self.kind {
            GameKind::Relaxed => Dealer::relaxed(self.seed),
            GameKind::Classic | GameKind::Daily | GameKind::Seed => Dealer::classic(self.seed),
        }
    }

    /// Returns the game before its first drop.
    #[must_use]
    pub fn game(self) -> Game {
        Game::new(self.dealer())
    }
}

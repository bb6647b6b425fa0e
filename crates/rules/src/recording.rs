//! A recorded game: its deal and its drops, which determine everything else. [`notation`](super::notation) reads and
//! writes recordings.

use std::fmt;
use std::iter::Zip;
use std::ops::RangeFrom;
use std::slice;

use super::deal::Deal;
use super::drop_at::DropAt;
use super::game::{Game, Refusal, Turn};

/// A recorded game, complete or not. Its drops may be illegal; [`Self::verify`] checks them.
///
/// ```
/// use blockers_rules::notation;
///
/// let text = "blockers=1 rules=blocktser dealer=classic game=seed seed=7 undos=0\n1@a1 2@f6";
/// let recording = notation::parse(text).unwrap();
/// let game = recording.verify().unwrap();
/// assert_eq!(game.drops(), 2);
/// ```
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Recording {
    /// The kind and the seed of the game.
    pub deal: Deal,
    /// The number of times that the player used undo. A game without undo is called clean.
    pub undos: u32,
    /// The drops of the game, without those that were undone.
    pub drops: Vec<DropAt>,
}

/// The error for a recording with an illegal drop.
///
/// ```
/// use blockers_rules::{Refusal, notation};
///
/// let text = "blockers=1 rules=blocktser dealer=classic game=seed seed=7 undos=0\n1@a1 1@f6";
/// let illegal = notation::parse(text).unwrap().verify().unwrap_err();
/// assert_eq!((illegal.number, illegal.refusal), (2, Refusal::EmptySlot));
/// assert_eq!(illegal.to_string(), "drop 2, 1@f6, is against the rules: the slot is empty");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct IllegalDrop {
    /// The number of the drop, counted from 1.
    pub number: usize,
    /// The drop.
    pub drop: DropAt,
    /// The reason why it was refused.
    pub refusal: Refusal,
}

impl fmt::Display for IllegalDrop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "drop {}, {}, is against the rules: {}", self.number, self.drop, self.refusal)
    }
}

impl std::error::Error for IllegalDrop {}

impl Recording {
    /// Returns an iterator that plays one drop at each step. It ends after the last drop or the first illegal one.
    #[must_use]
    pub fn replay(&self) -> Replay<'_> {
        Replay { game: self.deal.game(), drops: (1..).zip(self.drops.iter()), ended: false }
    }

    /// Plays all drops and returns the game after the last one.
    ///
    /// # Errors
    /// Returns the first [`IllegalDrop`].
    pub fn verify(&self) -> Result<Game, IllegalDrop> {
        let mut replay = self.replay();
        replay.try_for_each(|step| step.map(|_| ()))?;
        Ok(replay.game)
    }
}

/// The iterator of [`Recording::replay`].
///
/// ```
/// use blockers_rules::notation;
///
/// let text = "blockers=1 rules=blocktser dealer=classic game=seed seed=7 undos=0\n1@a1 2@f6";
/// let recording = notation::parse(text).unwrap();
/// let mut replay = recording.replay();
/// let (drop, turn) = replay.next().unwrap().unwrap();
/// assert_eq!((drop, turn.slot), (recording.drops[0], drop.slot));
/// assert_eq!(replay.game().drops(), 1);
/// ```
#[derive(Clone, Debug)]
pub struct Replay<'a> {
    game: Game,
    drops: Zip<RangeFrom<usize>, slice::Iter<'a, DropAt>>,
    ended: bool,
}

impl Replay<'_> {
    /// Returns the game after the last drop that was played, and ends the replay.
    #[must_use]
    pub fn into_game(self) -> Game {
        self.game
    }

    /// Returns the game after the drops that have been played so far.
    #[must_use]
    pub fn game(&self) -> &Game {
        &self.game
    }
}

impl Iterator for Replay<'_> {
    type Item = Result<(DropAt, Turn), IllegalDrop>;

    fn next(&mut self) -> Option<Self::Item> {
        let (number, &drop) = self.drops.next().filter(|_| !self.ended)?;
        let turn = self.game.play(drop.slot, drop.at.into());
        self.ended = turn.is_err();
        Some(turn.map(|turn| (drop, turn)).map_err(|refusal| IllegalDrop { number, drop, refusal }))
    }
}

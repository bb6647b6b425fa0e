//! A game with its past and its future: the drops so far, those that were taken back, and the game at any of them.
//!
//! Comes in: drops, steps back and forth. Goes out: the game as it is there. Undo, redo and the bar of a replay are all this.

use super::bitboard::Cell;
use super::deal::Deal;
use super::game::{Game, Refusal, Slot, Turn};
use super::placement::Anchor;
use super::recording::{DropAt, IllegalDrop, Recording};

/// So many drops lie between two games that are kept. To go anywhere, no more than these are played again.
const APART: usize = 64;

/// A game that can be gone back in.
#[derive(Clone, Debug)]
pub struct Timeline {
    deal: Deal,
    undos: u32,
    /// All drops, also those that were taken back.
    drops: Vec<DropAt>,
    /// How many of them have been played.
    position: usize,
    /// The game after `position` drops.
    game: Game,
    /// The games after 0, [`APART`], twice as many… drops, as far as drops go.
    kept: Vec<Game>,
}

impl Timeline {
    /// A game at its beginning.
    #[must_use]
    pub fn new(deal: Deal) -> Self {
        Self::starting(deal, deal.game())
    }

    /// One that begins with this game, which is the deal's own unless somebody scripted it.
    #[must_use]
    pub fn starting(deal: Deal, game: Game) -> Self {
        Self { deal, undos: 0, drops: Vec::new(), position: 0, kept: vec![game.clone()], game }
    }

    /// A recorded game at its end.
    ///
    /// # Errors
    /// The first drop that the rules refuse.
    pub fn of(recording: &Recording) -> Result<Self, IllegalDrop> {
        let mut timeline = Self::new(recording.deal);
        for (before, &drop) in recording.drops.iter().enumerate() {
            let refused = |refusal| IllegalDrop { number: before + 1, drop, refusal };
            timeline.play(drop.slot, drop.at.into()).map_err(refused)?;
        }
        timeline.undos = recording.undos;
        Ok(timeline)
    }

    /// Lets a piece go; see [`Game::play`]. Drops that were taken back are forgotten, unless it is the very next of them.
    ///
    /// # Errors
    /// A [`Refusal`]. Then nothing has changed.
    pub fn play(&mut self, slot: Slot, at: Anchor) -> Result<Turn, Refusal> {
        let turn = self.game.play(slot, at)?;
        let drop = DropAt { slot, at: Cell::new(at.row, at.column).ok_or(Refusal::OffBoard)? };
        if self.next() == Some(drop) {
            self.position += 1;
            return Ok(turn);
        }
        self.end_here();
        self.drops.push(drop);
        self.position += 1;
        if self.position.is_multiple_of(APART) {
            self.kept.push(self.game.clone());
        }
        Ok(turn)
    }

    /// Takes the last drop back. Returns whether there was one.
    pub fn undo(&mut self) -> bool {
        let Some(before) = self.position.checked_sub(1) else { return false };
        self.seek(before);
        self.undos = self.undos.saturating_add(1);
        true
    }

    /// Plays again what was taken back last. Returns whether there was something.
    pub fn redo(&mut self) -> bool {
        let more = self.position < self.drops.len();
        self.seek(self.position + usize::from(more));
        more
    }

    /// Goes to where the game stood after so many drops; to the end, if there are not so many.
    pub fn seek(&mut self, to: usize) {
        let to = to.min(self.drops.len());
        let near = to / APART;
        // Ahead of here and with no kept game in between, the way on from here is the shortest.
        if (to < self.position || near > self.position / APART)
            && let Some(kept) = self.kept.get(near)
        {
            self.game = kept.clone();
            self.position = near * APART;
        }
        for drop in &self.drops[self.position.min(to)..to] {
            // It was accepted here before.
            if self.game.play(drop.slot, drop.at.into()).is_err() {
                debug_assert!(false, "what was played can be played again");
            }
        }
        self.position = to;
    }

    /// Forgets what was taken back.
    pub fn end_here(&mut self) {
        self.drops.truncate(self.position);
        self.kept.truncate(self.position / APART + 1);
    }

    /// Forgets what was taken back, and counts as gone back in: somebody plays on from a place that was not the end.
    pub fn play_on(&mut self) {
        self.end_here();
        self.undos = self.undos.saturating_add(1);
    }

    /// The game where the timeline stands.
    #[must_use]
    pub fn game(&self) -> &Game {
        &self.game
    }

    /// What it was dealt from.
    #[must_use]
    pub fn deal(&self) -> Deal {
        self.deal
    }

    /// How many drops have been played to get here.
    #[must_use]
    pub fn position(&self) -> usize {
        self.position
    }

    /// The drop that was played last.
    #[must_use]
    pub fn last(&self) -> Option<DropAt> {
        self.drops[..self.position].last().copied()
    }

    /// The drop that was taken back last.
    #[must_use]
    pub fn next(&self) -> Option<DropAt> {
        self.drops.get(self.position).copied()
    }

    /// All drops, those that were taken back included.
    #[must_use]
    pub fn drops(&self) -> &[DropAt] {
        &self.drops
    }

    /// How often the player went back.
    #[must_use]
    pub fn undos(&self) -> u32 {
        self.undos
    }

    /// Has nobody ever gone back in it?
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.undos == 0
    }

    /// The recording of the whole game, with the drops that were taken back.
    #[must_use]
    pub fn whole(&self) -> Recording {
        Recording { deal: self.deal, undos: self.undos, drops: self.drops.clone() }
    }

    /// The recording of the game as it stands.
    #[must_use]
    pub fn recording(&self) -> Recording {
        Recording { deal: self.deal, undos: self.undos, drops: self.drops[..self.position].to_vec() }
    }
}

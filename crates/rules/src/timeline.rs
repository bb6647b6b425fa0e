//! A game with undo and redo: its drops, those that were undone, and the game after any number of them. Replays use it
//! to seek.

use super::bitboard::Cell;
use super::deal::Deal;
use super::drop_at::DropAt;
use super::game::{Game, Refusal, Turn};
use super::hand::Slot;
use super::placement::Anchor;
use super::recording::{IllegalDrop, Recording};

/// The number of drops between two snapshots. Seeking plays fewer drops than this after the nearest snapshot.
const SNAPSHOT_INTERVAL: usize = 64;

/// A game with undo, redo and seek.
///
/// ```
/// use blockers_rules::{Cell, Deal, GameKind, Slot, Timeline};
///
/// let mut timeline = Timeline::new(Deal::new(GameKind::Classic, 7));
/// let corner = Cell::new(0, 0).unwrap();
/// timeline.play(Slot::ALL[0], corner.into()).unwrap();
/// assert!(timeline.undo());
/// assert_eq!((timeline.position(), timeline.game().drops()), (0, 0));
///
/// assert!(timeline.redo());
/// assert_eq!((timeline.position(), timeline.game().drops()), (1, 1));
/// assert_eq!(timeline.undos(), 1);
/// ```
#[derive(Clone, Debug)]
pub struct Timeline {
    deal: Deal,
    undos: u32,
    /// All drops, including those that were undone.
    drops: Vec<DropAt>,
    /// The number of drops that have been played and not undone.
    position: usize,
    /// The game after `position` drops.
    game: Game,
    /// The games after 0, 1, 2, … times [`SNAPSHOT_INTERVAL`] drops, up to the number of all drops.
    snapshots: Vec<Game>,
}

impl Timeline {
    /// Creates a timeline of the game with this deal, before its first drop.
    #[must_use]
    pub fn new(deal: Deal) -> Self {
        Self::starting(deal, deal.game())
    }

    /// Creates a timeline that starts with this game, whose hands need not be those of the deal.
    #[must_use]
    pub fn starting(deal: Deal, game: Game) -> Self {
        Self { deal, undos: 0, drops: Vec::new(), position: 0, snapshots: vec![game.clone()], game }
    }

    /// Creates a timeline of a recorded game, after its last drop.
    ///
    /// # Errors
    /// Returns the first [`IllegalDrop`].
    pub fn of(recording: &Recording) -> Result<Self, IllegalDrop> {
        let mut timeline = Self::new(recording.deal);
        for (before, &drop) in recording.drops.iter().enumerate() {
            let refused = |refusal| IllegalDrop { number: before + 1, drop, refusal };
            timeline.play(drop.slot, drop.at.into()).map_err(refused)?;
        }
        timeline.undos = recording.undos;
        Ok(timeline)
    }

    /// Drops a piece; see [`Game::play`]. The drops that were undone are deleted, unless this drop is the next of them.
    ///
    /// # Errors
    /// Returns a [`Refusal`] if the piece cannot be placed there. The timeline is then unchanged.
    pub fn play(&mut self, slot: Slot, at: Anchor) -> Result<Turn, Refusal> {
        let turn = self.game.play(slot, at)?;
        // An accepted piece is on the board, and so is its anchor.
        let drop = DropAt { slot, at: Cell::new(at.row, at.column).ok_or(Refusal::OffBoard)? };
        if self.next() == Some(drop) {
            self.position += 1;
            return Ok(turn);
        }
        self.end_here();
        self.drops.push(drop);
        self.position += 1;
        if self.position.is_multiple_of(SNAPSHOT_INTERVAL) {
            self.snapshots.push(self.game.clone());
        }
        Ok(turn)
    }

    /// Undoes the last drop. Returns `true` if there was one.
    pub fn undo(&mut self) -> bool {
        let Some(before) = self.position.checked_sub(1) else { return false };
        self.seek(before);
        self.undos = self.undos.saturating_add(1);
        true
    }

    /// Redoes the drop that was undone last. Returns `true` if there was one.
    pub fn redo(&mut self) -> bool {
        let more = self.position < self.drops.len();
        self.seek(self.position + usize::from(more));
        more
    }

    /// Goes to the position after `to` drops, or after the last drop if there are fewer.
    pub fn seek(&mut self, to: usize) {
        let to = to.min(self.drops.len());
        let nearest = to / SNAPSHOT_INTERVAL;
        // Going forward without a snapshot in between, it is shorter to play on from the current position.
        if (to < self.position || nearest > self.position / SNAPSHOT_INTERVAL)
            && let Some(snapshot) = self.snapshots.get(nearest)
        {
            self.game = snapshot.clone();
            self.position = nearest * SNAPSHOT_INTERVAL;
        }
        for drop in &self.drops[self.position.min(to)..to] {
            // The same drop was accepted at this position before.
            if self.game.play(drop.slot, drop.at.into()).is_err() {
                debug_assert!(false, "a drop that was accepted before is refused");
            }
        }
        self.position = to;
    }

    /// Deletes the drops that were undone.
    pub fn end_here(&mut self) {
        self.drops.truncate(self.position);
        self.snapshots.truncate(self.position / SNAPSHOT_INTERVAL + 1);
    }

    /// Deletes the drops that were undone, and counts this as an undo. Used when the player continues a replay from a
    /// position before its end.
    pub fn play_on(&mut self) {
        self.end_here();
        self.undos = self.undos.saturating_add(1);
    }

    /// Returns the game at the current position.
    #[must_use]
    pub fn game(&self) -> &Game {
        &self.game
    }

    /// Returns the kind and the seed of the game.
    #[must_use]
    pub fn deal(&self) -> Deal {
        self.deal
    }

    /// Returns the current position: the number of drops that have been played and not undone.
    #[must_use]
    pub fn position(&self) -> usize {
        self.position
    }

    /// Returns the last drop before the current position.
    #[must_use]
    pub fn last(&self) -> Option<DropAt> {
        self.drops[..self.position].last().copied()
    }

    /// Returns the next drop after the current position, which [`Self::redo`] would play.
    #[must_use]
    pub fn next(&self) -> Option<DropAt> {
        self.drops.get(self.position).copied()
    }

    /// Returns all drops, including those that were undone.
    #[must_use]
    pub fn drops(&self) -> &[DropAt] {
        &self.drops
    }

    /// Returns the number of times that the player used undo.
    #[must_use]
    pub fn undos(&self) -> u32 {
        self.undos
    }

    /// Returns `true` if the player never used undo.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.undos == 0
    }

    /// Returns the recording of the whole game, including the drops that were undone.
    #[must_use]
    pub fn whole(&self) -> Recording {
        Recording { deal: self.deal, undos: self.undos, drops: self.drops.clone() }
    }

    /// Returns the recording of the game up to the current position.
    #[must_use]
    pub fn recording(&self) -> Recording {
        Recording { deal: self.deal, undos: self.undos, drops: self.drops[..self.position].to_vec() }
    }
}

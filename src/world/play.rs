//! The current game: the player's own, or a replay in its place.

use bevy_ecs::prelude::*;

use crate::records::DailyResults;
use blockers_rules::{Game, GameKind, Timeline};

/// A game with fewer drops than this, including undone ones, is replaced without a question.
const FEW: usize = 3;

/// The player's own game, and the replay in its place.
#[derive(Resource)]
pub struct Play {
    /// The player's own game. It pauses during a replay.
    pub own: OwnGame,
    /// The current replay, if any.
    pub shown: Option<Replay>,
    /// How often the board was replaced other than by a drop. A drag that began in another epoch drops nothing.
    pub epoch: u64,
    /// The number of games that have ended since the program started.
    pub ends: u64,
    /// The id of the game that was the last one to raise a best score since the program started, and whether it was
    /// clean then.
    pub raised: Option<(u64, bool)>,
}

/// A game that the player plays.
#[derive(Clone, Debug)]
pub struct OwnGame {
    /// The unique id of the game.
    pub id: u64,
    /// The game, with its undone drops.
    pub timeline: Timeline,
    /// The number of drops when the game was continued from a replay, which may be another player's; 0 if all drops are
    /// the player's own.
    pub played_on_from: usize,
}

impl OwnGame {
    /// Returns a game that the player plays from its beginning.
    #[must_use]
    pub fn new(id: u64, timeline: Timeline) -> Self {
        Self { id, timeline, played_on_from: 0 }
    }

    /// Returns `true` if all drops are the player's own. Other games count neither for best scores and daily results
    /// nor in the statistics.
    #[must_use]
    pub fn is_all_own(&self) -> bool {
        self.played_on_from == 0
    }

    /// Returns `true` if the player would miss the game, so that a question is needed before it is replaced. The game
    /// must not be over, and must have at least three drops or be the daily game of its day. Undone drops count,
    /// because they can be redone.
    #[must_use]
    pub fn would_be_missed(&self, results: &DailyResults) -> bool {
        let is_begun = self.timeline.drops().len() >= FEW || self.takes_its_day(results);
        is_begun && !self.timeline.game().is_over()
    }

    /// Returns `true` if this is the game that counts for its day: a daily game with at least one drop, even if it was
    /// undone, of a day without a result.
    #[must_use]
    pub fn takes_its_day(&self, results: &DailyResults) -> bool {
        let timeline = &self.timeline;
        let is_touched = timeline.undos() > 0 || !timeline.drops().is_empty();
        let counts = self.is_all_own() && timeline.deal().kind == GameKind::Daily;
        is_touched && counts && !results.is_practice(timeline.deal())
    }
}

impl Play {
    /// Returns the state with this game and no replay.
    #[must_use]
    pub fn of(own: OwnGame) -> Self {
        Self { own, shown: None, epoch: 0, ends: 0, raised: None }
    }

    /// Returns the timeline of the current game: of the replay, if there is one, otherwise of the player's own game.
    #[must_use]
    pub fn timeline(&self) -> &Timeline {
        self.shown.as_ref().map_or(&self.own.timeline, |replay| &replay.timeline)
    }

    /// Returns the timeline of the current game for changes.
    pub fn timeline_mut(&mut self) -> &mut Timeline {
        self.shown.as_mut().map_or(&mut self.own.timeline, |replay| &mut replay.timeline)
    }

    /// Returns the state of the current game.
    #[must_use]
    pub fn game(&self) -> &Game {
        self.timeline().game()
    }

    /// Returns `true` if the current game is the player's own, and not a replay.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.shown.is_none()
    }

    /// Returns `true` if the score of the current game can be a best score. Replays, games continued from a replay, and
    /// daily games of a day that has a result do not count.
    #[must_use]
    pub fn counts(&self, results: &DailyResults) -> bool {
        self.is_live() && self.own.is_all_own() && !results.is_practice(self.timeline().deal())
    }
}

/// A replay.
pub struct Replay {
    /// The recorded game and the position in it.
    pub timeline: Timeline,
    /// `true` while it plays, `false` while it is paused.
    pub playing: bool,
    /// `true` if it pauses after the next drop.
    pub step: bool,
    /// The index in [`Self::SPEEDS`].
    pub speed: usize,
    /// The state of the animated drag.
    pub hand: ReplayHand,
    /// `true` if it was opened from a link. Then the player sees that the game was verified.
    pub from_link: bool,
}

/// The state of the animated drag of a replay. Times are in milliseconds.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum ReplayHand {
    /// The next drag begins at this time or later.
    Resting(f64),
    /// This piece is being dragged since this time.
    Dragging(Entity, f64),
}

impl Replay {
    /// The speeds, as multiples of the normal speed.
    pub const SPEEDS: [f32; 5] = [1.0, 2.0, 4.0, 8.0, 0.5];

    /// Returns a replay of this game from its beginning.
    #[must_use]
    pub fn of(mut timeline: Timeline, from_link: bool) -> Self {
        timeline.seek(0);
        Self { timeline, playing: true, step: false, speed: 0, hand: ReplayHand::Resting(0.0), from_link }
    }

    /// Stops at the current position. A piece that is being dragged returns to its slot.
    pub fn stop(&mut self) {
        self.playing = false;
        self.hand = ReplayHand::Resting(0.0);
    }

    /// Returns the current speed as a multiple of the normal speed.
    #[must_use]
    pub fn pace(&self) -> f32 {
        Self::SPEEDS[self.speed % Self::SPEEDS.len()]
    }
}

//! The game on the table: the player's own, or one that is shown in its place.

use bevy_ecs::prelude::*;

use crate::records::DailyResults;
use crate::rules::{Game, GameKind, Timeline};

/// A game of fewer drops, those included that were taken back, has hardly begun.
const FEW: usize = 3;

/// The player's game, what is shown in its place, and how often the table was set.
#[derive(Resource)]
pub struct Play {
    /// It waits while another one is shown.
    pub own: OwnGame,
    /// The replay that is going on.
    pub shown: Option<Replay>,
    /// How often the table was set, not by a drop. What was let go over another table than this is dropped nowhere.
    pub table: u64,
    /// How many games have ended since the program began.
    pub ends: u64,
    /// The game that has raised a best score last since the program began, by its id, and whether it was clean then.
    pub raised: Option<(u64, bool)>,
}

/// A game of the player's.
#[derive(Clone, Debug)]
pub struct OwnGame {
    /// No other game has the same.
    pub id: u64,
    /// The game, with its past and its future.
    pub timeline: Timeline,
    /// How many drops there were when the game was played on from a replay, and so may be somebody else's; 0 if all are the
    /// player's own.
    pub played_on_from: usize,
}

impl OwnGame {
    /// A game that the player plays from its beginning.
    #[must_use]
    pub fn new(id: u64, timeline: Timeline) -> Self {
        Self { id, timeline, played_on_from: 0 }
    }

    /// Are all of its drops the player's own? Else it has no best, is no result of a day, and is in no statistics.
    #[must_use]
    pub fn is_all_own(&self) -> bool {
        self.played_on_from == 0
    }

    /// Would the player be sorry to lose it? Not a game that has hardly begun, and not one that is over; but a board that takes its
    /// day from its first drop on: there is only one. Drops that were taken back can be played again, and are missed as well.
    #[must_use]
    pub fn would_be_missed(&self, results: &DailyResults) -> bool {
        let is_begun = self.timeline.drops().len() >= FEW || self.takes_its_day(results);
        is_begun && !self.timeline.game().is_over()
    }

    /// Is it the daily board of a day that has no result, and has a drop been made on it? Then this is the game that counts, also if
    /// everything was taken back.
    #[must_use]
    pub fn takes_its_day(&self, results: &DailyResults) -> bool {
        let timeline = &self.timeline;
        let is_touched = timeline.undos() > 0 || !timeline.drops().is_empty();
        let counts = self.is_all_own() && timeline.deal().kind == GameKind::Daily;
        is_touched && counts && !results.is_practice(timeline.deal())
    }
}

impl Play {
    /// The player's own game on the table.
    #[must_use]
    pub fn of(own: OwnGame) -> Self {
        Self { own, shown: None, table: 0, ends: 0, raised: None }
    }

    /// What is on the table.
    #[must_use]
    pub fn timeline(&self) -> &Timeline {
        self.shown.as_ref().map_or(&self.own.timeline, |replay| &replay.timeline)
    }

    /// What is on the table, to be moved on or back.
    pub fn timeline_mut(&mut self) -> &mut Timeline {
        self.shown.as_mut().map_or(&mut self.own.timeline, |replay| &mut replay.timeline)
    }

    /// The game on the table.
    #[must_use]
    pub fn game(&self) -> &Game {
        self.timeline().game()
    }

    /// Is it the player's own, and not only shown?
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.shown.is_none()
    }

    /// Can its score be a best one? Not what is only shown or was played on from that, and not a daily board that has its result:
    /// that is practice.
    #[must_use]
    pub fn counts(&self, results: &DailyResults) -> bool {
        self.is_live() && self.own.is_all_own() && !results.is_practice(self.timeline().deal())
    }
}

/// A replay.
pub struct Replay {
    /// The game that is shown.
    pub timeline: Timeline,
    /// Does it go on by itself?
    pub playing: bool,
    /// Shall it pause after the next drop?
    pub step: bool,
    /// Place in [`Self::SPEEDS`].
    pub speed: usize,
    /// The hand that drags.
    pub hand: ReplayHand,
    /// Was it opened from a link? Then the player is told that the rules have checked it.
    pub from_link: bool,
}

/// What the hand of a replay does.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum ReplayHand {
    /// It waits, until this time at least.
    Resting(f64),
    /// It drags this piece since then.
    Dragging(Entity, f64),
}

impl Replay {
    /// How many times as fast as usual it can be.
    pub const SPEEDS: [f32; 5] = [1.0, 2.0, 4.0, 8.0, 0.5];

    /// A replay of this game from its beginning.
    #[must_use]
    pub fn of(mut timeline: Timeline, from_link: bool) -> Self {
        timeline.seek(0);
        Self { timeline, playing: true, step: false, speed: 0, hand: ReplayHand::Resting(0.0), from_link }
    }

    /// Stops where it is; what the hand drags falls back.
    pub fn stop(&mut self) {
        self.playing = false;
        self.hand = ReplayHand::Resting(0.0);
    }

    /// How many times as fast as usual it is.
    #[must_use]
    pub fn pace(&self) -> f32 {
        Self::SPEEDS[self.speed % Self::SPEEDS.len()]
    }
}

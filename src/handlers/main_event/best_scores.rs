//! Stores a best score as soon as it is beaten.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use crate::events::{Cause, Dropped, RecordChanged, TableSet};
use crate::records::{self, Bests, DailyResults};
use crate::world::{Play, Stored};
use blockers_event_bus::{Batch, HandlerResult, Publisher};

/// What both functions use.
#[derive(SystemParam)]
pub struct BestScores<'w> {
    play: ResMut<'w, Play>,
    bests: ResMut<'w, Stored<Bests>>,
    results: Res<'w, Stored<DailyResults>>,
    changes: Publisher<'w, RecordChanged>,
}

/// Raises the best score to that of an accepted drop in the player's own game.
///
/// # Errors
/// The topic `record changed` is full.
pub fn on_drop(batch: Batch<Dropped>, mut best_scores: BestScores) -> HandlerResult {
    for event in batch {
        if let Ok(turn) = event.outcome
            && event.live
        {
            best_scores.raise(turn.score)?;
        }
    }
    Ok(())
}

/// After an undo or a redo the game may count as one with undos, which has a best score of its own.
///
/// # Errors
/// The topic `record changed` is full.
pub fn on_table_set(batch: Batch<TableSet>, mut best_scores: BestScores) -> HandlerResult {
    for event in batch {
        match event.cause {
            Cause::Undone(_) | Cause::Redone => best_scores.raise(event.score)?,
            Cause::Began | Cause::Resumed | Cause::Imported | Cause::Sought => {}
        }
    }
    Ok(())
}

impl BestScores<'_> {
    fn raise(&mut self, score: u64) -> HandlerResult {
        let (kind, clean) = (self.play.timeline().deal().kind, self.play.timeline().is_clean());
        if self.play.counts(&self.results.0) && self.bests.0.raise(kind, clean, score) {
            self.play.raised = Some((self.play.own.id, clean));
            self.changes.publish(RecordChanged::new(records::BESTS, self.bests.0.to_text()))?;
        }
        Ok(())
    }
}

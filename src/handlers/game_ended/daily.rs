//! Stores the result of each day's board: that of the first game that ended, and no other.

use bevy_ecs::prelude::*;

use crate::events::{GameEnded, RecordChanged};
use crate::ports::Clock;
use crate::records::{self, DailyResult, DailyResults, daily};
use crate::world::Stored;
use blockers_event_bus::{Batch, HandlerResult, Publisher};

/// Stores the result of a daily board, once a day. A board of a day that has not begun anywhere has no result yet. The
/// player's own day is not the limit, because it can be set back during a game, by travel or by the end of summer time.
///
/// # Errors
/// The topic `record changed` is full, or the recording contains an illegal drop.
pub fn on_game_ended(
    batch: Batch<GameEnded>,
    mut results: ResMut<Stored<DailyResults>>,
    clock: NonSend<Box<dyn Clock>>,
    changes: Publisher<RecordChanged>,
) -> HandlerResult {
    for event in batch {
        let GameEnded { recording, all_own, .. } = event.event();
        let date = daily::date_of(recording.deal).filter(|date| *all_own && *date <= clock.latest_date());
        let Some(date) = date else { continue };
        let game = recording.verify()?;
        let result = DailyResult { score: game.score(), drops: game.drops(), undos: recording.undos };
        if results.0.enter(date, result) {
            changes.publish(RecordChanged::new(records::DAILY, results.0.to_text()))?;
        }
    }
    Ok(())
}

//! Counts ended games in the statistics.

use bevy_ecs::prelude::*;

use crate::events::{GameEnded, RecordChanged};
use crate::records::{self, Archive, EndedGame};
use crate::world::Stored;
use blockers_event_bus::{Batch, HandlerResult, Publisher};

/// Adds every ended game to the archive. A game without drops does not count, nor does one that was continued from a
/// replay, because its first drops may be another player's.
///
/// # Errors
/// The topic `record changed` is full, or the recording contains an illegal drop.
pub fn on_game_ended(
    batch: Batch<GameEnded>,
    mut archive: ResMut<Stored<Archive>>,
    changes: Publisher<RecordChanged>,
) -> HandlerResult {
    for event in batch {
        if event.recording.drops.is_empty() || !event.all_own {
            continue;
        }
        archive.0.enter(EndedGame::of(event.id, &event.recording)?);
        changes.publish(RecordChanged::new(records::ARCHIVE, archive.0.to_text()))?;
    }
    Ok(())
}

//! Stores the game after every change.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use crate::events::{Dropped, RecordChanged, TableSet};
use crate::ports::Announcer;
use crate::records::{self, SavedGame};
use crate::words;
use crate::world::{Generations, OwnGame, Play};
use blockers_event_bus::{Batch, HandlerResult, Publisher};
use blockers_rules::notation::MAX_DROPS;

/// What both functions use.
#[derive(SystemParam)]
pub struct SaveGame<'w> {
    play: Res<'w, Play>,
    generations: ResMut<'w, Generations>,
    announcer: NonSendMut<'w, Box<dyn Announcer>>,
    changes: Publisher<'w, RecordChanged>,
}

/// Saves the game after every accepted drop.
///
/// # Errors
/// The topic `record changed` is full.
pub fn on_drop(batch: Batch<Dropped>, mut game: SaveGame) -> HandlerResult {
    for event in batch {
        if event.outcome.is_ok() {
            game.save()?;
        }
    }
    Ok(())
}

/// Saves the game whenever the table is set.
///
/// # Errors
/// The topic `record changed` is full.
pub fn on_table_set(batch: Batch<TableSet>, mut game: SaveGame) -> HandlerResult {
    for _ in batch {
        game.save()?;
    }
    Ok(())
}

impl SaveGame<'_> {
    /// Replaces the older of the two records of the game, so that one is intact whatever happens to the other. A game
    /// with more drops than can be read again is not saved any more; the player gets one notice of it.
    fn save(&mut self) -> HandlerResult {
        if !self.play.is_live() {
            return Ok(());
        }
        let OwnGame { id, timeline, played_on_from } = &self.play.own;
        let generations = &mut *self.generations;
        if timeline.position() > MAX_DROPS {
            if generations.too_long.replace(*id) != Some(*id) {
                self.announcer.notice_for_now(&words::too_long(MAX_DROPS));
            }
            return Ok(());
        }
        generations.newest = generations.newest.saturating_add(1);
        let saved = SavedGame {
            id: *id,
            generation: generations.newest,
            recording: timeline.whole(),
            position: timeline.position(),
            played_on_from: *played_on_from,
        };
        self.changes.publish(RecordChanged::new(records::GAME[generations.next], saved.to_text()))?;
        generations.next = 1 - generations.next;
        Ok(())
    }
}

//! Announces every drop, and every table that was set, in one sentence for screen readers.

use bevy_ecs::prelude::*;

use crate::events::{Cause, Dropped, TableSet};
use crate::ports::Announcer;
use crate::words;
use blockers_event_bus::Batch;
use blockers_rules::Turn;

/// Announces the newest drop. Older drops of the same batch are out of date.
pub fn on_drop(batch: Batch<Dropped>, mut announcer: NonSendMut<Box<dyn Announcer>>) {
    let Some(event) = batch.last() else { return };
    // The end of the player's own game is announced by its panel, which gets the focus.
    let outcome = event.outcome.map(|turn| Turn { over: turn.over && !event.live, ..turn });
    announcer.announce(&words::dropped(&outcome));
}

/// Announces why the table was set, and removes the notices that were about the game before.
pub fn on_table_set(batch: Batch<TableSet>, mut announcer: NonSendMut<Box<dyn Announcer>>) {
    for event in batch {
        // The first table comes with the notices about the start.
        if matches!(event.cause, Cause::Began | Cause::Imported) && event.seq() > 0 {
            announcer.begin_game();
        }
        announcer.announce(&words::table_set(event));
    }
}

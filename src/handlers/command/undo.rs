//! Undoes and redoes drops of the player's own game.

use bevy_ecs::prelude::*;

use crate::events::{Cause, Command, TableSet, UndoCommand};
use crate::transitions::set_table;
use crate::world::Play;
use blockers_event_bus::{Batch, HandlerResult, Publisher};

/// Goes one drop back or forth. Nothing happens during a replay, or where there is no such drop.
///
/// # Errors
/// The topic `table set` is full.
pub fn on_command(batch: Batch<Command>, mut play: ResMut<Play>, tables: Publisher<TableSet>) -> HandlerResult {
    for event in batch {
        let Command::Undo(command) = event.event() else { continue };
        if !play.is_live() {
            continue;
        }
        let timeline = &mut play.own.timeline;
        let cause = match command {
            UndoCommand::Undo => timeline.last().filter(|_| timeline.undo()).map(Cause::Undone),
            UndoCommand::Redo => timeline.redo().then_some(Cause::Redone),
        };
        if let Some(cause) = cause {
            tables.publish(set_table(&mut play, cause))?;
        }
    }
    Ok(())
}

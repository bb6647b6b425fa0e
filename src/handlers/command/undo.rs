//! Takes drops back, and plays them again.

use bevy_ecs::prelude::*;

use super::CommandHandler;
use crate::bus::{Envelope, HandlerResult, Publisher};
use crate::events::{Cause, CommandEvent, TableSet};
use crate::world::Play;

/// Goes back and forth in the player's own game, a drop at a time.
pub struct Undo;

type Params<'w> = (ResMut<'w, Play>, Publisher<'w, TableSet>);

impl CommandHandler for Undo {
    const NAME: &str = "undo";
    type Params = Params<'static>;

    fn on_command(event: &Envelope<CommandEvent>, (play, tables): &mut Params) -> HandlerResult {
        if !play.is_live() {
            return Ok(());
        }
        let cause = match event.body() {
            CommandEvent::UndoRequested => {
                let last = play.own.timeline.last();
                last.filter(|_| play.own.timeline.undo()).map(Cause::Undone)
            }
            CommandEvent::RedoRequested => play.own.timeline.redo().then_some(Cause::Redone),
            _ => None,
        };
        if let Some(cause) = cause {
            tables.publish(TableSet::of(play, cause))?;
        }
        Ok(())
    }
}

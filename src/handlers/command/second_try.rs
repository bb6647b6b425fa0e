//! What could not be stored gets a second try when the player begins another game: by then there may be room.

use bevy_ecs::prelude::*;

use super::CommandHandler;
use crate::bus::{BusExt, DeadLetter, Envelope, HandlerResult, Topic};
use crate::events::{CommandEvent, RecordChanged};

/// Gives dead letters back to the group that gave them up, each once.
pub struct SecondTry;

type Params<'w, 's> = (Res<'w, Topic<DeadLetter<RecordChanged>>>, Local<'s, u64>, Commands<'w, 's>);

impl CommandHandler for SecondTry {
    const NAME: &str = "second try";
    type Params = Params<'static, 'static>;

    fn on_command(event: &Envelope<CommandEvent>, (letters, done, commands): &mut Params) -> HandlerResult {
        if !matches!(event.body(), CommandEvent::GameRequested(_) | CommandEvent::GameConfirmed) {
            return Ok(());
        }
        let before = **done;
        for letter in letters.retained().into_iter().filter(|letter| letter.seq() >= before) {
            **done = letter.seq() + 1;
            commands.queue(move |world: &mut World| {
                // A group that is gone wants nothing back.
                let _ = world.redeliver(&letter);
            });
        }
        Ok(())
    }
}

//! Gives everything that is stored as one file, and takes such a file.

use bevy_ecs::prelude::*;

use super::CommandHandler;
use crate::bus::{Envelope, HandlerError, HandlerResult, Publisher};
use crate::events::{CommandEvent, RecordChanged};
use crate::loading;
use crate::ports::{Clock, Outlet, Storage};
use crate::records::{Date, backup};
use crate::words;

/// Exports and imports.
pub struct Transfer;

type Params<'w, 's> = (
    NonSend<'w, Box<dyn Storage>>,
    NonSend<'w, Box<dyn Clock>>,
    NonSendMut<'w, Box<dyn Outlet>>,
    Publisher<'w, RecordChanged>,
    Commands<'w, 's>,
);

impl CommandHandler for Transfer {
    const NAME: &str = "transfer";
    type Params = Params<'static, 'static>;

    fn on_command(
        event: &Envelope<CommandEvent>,
        (storage, clock, outlet, changes, commands): &mut Params,
    ) -> HandlerResult {
        match event.body() {
            CommandEvent::ExportRequested => {
                let date = Date::from_unix_ms(clock.unix_ms());
                outlet.save_file(&format!("blockers-{date}.txt"), &backup::write(&storage.all()));
            }
            CommandEvent::ImportRequested(text) => {
                let records = backup::read(text).map_err(|error| HandlerError::new(words::import_refused(&error)))?;
                // What the file does not have is to be gone.
                let gone =
                    storage.all().into_keys().filter(|key| !records.contains_key(key)).map(|key| (key, String::new()));
                for (key, text) in gone.chain(records.clone()) {
                    changes.publish(RecordChanged::new(key, text))?;
                }
                commands.queue(move |world: &mut World| loading::take_over(world, &records));
            }
            _ => {}
        }
        Ok(())
    }
}

//! Gives everything that is stored as one file, and takes such a file.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use super::CommandHandler;
use crate::bus::{Envelope, HandlerError, HandlerResult, Publisher};
use crate::events::{CommandEvent, RecordChanged};
use crate::loading::{self, SETTINGS, SOUND};
use crate::ports::{Clock, Outlet, Records, Storage};
use crate::records::{ARCHIVE, BESTS, DAILY, DailyResults, Date, GAME, backup};
use crate::words;
use crate::world::{Kept, OpenPanel, Panel, Play, Settings, SoundSettings};

/// Exports and imports. A file takes the place of everything; where that would be missed, only if the player says so.
pub struct Transfer;

/// What the way out and in needs of the world.
#[derive(SystemParam)]
#[expect(missing_docs, reason = "the types say it")]
pub struct Params<'w, 's> {
    pub storage: NonSend<'w, Box<dyn Storage>>,
    pub clock: NonSend<'w, Box<dyn Clock>>,
    pub outlet: NonSendMut<'w, Box<dyn Outlet>>,
    pub play: Res<'w, Play>,
    pub results: Res<'w, Kept<DailyResults>>,
    pub panel: ResMut<'w, OpenPanel>,
    pub changes: Publisher<'w, RecordChanged>,
    pub commands: Commands<'w, 's>,
    /// What the file has that the player is asked about.
    pub waiting: Local<'s, Records>,
}

impl CommandHandler for Transfer {
    const NAME: &str = "transfer";
    type Params = Params<'static, 'static>;

    fn on_command(event: &Envelope<CommandEvent>, params: &mut Params) -> HandlerResult {
        match event.body() {
            CommandEvent::ExportRequested => {
                let date = Date::from_unix_ms(params.clock.unix_ms());
                params.outlet.save_file(&format!("blockers-{date}.txt"), &backup::write(&params.storage.all()));
            }
            CommandEvent::ImportRequested(text) => {
                let records = read(text)?;
                if !params.would_be_missed(&records) {
                    return params.replace(records);
                }
                *params.waiting = records;
                params.panel.0 = Some(Panel::Replacing);
            }
            CommandEvent::ImportRefused(error) => return Err(HandlerError::new(words::import_refused(error))),
            CommandEvent::ImportConfirmed if params.panel.0 == Some(Panel::Replacing) => {
                let records = std::mem::take(&mut *params.waiting);
                return params.replace(records);
            }
            CommandEvent::PanelClosed | CommandEvent::PanelOpened(_) => params.waiting.clear(),
            _ => {}
        }
        Ok(())
    }
}

impl Params<'_, '_> {
    /// Is there something that would be gone, and that the player would miss?
    fn would_be_missed(&self, records: &Records) -> bool {
        let here = self.storage.all();
        let differs = |key: &str| here.get(key).is_some_and(|text| records.get(key) != Some(text));
        // Without a game in the file the one at hand goes on.
        let has_game = GAME.iter().any(|&key| records.contains_key(key));
        [BESTS, DAILY, ARCHIVE].into_iter().any(differs) || (has_game && self.play.own.would_be_missed(&self.results.0))
    }

    /// Puts these records into the place of all others.
    fn replace(&mut self, records: Records) -> HandlerResult {
        // What the file does not have is to be gone.
        let gone = self.storage.all().into_keys().filter(|key| !records.contains_key(key));
        for (key, text) in gone.map(|key| (key, String::new())).chain(records.clone()) {
            self.changes.publish(RecordChanged::new(key, text))?;
        }
        self.commands.queue(move |world: &mut World| loading::take_over(world, &records));
        Ok(())
    }
}

/// Does a text mean something?
type Means = fn(&str) -> bool;

/// The records that say what was chosen, and whether a text is one of them. The backup does not know what can be chosen.
const CHOSEN: [(&str, Means); 2] =
    [(SOUND, |text| SoundSettings::parse(text).is_some()), (SETTINGS, |text| Settings::parse(text).is_ok())];

/// The records of a file, if all of them mean something; else the sentence that says why it is not taken.
fn read(text: &str) -> Result<Records, HandlerError> {
    let records = backup::read(text).map_err(|error| HandlerError::new(words::import_refused(&error)))?;
    let is_nonsense = |&&(key, means): &&(&str, Means)| records.get(key).is_some_and(|text| !means(text));
    if let Some((key, _)) = CHOSEN.iter().find(is_nonsense) {
        let reason = format!("`{key}` cannot be read: there is nothing like that to choose");
        return Err(HandlerError::new(words::import_refused(&reason)));
    }
    Ok(records)
}

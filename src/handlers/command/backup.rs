//! Exports all records as one file, and imports such a file.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use crate::events::{BackupCommand, Command, PanelCommand, RecordChanged};
use crate::loading;
use crate::ports::{Clock, Outlet, Storage};
use crate::records::{self, ARCHIVE, BESTS, DAILY, DailyResults, GAME, Records, backup};
use crate::words;
use crate::world::{OpenPanel, Panel, Play, Settings, SoundSettings, Stored};
use blockers_event_bus::{Batch, HandlerError, HandlerResult, Publisher};

/// What exports and imports use: more than the seven parameters that a function may have.
#[derive(SystemParam)]
pub struct Backup<'w, 's> {
    storage: NonSend<'w, Box<dyn Storage>>,
    clock: NonSend<'w, Box<dyn Clock>>,
    outlet: NonSendMut<'w, Box<dyn Outlet>>,
    play: Res<'w, Play>,
    results: Res<'w, Stored<DailyResults>>,
    panel: ResMut<'w, OpenPanel>,
    changes: Publisher<'w, RecordChanged>,
    commands: Commands<'w, 's>,
    /// The records of the file that the open question is about.
    pending: Local<'s, Records>,
}

/// Exports all records, or replaces them by those of a file. If records would be missed, the player is asked first.
///
/// # Errors
/// The file is not a valid backup, or the topic `record changed` is full.
pub fn on_command(batch: Batch<Command>, mut handler: Backup) -> HandlerResult {
    for event in batch {
        match event.event() {
            Command::Backup(command) => handler.carry_out(command)?,
            // Every panel closes the question.
            Command::Panel(PanelCommand::Close | PanelCommand::Open(_)) => handler.pending.clear(),
            _ => {}
        }
    }
    Ok(())
}

impl Backup<'_, '_> {
    fn carry_out(&mut self, command: &BackupCommand) -> HandlerResult {
        match command {
            BackupCommand::Export => self.export(),
            BackupCommand::Import(text) => self.import(text)?,
            BackupCommand::RefuseImport(error) => return Err(HandlerError::new(words::import_refused(error))),
            BackupCommand::ConfirmImport => self.confirm()?,
        }
        Ok(())
    }

    fn export(&mut self) {
        let date = self.clock.today();
        self.outlet.save_file(&format!("blockers-{date}.txt"), &backup::write(&self.storage.all()));
    }

    fn import(&mut self, text: &str) -> HandlerResult {
        let records = parse(text)?;
        if !self.would_be_missed(&records) {
            return self.replace(records);
        }
        *self.pending = records;
        self.panel.0 = Some(Panel::Replacing);
        Ok(())
    }

    fn confirm(&mut self) -> HandlerResult {
        if self.panel.0 != Some(Panel::Replacing) {
            return Ok(());
        }
        let records = std::mem::take(&mut *self.pending);
        self.replace(records)
    }

    /// Returns `true` if these records would replace something that the player would miss.
    fn would_be_missed(&self, records: &Records) -> bool {
        let stored = self.storage.all();
        let differs = |key: &str| stored.get(key).is_some_and(|text| records.get(key) != Some(text));
        // If the file has no game, the current one goes on.
        let has_game = GAME.iter().any(|&key| records.contains_key(key));
        [BESTS, DAILY, ARCHIVE].into_iter().any(differs) || (has_game && self.play.own.would_be_missed(&self.results.0))
    }

    /// Replaces all stored records by these. A stored record that the file does not have becomes empty.
    fn replace(&mut self, records: Records) -> HandlerResult {
        let removed = self.storage.all().into_keys().filter(|key| !records.contains_key(key));
        for (key, text) in removed.map(|key| (key, String::new())).chain(records.clone()) {
            self.changes.publish(RecordChanged::new(key, text))?;
        }
        self.commands.queue(move |world: &mut World| loading::replace_all(world, &records));
        Ok(())
    }
}

/// Returns `true` if a text is valid.
type IsValid = fn(&str) -> bool;

/// The records that [`backup::read`] cannot check, because their types are not known there.
const VALIDATORS: [(&str, IsValid); 2] = [
    (records::SOUND, |text| SoundSettings::parse(text).is_some()),
    (records::SETTINGS, |text| Settings::parse(text).is_ok()),
];

/// Returns the records of a file if all of them are valid, otherwise the sentence for the player.
fn parse(text: &str) -> Result<Records, HandlerError> {
    let records = backup::read(text).map_err(|error| HandlerError::new(words::import_refused(&error)))?;
    let is_invalid = |&&(key, is_valid): &&(&str, IsValid)| records.get(key).is_some_and(|text| !is_valid(text));
    if let Some((key, _)) = VALIDATORS.iter().find(is_invalid) {
        return Err(HandlerError::new(words::import_refused(&format!("`{key}` is not valid"))));
    }
    Ok(records)
}

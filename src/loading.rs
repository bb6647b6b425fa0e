//! From what is stored to the world, at the start and when a backup is imported.
//!
//! Comes in: records. Goes out: resources, the game that goes on, and a sentence for each record that could not be read; its text
//! is kept aside.

use bevy_ecs::prelude::*;

use crate::bus::BusExt;
use crate::events::{Cause, RecordChanged, TableSet};
use crate::ports::{Announcer, Audio, Records};
use crate::records::{self, Archive, Bests, DailyResults};
use crate::words;
use crate::world::{Generations, Kept, OpenPanel, OwnGame, Play, Settings, SoundSettings, SystemWishes};

/// The key of the settings of sound; see [`SoundSettings::parse`] for the text.
pub const SOUND: &str = "blockers.sound";
/// The key of all other settings; see [`Settings::parse`] for the text.
pub const SETTINGS: &str = "blockers.settings";

/// Puts everything that these records say into the world, and returns the game that goes on, if there is one.
pub fn load(world: &mut World, stored: &Records) -> Option<OwnGame> {
    let text = |key: &str| stored.get(key).map(String::as_str);
    let bests = text(records::BESTS).map(Bests::parse).transpose();
    let bests = bests.unwrap_or_else(|error| aside(world, records::BESTS, text(records::BESTS), String::new(), &error));
    world.insert_resource(Kept(bests.unwrap_or_default()));
    let daily = text(records::DAILY).map(DailyResults::parse).transpose();
    let daily = daily.unwrap_or_else(|error| aside(world, records::DAILY, text(records::DAILY), String::new(), &error));
    world.insert_resource(Kept(daily.unwrap_or_default()));
    let (archive, damaged) = text(records::ARCHIVE).map(Archive::parse).unwrap_or_default();
    if let Some(first) = damaged.first() {
        let lines: Vec<_> = damaged.iter().map(|line| line.text.as_str()).filter(|line| !line.is_empty()).collect();
        aside::<()>(
            world,
            records::ARCHIVE,
            Some(&lines.join("\n")).filter(|_| !lines.is_empty()).map(String::as_str),
            archive.to_text(),
            first,
        );
    }
    world.insert_resource(Kept(archive));
    let sound = text(SOUND).map(|text| SoundSettings::parse(text).ok_or("it says neither `on` nor `off` and a volume"));
    let sound = sound
        .transpose()
        .unwrap_or_else(|error| aside(world, SOUND, text(SOUND), String::new(), &error))
        .unwrap_or_default();
    world.non_send_mut::<Box<dyn Audio>>().set_volume(sound.loudness());
    world.insert_resource(sound);
    let settings = text(SETTINGS).map(|text| Settings::parse(text).map_err(|part| format!("`{part}` is no setting")));
    let settings = settings
        .transpose()
        .unwrap_or_else(|error| aside(world, SETTINGS, text(SETTINGS), String::new(), &error))
        .unwrap_or_default();
    words::speak(settings.spoken(*world.resource::<SystemWishes>()));
    world.insert_resource(settings);

    let found = records::newest(records::GAME.map(text));
    for (slot, text, reason) in &found.damaged {
        aside::<()>(world, records::GAME[*slot], Some(text), String::new(), reason);
    }
    let newest = found.game.as_ref().map_or(0, |(saved, _)| saved.generation);
    world.insert_resource(Generations { next: found.slot, newest });
    found.game.map(|(saved, timeline)| OwnGame { id: saved.id, timeline })
}

/// Keeps a text aside that could not be read, leaves the rest in its place, and tells the player. There is nothing to be had
/// from it.
fn aside<T>(
    world: &mut World,
    key: &str,
    text: Option<&str>,
    rest: String,
    reason: &dyn std::fmt::Display,
) -> Option<T> {
    world.non_send_mut::<Box<dyn Announcer>>().notice(&words::stored_nonsense(key, reason));
    if let Some(text) = text {
        // A full topic counts what it refuses, and the text is where it was.
        let _ = world.publish(RecordChanged::new(records::aside(key), text.to_owned()));
        let _ = world.publish(RecordChanged::new(key, rest));
    }
    None
}

/// Everything is as in these records from now on.
pub fn take_over(world: &mut World, records: &Records) {
    let game = load(world, records);
    world.insert_resource(OpenPanel::default());
    let mut play = world.resource_mut::<Play>();
    play.shown = None;
    if let Some(game) = game {
        play.own = game;
    }
    let table = TableSet::of(&mut play, Cause::Imported);
    // It is wired; were the topic full, the table would be set with the next drop.
    let _ = world.publish(table);
}

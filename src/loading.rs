//! Loads the stored records into the world, at the start and when a backup is imported.
//!
//! A record that cannot be parsed is set aside, and leads to a notice.

use std::fmt;

use bevy_ecs::prelude::*;

use crate::events::{Cause, RecordChanged};
use crate::ports::{Announcer, Audio};
use crate::records::{self, Archive, Bests, DailyResults, Records};
use crate::transitions::{end_game, set_table};
use crate::words;
use crate::world::{Generations, OpenPanel, OwnGame, Play, Settings, SoundSettings, Stored, SystemPreferences};
use blockers_event_bus::WorldBusExt;

/// Inserts the values of these records into the world, and returns the game to continue, if there is one. Scores and
/// results that cannot be parsed are recovered from the archive as far as possible.
pub fn load(world: &mut World, stored: &Records) -> Option<OwnGame> {
    let archive = archive(world, stored);
    let daily = read(world, stored, records::DAILY, DailyResults::parse, || {
        let recovered = DailyResults::recovered(&archive);
        let text = recovered.to_text();
        (recovered, text)
    });
    let bests = read(world, stored, records::BESTS, Bests::parse, || {
        let recovered = Bests::recovered(&archive, &daily);
        let text = recovered.to_text();
        (recovered, text)
    });
    world.insert_resource(Stored(archive));
    world.insert_resource(Stored(daily));
    world.insert_resource(Stored(bests));

    let parse = |text: &str| SoundSettings::parse(text).ok_or("expected `on` or `off` and a volume");
    let sound = read(world, stored, records::SOUND, parse, Default::default);
    world.non_send_mut::<Box<dyn Audio>>().set_volume(sound.loudness());
    world.insert_resource(sound);
    let settings = read(world, stored, records::SETTINGS, Settings::parse, Default::default);
    words::speak(settings.spoken(*world.resource::<SystemPreferences>()));
    world.insert_resource(settings);

    let found = records::newest(records::GAME.map(|key| stored.get(key).map(String::as_str)));
    for (slot, text, reason) in &found.damaged {
        set_aside(world, stored, (records::GAME[*slot], text), String::new(), reason);
    }
    let newest = found.game.as_ref().map_or(0, |(saved, _)| saved.generation);
    world.insert_resource(Generations { next: found.slot, newest, too_long: None });
    found.game.map(|(saved, timeline)| OwnGame { id: saved.id, timeline, played_on_from: saved.played_on_from })
}

/// Parses a record. If that fails, the record is set aside, and `fallback` returns the value and the text that replace
/// it in the world and in the storage.
fn read<T: Default, E: fmt::Display>(
    world: &mut World,
    stored: &Records,
    key: &str,
    parse: impl FnOnce(&str) -> Result<T, E>,
    fallback: impl FnOnce() -> (T, String),
) -> T {
    stored.get(key).map_or_else(T::default, |text| read_text(world, stored, (key, text), parse, fallback))
}

#[inline(never)] // Late, see ARCHITECTURE.md.
fn read_text<T, E: fmt::Display>(
    world: &mut World,
    stored: &Records,
    (key, text): (&str, &str),
    parse: impl FnOnce(&str) -> Result<T, E>,
    fallback: impl FnOnce() -> (T, String),
) -> T {
    parse(text).unwrap_or_else(|error| {
        let (value, replacement) = fallback();
        set_aside(world, stored, (key, text), replacement, &error);
        value
    })
}

/// Parses the archive. If it is damaged, the counts of the remaining games are computed again.
fn archive(world: &mut World, stored: &Records) -> Archive {
    stored.get(records::ARCHIVE).map_or_else(Archive::default, |text| archive_of(world, stored, text))
}

#[inline(never)] // Late, see ARCHITECTURE.md.
fn archive_of(world: &mut World, stored: &Records, text: &str) -> Archive {
    let (archive, damaged) = Archive::parse(text);
    let Some(first) = damaged.first() else { return archive };
    let archive = archive.rebuild();
    let lines: Vec<_> = damaged.iter().map(|line| line.text.as_str()).filter(|line| !line.is_empty()).collect();
    if lines.is_empty() {
        world.non_send_mut::<Box<dyn Announcer>>().notice(&words::stored_incomplete(records::ARCHIVE, first));
        change(world, records::ARCHIVE.to_owned(), archive.to_text());
    } else {
        set_aside(world, stored, (records::ARCHIVE, &lines.join("\n")), archive.to_text(), first);
    }
    archive
}

/// Sets aside a text of this record that could not be parsed, replaces the record, and shows a notice.
fn set_aside(
    world: &mut World,
    stored: &Records,
    (key, text): (&str, &str),
    replacement: String,
    reason: &dyn fmt::Display,
) {
    world.non_send_mut::<Box<dyn Announcer>>().notice(&words::stored_unreadable(key, reason));
    change(world, records::free_set_aside_key(stored, key, text), text.to_owned());
    change(world, key.to_owned(), replacement);
}

fn change(world: &mut World, key: String, text: String) {
    // If the topic is full, it counts the refused event, and the storage stays as it is.
    let _ = world.publish(RecordChanged::new(key, text));
}

/// Replaces everything in the world by these records, which are from a backup. The counts of the archived games are
/// computed again, because the file may have been edited.
pub fn replace_all(world: &mut World, records: &Records) {
    let before = world.resource::<Generations>().newest;
    let game = load(world, records);
    // Of two copies of the storage, the one with the newer game takes precedence. So the imported game must be newer
    // than the replaced one.
    let mut generations = world.resource_mut::<Generations>();
    generations.newest = generations.newest.max(before);
    let archive = world.resource::<Stored<Archive>>().0.rebuild();
    if archive != world.resource::<Stored<Archive>>().0 {
        change(world, records::ARCHIVE.to_owned(), archive.to_text());
        world.insert_resource(Stored(archive));
    }
    world.insert_resource(OpenPanel::default());
    let mut play = world.resource_mut::<Play>();
    play.shown = None;
    if let Some(game) = game {
        play.own = game;
    }
    let table = set_table(&mut play, Cause::Imported);
    // The topic exists. If it is full, the next drop updates the view.
    let _ = world.publish(table);
    archive_finished_game(world);
}

/// Ends the current game again if it is over but not in the archive, because the archive was lost or is older than the
/// game.
pub fn archive_finished_game(world: &mut World) {
    let play = world.resource::<Play>();
    if play.own.timeline.game().is_over() && !world.resource::<Stored<Archive>>().0.has(play.own.id) {
        let ended = end_game(&mut world.resource_mut::<Play>());
        // The topic exists, and nothing has been published there yet, so it is not full.
        let _ = world.publish(ended);
    }
}

//! From what is stored to the world, at the start and when a backup is imported.
//!
//! Comes in: records. Goes out: resources, the game that goes on, and a sentence for each record that could not be read; its text
//! is kept aside.

use std::fmt;

use bevy_ecs::prelude::*;

use crate::bus::BusExt;
use crate::events::{Cause, GameEnded, RecordChanged, TableSet};
use crate::ports::{Announcer, Audio, Records};
use crate::records::{self, Archive, Bests, DailyResults};
use crate::words;
use crate::world::{Generations, Kept, OpenPanel, OwnGame, Play, Settings, SoundSettings, SystemWishes};

/// The key of the settings of sound; see [`SoundSettings::parse`] for the text.
pub const SOUND: &str = "blockers.sound";
/// The key of all other settings; see [`Settings::parse`] for the text.
pub const SETTINGS: &str = "blockers.settings";

/// Puts everything that these records say into the world, and returns the game that goes on, if there is one. What cannot be read
/// is found again from the archive, as far as it has it.
pub fn load(world: &mut World, stored: &Records) -> Option<OwnGame> {
    let archive = archive(world, stored);
    let daily = read(world, stored, records::DAILY, DailyResults::parse, || {
        let again = DailyResults::found_again(&archive);
        let text = again.to_text();
        (again, text)
    });
    let bests = read(world, stored, records::BESTS, Bests::parse, || {
        let again = Bests::found_again(&archive, &daily);
        let text = again.to_text();
        (again, text)
    });
    world.insert_resource(Kept(archive));
    world.insert_resource(Kept(daily));
    world.insert_resource(Kept(bests));

    let parse = |text: &str| SoundSettings::parse(text).ok_or("it says neither `on` nor `off` and a volume");
    let sound = read(world, stored, SOUND, parse, Default::default);
    world.non_send_mut::<Box<dyn Audio>>().set_volume(sound.loudness());
    world.insert_resource(sound);
    let parse = |text: &str| Settings::parse(text).map_err(|part| format!("`{part}` is no setting"));
    let settings = read(world, stored, SETTINGS, parse, Default::default);
    words::speak(settings.spoken(*world.resource::<SystemWishes>()));
    world.insert_resource(settings);

    let found = records::newest(records::GAME.map(|key| stored.get(key).map(String::as_str)));
    for (slot, text, reason) in &found.damaged {
        aside(world, stored, (records::GAME[*slot], text), String::new(), reason);
    }
    let newest = found.game.as_ref().map_or(0, |(saved, _)| saved.generation);
    world.insert_resource(Generations { next: found.slot, newest, too_long: None });
    found.game.map(|(saved, timeline)| OwnGame { id: saved.id, timeline, played_on_from: saved.played_on_from })
}

/// Reads a record. If it is not readable, something else takes its place, in the world and, as a text, in the storage.
fn read<T: Default, E: fmt::Display>(
    world: &mut World,
    stored: &Records,
    key: &str,
    parse: impl FnOnce(&str) -> Result<T, E>,
    instead: impl FnOnce() -> (T, String),
) -> T {
    let Some(text) = stored.get(key) else { return T::default() };
    parse(text).unwrap_or_else(|error| {
        let (value, rest) = instead();
        aside(world, stored, (key, text), rest, &error);
        value
    })
}

/// Reads the archive. What is left of a damaged one is counted again.
fn archive(world: &mut World, stored: &Records) -> Archive {
    let Some(text) = stored.get(records::ARCHIVE) else { return Archive::default() };
    let (archive, damaged) = Archive::parse(text);
    let Some(first) = damaged.first() else { return archive };
    let archive = archive.rebuild();
    let lines: Vec<_> = damaged.iter().map(|line| line.text.as_str()).filter(|line| !line.is_empty()).collect();
    if lines.is_empty() {
        world.non_send_mut::<Box<dyn Announcer>>().notice(&words::stored_incomplete(records::ARCHIVE, first));
        change(world, records::ARCHIVE.to_owned(), archive.to_text());
    } else {
        aside(world, stored, (records::ARCHIVE, &lines.join("\n")), archive.to_text(), first);
    }
    archive
}

/// Keeps a text aside that was found under this key and could not be read, leaves the rest in its place, and tells the player.
fn aside(world: &mut World, stored: &Records, (key, text): (&str, &str), rest: String, reason: &dyn fmt::Display) {
    world.non_send_mut::<Box<dyn Announcer>>().notice(&words::stored_nonsense(key, reason));
    change(world, records::place_aside(stored, key, text), text.to_owned());
    change(world, key.to_owned(), rest);
}

fn change(world: &mut World, key: String, text: String) {
    // A full topic counts what it refuses, and the text is where it was.
    let _ = world.publish(RecordChanged::new(key, text));
}

/// Everything is as in these records from now on. Whoever wrote them, the games in them are counted again.
pub fn take_over(world: &mut World, records: &Records) {
    let before = world.resource::<Generations>().newest;
    let game = load(world, records);
    // The copy with the newer game has the say, so this one must be newer than what was there.
    let mut generations = world.resource_mut::<Generations>();
    generations.newest = generations.newest.max(before);
    let archive = world.resource::<Kept<Archive>>().0.rebuild();
    if archive != world.resource::<Kept<Archive>>().0 {
        change(world, records::ARCHIVE.to_owned(), archive.to_text());
        world.insert_resource(Kept(archive));
    }
    world.insert_resource(OpenPanel::default());
    let mut play = world.resource_mut::<Play>();
    play.shown = None;
    if let Some(game) = game {
        play.own = game;
    }
    let table = TableSet::of(&mut play, Cause::Imported);
    // It is wired; were the topic full, the table would be set with the next drop.
    let _ = world.publish(table);
    end_again(world);
}

/// A game that is over is in the archive. If it is not, because the archive was lost or is older than the game, it ends once more.
pub fn end_again(world: &mut World) {
    let play = world.resource::<Play>();
    if play.own.timeline.game().is_over() && !world.resource::<Kept<Archive>>().0.has(play.own.id) {
        let ended = GameEnded::of(&mut world.resource_mut::<Play>());
        // It is wired, and nothing has been published there yet.
        let _ = world.publish(ended);
    }
}

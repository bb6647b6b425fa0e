//! The parsers and writers of today, applied to the files.

use std::collections::BTreeSet;

use blockers::records::{
    ARCHIVE, Archive, BESTS, Bests, DAILY, DailyResults, EndedGame, GAME, Records, SET_ASIDE, SETTINGS, SOUND,
    SavedGame, backup, newest,
};
use blockers::world::{Settings, SoundSettings};
use blockers_rules::notation;

use crate::describe::{self, Session};
use crate::fixtures::Fixtures;

/// Checks both notations of every recording.
pub(crate) fn recordings(fixtures: &Fixtures) {
    for name in fixtures.folders("recordings") {
        let file = |file: &str| fixtures.text(&format!("recordings/{name}/{file}.txt"));
        let (text, link, expected) = (file("text"), file("link"), file("expected"));
        let recording = notation::parse_text(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(describe::recording(&recording), expected, "{name}");
        let forms = [
            notation::parse(&text),
            notation::parse(&link),
            notation::parse_link(&link),
            notation::parse(&format!("https://example.org/blockers/#g={link}")),
        ];
        for parsed in forms {
            assert_eq!(parsed.as_ref(), Ok(&recording), "{name}");
        }
        assert_eq!((notation::to_text(&recording), notation::to_link(&recording)), (text, link), "{name}");
    }
}

/// Checks every stored record of every session.
pub(crate) fn stored(fixtures: &Fixtures) {
    let mut keys = BTreeSet::new();
    for session in fixtures.folders("sessions") {
        let records = fixtures.stored(&session);
        let expected = fixtures.text(&format!("sessions/{session}/expected.txt"));
        assert_eq!(describe_all(&records), expected, "{session}");
        for (key, text) in &records {
            assert_eq!(written_again(key, text).as_ref(), Some(text), "{session}: {key}");
        }
        let (archive, _) = records.get(ARCHIVE).map(|text| Archive::parse(text)).unwrap_or_default();
        for game in archive.games() {
            assert_eq!(EndedGame::of(game.id, &game.recording).as_ref(), Ok(game), "{session}");
        }
        keys.extend(records.into_keys());
    }
    let stored = GAME.into_iter().chain([BESTS, DAILY, ARCHIVE, SOUND, SETTINGS]);
    let missing: Vec<_> = stored.filter(|key| !keys.contains(*key)).collect();
    assert!(missing.is_empty(), "no session has these records: {missing:?}");
    assert!(keys.iter().any(|key| key.starts_with(SET_ASIDE)), "no session has a text that was set aside");
}

/// Checks that every backup contains the stored records of its session.
pub(crate) fn backups(fixtures: &Fixtures) {
    for session in fixtures.folders("sessions") {
        let text = fixtures.text(&format!("sessions/{session}/backup.txt"));
        let records = backup::read(&text).unwrap_or_else(|error| panic!("{session}: {error}"));
        assert_eq!(records, fixtures.stored(&session), "{session}");
        assert_eq!(backup::write(&records), text, "{session}");
    }
}

/// Checks every line of settings.
pub(crate) fn settings(fixtures: &Fixtures) {
    lines(fixtures, "settings", |line| {
        let settings = Settings::parse(line).unwrap_or_else(|error| panic!("{error}"));
        (describe::settings(&settings), settings.to_string())
    });
}

/// Checks every line of sound settings.
pub(crate) fn sound(fixtures: &Fixtures) {
    lines(fixtures, "sound", |line| {
        let sound = SoundSettings::parse(line).unwrap_or_else(|| panic!("`{line}` is not read"));
        (describe::sound(&sound), sound.to_string())
    });
}

/// Checks a file of lines. `read` returns the description of a line's value and the text that is written for it.
fn lines(fixtures: &Fixtures, name: &str, read: fn(&str) -> (String, String)) {
    let texts = fixtures.text(&format!("{name}/{name}.txt"));
    let expected = fixtures.text(&format!("{name}/expected.txt"));
    assert_eq!(texts.lines().count(), expected.lines().count(), "{name}");
    for (line, expected) in texts.lines().zip(expected.lines()) {
        let (description, written) = read(line);
        assert_eq!((description.trim_end(), written.as_str()), (expected, line));
    }
}

/// Describes these records as `expected.txt` does.
fn describe_all(records: &Records) -> String {
    let text = |key: &str| records.get(key).map(String::as_str);
    let found = newest(GAME.map(text));
    assert!(found.damaged.is_empty(), "{:?}", found.damaged);
    let (saved, timeline) = found.game.expect("the session has a game");
    let (archive, damaged) = text(ARCHIVE).map(Archive::parse).unwrap_or_default();
    assert!(damaged.is_empty(), "{damaged:?}");
    Session {
        id: saved.id,
        generation: saved.generation,
        timeline: &timeline,
        played_on_from: saved.played_on_from,
        bests: &text(BESTS).map(|text| Bests::parse(text).unwrap()).unwrap_or_default(),
        daily: &text(DAILY).map(|text| DailyResults::parse(text).unwrap()).unwrap_or_default(),
        archive: &archive,
        settings: &text(SETTINGS).map(|text| Settings::parse(text).unwrap()).unwrap_or_default(),
        sound: &text(SOUND).map(|text| SoundSettings::parse(text).unwrap()).unwrap_or_default(),
        records,
    }
    .describe()
}

/// Reads a record and writes it again; `None` for an unknown key.
fn written_again(key: &str, text: &str) -> Option<String> {
    Some(match key {
        key if GAME.contains(&key) => SavedGame::parse(text).unwrap().to_text(),
        BESTS => Bests::parse(text).unwrap().to_text(),
        DAILY => DailyResults::parse(text).unwrap().to_text(),
        ARCHIVE => Archive::parse(text).0.to_text(),
        SETTINGS => Settings::parse(text).unwrap().to_string(),
        SOUND => SoundSettings::parse(text).unwrap().to_string(),
        key if key.starts_with(SET_ASIDE) => text.to_owned(),
        _ => return None,
    })
}

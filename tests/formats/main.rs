//! Reads the data that older versions of the program wrote. `v1/README.md` describes the files.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail that way")]

mod describe;
mod fixtures;
mod program;
mod readers;

use std::collections::BTreeSet;

use fixtures::Fixtures;

/// A check of some of the files.
type Check = fn(&Fixtures);

/// All checks by name.
const CHECKS: [(&str, Check); 8] = [
    ("recordings", readers::recordings),
    ("stored records", readers::stored),
    ("backups", readers::backups),
    ("settings", readers::settings),
    ("sound", readers::sound),
    ("start", program::start),
    ("undo", program::undo),
    ("import", program::import),
];

/// Files that the program does not read.
const OTHERS: [&str; 2] = [".gitattributes", "README.md"];

fn run(name: &str) {
    let (_, check) = CHECKS.into_iter().find(|(other, _)| *other == name).expect("the check exists");
    check(&Fixtures::default());
}

#[test]
fn every_recording_is_read_as_text_and_as_link() {
    run("recordings");
}

#[test]
fn every_stored_record_is_read_and_written_unchanged() {
    run("stored records");
}

#[test]
fn every_backup_contains_the_stored_records_and_is_written_unchanged() {
    run("backups");
}

#[test]
fn every_value_of_the_settings_is_read_and_written_unchanged() {
    run("settings");
}

#[test]
fn every_value_of_the_sound_is_read_and_written_unchanged() {
    run("sound");
}

#[test]
fn the_program_starts_with_the_same_game_and_without_a_notice() {
    run("start");
}

#[test]
fn the_program_continues_the_game_and_loads_it_again() {
    run("undo");
}

#[test]
fn the_program_imports_every_backup() {
    run("import");
}

#[test]
fn every_file_is_read_by_a_test() {
    let fixtures = Fixtures::default();
    for (_, check) in CHECKS {
        check(&fixtures);
    }
    let mut expected = fixtures.all();
    expected.retain(|path| !OTHERS.contains(&path.as_str()));
    let unread: BTreeSet<_> = expected.difference(&fixtures.read()).cloned().collect();
    assert!(unread.is_empty(), "no test reads these files: {unread:?}");
    assert_eq!((fixtures.folders("recordings").len(), fixtures.folders("sessions").len()), (25, 9));
}

//! Backups: valid files, and files that are refused.

use std::collections::BTreeMap;

use blockers::records::{
    ARCHIVE, Archive, BESTS, BackupError, Bests, DAILY, DailyResult, DailyResults, Damaged, Date, EndedGame, GAME,
    SavedGame, backup, seal, set_aside_key,
};
use blockers_rules::GameKind;
use proptest::prelude::*;

use crate::damage::{flipped, truncated};
use crate::games::{played, with_illegal_drop};

type Records = BTreeMap<String, String>;

const FIRST: &str = "blockers backup 1";

fn records<'a>(records: impl IntoIterator<Item = (&'a str, String)>) -> Records {
    records.into_iter().map(|(key, text)| (key.to_owned(), text)).collect()
}

fn saved(generation: u64) -> SavedGame {
    SavedGame::new(1, generation, played(GameKind::Classic, 1, 4))
}

fn archive() -> Archive {
    let mut archive = Archive::default();
    for id in 1..4 {
        archive.enter(EndedGame::of(id, &played(GameKind::Classic, id, 2)).unwrap());
    }
    archive
}

/// Returns one record of each kind, and records with other keys and texts.
fn everything() -> Records {
    let mut bests = Bests::default();
    bests.raise(GameKind::Relaxed, false, 90);
    let mut daily = DailyResults::default();
    daily.enter(Date::from_days(20_780), DailyResult { score: 120, drops: 30, undos: 0 });
    records([
        (GAME[0], saved(1).to_text()),
        (GAME[1], saved(2).to_text()),
        (BESTS, bests.to_text()),
        (DAILY, daily.to_text()),
        (ARCHIVE, archive().to_text()),
        ("blockers.sound", "on 0.7".to_owned()),
        ("blockers.aside.bests", "tab\tnew line\nreturn\r\nbackslash\\n\\\u{1f9f1}".to_owned()),
        ("blockers.", String::new()),
    ])
}

/// Returns a file of these lines with a valid seal.
fn file(lines: &[&str]) -> String {
    format!("{}\n", seal(&format!("{}\nend", lines.join("\n"))))
}

#[test]
fn a_written_backup_is_read_unchanged() {
    let text = backup::write(&everything());
    assert_eq!(backup::read(&text), Ok(everything()));
    assert_eq!(backup::write(&Records::new()), file(&[FIRST]));
    assert_eq!(backup::read(&file(&[FIRST])), Ok(Records::new()));
    assert_eq!(text.lines().count(), everything().len() + 2, "the first line, one for each record, and the last line");
}

#[test]
fn a_truncated_backup_is_refused() {
    let original = backup::write(&everything());
    let last_line = original.rfind("end ").unwrap();
    for text in truncated(&original) {
        let expected = match text.len() {
            0..=16 => Err(BackupError::NotABackup),
            at if at < last_line + 3 => Err(BackupError::Truncated),
            // Only the line end is missing.
            at if at == original.len() - 1 => Ok(everything()),
            _ => Err(BackupError::Damaged(Damaged::NoSeal)),
        };
        assert_eq!(backup::read(&text), expected, "{text}");
    }
}

#[test]
fn a_backup_with_a_flipped_bit_is_refused() {
    let original = backup::write(&everything());
    let (version, last_line) = (FIRST.len() - 1, original.rfind("end ").unwrap());
    for text in flipped(&original) {
        let changed = original.bytes().zip(text.bytes()).position(|(before, after)| before != after).unwrap();
        let read = backup::read(&text);
        // A blank became another one, after which nothing is missing.
        if original.as_bytes()[changed].is_ascii_whitespace() && read == Ok(everything()) {
            continue;
        }
        let error = read.expect_err(&text);
        let is_expected = match changed {
            at if at < version => error == BackupError::NotABackup,
            // The digit, or the line feed after it, which joins the first two lines.
            at if at <= version + 1 => matches!(error, BackupError::OtherVersion(_)),
            at if at + 1 < last_line => matches!(error, BackupError::Damaged(Damaged::WrongSeal { .. })),
            // The line feed before the last line, and the word `end`.
            at if at < last_line + 3 => error == BackupError::Truncated,
            _ => matches!(error, BackupError::Damaged(_)),
        };
        assert!(is_expected, "byte {changed}: {error:?}");
    }
}

#[test]
fn an_invalid_file_is_refused_with_the_reason_and_the_line() {
    let foreign = |line, key: &str| BackupError::ForeignKey { line, key: key.to_owned() };
    let version = |version: &str| BackupError::OtherVersion(version.to_owned());
    let good = file(&[FIRST, "blockers.a\tb"]);
    assert!(backup::read(&good).is_ok());
    let table = [
        (String::new(), BackupError::NotABackup),
        ("\n".to_owned(), BackupError::NotABackup),
        ("{\"best\": 120}".to_owned(), BackupError::NotABackup),
        (file(&["blockers backup"]), BackupError::NotABackup),
        (file(&["Blockers backup 1"]), BackupError::NotABackup),
        (file(&["blockers backup 2"]), version("2")),
        (file(&["blockers backup 2\r"]), version("2")),
        (FIRST.to_owned(), BackupError::Truncated),
        (format!("{FIRST}\n"), BackupError::Truncated),
        (format!("{FIRST}\nblockers.a\tb\n"), BackupError::Truncated),
        (format!("{good}more"), BackupError::Truncated),
        (format!("{FIRST}\nend\n"), BackupError::Damaged(Damaged::NoSeal)),
        (file(&[FIRST, ""]), BackupError::NoRecord { line: 2 }),
        (file(&[FIRST, "blockers.a"]), BackupError::NoRecord { line: 2 }),
        (file(&[FIRST, "blockers.a\tb", "blockers.b\tc\\x"]), BackupError::NoRecord { line: 3 }),
        (file(&[FIRST, "blockers.a\tb\\"]), BackupError::NoRecord { line: 2 }),
        (file(&[FIRST, "other.a\tb"]), foreign(2, "other.a")),
        (file(&[FIRST, "blockers.a\tb", "blockers\tb"]), foreign(3, "blockers")),
        (file(&[FIRST, "\tb"]), foreign(2, "")),
        (
            file(&[FIRST, "blockers.a\tb", "blockers.b\tb", "blockers.a\tb"]),
            BackupError::RepeatedKey { line: 4, key: "blockers.a".to_owned() },
        ),
        ("x".repeat(16 * 1024 * 1024 + 1), BackupError::TooLarge { bytes: 16 * 1024 * 1024 + 1 }),
    ];
    for (text, expected) in table {
        let error = backup::read(&text).expect_err("the file is invalid");
        assert_eq!(error, expected, "`{}`", text.chars().take(80).collect::<String>());
        assert!(!error.to_string().is_empty());
    }
    let changed = backup::read(&good.replace("\tb", "\tc"));
    assert!(matches!(changed, Err(BackupError::Damaged(Damaged::WrongSeal { .. }))), "{changed:?}");
}

#[test]
fn a_backup_with_an_invalid_record_is_refused_as_a_whole() {
    let illegal = SavedGame { recording: with_illegal_drop(saved(3).recording), ..saved(3) }.to_text();
    let damaged_archive = archive().to_text().replace("1 ended 2", "1 ended 4").replace('\n', "\\n");
    let table = [
        (GAME[0], "rubbish", "checksum"),
        (GAME[1], "", "checksum"),
        (GAME[0], illegal.as_str(), "drop 2"),
        (BESTS, "rubbish", "checksum"),
        (DAILY, "rubbish", "checksum"),
        (ARCHIVE, "rubbish", "line 1"),
        (ARCHIVE, damaged_archive.as_str(), "line 3"),
    ];
    for (key, record, expected) in table {
        let text = file(&[FIRST, "blockers.a\tb", &format!("{key}\t{record}")]);
        let error = backup::read(&text).expect_err(key);
        assert!(matches!(&error, BackupError::BadRecord { line: 3, key: found, .. } if found == key), "{error:?}");
        let message = error.to_string();
        assert!(message.starts_with("line 3: ") && message.contains(expected), "{message}");
    }
}

#[test]
fn damaged_records_are_set_aside_in_a_written_backup() {
    let damaged_archive = archive().to_text().replace("1 ended 2", "1 ended 4");
    let stored = records([
        (GAME[0], saved(1).to_text()),
        (GAME[1], "rubbish".to_owned()),
        (BESTS, "rubbish".to_owned()),
        (ARCHIVE, damaged_archive.clone()),
        ("another.program", "its own".to_owned()),
    ]);
    let read = backup::read(&backup::write(&stored)).unwrap();
    let mut good = archive();
    good.remove(2);
    let expected = records([
        (GAME[0], saved(1).to_text()),
        (set_aside_key(GAME[1]).as_str(), "rubbish".to_owned()),
        (set_aside_key(BESTS).as_str(), "rubbish".to_owned()),
        (set_aside_key(ARCHIVE).as_str(), damaged_archive),
        (ARCHIVE, good.to_text()),
    ]);
    assert_eq!(read, expected);
}

#[test]
fn a_damaged_record_does_not_replace_another_text_that_was_set_aside() {
    let stored = records([
        (set_aside_key(BESTS).as_str(), "older".to_owned()),
        (BESTS, "rubbish".to_owned()),
        (ARCHIVE, "bad".to_owned()),
        (set_aside_key(ARCHIVE).as_str(), "worse".to_owned()),
    ]);
    let read = backup::read(&backup::write(&stored)).unwrap();
    let expected = records([
        (set_aside_key(BESTS).as_str(), "older".to_owned()),
        ("blockers.aside.bests.2", "rubbish".to_owned()),
        (set_aside_key(ARCHIVE).as_str(), "worse".to_owned()),
        ("blockers.aside.archive.2", "bad".to_owned()),
        (ARCHIVE, Archive::default().to_text()),
    ]);
    assert_eq!(read, expected);
}

#[test]
fn a_backup_is_read_after_another_program_has_changed_its_blanks() {
    let text = backup::write(&everything());
    for (what, text) in [
        ("a byte order mark", format!("\u{feff}{text}")),
        ("CRLF", text.replace('\n', "\r\n")),
        ("CRLF and a byte order mark", format!("\u{feff}{text}").replace('\n', "\r\n")),
        ("CR", text.replace('\n', "\r")),
        ("CRLF twice", text.replace('\n', "\r\r\n")),
        ("no line end at the end", text.trim_end().to_owned()),
        ("more line ends at the end", format!("{text}\r\n\n")),
        ("a blank and no line end at the end", format!("{} ", text.trim_end())),
        ("blank lines around it", format!("\n\n{text}\n")),
        ("a blank line between lines", text.replace('\n', "\n\n")),
        ("blanks at the ends of the lines", text.replace('\n', " \t\n")),
        ("blanks and CRLF at the ends of the lines", text.replace('\n', "\u{a0}\r\n")),
        ("no blanks at the ends of the lines", text.replace("\t\n", "\n")),
        ("blanks before the lines", format!("  {}", text.replace('\n', "\n  "))),
    ] {
        assert_eq!(backup::read(&text), Ok(everything()), "{what}");
    }
}

#[test]
fn blanks_at_the_end_of_a_record_are_kept() {
    let records =
        records([("blockers.aside.bests", " two \u{a0}".to_owned()), ("blockers.aside.daily", " ".to_owned())]);
    let text = backup::write(&records);
    for text in [text.clone(), text.replace('\n', "\r\n"), format!("\u{feff}{}", text.trim_end())] {
        assert_eq!(backup::read(&text), Ok(records.clone()), "{text:?}");
    }
    let trimmed = text.replace("\u{a0}\n", "\n");
    assert!(matches!(backup::read(&trimmed), Err(BackupError::Damaged(_))), "a part of a record is missing");
}

#[test]
fn hidden_characters_are_shown_in_the_reason() {
    for (text, shown) in [
        (file(&["blockers backup 1\u{1b}2"]), r"version `1\u{1b}2`"),
        (file(&[FIRST, "other\u{200e}.a\tb"]), r"the key `other\u{200e}.a`"),
        (file(&[FIRST, &format!("{BESTS}\t{}", seal("1\u{7} 2"))]), r"found `1\u{7}`"),
    ] {
        let message = backup::read(&text).unwrap_err().to_string();
        assert!(message.contains(shown), "{message}");
    }
}

proptest! {
    #[test]
    fn any_texts_are_read_as_they_were_written(
        texts in prop::collection::vec(
            (prop::collection::vec(any::<char>(), 0..12), prop::collection::vec(any::<char>(), 0..40)), 0..8,
        ),
    ) {
        let own = |(key, text): (Vec<char>, Vec<char>)| {
            (format!("blockers.own.{}", String::from_iter(key)), String::from_iter(text))
        };
        let records: Records = texts.into_iter().map(own).collect();
        prop_assert_eq!(backup::read(&backup::write(&records)), Ok(records));
    }

    #[test]
    fn texts_of_escaped_characters_are_read_as_they_were_written(
        letters in prop::collection::vec(prop::sample::select(vec!['\\', 'n', 'r', 't', '\n', '\r', '\t']), 0..12),
    ) {
        let records = records([("blockers.own", String::from_iter(letters))]);
        prop_assert_eq!(backup::read(&backup::write(&records)), Ok(records));
    }
}

//! Everything that is stored as one file, and back.
//!
//! Comes in: the records by key; or a file that somebody chose. Goes out: the file's text; or its records, all of them or none.
//!
//! ```text
//! blockers backup 1
//! blockers.bests<TAB>1 120 0 0 0 80 0 0 0 5d41402a
//!  …
//! end <seal of all that stands before it>
//! ```
//!
//! In keys and texts `\n`, `\r`, `\t` and `\\` stand for a new line, a carriage return, a tab and a backslash.

use std::collections::BTreeMap;
use std::fmt;

use super::fields::{VERSION, clipped};
use super::seal::{Damaged, seal, unseal};
use super::{ARCHIVE, Archive, BESTS, Bests, DAILY, DailyResults, GAME, PREFIX, SavedGame, place_aside};

/// The largest file that is looked at, in bytes: more than what there can be to store. An archive is of two megabytes at most, and
/// so is each of those that are kept aside.
const LARGEST: usize = 16 * 1024 * 1024;

/// The first line, without the version.
const MARK: &str = "blockers backup ";

/// The last line, without its seal.
const END: &str = "end";

/// The letters that have another meaning in the file, and how they are written there, after a backslash.
const ESCAPES: [(char, char); 4] = [('\\', '\\'), ('\n', 'n'), ('\r', 'r'), ('\t', 't')];

/// The text of a backup of these records.
///
/// What was written can be read again: a record that [`read`] would refuse goes in under the key for what is kept aside, and of
/// a damaged archive what is good goes in besides. What is not ours, by its key, stays out.
#[must_use]
pub fn write(records: &BTreeMap<String, String>) -> String {
    let mut text = format!("{MARK}{VERSION}\n");
    for (key, record) in sound(records) {
        push_escaped(&mut text, &key);
        text.push('\t');
        push_escaped(&mut text, &record);
        text.push('\n');
    }
    text.push_str(END);
    let mut text = seal(&text);
    text.push('\n');
    text
}

/// The records of a backup.
///
/// # Errors
/// [`BackupError`] says why this is none that can be taken, and where. Then nothing is to be taken of it.
pub fn read(text: &str) -> Result<BTreeMap<String, String>, BackupError> {
    check_size(text.len())?;
    let first = text.split('\n').next().unwrap_or(text);
    let version = first.strip_prefix(MARK).ok_or(BackupError::NotABackup)?;
    if version != VERSION {
        return Err(BackupError::OtherVersion(clipped(version)));
    }
    let text = text.strip_suffix('\n').ok_or(BackupError::Truncated)?;
    let (lines, last) = text.rsplit_once('\n').ok_or(BackupError::Truncated)?;
    if !last.starts_with(END) {
        return Err(BackupError::Truncated);
    }
    unseal(text).map_err(BackupError::Damaged)?;

    let mut records = BTreeMap::new();
    for (before, line) in lines.split('\n').enumerate().skip(1) {
        let number = before + 1;
        let (key, record) = read_line(line).ok_or(BackupError::NoRecord { line: number })?;
        if !key.starts_with(PREFIX) {
            return Err(BackupError::ForeignKey { line: number, key: clipped(&key) });
        }
        if records.contains_key(&key) {
            return Err(BackupError::RepeatedKey { line: number, key: clipped(&key) });
        }
        if let Err(reason) = check(&key, &record) {
            return Err(BackupError::BadRecord { line: number, key, reason });
        }
        records.insert(key, record);
    }
    Ok(records)
}

/// Can a file of so many bytes be a backup? Who knows the size need not read the file.
///
/// # Errors
/// [`BackupError::TooLarge`].
pub fn check_size(bytes: usize) -> Result<(), BackupError> {
    if bytes > LARGEST { Err(BackupError::TooLarge { bytes }) } else { Ok(()) }
}

/// The key and the text of a line.
fn read_line(line: &str) -> Option<(String, String)> {
    let (key, record) = line.split_once('\t')?;
    Some((plain(key)?, plain(record)?))
}

/// The records that can be read, and those that cannot under other keys.
fn sound(records: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let own = records.iter().filter(|(key, _)| key.starts_with(PREFIX));
    let (good, damaged): (Vec<_>, Vec<_>) = own.partition(|(key, record)| check(key, record).is_ok());
    let mut sound: BTreeMap<_, _> = good.into_iter().map(|(key, record)| (key.clone(), record.clone())).collect();
    for (key, record) in damaged {
        sound.insert(place_aside(&sound, key, record), record.clone());
        if key == ARCHIVE {
            sound.insert(key.clone(), Archive::parse(record).0.to_text());
        }
    }
    sound
}

/// Is this what stands under this key? A game must be one that can be played on; those in the archive are replayed when
/// somebody looks at them.
pub(super) fn check(key: &str, record: &str) -> Result<(), String> {
    if GAME.contains(&key) {
        let saved = SavedGame::parse(record).map_err(|unreadable| unreadable.to_string())?;
        return saved.recording.verify().map(drop).map_err(|illegal| illegal.to_string());
    }
    match key {
        BESTS => Bests::parse(record).map(drop).map_err(|unreadable| unreadable.to_string()),
        DAILY => DailyResults::parse(record).map(drop).map_err(|unreadable| unreadable.to_string()),
        ARCHIVE => Archive::parse(record).1.first().map_or(Ok(()), |damaged| Err(damaged.to_string())),
        _ => Ok(()),
    }
}

fn push_escaped(text: &mut String, plain: &str) {
    for letter in plain.chars() {
        match ESCAPES.iter().find(|(special, _)| *special == letter) {
            Some(&(_, written)) => text.extend(['\\', written]),
            None => text.push(letter),
        }
    }
}

/// What was escaped; `None` where a backslash is followed by nothing that has a meaning.
fn plain(escaped: &str) -> Option<String> {
    let mut plain = String::with_capacity(escaped.len());
    let mut letters = escaped.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            plain.push(letter);
            continue;
        }
        let after = letters.next()?;
        let &(special, _) = ESCAPES.iter().find(|(_, written)| *written == after)?;
        plain.push(special);
    }
    Some(plain)
}

/// Why a file was not taken. Lines count from 1.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum BackupError {
    /// It is larger than any backup.
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// Its first line is not that of a backup.
    NotABackup,
    /// It is a backup of a version that we do not know: this one.
    OtherVersion(String),
    /// Its last line is missing.
    Truncated,
    /// It is not as it was written.
    Damaged(Damaged),
    /// A line is no key and text.
    NoRecord {
        /// The line.
        line: usize,
    },
    /// A key is not ours.
    ForeignKey {
        /// The line.
        line: usize,
        /// The beginning of the key.
        key: String,
    },
    /// A key is there already.
    RepeatedKey {
        /// The line.
        line: usize,
        /// The beginning of the key.
        key: String,
    },
    /// A record is not what should be under its key.
    BadRecord {
        /// The line.
        line: usize,
        /// The key.
        key: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl fmt::Display for BackupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { bytes } => write!(f, "the file has {bytes} bytes, and a backup has {LARGEST} at most"),
            Self::NotABackup => write!(f, "this is no backup: its first line is not `{MARK}{VERSION}`"),
            Self::OtherVersion(version) => {
                write!(f, "this is a backup of version `{version}`, and only version {VERSION} can be read")
            }
            Self::Truncated => write!(f, "the backup was cut off: its last line does not begin with `{END}`"),
            Self::Damaged(damaged) => write!(f, "the backup is damaged: {damaged}"),
            Self::NoRecord { line } => write!(f, "line {line} is no record: that is a key, a tab and a text"),
            Self::ForeignKey { line, key } => write!(f, "line {line}: the key `{key}` does not begin with `{PREFIX}`"),
            Self::RepeatedKey { line, key } => write!(f, "line {line}: the key `{key}` is there a second time"),
            Self::BadRecord { line, key, reason } => write!(f, "line {line}: `{key}` cannot be read: {reason}"),
        }
    }
}

impl std::error::Error for BackupError {}

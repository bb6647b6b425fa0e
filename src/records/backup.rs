//! Writes all records into one file, and reads such a file: all of its records, or none.
//!
//! ```text
//! blockers backup 1
//! blockers.bests<TAB>1 120 0 0 0 80 0 0 0 5d41402a
//!  …
//! end <seal of everything before it>
//! ```
//!
//! In keys and texts, `\n`, `\r`, `\t` and `\\` stand for a line feed, a carriage return, a tab and a backslash. Every
//! line ends with a line feed.
//!
//! Other programs change line ends, and add a byte order mark or blanks, when a file is sent, synchronized or edited.
//! Such a file is read as long as its seal is correct without them.

use std::collections::BTreeMap;
use std::fmt;

use super::fields::{VERSION, clipped};
use super::seal::{Damaged, seal, unseal};
use super::{ARCHIVE, Archive, BESTS, Bests, DAILY, DailyResults, GAME, PREFIX, SavedGame, free_set_aside_key};
use blockers_rules::characters::trimmed;

/// The largest file that is read, in bytes. It is larger than everything that can be stored: the archive has about two
/// megabytes at most, and so has each archive that was set aside.
const LARGEST: usize = 16 * 1024 * 1024;

/// The first line, without the version.
const MARK: &str = "blockers backup ";

/// The last line, without its seal.
const END: &str = "end";

/// The characters that are escaped in the file, and the character that stands for each after a backslash.
const ESCAPES: [(char, char); 4] = [('\\', '\\'), ('\n', 'n'), ('\r', 'r'), ('\t', 't')];

/// Returns a backup of these records as text.
///
/// [`read`] accepts every written backup. A record that it would refuse is written under a key for texts that are set
/// aside; of a damaged archive, the valid lines are also written under the archive's own key. Keys without [`PREFIX`]
/// are left out.
#[must_use]
pub fn write(records: &BTreeMap<String, String>) -> String {
    let mut text = format!("{MARK}{VERSION}\n");
    for (key, record) in valid(records) {
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

/// Returns the records of a backup.
///
/// # Errors
/// [`BackupError`] if any part of the text is invalid.
pub fn read(text: &str) -> Result<BTreeMap<String, String>, BackupError> {
    check_size(text.len())?;
    let text = &trimmed(text).replace("\r\n", "\n").replace('\r', "\n");
    let first = text.split('\n').next().unwrap_or(text);
    let version = trimmed(first.strip_prefix(MARK).ok_or(BackupError::NotABackup)?);
    if version != VERSION {
        return Err(BackupError::OtherVersion(clipped(version)));
    }
    if !text.rsplit('\n').next().is_some_and(|last| trimmed(last).starts_with(END)) {
        return Err(BackupError::Truncated);
    }
    // Blanks at the end of a line can be part of a record, so the text is cleaned only if the seal is wrong.
    let cleaned;
    let sealed = match unseal(text) {
        Ok(sealed) => sealed,
        Err(damaged) => {
            cleaned = without_blanks(text);
            unseal(&cleaned).map_err(|_| BackupError::Damaged(damaged))?
        }
    };

    let mut records = BTreeMap::new();
    let lines = sealed.split('\n').collect::<Vec<_>>();
    // The first line is the version, the last one the end.
    for (before, line) in lines.iter().enumerate().take(lines.len() - 1).skip(1) {
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

/// Checks the size of a file in bytes, so that a file that is too large need not be read.
///
/// # Errors
/// [`BackupError::TooLarge`].
pub fn check_size(bytes: usize) -> Result<(), BackupError> {
    if bytes > LARGEST { Err(BackupError::TooLarge { bytes }) } else { Ok(()) }
}

/// Returns the text without blank lines and without blanks around lines, but with the tab of each empty record.
fn without_blanks(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    for line in text.split('\n').map(trimmed).filter(|line| !line.is_empty()) {
        if !cleaned.is_empty() {
            cleaned.push('\n');
        }
        cleaned.push_str(line);
        if line.starts_with(PREFIX) && !line.contains('\t') {
            cleaned.push('\t');
        }
    }
    cleaned
}

/// Returns the key and the text of a line.
fn read_line(line: &str) -> Option<(String, String)> {
    let (key, record) = line.split_once('\t')?;
    Some((unescape(key)?, unescape(record)?))
}

/// Returns the valid records under their own keys, and the damaged ones under keys for texts that are set aside.
fn valid(records: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let own = records.iter().filter(|(key, _)| key.starts_with(PREFIX));
    let (good, damaged): (Vec<_>, Vec<_>) = own.partition(|(key, record)| check(key, record).is_ok());
    let mut valid = BTreeMap::new();
    // `collect` would compile a sort.
    valid.extend(good.into_iter().map(|(key, record)| (key.clone(), record.clone())));
    for (key, record) in damaged {
        valid.insert(free_set_aside_key(&valid, key, record), record.clone());
        if key == ARCHIVE {
            valid.insert(key.clone(), Archive::parse(record).0.to_text());
        }
    }
    valid
}

/// Checks that the text is valid for the key. A saved game must also be legal; the games in the archive are verified
/// only when they are replayed.
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
    for character in plain.chars() {
        match ESCAPES.iter().find(|(special, _)| *special == character) {
            Some(&(_, written)) => text.extend(['\\', written]),
            None => text.push(character),
        }
    }
}

/// Returns the text without escapes; `None` if a backslash does not begin a known escape.
fn unescape(escaped: &str) -> Option<String> {
    let mut plain = String::with_capacity(escaped.len());
    let mut chars = escaped.chars();
    while let Some(character) = chars.next() {
        if character != '\\' {
            plain.push(character);
            continue;
        }
        let after = chars.next()?;
        let &(special, _) = ESCAPES.iter().find(|(_, written)| *written == after)?;
        plain.push(special);
    }
    Some(plain)
}

/// Why a file was refused. Line numbers start at 1.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum BackupError {
    /// The file is larger than any backup.
    TooLarge {
        /// Its size in bytes.
        bytes: usize,
    },
    /// The first line is not that of a backup.
    NotABackup,
    /// The backup has this unsupported version.
    OtherVersion(String),
    /// The last line is missing.
    Truncated,
    /// The seal is missing or wrong.
    Damaged(Damaged),
    /// A line is not a key and a text.
    NoRecord {
        /// The line.
        line: usize,
    },
    /// A key does not begin with [`PREFIX`].
    ForeignKey {
        /// The line.
        line: usize,
        /// The beginning of the key.
        key: String,
    },
    /// A key appears twice.
    RepeatedKey {
        /// The line.
        line: usize,
        /// The beginning of the key.
        key: String,
    },
    /// A record's text is invalid for its key.
    BadRecord {
        /// The line.
        line: usize,
        /// The key.
        key: String,
        /// Why it is invalid.
        reason: String,
    },
}

impl fmt::Display for BackupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { bytes } => write!(f, "the file has {bytes} bytes; a backup has at most {LARGEST}"),
            Self::NotABackup => write!(f, "this is not a backup: the first line is not `{MARK}{VERSION}`"),
            Self::OtherVersion(version) => {
                write!(f, "backup version `{version}` is not supported, only version {VERSION} is")
            }
            Self::Truncated => write!(f, "the backup was cut off: the last line does not begin with `{END}`"),
            Self::Damaged(damaged) => write!(f, "the backup is damaged: {damaged}"),
            Self::NoRecord { line } => write!(f, "line {line}: expected a key, a tab and a text"),
            Self::ForeignKey { line, key } => write!(f, "line {line}: the key `{key}` does not begin with `{PREFIX}`"),
            Self::RepeatedKey { line, key } => write!(f, "line {line}: the key `{key}` appears twice"),
            Self::BadRecord { line, key, reason } => write!(f, "line {line}: `{key}` cannot be read: {reason}"),
        }
    }
}

impl std::error::Error for BackupError {}

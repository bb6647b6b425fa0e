//! Errors: for players in every language, for developers in English.

use std::fmt;

use super::table::spoken;
use crate::events::RecordChanged;
use crate::ports::StorageError;
use crate::records;
use blockers_event_bus::{DeadLetter, Failure, Verdict};
use blockers_rules::characters::visible;

/// The seed in the address is invalid.
#[must_use]
pub fn not_a_seed(text: &str) -> String {
    spoken().not_a_seed(beginning(text), u64::MAX.to_string())
}

/// The typed seed is invalid.
#[must_use]
pub fn no_seed(text: &str) -> String {
    spoken().no_seed(beginning(text), u64::MAX.to_string())
}

/// The record of this key could not be stored. Without `trouble` there were too many unsaved changes.
#[must_use]
pub fn not_stored(key: &str, trouble: Option<&str>) -> String {
    let words = spoken();
    let trouble = trouble.map_or_else(|| words.too_many_unsaved(), str::to_owned);
    match key {
        _ if records::GAME.contains(&key) => words.game_not_stored(trouble),
        records::BESTS => words.best_not_stored(trouble),
        records::DAILY => words.daily_not_stored(trouble),
        records::ARCHIVE => words.statistics_not_stored(trouble),
        _ => words.setting_not_stored(trouble),
    }
}

/// The storage could not be read.
#[must_use]
pub fn storage_unreadable(error: &StorageError) -> String {
    spoken().storage_unreadable(error.to_string())
}

/// The record of this key could not be read, and is set aside.
#[must_use]
pub fn stored_unreadable(key: &str, reason: &dyn fmt::Display) -> String {
    spoken().stored_unreadable(key, reason.to_string())
}

/// The record of this key is incomplete. The rest of it is used.
#[must_use]
pub fn stored_incomplete(key: &str, reason: &dyn fmt::Display) -> String {
    spoken().stored_incomplete(key, reason.to_string())
}

/// The game has more than `most` drops, which is the limit of what is stored.
#[must_use]
pub fn too_long(most: usize) -> String {
    spoken().too_long(most as u64)
}

/// The link does not contain a valid game.
#[must_use]
pub fn bad_link(error: &dyn fmt::Display) -> String {
    spoken().bad_link(error.to_string())
}

/// The file is not a valid backup.
#[must_use]
pub fn import_refused(error: &dyn fmt::Display) -> String {
    spoken().import_refused(error.to_string())
}

/// The backup could not be written to a file.
#[must_use]
pub fn not_saved(error: &str) -> String {
    spoken().not_saved(error)
}

/// The first line of a report in English, for developers: a handler gave up on an event.
#[must_use]
pub fn failed(failure: &Failure) -> String {
    let Failure { topic, group, seq, attempts, error, .. } = failure;
    let attempts = count(*attempts);
    format!("Group `{group}` gave up on event {seq} of topic `{topic}` after {attempts}: {error} Last drops:")
}

/// The first line of a report in English, for developers: a change could not be stored.
#[must_use]
pub fn given_up(letter: &DeadLetter<RecordChanged>, sentence: &str) -> String {
    let Verdict { topic, group, reason, attempts, .. } = &letter.verdict;
    let attempts = count(*attempts);
    let key = &letter.event.key;
    format!("Group `{group}` gave up on `{key}` of topic `{topic}` after {attempts} ({reason}): {sentence} Last drops:")
}

/// The beginning of a text that may be long or have hidden characters.
fn beginning(text: &str) -> String {
    visible(text, 24)
}

fn count(attempts: u32) -> String {
    if attempts == 1 { "1 attempt".to_owned() } else { format!("{attempts} attempts") }
}

//! What went wrong, for the player in every language, and for engineers in English.

use std::fmt;

use super::table::spoken;
use crate::bus::{DeadLetter, Failure, Verdict};
use crate::events::RecordChanged;
use crate::ports::StorageError;
use crate::records;

/// The seed in the address is not one.
#[must_use]
pub fn not_a_seed(text: &str) -> String {
    spoken().not_a_seed(beginning(text), u64::MAX.to_string()).to_string()
}

/// What was typed is no seed.
#[must_use]
pub fn no_seed(text: &str) -> String {
    spoken().no_seed(beginning(text), u64::MAX.to_string()).to_string()
}

/// A change of this record could not be stored.
#[must_use]
pub fn not_stored(key: &str, trouble: Option<&str>) -> String {
    let words = spoken();
    let trouble = trouble.map_or_else(|| words.too_much_waits().to_string(), str::to_owned);
    let sentence = match key {
        _ if records::GAME.contains(&key) => words.game_not_stored(trouble),
        records::BESTS => words.best_not_stored(trouble),
        records::DAILY => words.daily_not_stored(trouble),
        records::ARCHIVE => words.statistics_not_stored(trouble),
        _ => words.setting_not_stored(trouble),
    };
    sentence.to_string()
}

/// What was stored could not be read.
#[must_use]
pub fn storage_unreadable(error: &StorageError) -> String {
    spoken().storage_unreadable(error.to_string()).to_string()
}

/// What was stored under this key means nothing.
#[must_use]
pub fn stored_nonsense(key: &str, reason: &dyn fmt::Display) -> String {
    spoken().stored_nonsense(key, reason.to_string()).to_string()
}

/// What was stored under this key has lost a part, of which nothing is left.
#[must_use]
pub fn stored_incomplete(key: &str, reason: &dyn fmt::Display) -> String {
    spoken().stored_incomplete(key, reason.to_string()).to_string()
}

/// A game has more drops than can be stored.
#[must_use]
pub fn too_long(most: usize) -> String {
    spoken().too_long(most as u64).to_string()
}

/// A link has no game that the rules allow.
#[must_use]
pub fn bad_link(error: &dyn fmt::Display) -> String {
    spoken().bad_link(error.to_string()).to_string()
}

/// A file is no backup.
#[must_use]
pub fn import_refused(error: &dyn fmt::Display) -> String {
    spoken().import_refused(error.to_string()).to_string()
}

/// A file could not be given to the player.
#[must_use]
pub fn not_saved(error: &str) -> String {
    spoken().not_saved(error).to_string()
}

/// A handler has given an event up: the head of a report, which is for engineers and so in English.
#[must_use]
pub fn failed(failure: &Failure) -> String {
    let Failure { topic, group, seq, attempts, error, .. } = failure;
    let tries = tries(*attempts);
    format!("Group `{group}` has given up event {seq} of topic `{topic}` after {tries}: {error} The last drops:")
}

/// A change was given up: the head of a report, which is for engineers and so in English.
#[must_use]
pub fn given_up(letter: &DeadLetter<RecordChanged>, sentence: &str) -> String {
    let Verdict { topic, group, reason, attempts, .. } = &letter.verdict;
    let tries = tries(*attempts);
    let key = &letter.event.key;
    format!(
        "Group `{group}` has given up `{key}` of topic `{topic}` after {tries} ({reason}): {sentence} The last drops:"
    )
}

/// What somebody else wrote, as far as there is room for it.
fn beginning(text: &str) -> String {
    text.chars().take(24).collect()
}

fn tries(attempts: u32) -> String {
    if attempts == 1 { "1 try".to_owned() } else { format!("{attempts} tries") }
}

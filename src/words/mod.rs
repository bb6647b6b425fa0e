//! All texts of the program, in every language.
//!
//! The messages are in l10n/, one file per language, in the syntax of `fluent`; `table` has a method for each. Their
//! variants in brackets follow the rules in `plurals`. `page` has the fixed texts of index.html, `board` the texts
//! about the board, `games` those of one game, `statistics` those of many games, and `trouble` the errors.

pub mod page;

mod board;
mod fluent;
mod games;
mod language;
mod numbers;
mod plurals;
mod statistics;
mod table;
mod trouble;

use table::spoken;

pub use board::{bump, cell, colour, dropped, fits, hovering, shape, staged, table_set};
pub use games::{Replayed, about, best, drops, kind, place, question, replay, shared, toggle, verdict};
pub use language::{Language, language, wanted};
pub use numbers::{Formats, date, format_with, number, pace, tenths};
pub use statistics::{
    covered, ends_chart, fitted_nowhere, games_left, heat_chart, highest, in_order, left, no_games, nothing_to_show,
    scored, scores_chart,
};
pub use table::{NotMessages, add, speak};
pub use trouble::{
    bad_link, failed, given_up, import_refused, no_seed, not_a_seed, not_saved, not_stored, storage_unreadable,
    stored_incomplete, stored_unreadable, too_long,
};

/// Runs `say` in English with plain numbers, for texts that developers read: reports and the inspector.
pub fn plainly<T>(say: impl FnOnce() -> T) -> T {
    let formats = numbers::exchange(None);
    let text = language::in_english(say);
    numbers::exchange(formats);
    text
}

/// Confirms that a link was copied to the clipboard.
#[must_use]
pub fn copied() -> String {
    spoken().copied()
}

/// Confirms that a key muted or unmuted the sound.
#[must_use]
pub fn sound(muted: bool) -> String {
    if muted { spoken().sound_off() } else { spoken().sound_on() }
}

/// Joins things with the separator of the language.
fn listed(things: impl IntoIterator<Item = String>) -> String {
    let one_more = |list: String, next: String| spoken().listed(list, next);
    things.into_iter().reduce(one_more).unwrap_or_default()
}

/// Makes the first letter a capital, if it is one of A to Z. The names of shapes begin with these, or with letters that
/// have no capitals; Rust's tables of all capitals would be 12 kB of the page.
fn capital(mut word: String) -> String {
    if let Some(first) = word.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    word
}

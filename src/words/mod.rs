//! All texts of the program, in every language.
//!
//! The messages are in l10n/, one file per language; `table` makes a function of each. Their variants in brackets
//! follow Unicode's plural rules. `page` has the fixed texts of index.html, `board` the texts about the board, `games`
//! those of one game, `statistics` those of many games, and `trouble` the errors.

pub mod page;

mod board;
mod games;
mod language;
mod numbers;
mod statistics;
mod table;
mod trouble;

use table::spoken;

pub use board::{bump, cell, colour, dropped, fits, hovering, shape, staged, table_set};
pub use games::{Replayed, about, best, drops, kind, place, question, replay, shared, toggle, verdict};
pub use language::{Language, language, speak};
pub use numbers::{Formats, date, format_with, number, pace, tenths};
pub use statistics::{
    covered, ends_chart, fitted_nowhere, games_left, heat_chart, highest, in_order, left, no_games, nothing_to_show,
    scored, scores_chart,
};
pub use trouble::{
    bad_link, failed, given_up, import_refused, no_seed, not_a_seed, not_saved, not_stored, storage_unreadable,
    stored_incomplete, stored_unreadable, too_long,
};

/// Runs `say` in English with plain numbers, for texts that developers read: reports and the inspector.
pub fn plainly<T>(say: impl FnOnce() -> T) -> T {
    let (spoken, formats) = (language(), numbers::exchange(None));
    speak(Language::English);
    let text = say();
    speak(spoken);
    numbers::exchange(formats);
    text
}

/// Confirms that a link was copied to the clipboard.
#[must_use]
pub fn copied() -> String {
    spoken().copied().to_string()
}

/// Confirms that a key muted or unmuted the sound.
#[must_use]
pub fn sound(muted: bool) -> String {
    if muted { spoken().sound_off() } else { spoken().sound_on() }.to_string()
}

/// Joins things with the separator of the language.
fn listed(things: impl IntoIterator<Item = String>) -> String {
    let one_more = |list: String, next: String| spoken().listed(list, next).to_string();
    things.into_iter().reduce(one_more).unwrap_or_default()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

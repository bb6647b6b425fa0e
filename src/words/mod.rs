//! Every word that the program says, in one place and in every language that there is.
//!
//! Comes in: what happened. Goes out: sentences in the language that is spoken. The sentences themselves stand in l10n/, a file
//! for each language, and `table` has them as functions; what stands there between brackets is chosen by Unicode's rules for
//! plurals. `page` has the words of index.html that never change; `board` tells of the table, `games` of whole games, `statistics` of
//! many, and `trouble` of what went wrong.

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
    stored_incomplete, stored_nonsense, too_long,
};

/// What is said in here is English with plain numbers: for engineers, who read it in reports and in the inspector.
pub fn plainly<T>(say: impl FnOnce() -> T) -> T {
    let (spoken, formats) = (language(), numbers::exchange(None));
    speak(Language::English);
    let said = say();
    speak(spoken);
    numbers::exchange(formats);
    said
}

/// A link was put into the clipboard.
#[must_use]
pub fn copied() -> String {
    spoken().copied().to_string()
}

/// The sound was switched by a key.
#[must_use]
pub fn sound(muted: bool) -> String {
    if muted { spoken().sound_off() } else { spoken().sound_on() }.to_string()
}

/// One thing after the other, with what stands between two of them.
fn listed(things: impl IntoIterator<Item = String>) -> String {
    let one_more = |list: String, next: String| spoken().listed(list, next).to_string();
    things.into_iter().reduce(one_more).unwrap_or_default()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

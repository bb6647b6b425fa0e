//! One out of two: what is stored is stored twice, and either copy may be damaged, or older than the other.
//!
//! Comes in: the records of the first place and those of the spare one. Goes out: of each record the text to go on with. Nothing
//! that can be read gives way to something that cannot.

use std::collections::BTreeMap;

use super::backup::check;
use super::{GAME, SavedGame};

/// What is stored in one place: texts by their keys.
type Records = BTreeMap<String, String>;

/// The records of both places together. Of a record that differs, the place with the newer game has the say, unless its text cannot
/// be read and the other one can. A game is newer by its generation, and one that cannot be played on is none.
#[must_use]
pub fn united(first: &Records, spare: &Records) -> Records {
    if first == spare {
        return first.clone();
    }
    let (leading, other) = if newest(spare) > newest(first) { (spare, first) } else { (first, spare) };
    let mut united = other.clone();
    for (key, text) in leading {
        let better = other.get(key).filter(|copy| *copy != text && is_readable(key, copy));
        if better.is_none() || text.is_empty() || is_readable(key, text) {
            united.insert(key.clone(), text.clone());
        }
    }
    united
}

/// The generation of the newest game that can be played on.
fn newest(records: &Records) -> Option<u64> {
    let texts = GAME.into_iter().filter_map(|key| records.get(key).filter(|text| is_readable(key, text)));
    texts.filter_map(|text| SavedGame::parse(text).ok()).map(|saved| saved.generation).max()
}

/// An empty text is one that was taken away.
fn is_readable(key: &str, text: &str) -> bool {
    !text.is_empty() && check(key, text).is_ok()
}

//! Merges two copies of the stored records. Either copy may be damaged, or older than the other.

use super::backup::check;
use super::{GAME, Records, SavedGame};

/// Merges the records of both copies. If they differ, the copy with the newer game takes precedence, except for records
/// that are readable only in the other copy. The newer game is the one with the higher generation; an illegal game does
/// not count.
#[must_use]
pub fn merged(first: &Records, spare: &Records) -> Records {
    if first == spare {
        return first.clone();
    }
    let (preferred, other) =
        if newest_generation(spare) > newest_generation(first) { (spare, first) } else { (first, spare) };
    let mut merged = other.clone();
    for (key, text) in preferred {
        let better = other.get(key).filter(|copy| *copy != text && is_readable(key, copy));
        if better.is_none() || text.is_empty() || is_readable(key, text) {
            merged.insert(key.clone(), text.clone());
        }
    }
    merged
}

/// Returns the generation of the newest legal game; `None` if there is none.
#[must_use]
pub fn newest_generation(records: &Records) -> Option<u64> {
    let texts = GAME.into_iter().filter_map(|key| records.get(key).filter(|text| is_readable(key, text)));
    texts.filter_map(|text| SavedGame::parse(text).ok()).map(|saved| saved.generation).max()
}

/// Returns `true` if the text is valid. An empty text stands for a removed record.
fn is_readable(key: &str, text: &str) -> bool {
    !text.is_empty() && check(key, text).is_ok()
}

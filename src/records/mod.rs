//! The stored records, as values and as texts. The module must not depend on the ECS, the bus, the clock or the
//! browser.
//!
//! The storage maps keys to texts. Each record has one key:
//!
//! ```text
//! value ── to_text ──▶ words and a seal ── storage ──▶ check the seal ── parse ──▶ value or error
//! ```
//!
//! | module | content |
//! |---|---|
//! | [`mod@seal`] | checksums that detect damaged texts |
//! | [`fields`] | the common form of the texts |
//! | [`save`] | the current game, stored in two slots in turn |
//! | [`bests`], [`daily`], [`date`] | best scores, and daily results by date |
//! | [`archive`], [`ended`], [`totals`] | the ended games, and the totals of older ones |
//! | [`statistics`] | numbers computed from the archive |
//! | [`backup`] | all records in one file |
//! | [`spare`] | merges two copies of the records |
//!
//! No stored text can cause a panic: numbers are added with saturation, and a text that cannot be parsed leads to an
//! error, so that it can be set aside (see [`set_aside_key`]).
//!
//! ```
//! use blockers::records::{SavedGame, newest};
//! use blockers_rules::{Deal, GameKind, Recording};
//!
//! let recording = Recording { deal: Deal::new(GameKind::Classic, 7), ..Recording::default() };
//! let text = SavedGame::new(1, 4, recording).to_text();
//! let found = newest([None, Some(text.as_str())]);
//! assert_eq!(found.slot, 0, "the other slot is written next");
//! assert_eq!(found.game.map(|(saved, _)| saved.generation), Some(4));
//! ```

pub mod archive;
pub mod backup;
pub mod bests;
pub mod daily;
pub mod date;
pub mod ended;
pub mod fields;
pub mod save;
pub mod seal;
pub mod spare;
pub mod statistics;
pub mod totals;

use std::collections::BTreeMap;

pub use archive::{Archive, DamagedLine};
pub use backup::BackupError;
pub use bests::Bests;
pub use daily::{DailyResult, DailyResults};
pub use date::Date;
pub use ended::{End, EndedGame};
pub use fields::Unreadable;
pub use save::{Found, SavedGame, newest};
pub use seal::{Damaged, seal, unseal};
pub use spare::{merged, newest_generation};
pub use statistics::Statistics;
pub use totals::Totals;

/// The text of each record by its key: everything that is stored.
pub type Records = BTreeMap<String, String>;

/// The prefix of every key of this program.
pub const PREFIX: &str = "blockers.";

/// The keys of the current game. The two slots are written in turn, so that one of them is always intact. See
/// [`newest`].
pub const GAME: [&str; 2] = ["blockers.game.0", "blockers.game.1"];

/// The key of the [`Bests`].
pub const BESTS: &str = "blockers.bests";

/// The key of the [`DailyResults`].
pub const DAILY: &str = "blockers.daily";

/// The key of the [`Archive`].
pub const ARCHIVE: &str = "blockers.archive";

/// The key of the sound settings; see [`SoundSettings::parse`](crate::world::SoundSettings::parse) for the text.
pub const SOUND: &str = "blockers.sound";

/// The key of all other settings; see [`Settings::parse`](crate::world::Settings::parse) for the text.
pub const SETTINGS: &str = "blockers.settings";

/// The prefix of the keys of texts that were set aside because they could not be parsed; see [`set_aside_key`].
pub const SET_ASIDE: &str = "blockers.aside";

/// The maximum number of texts of one record that are set aside. Each further one replaces the last of them.
pub const MAX_SET_ASIDE: usize = 4;

/// Returns the first key for texts of this record that are set aside: `blockers.aside.bests` for `blockers.bests`.
#[must_use]
pub fn set_aside_key(key: &str) -> String {
    format!("{SET_ASIDE}.{}", key.strip_prefix(PREFIX).unwrap_or(key))
}

/// Returns the key for setting aside this text, which was stored under `key`: the first one that is free in these
/// records or already has the same text. `blockers.aside.bests` is followed by `blockers.aside.bests.2`.
#[must_use]
pub fn free_set_aside_key(records: &Records, key: &str, text: &str) -> String {
    let first = set_aside_key(key);
    let nth = |number: usize| if number == 1 { first.clone() } else { format!("{first}.{number}") };
    let is_free = |key: &String| records.get(key).is_none_or(|kept| kept.is_empty() || kept == text);
    (1..MAX_SET_ASIDE).map(nth).find(is_free).unwrap_or_else(|| nth(MAX_SET_ASIDE))
}

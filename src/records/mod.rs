//! Everything that is stored, as values and as texts; pure: no ecs, no bus, no clock, no web.
//!
//! The storage is a map from key to text, and each record is one key:
//!
//! ```text
//! value ── to_text ──▶ words and a seal ── storage ──▶ is the seal right? ── parse ──▶ value, or why not
//! ```
//!
//! [`mod@seal`] makes sure that a damaged text is known for one, [`fields`] are what all texts have in common. [`save`] is the
//! game that is being played, in two slots in turn; [`bests`] and [`daily`] (with its [`date`]) the scores; [`archive`] the
//! [`ended`] games and the [`totals`] of those before, and [`statistics`] what can be said about them. [`backup`] is all of it
//! in one file, and [`spare`] chooses between two copies of it.
//!
//! Nothing that was stored can make this panic, whoever wrote it: numbers that come in are added with saturation, and what
//! cannot be read is handed back with a reason, so that it can be kept [`aside()`].
//!
//! ```
//! use blockers::records::{SavedGame, newest};
//! use blockers::rules::{Deal, GameKind, Recording};
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
pub use spare::united;
pub use statistics::Statistics;
pub use totals::Totals;

/// What every key of ours begins with.
pub const PREFIX: &str = "blockers.";

/// The keys of the game that is being played: two, written in turn, so that one of them is whole whatever happens. See
/// [`newest`].
pub const GAME: [&str; 2] = ["blockers.game.0", "blockers.game.1"];

/// The key of the [`Bests`].
pub const BESTS: &str = "blockers.bests";

/// The key of the [`DailyResults`].
pub const DAILY: &str = "blockers.daily";

/// The key of the [`Archive`].
pub const ARCHIVE: &str = "blockers.archive";

/// What the keys of texts that could not be read begin with; see [`aside()`].
pub const ASIDE: &str = "blockers.aside";

/// So many texts of one record are kept aside. Of more than that the newest one is kept.
pub const ASIDES: usize = 4;

/// The first key under which to keep what was found under this one and could not be read: `blockers.aside.bests` for
/// `blockers.bests`.
#[must_use]
pub fn aside(key: &str) -> String {
    format!("{ASIDE}.{}", key.strip_prefix(PREFIX).unwrap_or(key))
}

/// The key under which to keep this text, which was found under that one and could not be read: the first that is free among
/// these records, or has this very text. After `blockers.aside.bests` comes `blockers.aside.bests.2`.
#[must_use]
pub fn place_aside(records: &BTreeMap<String, String>, key: &str, text: &str) -> String {
    let first = aside(key);
    let place = |number: usize| if number == 1 { first.clone() } else { format!("{first}.{number}") };
    let free = |place: &String| records.get(place).is_none_or(|kept| kept.is_empty() || kept == text);
    (1..ASIDES).map(place).find(free).unwrap_or_else(|| place(ASIDES))
}

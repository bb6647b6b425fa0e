//! The current game, which is saved after every drop.
//!
//! There are two slots, which are written in turn. If a write fails half-way, the text of the other slot is still
//! intact.

use super::fields::{Fields, Unreadable, VERSION};
use super::seal::seal;
use blockers_rules::{Recording, Timeline, notation};

/// A saved game. The text form: the version, id, generation, the recording as a link, position, `played_on_from`, the
/// seal. The last two numbers may be missing, because older versions did not write them; then no drop is undone and
/// `played_on_from` is 0.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SavedGame {
    /// The game's id, which stays the same from the first drop to the end.
    pub id: u64,
    /// The number of this save: one more than that of the save before it.
    pub generation: u64,
    /// The game, with its undone drops.
    pub recording: Recording,
    /// The number of drops that are played and not undone.
    pub position: usize,
    /// The number of drops when the game was continued from a replay; 0 if all drops are the player's own.
    pub played_on_from: usize,
}

impl SavedGame {
    /// Returns a saved game without undone drops, all of whose drops are the player's own.
    #[must_use]
    pub fn new(id: u64, generation: u64, recording: Recording) -> Self {
        let position = recording.drops.len();
        Self { id, generation, recording, position, played_on_from: 0 }
    }

    /// Returns the text that [`Self::parse`] reads.
    #[must_use]
    pub fn to_text(&self) -> String {
        let Self { id, generation, recording, position, played_on_from } = self;
        seal(&format!("{VERSION} {id} {generation} {} {position} {played_on_from}", notation::to_link(recording)))
    }

    /// Parses a text. It does not check that the recording is legal; [`newest`] does.
    ///
    /// # Errors
    /// [`Unreadable`] if the text is invalid.
    pub fn parse(text: &str) -> Result<Self, Unreadable> {
        const POSITION: &str = "a number of drops in the recording";
        let mut fields = Fields::unsealed(text)?;
        let mut saved =
            Self::new(fields.number("the game's id")?, fields.number("the generation")?, fields.recording()?);
        if !fields.is_at_end() {
            let drops = saved.position;
            for number in [&mut saved.position, &mut saved.played_on_from] {
                *number = fields.number(POSITION)?;
                if *number > drops {
                    return Err(Unreadable::unexpected(POSITION, &number.to_string()));
                }
            }
            fields.end()?;
        }
        Ok(saved)
    }
}

/// The result of reading the two slots.
#[derive(Clone, Debug)]
pub struct Found {
    /// The game to continue, at its position, if there is one.
    pub game: Option<(SavedGame, Timeline)>,
    /// The slot to write next: never the one that the game is from. Without a game, it is an empty slot if there is
    /// one.
    pub slot: usize,
    /// The slots that could not be used: the slot, its text, which must be set aside before the slot is written, and
    /// the reason.
    pub damaged: Vec<(usize, String, String)>,
}

/// Returns the newest saved game that can be parsed and is legal. If both have the same generation, which normally
/// cannot happen, it is the one of the first slot. The older game is not verified if the newer one is legal.
#[must_use]
pub fn newest(records: [Option<&str>; 2]) -> Found {
    let mut games = [None, None];
    let mut reasons = [None, None];
    for ((text, game), reason) in records.iter().zip(&mut games).zip(&mut reasons) {
        match text.map(SavedGame::parse) {
            Some(Ok(saved)) => *game = Some(saved),
            Some(Err(unreadable)) => *reason = Some(unreadable.to_string()),
            None => {}
        }
    }
    let mut chosen = None;
    for slot in newest_first(&games) {
        let Some(saved) = games[slot].take() else { continue };
        match Timeline::of(&saved.recording) {
            Ok(mut timeline) => {
                timeline.seek(saved.position);
                chosen = Some((slot, saved, timeline));
                break;
            }
            Err(illegal) => reasons[slot] = Some(illegal.to_string()),
        }
    }
    let damaged =
        (0..records.len()).filter_map(|slot| Some((slot, records[slot]?.to_owned(), reasons[slot].take()?))).collect();
    match chosen {
        Some((slot, saved, timeline)) => Found { game: Some((saved, timeline)), slot: 1 - slot, damaged },
        None => Found { game: None, slot: records.iter().position(Option::is_none).unwrap_or(0), damaged },
    }
}

/// Returns the slots in the order in which to try them.
fn newest_first(games: &[Option<SavedGame>; 2]) -> [usize; 2] {
    match games {
        [Some(first), Some(second)] if second.generation > first.generation => [1, 0],
        _ => [0, 1],
    }
}

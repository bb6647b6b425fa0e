//! The game that is being played, as it is kept after every drop.
//!
//! Comes in: a game's recording; later the texts of the two slots. Goes out: a text; later the newest game that can be played
//! on, and which slot to write next. The slots are written in turn: what goes wrong in writing costs the new text and never
//! the one before.

use super::fields::{Fields, Unreadable, VERSION};
use super::seal::seal;
use crate::rules::{Recording, Timeline, notation};

/// A game as it was kept. As a text: the version, its number and generation, the recording as a link, the other two numbers, the
/// seal. Texts without these two are read as well: they are of games at their end that were not played on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SavedGame {
    /// The game's number, which is the same from its first drop to its end.
    pub id: u64,
    /// One more than that of the text that was kept before this one.
    pub generation: u64,
    /// The game, with the drops that were taken back.
    pub recording: Recording,
    /// How many of the drops are played where the game stands.
    pub position: usize,
    /// How many drops there were when the game was played on from a replay; 0 if all are the player's own.
    pub played_on_from: usize,
}

impl SavedGame {
    /// A game at its end, which was played from its beginning.
    #[must_use]
    pub fn new(id: u64, generation: u64, recording: Recording) -> Self {
        let position = recording.drops.len();
        Self { id, generation, recording, position, played_on_from: 0 }
    }

    /// The text that [`Self::parse`] reads.
    #[must_use]
    pub fn to_text(&self) -> String {
        let Self { id, generation, recording, position, played_on_from } = self;
        seal(&format!("{VERSION} {id} {generation} {} {position} {played_on_from}", notation::to_link(recording)))
    }

    /// Reads a text. Whether the rules allow the recording's drops is another question; see [`newest`].
    ///
    /// # Errors
    /// [`Unreadable`] says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, Unreadable> {
        const POSITION: &str = "a number of drops that the recording has";
        let mut fields = Fields::unsealed(text)?;
        let mut saved =
            Self::new(fields.number("the game's number")?, fields.number("the generation")?, fields.recording()?);
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

/// What was found in the two slots.
#[derive(Clone, Debug)]
pub struct Found {
    /// The game to play on, where it stands, if there is one.
    pub game: Option<(SavedGame, Timeline)>,
    /// The slot to write next: never the one that the game came from; without a game an empty one, if there is one.
    pub slot: usize,
    /// What could not be taken, by slot: the slot, its text, to be kept aside before the slot is written, and the reason.
    pub damaged: Vec<(usize, String, String)>,
}

/// The newest of the saved games that can be read and that the rules allow. Of two of the same generation, which only a mishap
/// can leave behind, it is the first slot's. The older one is not replayed if the newer one is good.
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
    let mut taken = None;
    for slot in newest_first(&games) {
        let Some(saved) = games[slot].take() else { continue };
        match Timeline::of(&saved.recording) {
            Ok(mut timeline) => {
                timeline.seek(saved.position);
                taken = Some((slot, saved, timeline));
                break;
            }
            Err(illegal) => reasons[slot] = Some(illegal.to_string()),
        }
    }
    let damaged =
        (0..records.len()).filter_map(|slot| Some((slot, records[slot]?.to_owned(), reasons[slot].take()?))).collect();
    match taken {
        Some((slot, saved, timeline)) => Found { game: Some((saved, timeline)), slot: 1 - slot, damaged },
        None => Found { game: None, slot: records.iter().position(Option::is_none).unwrap_or(0), damaged },
    }
}

/// The slots in the order in which to try them.
fn newest_first(games: &[Option<SavedGame>; 2]) -> [usize; 2] {
    match games {
        [Some(first), Some(second)] if second.generation > first.generation => [1, 0],
        _ => [0, 1],
    }
}

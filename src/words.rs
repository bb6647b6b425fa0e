//! Every word that the program says, in one place: English, ready for a second language.
//!
//! Comes in: what happened. Goes out: sentences. The words that never change stand in index.html.

use crate::bus::Failure;
use crate::events::fits::Fits;
use crate::ports::StorageError;
use crate::rules::{Cell, Colour, Piece, Refusal, SLOTS, Shape, Turn};
use crate::world::{Ended, Staged};

/// What a shape is called, without an article and with a small letter unless it is one.
#[must_use]
pub fn shape(shape: Shape) -> &'static str {
    const NAMES: [&str; Shape::ALL.len()] = [
        "hook",
        "J",
        "big square",
        "dot",
        "upright three",
        "flat three",
        "L",
        "turned L",
        "square",
        "upright five",
        "flat five",
        "Z",
        "upright Z",
    ];
    NAMES[usize::from(shape.number())]
}

/// What a colour is called.
#[must_use]
pub fn colour(colour: Colour) -> &'static str {
    match colour {
        Colour::Red => "red",
        Colour::Blue => "blue",
        Colour::Green => "green",
        Colour::Orange => "orange",
        Colour::Purple => "purple",
        Colour::Yellow => "yellow",
    }
}

/// A cell of the board: where it is and what is in it. Rows and columns count from 1.
#[must_use]
pub fn cell(cell: Cell, filled: Option<Colour>) -> String {
    format!("row {}, column {}, {}", cell.row() + 1, cell.column() + 1, filled.map_or("empty", colour))
}

/// A staged shape: what it is and whether it can be placed; or that its slot is empty.
#[must_use]
pub fn staged(staged: Option<&Staged>) -> String {
    let Some(staged) = staged else { return "empty slot".to_owned() };
    let fits = if staged.fits { "fits" } else { "does not fit" };
    format!("{}, {}", piece(staged.piece), fits)
}

fn piece(piece: Piece) -> String {
    let cells = count(piece.shape.mask().count(), "cell", "cells");
    format!("{}, {cells}, {}", capital(shape(piece.shape)), colour(piece.colour))
}

/// What a drop did.
#[must_use]
pub fn dropped(outcome: &Result<Turn, Refusal>) -> String {
    let turn = match outcome {
        Ok(turn) => turn,
        Err(refusal) => return format!("Not placed: {refusal}."),
    };
    let mut parts = vec![format!("{} placed", capital(shape(turn.piece.shape)))];
    let (rows, columns) = (turn.complete.rows.count(), turn.complete.columns.count());
    if rows > 0 {
        parts.push(format!("{} cleared", count(rows, "row", "rows")));
    }
    if columns > 0 {
        parts.push(format!("{} cleared", count(columns, "column", "columns")));
    }
    if turn.points > 0 {
        parts.push(format!("{} points", turn.points));
    }
    let mut sentence = format!("{}. Score {}.", parts.join(", "), turn.score);
    if let Some(hand) = turn.dealt {
        sentence += &format!(" New hand: {}.", hand.map(|piece| shape(piece.shape)).join(", "));
    }
    if turn.over {
        sentence += " Game over.";
    }
    sentence
}

/// A game began with this hand.
#[must_use]
pub fn started(pieces: &[Option<Piece>; SLOTS]) -> String {
    let names: Vec<_> = pieces.iter().flatten().map(|piece| shape(piece.shape)).collect();
    format!("New game. Hand: {}.", names.join(", "))
}

/// Where a shape that was picked up could be let go.
#[must_use]
pub fn fits(fits: &Fits) -> String {
    let places = count(fits.anchors.count(), "place", "places");
    let name = capital(shape(fits.piece.shape));
    match fits.anchors.cells().next() {
        Some(first) => format!(
            "{name} picked up. It fits in {places}, the first at row {}, column {}.",
            first.row() + 1,
            first.column() + 1
        ),
        None => format!("{name} picked up. It fits nowhere."),
    }
}

/// A handler has given an event up: the head of a report.
#[must_use]
pub fn failed(failure: &Failure) -> String {
    let Failure { topic, group, seq, attempts, error, .. } = failure;
    let tries = count(*attempts, "try", "tries");
    format!("Group `{group}` has given up event {seq} of topic `{topic}` after {tries}: {error} The last drops:")
}

/// The points that rise from what was cleared; two lines or more say so.
#[must_use]
pub fn bump(points: u64, lines: u32) -> (String, Option<String>) {
    (format!("+{points}"), (lines > 1).then(|| count(lines, "line", "lines")))
}

/// What stands over the totals of a game that has ended.
#[must_use]
pub fn verdict(ended: &Ended) -> &'static str {
    if ended.score > 0 && ended.score == ended.best { "A new best!" } else { "Nothing fits any more." }
}

/// The seed in the address is not one.
#[must_use]
pub fn not_a_seed(text: &str) -> String {
    let shown: String = text.chars().take(24).collect();
    format!("“{shown}” is not a seed (0 to {}): this game has a random one.", u64::MAX)
}

/// The best score could not be stored.
#[must_use]
pub fn best_not_stored(error: &StorageError) -> String {
    format!("Your best score cannot be stored ({error}). It stays until this page is closed.")
}

/// The settings of sound could not be stored.
#[must_use]
pub fn sound_not_stored(error: &StorageError) -> String {
    format!("The sound settings cannot be stored ({error}). They stay until this page is closed.")
}

/// The totals could not be stored.
#[must_use]
pub fn totals_not_stored(error: &StorageError) -> String {
    format!("Your totals cannot be stored ({error}). This drop may not be counted in them.")
}

/// What was stored could not be read.
#[must_use]
pub fn storage_unreadable(error: &StorageError) -> String {
    format!("What was stored cannot be read ({error}). You can play; your best score may not be remembered.")
}

/// What was stored under this key means nothing.
#[must_use]
pub fn stored_nonsense(key: &str) -> String {
    format!("What is stored as {key} is not readable, and is left out of account.")
}

fn count(number: u32, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

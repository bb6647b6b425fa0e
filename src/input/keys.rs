//! Which key means what.
//!
//! Comes in: a key's name, as the browser has it ([`named`] makes it one of ours), and what has the focus. Goes out: a
//! [`Meaning`], or none. Keys that stand
//! for a button are not here: they are in the shell's list, beside the buttons.

use crate::events::KeyEvent;
use crate::rules::{SIZE, SLOTS, Slot};

/// What has the focus when a key is pressed, by the keys that it has for itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Focus {
    /// The board, or nothing.
    Table,
    /// The shape in this slot: Enter and the space bar choose it, and the arrows go to the others.
    Shape(Slot),
    /// A button: Enter and the space bar press it.
    Button,
    /// A slider: the arrows move it.
    Slider,
    /// A field: every key is typed into it.
    Field,
}

/// What a key means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Meaning {
    /// This, for the hand over the board.
    Hand(KeyEvent),
    /// The focus goes to the shape in this slot.
    Focus(Slot),
}

/// What we call a key: by what it writes, and where that is none of ours by its place on the keyboard. So the letters can be found
/// where another script is written, and the digits where they want Shift.
#[must_use]
pub fn named<'a>(key: &'a str, code: &'a str, shift: bool) -> &'a str {
    let place = ["Key", "Digit", "Numpad"].into_iter().find_map(|kind| code.strip_prefix(kind)).unwrap_or_default();
    let is_digit = place.len() == 1 && place.as_bytes()[0].is_ascii_digit();
    match key {
        "؟" => "?",
        _ if place.len() == 1 && !key.is_ascii() => place,
        _ if is_digit && !shift && key.len() == 1 && !key.as_bytes()[0].is_ascii_alphanumeric() => place,
        _ => key,
    }
}

/// What a key means where this has the focus. A key that is held is one press; only the arrows go on.
#[must_use]
pub fn meaning(key: &str, repeated: bool, focus: Focus) -> Option<Meaning> {
    if repeated && !key.starts_with("Arrow") {
        return None;
    }
    let hand = |event| Some(Meaning::Hand(event));
    match (key, focus) {
        (_, Focus::Field) => None,
        ("1", _) => hand(KeyEvent::SlotChosen(Slot::ALL[0])),
        ("2", _) => hand(KeyEvent::SlotChosen(Slot::ALL[1])),
        ("3", _) => hand(KeyEvent::SlotChosen(Slot::ALL[2])),
        ("Enter" | " ", Focus::Table) => hand(KeyEvent::Released),
        ("Enter" | " ", Focus::Shape(slot)) => hand(KeyEvent::SlotChosen(slot)),
        (_, Focus::Shape(slot)) => neighbour(key, slot).map(Meaning::Focus),
        (_, Focus::Table | Focus::Button) => way(key).and_then(hand),
        (_, Focus::Slider) => None,
    }
}

/// The way over the board: by a cell, or to the first or the last column.
fn way(key: &str) -> Option<KeyEvent> {
    let across = i32::from(SIZE);
    let (rows, columns) = match key {
        "ArrowUp" => (-1, 0),
        "ArrowDown" => (1, 0),
        "ArrowLeft" => (0, -1),
        "ArrowRight" => (0, 1),
        "Home" => (0, -across),
        "End" => (0, across),
        _ => return None,
    };
    Some(KeyEvent::Moved { rows, columns })
}

/// The way along the slots, which lie beside each other or one below the other. At the end it is the same slot again.
fn neighbour(key: &str, slot: Slot) -> Option<Slot> {
    let last = SLOTS - 1;
    match key {
        "ArrowUp" | "ArrowLeft" => Slot::new(slot.index().saturating_sub(1)),
        "ArrowDown" | "ArrowRight" => Slot::new((slot.index() + 1).min(last)),
        "Home" => Slot::new(0),
        "End" => Slot::new(last),
        _ => None,
    }
}

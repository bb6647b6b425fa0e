//! The meaning of each key on the table, which depends on what has the focus.
//!
//! The shortcuts of buttons are not here: they are in `shell::buttons`.

use crate::events::KeyEvent;
use blockers_rules::{SIZE, SLOTS, Slot};

/// What has the focus when a key is pressed. Some elements use some keys themselves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Focus {
    /// The board, or no element.
    Table,
    /// The shape in this slot. Enter and the space bar choose it, and the arrows move the focus to the others.
    Shape(Slot),
    /// A button. It uses Enter and the space bar.
    Button,
    /// A slider. It uses the arrows.
    Slider,
    /// A field. It uses every key.
    Field,
}

/// The meaning of a key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Meaning {
    /// It chooses, moves or releases a shape.
    Hand(KeyEvent),
    /// It moves the focus to the shape in this slot.
    Focus(Slot),
}

/// Returns the name of a key: usually the character that it writes. If the character is of another script, it is the
/// letter or digit at this place of the keyboard, and if a digit needs Shift on this layout, it is the digit. So every
/// key is found on every layout. `key` and `code` are the browser's.
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

/// Returns `true` for a key that writes a letter, a digit or another sign, by its name. The player can turn off the
/// shortcuts with such keys. The space bar is not one of them.
#[must_use]
pub fn is_character(name: &str) -> bool {
    name.chars().count() == 1 && name != " "
}

/// Returns the meaning of a key; `None` if it has none. A key that is held down counts once, except for the arrows.
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
        (_, Focus::Table | Focus::Button) => movement(key).and_then(hand),
        (_, Focus::Slider) => None,
    }
}

/// Returns the movement of a shape over the board: by one cell, or to the first or the last column.
fn movement(key: &str) -> Option<KeyEvent> {
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

/// Returns the slot that a key moves the focus to. The slots are in a row or in a column, so either arrow works. At the
/// end it is the same slot.
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

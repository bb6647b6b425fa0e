//! What a key means, by its name and the focus, and how the name follows from the keyboard's layout.

use blockers::events::KeyEvent;
use blockers::input::keys::{Focus, Meaning, meaning, named};
use blockers_rules::Slot;

use super::{chosen, moved};

#[test]
fn the_meaning_of_a_key_depends_on_the_focus() {
    let shape_key = |event| Some(Meaning::Hand(event));
    let on_shape = |number: usize| Focus::Shape(Slot::ALL[number]);
    let focus = |number: usize| Some(Meaning::Focus(Slot::ALL[number]));
    let cases = [
        ("1", Focus::Table, shape_key(chosen(0))),
        ("2", Focus::Button, shape_key(chosen(1))),
        ("3", Focus::Slider, shape_key(chosen(2))),
        ("1", on_shape(2), shape_key(chosen(0))),
        ("1", Focus::Field, None),
        ("4", Focus::Table, None),
        ("0", Focus::Table, None),
        ("ArrowUp", Focus::Table, shape_key(moved(-1, 0))),
        ("ArrowDown", Focus::Table, shape_key(moved(1, 0))),
        ("ArrowLeft", Focus::Button, shape_key(moved(0, -1))),
        ("ArrowRight", Focus::Button, shape_key(moved(0, 1))),
        ("Home", Focus::Table, shape_key(moved(0, -10))),
        ("End", Focus::Table, shape_key(moved(0, 10))),
        ("ArrowLeft", Focus::Slider, None),
        ("ArrowUp", Focus::Slider, None),
        ("Home", Focus::Slider, None),
        ("ArrowLeft", Focus::Field, None),
        ("ArrowRight", on_shape(0), focus(1)),
        ("ArrowDown", on_shape(1), focus(2)),
        ("ArrowDown", on_shape(2), focus(2)),
        ("ArrowLeft", on_shape(2), focus(1)),
        ("ArrowUp", on_shape(0), focus(0)),
        ("Home", on_shape(1), focus(0)),
        ("End", on_shape(1), focus(2)),
        ("Enter", Focus::Table, shape_key(KeyEvent::Released)),
        (" ", Focus::Table, shape_key(KeyEvent::Released)),
        ("Enter", on_shape(1), shape_key(chosen(1))),
        (" ", on_shape(2), shape_key(chosen(2))),
        ("Enter", Focus::Button, None),
        (" ", Focus::Button, None),
        ("Enter", Focus::Slider, None),
        (" ", Focus::Slider, None),
        ("Enter", Focus::Field, None),
        (" ", Focus::Field, None),
        ("Tab", Focus::Table, None),
        ("Tab", on_shape(0), None),
        ("Escape", Focus::Table, None),
        ("n", Focus::Table, None),
        ("", Focus::Table, None),
    ];
    for (key, focus, expected) in cases {
        assert_eq!(meaning(key, false, focus), expected, "{key}, {focus:?}");
        let repeated = expected.filter(|_| key.starts_with("Arrow"));
        assert_eq!(meaning(key, true, focus), repeated, "{key} repeated, {focus:?}");
    }
}

#[test]
fn a_key_is_named_by_its_character_or_else_by_its_position() {
    let cases = [
        // By the character: a German keyboard swaps Z and Y, and a French one has A at the position of Q.
        ("z", "KeyY", false, "z"),
        ("N", "KeyN", true, "N"),
        ("q", "KeyA", false, "q"),
        ("1", "Numpad1", false, "1"),
        ("1", "Digit1", true, "1"),
        // By the position: Arabic, Greek, Cyrillic and Hebrew letters, and Arabic digits.
        ("ى", "KeyN", false, "N"),
        ("ة", "KeyM", false, "M"),
        ("ع", "KeyU", false, "U"),
        ("ه", "KeyI", false, "I"),
        ("ئ", "KeyZ", false, "Z"),
        ("ν", "KeyN", false, "N"),
        ("т", "KeyN", false, "N"),
        ("מ", "KeyN", false, "N"),
        ("٢", "Digit2", false, "2"),
        ("٣", "Numpad3", false, "3"),
        // A French keyboard needs Shift for digits.
        ("&", "Digit1", false, "1"),
        ("é", "Digit2", false, "2"),
        ("\"", "Digit3", false, "3"),
        // The character of Shift and a digit is not a digit.
        ("!", "Digit1", true, "!"),
        ("?", "KeyM", true, "?"),
        ("؟", "Slash", true, "?"),
        // A comma has no meaning at any position.
        (",", "KeyM", false, ","),
        (";", "KeyZ", false, ";"),
        ("End", "Numpad1", false, "End"),
        ("Enter", "NumpadEnter", false, "Enter"),
        ("ArrowUp", "ArrowUp", false, "ArrowUp"),
        (" ", "Space", false, " "),
        ("ö", "Semicolon", false, "ö"),
        ("", "", false, ""),
        ("", "Digit1", false, ""),
    ];
    for (key, code, shift, expected) in cases {
        assert_eq!(named(key, code, shift), expected, "{key}, {code}, {shift}");
    }
}

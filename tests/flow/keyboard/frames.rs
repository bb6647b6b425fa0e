//! What becomes of the hand in one frame with other things, in another window, and where the focus is elsewhere.

use blockers::events::{DragEvent, DragPhase, Dropped, KeyEvent};
use blockers::input::keys::{Focus, Meaning, meaning, named};
use blockers::rules::{Anchor, Slot};
use blockers::world::{Carried, Returning};

use super::{assert_nothing_is_held, at, carried_over, chosen, lead, moved, over, phantom, publish, told_since};
use crate::driver::{LANDSCAPE, PORTRAIT, Table, cell, red, slot};

use DragPhase::{Cancelled, Started as Begun};

#[test]
fn a_resize_and_a_turn_leave_the_shape_over_its_cell() {
    let mut table = Table::new(7);
    table.choose(1).step(-2, 3);
    for (row, viewport) in (2..).zip([LANDSCAPE, PORTRAIT, LANDSCAPE]) {
        table.resize(viewport);
        assert_eq!((phantom(&mut table), carried_over(&mut table)), (Some(over(row, 7)), over(row, 7)), "{viewport:?}");
        table.step(1, 0);
    }
    table.let_go();
    assert!(table.game().board().colour(at(5, 7)).is_some());

    // Also when it has been picked up since the last frame, and when there is nothing to be followed.
    let mut table = Table::new(7);
    publish(&mut table, chosen(1));
    table.resize(LANDSCAPE);
    assert_eq!((phantom(&mut table), carried_over(&mut table)), (Some(over(4, 4)), over(4, 4)));
    table.interrupt().settle();
    let before = table.published::<DragEvent>();
    table.resize(PORTRAIT);
    assert_eq!(table.published::<DragEvent>(), before);
}

#[test]
fn where_it_hovers_is_said_once_a_frame() {
    let mut table = Table::new(7);
    table.announcer.take_announced();
    let said = |table: &Table| table.announcer.take_announced();
    table.choose(1);
    assert_eq!(said(&table), ["Square picked up. It fits in 81 places, the first at row 1, column 1."]);
    table.step(-1, 0);
    assert_eq!(said(&table), ["fits"]);
    for _ in 0..3 {
        publish(&mut table, moved(0, 1));
    }
    table.frame();
    assert_eq!(said(&table), ["fits"], "the newest");
    table.step(0, 5);
    assert_eq!(said(&table), ["fits"]);
    table.step(0, 1);
    assert!(said(&table).is_empty(), "at the edge it stays where it is");
    publish(&mut table, moved(1, 0));
    table.let_go();
    assert_eq!(said(&table), ["Square placed. Score 0."]);
    table.choose(0);
    said(&table);
    lead(&mut table, at(4, 7));
    assert_eq!(said(&table).last().map(String::as_str), Some("does not fit"));
    table.let_go();
    assert_eq!(said(&table), ["Not placed: a cell there is taken."]);
    // By mouse it is seen.
    table.press(slot(0)).move_to(cell(0, 0)).move_to(cell(1, 1)).interrupt();
    assert!(said(&table).iter().all(|sentence| sentence.contains(" picked up. ")));
}

#[test]
fn what_a_drop_would_clear_is_said_while_it_hovers() {
    let mut table = Table::new(0);
    // Five of the first row are taken, and the last ones of the last column.
    table.deal([10, 9, 10].map(red), vec![]).drop_at(0, 0, 0).drop_at(1, 5, 9);
    table.choose(2);
    lead(&mut table, at(1, 5));
    table.announcer.take_announced();
    table.step(-1, 0);
    assert_eq!(table.announcer.take_announced(), ["fits, clears 1 row"]);
    table.step(0, -1);
    assert_eq!(table.announcer.take_announced(), ["does not fit"]);
}

#[test]
fn what_comes_in_one_frame_is_done_in_its_order() {
    // A whole drag.
    let mut table = Table::new(7);
    for event in [chosen(1), moved(-1, 0), moved(0, 1), KeyEvent::Released] {
        publish(&mut table, event);
    }
    table.frame();
    assert!(table.game().board().colour(at(3, 5)).is_some());
    assert_nothing_is_held(&mut table, "a whole drag");
    table.settle().assert_agrees("a whole drag");

    // It is picked up, and put back at once.
    let mut table = Table::new(7);
    publish(&mut table, chosen(1));
    table.interrupt();
    assert_eq!(table.published::<DragEvent>(), 3);
    assert_nothing_is_held(&mut table, "put back at once");

    // It is put back, and picked up again at once.
    let mut table = Table::new(7);
    table.choose(1).step(3, 3);
    publish(&mut table, KeyEvent::Interrupted);
    table.choose(1);
    assert_eq!((table.count::<Carried>(), table.count::<Returning>()), (1, 0));
    assert_eq!((phantom(&mut table), carried_over(&mut table)), (Some(over(4, 4)), over(4, 4)));
    table.step(1, 0);
    assert_eq!((phantom(&mut table), carried_over(&mut table)), (Some(over(5, 4)), over(5, 4)));
    table.let_go();
    assert!(table.game().board().colour(at(5, 4)).is_some());

    // What is let go and asked for again before that is decided is not held by a hand that holds nothing.
    let mut table = Table::new(7);
    table.choose(1);
    for event in [KeyEvent::Released, chosen(1), moved(1, 0), KeyEvent::Released] {
        publish(&mut table, event);
    }
    table.frame();
    assert_eq!((table.published::<Dropped>(), table.game().drops()), (1, 1));
    assert_nothing_is_held(&mut table, "it is on the board");

    // The next one can be picked up, and is over the board as it is then.
    let mut table = Table::new(7);
    table.choose(1);
    publish(&mut table, KeyEvent::Released);
    table.choose(0);
    let (held, fits) = (table.mirror().hovering.expect("it is held"), table.game().anchors(Slot::ALL[0]));
    assert_eq!((table.game().drops(), held.fits), (1, fits.contains(held.at)));
    assert_eq!(phantom(&mut table), held.fits.then_some(Anchor::from(held.at)));
}

#[test]
fn a_pointer_and_a_key_in_one_frame_are_not_both_heeded() {
    let mut table = Table::new(7);
    publish(&mut table, chosen(0));
    table.press(slot(1));
    assert_eq!(told_since(&table, 0), [(1, Begun)]);
    let mut table = Table::new(7);
    table.choose(1);
    publish(&mut table, chosen(0));
    table.press(slot(1));
    assert_eq!(told_since(&table, 2), [(1, Cancelled), (1, Begun)]);
    assert_eq!((table.count::<Carried>(), table.count::<Returning>()), (1, 0));
}

#[test]
fn a_key_means_what_it_does_where_the_focus_is() {
    let hand = |event| Some(Meaning::Hand(event));
    let shape = |number: usize| Focus::Shape(Slot::ALL[number]);
    let to = |number: usize| Some(Meaning::Focus(Slot::ALL[number]));
    let table = [
        ("1", Focus::Table, hand(chosen(0))),
        ("2", Focus::Button, hand(chosen(1))),
        ("3", Focus::Slider, hand(chosen(2))),
        ("1", shape(2), hand(chosen(0))),
        ("1", Focus::Field, None),
        ("4", Focus::Table, None),
        ("0", Focus::Table, None),
        ("ArrowUp", Focus::Table, hand(moved(-1, 0))),
        ("ArrowDown", Focus::Table, hand(moved(1, 0))),
        ("ArrowLeft", Focus::Button, hand(moved(0, -1))),
        ("ArrowRight", Focus::Button, hand(moved(0, 1))),
        ("Home", Focus::Table, hand(moved(0, -10))),
        ("End", Focus::Table, hand(moved(0, 10))),
        ("ArrowLeft", Focus::Slider, None),
        ("ArrowUp", Focus::Slider, None),
        ("Home", Focus::Slider, None),
        ("ArrowLeft", Focus::Field, None),
        ("ArrowRight", shape(0), to(1)),
        ("ArrowDown", shape(1), to(2)),
        ("ArrowDown", shape(2), to(2)),
        ("ArrowLeft", shape(2), to(1)),
        ("ArrowUp", shape(0), to(0)),
        ("Home", shape(1), to(0)),
        ("End", shape(1), to(2)),
        ("Enter", Focus::Table, hand(KeyEvent::Released)),
        (" ", Focus::Table, hand(KeyEvent::Released)),
        ("Enter", shape(1), hand(chosen(1))),
        (" ", shape(2), hand(chosen(2))),
        ("Enter", Focus::Button, None),
        (" ", Focus::Button, None),
        ("Enter", Focus::Slider, None),
        (" ", Focus::Slider, None),
        ("Enter", Focus::Field, None),
        (" ", Focus::Field, None),
        ("Tab", Focus::Table, None),
        ("Tab", shape(0), None),
        ("Escape", Focus::Table, None),
        ("n", Focus::Table, None),
        ("", Focus::Table, None),
    ];
    for (key, focus, expected) in table {
        assert_eq!(meaning(key, false, focus), expected, "{key}, {focus:?}");
        let repeated = expected.filter(|_| key.starts_with("Arrow"));
        assert_eq!(meaning(key, true, focus), repeated, "{key} is held, {focus:?}");
    }
}

#[test]
fn a_key_is_what_it_writes_and_else_where_it_lies() {
    let table = [
        // By what it writes: Z and Y change their places on a German keyboard, and A is where Q would be on a French one.
        ("z", "KeyY", false, "z"),
        ("N", "KeyN", true, "N"),
        ("q", "KeyA", false, "q"),
        ("1", "Numpad1", false, "1"),
        ("1", "Digit1", true, "1"),
        // By its place: Arabic, Greek, Cyrillic and Hebrew letters, and Arabic digits.
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
        // A French keyboard wants Shift for digits.
        ("&", "Digit1", false, "1"),
        ("é", "Digit2", false, "2"),
        ("\"", "Digit3", false, "3"),
        // What Shift makes of a digit is no digit.
        ("!", "Digit1", true, "!"),
        ("?", "KeyM", true, "?"),
        ("؟", "Slash", true, "?"),
        // A comma is none of ours, wherever it lies.
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
    for (key, code, shift, expected) in table {
        assert_eq!(named(key, code, shift), expected, "{key}, {code}, {shift}");
    }
}

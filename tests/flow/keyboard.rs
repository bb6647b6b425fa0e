//! The hand that is led by keys: it drags as a finger does, one of the two at a time, and only in the player's own game.

use blockers::bus::Event;
use blockers::events::{CommandEvent, DragEvent, DragPhase, Dropped, KeyEvent, PointerKind, ShapeDragEvent, TableSet};
use blockers::input::carrying::corner;
use blockers::input::keys::{Focus, Meaning, meaning, named};
use blockers::ports::Voice;
use blockers::rules::{Anchor, Cell, DropAt, Piece, Refusal, Slot};
use blockers::world::geometry::Point;
use blockers::world::layout::Layout;
use blockers::world::{Carried, Panel, Phantom, Returning, Wanted};

use crate::driver::{LANDSCAPE, PORTRAIT, Place, Table, cell, red, slot};
use crate::games::{Choice, first_drop, last_drop, seen};
use crate::replaying::shown;

use DragPhase::{Cancelled, Moved, Started as Begun};

/// What is held: its slot, the row and column of its top-left cell, and whether it fits there.
pub(crate) type Hovers = (usize, u8, u8, bool);

pub(crate) fn hovers(table: &mut Table) -> Option<Hovers> {
    let held = table.mirror().hovering?;
    Some((held.slot.index(), held.at.row(), held.at.column(), held.fits))
}

pub(crate) fn at(row: i32, column: i32) -> Cell {
    Cell::new(row, column).expect("it is on the board")
}

pub(crate) fn over(row: i32, column: i32) -> Anchor {
    Anchor { row, column }
}

/// Moves what is held to a cell, a row or a column at a time.
fn lead(table: &mut Table, to: Cell) {
    let held = table.mirror().hovering.expect("something is held");
    let way = |from: u8, to: u8| i32::from(to) - i32::from(from);
    let (rows, columns) = (way(held.at.row(), to.row()), way(held.at.column(), to.column()));
    for _ in 0..rows.abs() {
        table.step(rows.signum(), 0);
    }
    for _ in 0..columns.abs() {
        table.step(0, columns.signum());
    }
}

fn drop_by_keys(table: &mut Table, drop: DropAt) {
    table.choose(drop.slot.index());
    lead(table, drop.at);
    table.let_go();
}

/// Publishes this, to be dealt with in one frame with what else comes.
fn publish<E: Event>(table: &mut Table, event: E) {
    table.app.publish(event).expect("there is such a topic");
}

fn chosen(number: usize) -> KeyEvent {
    KeyEvent::SlotChosen(Slot::ALL[number])
}

fn moved(rows: i32, columns: i32) -> KeyEvent {
    KeyEvent::Moved { rows, columns }
}

/// The drags since then: the slot, and what happened to its shape.
pub(crate) fn told_since(table: &Table, seq: u64) -> Vec<(usize, DragPhase)> {
    let drags = table.published_since::<ShapeDragEvent>(seq);
    drags.into_iter().map(|drag| (drag.slot.index(), drag.phase)).collect()
}

/// Where the carried shape's corner is, as the view sees it.
fn carried_over(table: &mut Table) -> Anchor {
    let grip = table.only::<Carried>().expect("it is carried").grip;
    let over = corner(table.app.world().resource::<Layout>(), grip);
    assert!((over.row - over.row.round()).abs() < 1e-3, "{over:?}");
    assert!((over.column - over.column.round()).abs() < 1e-3, "{over:?}");
    Anchor { row: over.row.round() as i32, column: over.column.round() as i32 }
}

fn phantom(table: &mut Table) -> Option<Anchor> {
    table.only::<Phantom>().map(|phantom| phantom.at)
}

/// Nothing is held, carried or shown to be let go anywhere.
pub(crate) fn assert_nothing_is_held(table: &mut Table, context: &str) {
    assert_eq!(hovers(table), None, "{context}");
    assert_eq!((table.count::<Carried>(), table.count::<Phantom>()), (0, 0), "{context}");
}

#[test]
fn a_game_by_keys_is_the_same_as_by_mouse() {
    let games: [(u64, Choice); 3] = [(7, first_drop), (8, last_drop), (9, first_drop)];
    for (seed, choose) in games {
        let (mut by_mouse, mut by_keys) = (Table::new(seed), Table::new(seed));
        for _ in 0..2_000 {
            let Some(drop) = by_mouse.drop_as(choose) else { break };
            drop_by_keys(&mut by_keys, drop);
        }
        assert!(by_keys.game().is_over(), "seed {seed}");
        assert_eq!(by_keys.published_since::<Dropped>(0), by_mouse.published_since::<Dropped>(0), "seed {seed}");
        assert_eq!(seen(by_keys.game()), seen(by_mouse.game()), "seed {seed}");
        assert_eq!(by_keys.timeline().recording(), by_mouse.timeline().recording(), "seed {seed}");
        assert_nothing_is_held(&mut by_keys, "at the end");
        by_keys.settle().assert_agrees("at the end");
    }
}

#[test]
fn what_keys_do_is_what_a_mouse_does_that_is_led_the_same_way() {
    let mut by_keys = Table::new(7);
    by_keys.choose(1).step(-1, 0).step(0, 2).let_go();
    let mut by_mouse = Table::new(7);
    by_mouse.press(slot(1)).move_to(cell(4, 4)).move_to(cell(3, 4)).move_to(cell(3, 6)).release();
    let drags = |table: &Table| -> Vec<_> {
        let drags = table.published_since::<DragEvent>(0);
        drags.into_iter().map(|drag| (drag.entity, drag.phase, drag.kind, drag.table)).collect()
    };
    assert_eq!(drags(&by_keys), drags(&by_mouse));
    let places = |table: &Table| -> Vec<_> {
        let drags = table.published_since::<ShapeDragEvent>(0);
        let rounded = |length: f32| (length * 100.0).round() / 100.0;
        let place = |drag: ShapeDragEvent| drag.over.map(|over| (rounded(over.row), rounded(over.column)));
        drags.into_iter().map(|drag| (drag.slot, drag.phase, drag.table, place(drag))).collect()
    };
    assert_eq!(places(&by_keys), places(&by_mouse));
    assert_eq!(by_keys.published_since::<Dropped>(0), by_mouse.published_since::<Dropped>(0));
}

#[test]
fn a_shape_is_brought_to_where_it_fits_nearest_to_the_middle() {
    let distance = |piece: Piece, at: Cell| {
        let off = |start: u8, length: u8| f32::from(start) + f32::from(length) / 2.0 - 5.0;
        off(at.row(), piece.shape.rows()).hypot(off(at.column(), piece.shape.columns()))
    };
    let mut table = Table::new(7);
    for drops in 0..20 {
        for slot in Slot::ALL {
            let context = format!("{slot:?} after {drops} drops");
            let (piece, anchors) = (table.game().staged(slot), table.game().anchors(slot));
            table.choose(slot.index());
            let Some(piece) = piece.filter(|_| !anchors.is_empty()) else { continue };
            let held = table.mirror().hovering.expect("it fits");
            assert_eq!((held.slot, held.fits), (slot, true), "{context}");
            let nearest = anchors.cells().map(|at| distance(piece, at)).fold(f32::MAX, f32::min);
            assert!(distance(piece, held.at) <= nearest + 1e-4, "{context}: {held:?}");
            let there = Anchor::from(held.at);
            assert_eq!((phantom(&mut table), carried_over(&mut table)), (Some(there), there), "{context}");
        }
        table.interrupt().settle();
        if table.drop_as(last_drop).is_none() {
            assert!(drops > 5, "it was a game to speak of");
            return;
        }
    }
}

#[test]
fn it_moves_by_cells_and_all_of_it_stays_over_the_board() {
    let mut table = Table::new(7);
    table.choose(1);
    assert_eq!(hovers(&mut table), Some((1, 4, 4, true)));
    let steps: [((i32, i32), (u8, u8)); 12] = [
        ((-1, 0), (3, 4)),
        ((0, 1), (3, 5)),
        ((0, -10), (3, 0)),
        ((0, -1), (3, 0)),
        ((0, 10), (3, 8)),
        ((0, 1), (3, 8)),
        ((10, 0), (8, 8)),
        ((1, 0), (8, 8)),
        ((-10, -10), (0, 0)),
        ((-1, 0), (0, 0)),
        ((i32::MAX, i32::MIN), (8, 0)),
        ((i32::MIN, i32::MAX), (0, 8)),
    ];
    for ((rows, columns), (row, column)) in steps {
        table.step(rows, columns);
        assert_eq!(hovers(&mut table), Some((1, row, column, true)), "({rows}, {columns})");
        let expected = over(row.into(), column.into());
        assert_eq!((phantom(&mut table), carried_over(&mut table)), (Some(expected), expected));
    }
}

#[test]
fn it_hovers_also_where_it_does_not_fit_and_is_refused_there() {
    let mut table = Table::new(7);
    table.choose(1).let_go().settle();
    let before = table.mirror();
    table.audio.take_played();
    table.choose(0);
    lead(&mut table, at(4, 4));
    assert_eq!(hovers(&mut table), Some((0, 4, 4, false)));
    assert_eq!((phantom(&mut table), carried_over(&mut table)), (None, over(4, 4)));
    table.let_go();
    assert_eq!(table.last::<Dropped>().map(|dropped| dropped.outcome), Some(Err(Refusal::Occupied)));
    assert_eq!(table.audio.take_played(), [Voice::PickUp, Voice::Refused]);
    assert_eq!(table.count::<Returning>(), 1);
    assert_nothing_is_held(&mut table, "refused");
    table.settle();
    assert_eq!(table.mirror(), before);
    // It can be picked up again, as after a drag with the mouse.
    table.choose(0);
    lead(&mut table, at(0, 0));
    table.let_go();
    assert_eq!(table.game().drops(), 2);
}

#[test]
fn escape_puts_it_back_without_a_word() {
    let mut table = Table::new(7);
    let before = table.mirror();
    table.choose(1).step(1, 0);
    table.announcer.take_announced();
    table.interrupt();
    assert_eq!(told_since(&table, 0), [(1, Begun), (1, Moved), (1, Moved), (1, Cancelled)]);
    assert_eq!(table.count::<Returning>(), 1);
    assert_nothing_is_held(&mut table, "put back");
    table.step(1, 0).let_go().interrupt().settle();
    assert_eq!((table.published::<DragEvent>(), table.published::<Dropped>()), (4, 0), "there is nothing to be moved");
    assert_eq!((table.mirror(), table.announcer.take_announced().len()), (before, 0));
}

#[test]
fn another_shape_takes_the_place_of_the_one_that_is_held() {
    let mut table = Table::new(7);
    table.choose(1).step(1, 1);
    let before = table.published::<ShapeDragEvent>();
    table.choose(1);
    assert_eq!(
        (table.published::<ShapeDragEvent>(), hovers(&mut table)),
        (before, Some((1, 5, 5, true))),
        "it is held"
    );
    table.choose(0);
    assert_eq!(told_since(&table, before), [(1, Cancelled), (0, Begun), (0, Moved)]);
    assert_eq!((table.count::<Carried>(), table.count::<Returning>(), table.count::<Phantom>()), (1, 1, 1));
    table.let_go();
    assert_eq!(
        table.last::<Dropped>().map(|dropped| (dropped.slot, dropped.outcome.is_ok())),
        Some((Slot::ALL[0], true))
    );

    // What is not there, or does not fit, takes the place of nothing.
    table.choose(1);
    let before = (table.published::<ShapeDragEvent>(), hovers(&mut table));
    table.choose(0);
    assert_eq!((table.published::<ShapeDragEvent>(), hovers(&mut table)), before, "the slot is empty");
}

#[test]
fn a_shape_that_fits_nowhere_is_not_picked_up() {
    let mut table = Table::new(7);
    let stuck = loop {
        if let Some(staged) = table.mirror().slots.into_iter().flatten().find(|staged| !staged.fits) {
            break staged.slot;
        }
        table.drop_as(first_drop).expect("as long as all fit there is a drop");
    };
    let before = table.published::<DragEvent>();
    table.choose(stuck.index()).step(1, 0).let_go();
    assert_eq!(table.published::<DragEvent>(), before);
    assert_nothing_is_held(&mut table, "it does not fit");
}

#[test]
fn a_pointer_that_is_pressed_takes_over() {
    for number in 0..3 {
        let mut table = Table::new(7);
        table.choose(1).step(1, 0);
        let before = table.published::<ShapeDragEvent>();
        table.press(slot(number));
        assert_eq!(told_since(&table, before), [(1, Cancelled), (number, Begun)]);
        assert_eq!(hovers(&mut table), None);
        // What is in the pointer's hand is nothing to the keys.
        table.step(1, 0).let_go().choose(2).key(KeyEvent::Interrupted);
        assert_eq!(told_since(&table, before).len(), 2, "slot {number}");
        table.move_to(cell(6, 6));
        assert_eq!((table.count::<Carried>(), phantom(&mut table)), (1, Some(over(6, 6))));
        table.release();
        let dropped = table.last::<Dropped>().expect("it was let go");
        assert_eq!((dropped.slot.index(), dropped.outcome.is_ok()), (number, true));
        assert!(dropped.outcome.is_ok_and(|turn| turn.placed.contains(at(6, 6))), "slot {number}");
        assert_nothing_is_held(&mut table, "let go");
        table.settle().assert_agrees("after a pointer's drop");
        // And the keys have their hand again.
        table.choose((number + 1) % 3).let_go();
        assert_eq!(table.game().drops(), 2, "slot {number}");
    }
}

#[test]
fn a_pointer_that_is_pressed_beside_the_board_puts_the_shape_back() {
    for place in [Point::new(2.0, 2.0), Point::new(388.0, 842.0)].map(Place::Point) {
        let mut table = Table::new(7);
        table.choose(1).press(place);
        assert_eq!(told_since(&table, 0), [(1, Begun), (1, Moved), (1, Cancelled)]);
        assert_nothing_is_held(&mut table, "put back");
        table.move_to(cell(6, 6)).release();
        assert_eq!(table.published::<Dropped>(), 0);
    }
}

#[test]
fn a_pointer_that_only_moves_is_nothing_to_the_hand() {
    let mut table = Table::new(7);
    table.choose(1).move_to(cell(0, 0)).release().cancel();
    assert_eq!(hovers(&mut table), Some((1, 4, 4, true)));
}

#[test]
fn keys_do_nothing_while_a_pointer_drags() {
    for kind in [PointerKind::Mouse, PointerKind::Pen, PointerKind::Touch] {
        let mut table = Table::new(7);
        table.with(kind).press(slot(1)).move_to(cell(3, 4));
        let before = table.published::<DragEvent>();
        table.choose(0).choose(1).step(1, 0).let_go().key(KeyEvent::Interrupted);
        assert_eq!((table.published::<DragEvent>(), hovers(&mut table)), (before, None));
        table.release();
        let placed = table.last::<Dropped>().and_then(|dropped| dropped.outcome.ok()).map(|turn| turn.placed);
        assert!(placed.is_some_and(|placed| placed.contains(at(3, 4)) && placed.contains(at(4, 5))), "{kind:?}");
    }
}

#[test]
fn a_table_that_is_set_takes_the_shape_out_of_the_hand_and_says_nothing_of_it() {
    let sets: [(&str, CommandEvent); 3] = [
        ("undo", CommandEvent::UndoRequested),
        ("a new game", CommandEvent::GameRequested(Wanted::Another)),
        ("a replay", CommandEvent::ReplayRequested),
    ];
    for (name, command) in sets {
        let mut table = Table::new(7);
        table.play_some(2).choose(2).step(1, 0);
        assert!(hovers(&mut table).is_some(), "{name}");
        let before = (table.published::<DragEvent>(), table.published::<TableSet>(), table.published::<Dropped>());
        table.command(command);
        let after = (table.published::<DragEvent>(), table.published::<TableSet>(), table.published::<Dropped>());
        assert_eq!(after, (before.0, before.1 + 1, before.2), "{name}");
        assert_nothing_is_held(&mut table, name);
        table.let_go().key(KeyEvent::Interrupted);
        assert_eq!(table.published::<Dropped>(), before.2, "{name}");
        if table.play().is_live() {
            table.settle().assert_agrees(name);
            table.choose(2);
            assert!(hovers(&mut table).is_some(), "{name}: the next one is held");
            table.let_go();
            assert_eq!(table.published::<Dropped>(), before.2 + 1, "{name}");
        }
    }
}

#[test]
fn every_drag_is_over_the_table_of_its_moment() {
    let mut table = Table::new(7);
    for _ in 0..3 {
        let before = table.published::<DragEvent>();
        table.choose(1).step(1, 0).interrupt().choose(1).let_go();
        let drags = table.published_since::<DragEvent>(before);
        assert_eq!(drags.len(), 7);
        let now = table.play().table;
        assert!(drags.iter().all(|drag| drag.table == now), "{drags:?} over table {now}");
        table.undo();
        assert_eq!(table.play().table, now + 1);
    }
}

#[test]
fn keys_move_nothing_of_what_is_only_shown() {
    let mut table = Table::new(7);
    table.hold(&shown());
    let before = (table.published::<DragEvent>(), table.timeline().position());
    for number in 0..3 {
        table.choose(number).step(1, 0).let_go().key(KeyEvent::Interrupted);
        assert_nothing_is_held(&mut table, "a replay");
    }
    assert_eq!((table.published::<DragEvent>(), table.timeline().position()), before);
}

#[test]
fn what_is_open_over_the_table_has_the_keys_for_itself() {
    for panel in [Panel::Menu, Panel::Statistics, Panel::Help, Panel::Question(Wanted::Another)] {
        let mut table = Table::new(7);
        table.choose(1).step(1, 0).command(CommandEvent::PanelOpened(panel));
        assert_eq!(table.mirror().panel, Some(panel));
        table.announcer.take_announced();
        let before = (table.published::<DragEvent>(), hovers(&mut table));
        table.choose(0).step(1, 0).let_go().key(KeyEvent::ReleasedOver(at(0, 0)));
        assert_eq!((table.published::<DragEvent>(), hovers(&mut table)), before, "{panel:?}");
        assert!(table.announcer.take_announced().is_empty(), "{panel:?}");
        // What was held before is held afterwards.
        table.command(CommandEvent::PanelClosed).let_go();
        assert!(table.game().board().colour(at(5, 4)).is_some(), "{panel:?}");
        // Who leaves the window meanwhile leaves it, too.
        table.choose(0).command(CommandEvent::PanelOpened(panel)).key(KeyEvent::Interrupted);
        assert_nothing_is_held(&mut table, "left");
    }
}

#[test]
fn what_opens_over_the_table_breaks_the_drag_of_a_pointer_off() {
    let opened = [
        CommandEvent::PanelOpened(Panel::Help),
        CommandEvent::PanelOpened(Panel::Menu),
        CommandEvent::GameRequested(Wanted::Another),
    ];
    for command in opened {
        for kind in [PointerKind::Mouse, PointerKind::Touch] {
            let mut table = Table::new(7);
            let number = table.play_some(4).mirror().slots.iter().position(Option::is_some).expect("there is one");
            let (drops, before) = (table.published::<Dropped>(), table.published::<ShapeDragEvent>());
            table.with(kind).press(slot(number)).move_to(cell(5, 5)).command(command.clone());
            assert!(table.mirror().panel.is_some(), "{command:?}");
            let phases: Vec<_> = told_since(&table, before).into_iter().map(|(_, phase)| phase).collect();
            assert_eq!(phases, [Begun, Moved, Cancelled], "{command:?}");
            assert_nothing_is_held(&mut table, "broken off");
            table.move_to(cell(5, 6)).release().settle();
            assert_eq!(table.published::<Dropped>(), drops, "{command:?}: nothing is dropped behind it");
        }
    }
    // What opens nothing breaks nothing off.
    let mut table = Table::new(7);
    table.press(slot(1)).move_to(cell(3, 4)).command(CommandEvent::MuteToggled).release();
    assert_eq!(table.game().drops(), 1);
}

#[test]
fn keys_move_nothing_when_the_game_is_over() {
    let mut table = Table::new(7);
    table.play_to_the_end().settle();
    let before = table.published::<DragEvent>();
    for number in 0..3 {
        table.choose(number).step(1, 0).let_go();
        assert_nothing_is_held(&mut table, "over");
    }
    assert_eq!(table.published::<DragEvent>(), before);
}

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

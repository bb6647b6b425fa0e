//! Whose turn it is: a pointer goes before the keys, and what is set, shown, open or over leaves them nothing to hold.

use blockers::events::{CommandEvent, DragEvent, DragPhase, Dropped, KeyEvent, PointerKind, ShapeDragEvent, TableSet};
use blockers::world::geometry::Point;
use blockers::world::{Carried, Panel, Wanted};

use super::{assert_nothing_is_held, at, hovers, over, phantom, told_since};
use crate::driver::{Place, Table, cell, slot};
use crate::replaying::shown;

use DragPhase::{Cancelled, Moved, Started as Begun};

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

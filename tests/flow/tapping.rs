//! A hand that cannot drag: it taps a shape and then a cell, or activates the one and then the other by voice or by a switch.

use blockers::events::{CommandEvent, DragEvent, DragPhase, Dropped, KeyEvent, PointerKind};
use blockers::rules::Refusal;
use blockers::world::geometry::Point;
use blockers::world::layout::Layout;
use blockers::world::{Carried, Panel, Returning};

use crate::driver::{Place, Table, slot};
use crate::keyboard::{assert_nothing_is_held, at, hovers, over, told_since};

use DragPhase::{Cancelled, Ended, Moved, Started as Begun};

/// The middle of a cell.
fn on(table: &Table, row: i32, column: i32) -> Place {
    Place::Point(table.app.world().resource::<Layout>().cell_rect(over(row, column)).centre())
}

#[test]
fn who_cannot_drag_taps_a_shape_and_then_a_cell() {
    for kind in [PointerKind::Mouse, PointerKind::Pen, PointerKind::Touch] {
        let mut table = Table::new(7);
        table.announcer.take_announced();
        table.with(kind).press(slot(1)).release();
        assert_eq!(told_since(&table, 0), [(1, Begun), (1, Cancelled), (1, Begun), (1, Moved)], "{kind:?}");
        assert_eq!(hovers(&mut table), Some((1, 4, 4, true)), "{kind:?}");
        assert_eq!((table.count::<Carried>(), table.count::<Returning>()), (1, 0), "{kind:?}");
        let said = table.announcer.take_announced();
        assert_eq!(said, ["Square picked up. It fits in 81 places, the first at row 1, column 1."], "{kind:?}: once");

        let place = on(&table, 7, 2);
        table.press(place);
        assert_eq!(hovers(&mut table), Some((1, 7, 2, true)), "{kind:?}: it is seen where it will lie");
        table.release();
        let placed = table.last::<Dropped>().and_then(|dropped| dropped.outcome.ok()).map(|turn| turn.placed);
        assert!(placed.is_some_and(|placed| placed.contains(at(7, 2)) && placed.contains(at(8, 3))), "{kind:?}");
        assert_nothing_is_held(&mut table, "it is on the board");
        table.settle().assert_agrees("after two taps");

        // It can be moved on before it is released, and all of it stays over the board.
        let (first, last) = (on(&table, 3, 3), on(&table, 0, 9));
        table.press(slot(0)).release().press(first).move_to(last);
        assert_eq!(hovers(&mut table), Some((0, 0, 7, true)), "{kind:?}");
        table.release();
        assert_eq!(table.game().drops(), 2, "{kind:?}");
        table.settle().assert_agrees("after a tap and a slide");
    }
}

#[test]
fn what_was_tapped_is_put_back_as_what_is_dragged() {
    let beside = Place::Point(Point::new(2.0, 2.0));
    for number in 0..5 {
        let mut table = Table::new(7);
        table.press(slot(1)).release();
        let on_board = on(&table, 3, 3);
        match number {
            0 => table.press(beside).release(),
            1 => table.press(on_board).move_to(beside).release(),
            2 => table.press(on_board).with_pointer(2).press(on_board).release(),
            3 => table.press(on_board).interrupt().release(),
            _ => table.press(on_board).command(CommandEvent::PanelOpened(Panel::Help)).release(),
        };
        assert_eq!(table.published::<Dropped>(), 0, "{number}");
        assert_nothing_is_held(&mut table, "put back");
        table.command(CommandEvent::PanelClosed).settle();
        table.with_pointer(1).drop_at(1, 3, 3);
        assert_eq!(table.game().drops(), 1, "{number}: the next drag is a new one");
    }
    // What hardly moves is a tap; what moves away and comes back is none.
    let middle = Table::new(7).app.world().resource::<Layout>().slots[1].centre();
    let beside = |x: f32| Place::Point(middle + Point::new(x, 0.0));
    for (ways, tapped) in [(&[3.0, 6.0][..], true), (&[9.0], false), (&[30.0, 0.0], false)] {
        let mut table = Table::new(7);
        table.press(beside(0.0));
        for way in ways {
            table.move_to(beside(*way));
        }
        table.release();
        assert_eq!(hovers(&mut table).is_some(), tapped, "{ways:?}");
        assert_eq!(table.published::<Dropped>(), u64::from(!tapped), "{ways:?}");
    }
}

#[test]
fn a_cell_that_is_activated_gets_what_is_held() {
    let mut table = Table::new(7);
    table.key(KeyEvent::ReleasedOver(at(3, 3)));
    assert_eq!(table.published::<DragEvent>(), 0, "nothing is held");
    table.choose(1).key(KeyEvent::ReleasedOver(at(7, 2)));
    assert_eq!(told_since(&table, 0), [(1, Begun), (1, Moved), (1, Moved), (1, Ended)]);
    let placed = table.last::<Dropped>().and_then(|dropped| dropped.outcome.ok()).map(|turn| turn.placed);
    assert!(placed.is_some_and(|placed| placed.contains(at(7, 2)) && placed.contains(at(8, 3))));
    assert_nothing_is_held(&mut table, "it is on the board");

    // Where it does not fit it is refused.
    table.choose(0).key(KeyEvent::ReleasedOver(at(6, 1)));
    assert_eq!(table.last::<Dropped>().map(|dropped| dropped.outcome), Some(Err(Refusal::Occupied)));
    // Where a part of it would leave the board it stays in the hand, as near as it can come.
    table.settle().choose(0);
    let before = table.published::<Dropped>();
    table.announcer.take_announced();
    table.key(KeyEvent::ReleasedOver(at(9, 9)));
    assert_eq!((table.published::<Dropped>(), hovers(&mut table)), (before, Some((0, 7, 7, true))));
    assert_eq!(table.announcer.take_announced(), ["fits"]);
    table.key(KeyEvent::ReleasedOver(at(7, 7)));
    assert_eq!(table.game().drops(), 2);
    table.settle().assert_agrees("after two activations");
}

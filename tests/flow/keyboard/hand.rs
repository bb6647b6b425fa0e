//! What the hand does: it picks up, leads over the board, lets go and puts back, as a mouse would that is led the same way.

use blockers::events::{DragEvent, DragPhase, Dropped, ShapeDragEvent};
use blockers::ports::Voice;
use blockers::rules::{Anchor, Cell, Piece, Refusal, Slot};
use blockers::world::{Carried, Phantom, Returning};

use super::{assert_nothing_is_held, at, carried_over, drop_by_keys, hovers, lead, over, phantom, told_since};
use crate::driver::{Table, cell, slot};
use crate::games::{Choice, first_drop, last_drop, seen};

use DragPhase::{Cancelled, Moved, Started as Begun};

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

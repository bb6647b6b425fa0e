//! A drag by keys: picking up, moving, releasing and cancelling, compared with a mouse that is moved in the same way.

use blockers::events::{DragEvent, DragPhase, DragSource, Dropped, KeyEvent, ShapeDragEvent};
use blockers::ports::Voice;
use blockers::world::{Carried, Phantom, Returning};
use blockers_rules::{Anchor, Cell, Piece, Refusal, Slot};

use super::{
    anchor, assert_nothing_held, carried_over, chosen, drop_by_keys, held, move_held_to, moved, phantom,
    shape_drags_since,
};
use crate::driver::{Place, Session, cell, red, slot};
use crate::games::{Strategy, at, first_drop, last_drop, snapshot};

use DragPhase::{Cancelled, Moved, Started};

/// Returns the drops, which must all have this source, with the source `Mouse`.
#[track_caller]
fn drops_from(session: &Session, source: DragSource) -> Vec<Dropped> {
    let drops = session.published::<Dropped>();
    assert!(!drops.is_empty() && drops.iter().all(|drop| drop.source == source), "{source:?}: {drops:?}");
    drops.into_iter().map(|drop| Dropped { source: DragSource::Mouse, ..drop }).collect()
}

#[test]
fn a_game_played_by_keys_is_the_same_as_one_played_by_mouse() {
    let games: [(u64, Strategy); 3] = [(7, first_drop), (8, last_drop), (9, first_drop)];
    for (seed, choose) in games {
        let (mut by_mouse, mut by_keys) = (Session::new(seed), Session::new(seed));
        for _ in 0..2_000 {
            let Some(drop) = by_mouse.drop_with(choose) else { break };
            drop_by_keys(&mut by_keys, drop);
        }
        assert!(by_keys.game().is_over(), "seed {seed}");
        let drops = drops_from(&by_keys, DragSource::Keyboard);
        assert_eq!(drops, drops_from(&by_mouse, DragSource::Mouse), "seed {seed}");
        assert_eq!(snapshot(by_keys.game()), snapshot(by_mouse.game()), "seed {seed}");
        assert_eq!(by_keys.timeline().recording(), by_mouse.timeline().recording(), "seed {seed}");
        assert_nothing_held(&mut by_keys, "at the end");
        by_keys.settle().assert_consistent("at the end");
    }
}

#[test]
fn keys_publish_the_same_drags_as_a_mouse_that_is_moved_in_the_same_way() {
    let mut by_keys = Session::new(7);
    by_keys.choose(1).move_held(-1, 0).move_held(0, 2).release_held();
    let mut by_mouse = Session::new(7);
    by_mouse.press(slot(1)).move_to(cell(4, 4)).move_to(cell(3, 4)).move_to(cell(3, 6)).release();
    let drags = |session: &Session| -> Vec<_> {
        let drags = session.published::<DragEvent>();
        drags.into_iter().map(|drag| (drag.entity, drag.phase, drag.epoch)).collect()
    };
    assert_eq!(drags(&by_keys), drags(&by_mouse));
    let places = |session: &Session| -> Vec<_> {
        let drags = session.published::<ShapeDragEvent>();
        let rounded = |length: f32| (length * 100.0).round() / 100.0;
        let place = |drag: ShapeDragEvent| drag.over.map(|over| (rounded(over.row), rounded(over.column)));
        drags.into_iter().map(|drag| (drag.slot, drag.phase, drag.epoch, place(drag))).collect()
    };
    assert_eq!(places(&by_keys), places(&by_mouse));
    assert_eq!(drops_from(&by_keys, DragSource::Keyboard), drops_from(&by_mouse, DragSource::Mouse));
}

#[test]
fn a_chosen_shape_is_moved_to_the_legal_position_nearest_to_the_middle() {
    let distance = |piece: Piece, at: Cell| {
        let off = |start: u8, length: u8| f32::from(start) + f32::from(length) / 2.0 - 5.0;
        off(at.row(), piece.shape.rows()).hypot(off(at.column(), piece.shape.columns()))
    };
    let mut session = Session::new(7);
    for drops in 0..20 {
        for slot in Slot::ALL {
            let context = format!("{slot:?} after {drops} drops");
            let (piece, anchors) = (session.game().staged(slot), session.game().anchors(slot));
            session.choose(slot.index());
            let Some(piece) = piece.filter(|_| !anchors.is_empty()) else { continue };
            let held = session.view_model().hovering.unwrap();
            assert_eq!((held.slot, held.fits), (slot, true), "{context}");
            let nearest = anchors.cells().map(|at| distance(piece, at)).fold(f32::MAX, f32::min);
            assert!(distance(piece, held.at) <= nearest + 1e-4, "{context}: {held:?}");
            let expected = Anchor::from(held.at);
            assert_eq!((phantom(&mut session), carried_over(&mut session)), (Some(expected), expected), "{context}");
        }
        session.interrupt().settle();
        if session.drop_with(last_drop).is_none() {
            assert!(drops > 5, "the game is too short for this test");
            return;
        }
    }
}

#[test]
fn a_held_shape_moves_by_cells_and_stays_over_the_board() {
    let mut session = Session::new(7);
    session.choose(1);
    assert_eq!(held(&mut session), Some((1, 4, 4, true)));
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
        session.move_held(rows, columns);
        assert_eq!(held(&mut session), Some((1, row, column, true)), "({rows}, {columns})");
        let expected = anchor(row.into(), column.into());
        assert_eq!((phantom(&mut session), carried_over(&mut session)), (Some(expected), expected));
    }
}

#[test]
fn a_held_shape_that_is_refused_stays_in_its_place_and_the_reason_is_announced() {
    let mut session = Session::new(7);
    session.choose(1).release_held().settle();
    let before = session.view_model();
    session.audio.take_played();
    session.choose(0);
    move_held_to(&mut session, at(4, 4));
    session.announcer.take_announced();
    for by in [KeyEvent::Released, KeyEvent::ReleasedOver(at(4, 4)), KeyEvent::Released] {
        assert_eq!(held(&mut session), Some((0, 4, 4, false)), "{by:?}");
        assert_eq!((phantom(&mut session), carried_over(&mut session)), (None, anchor(4, 4)), "{by:?}");
        let drops = session.published_count::<Dropped>();
        session.key(by);
        assert_eq!(session.published_count::<Dropped>(), drops + 1, "{by:?}");
        assert_eq!(session.last_event::<Dropped>().map(|dropped| dropped.outcome), Some(Err(Refusal::Occupied)));
        assert_eq!(session.announcer.take_announced(), ["Not placed: a cell there is taken."], "{by:?}");
    }
    assert_eq!(session.audio.take_played(), [Voice::PickUp, Voice::Refused, Voice::Refused, Voice::Refused]);
    assert_eq!(session.count::<Returning>(), 0);
    // From there it is one step to a place where it fits.
    session.move_held(0, 2).release_held();
    assert_eq!(session.game().drops(), 2);
    assert_nothing_held(&mut session, "after the drop");
    session.undo().settle();
    // It can be put back, too.
    session.choose(0);
    move_held_to(&mut session, at(4, 4));
    session.release_held().interrupt();
    assert_nothing_held(&mut session, "put back");
    session.settle();
    assert_eq!(session.view_model().slots, before.slots);
}

#[test]
fn a_pointer_that_is_refused_puts_the_held_shape_back() {
    let mut session = Session::new(7);
    session.choose(1).release_held().settle().choose(0);
    let taken = Place::Point(session.layout().cell_rect(anchor(4, 4)).centre());
    session.press(taken).release();
    assert_eq!(session.last_event::<Dropped>().map(|dropped| dropped.outcome), Some(Err(Refusal::Occupied)));
    assert_eq!(session.count::<Returning>(), 1);
    assert_nothing_held(&mut session, "refused");
}

#[test]
fn a_shape_that_fits_because_of_a_drop_in_the_same_frame_is_not_refused() {
    let mut session = Session::new(0);
    session.deal([10, 10, 3].map(red), vec![]).drop_at(0, 0, 0);
    session.choose(1);
    move_held_to(&mut session, at(0, 5));
    let before = session.published_count::<Dropped>();
    // The drop of the second shape completes and clears the row in which the third one is released.
    for event in [KeyEvent::Released, chosen(2), moved(-4, -4), KeyEvent::Released] {
        session.publish(event);
    }
    session.frame();
    assert_eq!((session.published_count::<Dropped>(), session.game().drops()), (before + 1, 2));
    assert_eq!(held(&mut session).map(|(slot, row, column, _)| (slot, row, column)), Some((2, 0, 0)));
    session.release_held();
    assert_eq!(session.game().drops(), 3);
    session.settle().assert_consistent("after the drop");
}

#[test]
fn escape_returns_the_held_shape_and_announces_nothing() {
    let mut session = Session::new(7);
    let before = session.view_model();
    session.choose(1).move_held(1, 0);
    session.announcer.take_announced();
    session.interrupt();
    assert_eq!(shape_drags_since(&session, 0), [(1, Started), (1, Moved), (1, Moved), (1, Cancelled)]);
    assert_eq!(session.count::<Returning>(), 1);
    assert_nothing_held(&mut session, "after Escape");
    session.move_held(1, 0).release_held().interrupt().settle();
    assert_eq!(
        (session.published_count::<DragEvent>(), session.published_count::<Dropped>()),
        (4, 0),
        "nothing is held"
    );
    assert_eq!((session.view_model(), session.announcer.take_announced().len()), (before, 0));
}

#[test]
fn choosing_another_shape_returns_the_held_one() {
    let mut session = Session::new(7);
    session.choose(1).move_held(1, 1);
    let before = session.published_count::<ShapeDragEvent>();
    session.choose(0);
    assert_eq!(shape_drags_since(&session, before), [(1, Cancelled), (0, Started), (0, Moved)]);
    assert_eq!((session.count::<Carried>(), session.count::<Returning>(), session.count::<Phantom>()), (1, 1, 1));
    session.release_held();
    assert_eq!(
        session.last_event::<Dropped>().map(|dropped| (dropped.slot, dropped.outcome.is_ok())),
        Some((Slot::ALL[0], true))
    );

    // An empty slot cannot be chosen, so the held shape stays.
    session.choose(1);
    let before = (session.published_count::<ShapeDragEvent>(), held(&mut session));
    session.choose(0);
    assert_eq!((session.published_count::<ShapeDragEvent>(), held(&mut session)), before);
}

#[test]
fn a_shape_that_fits_nowhere_is_not_picked_up() {
    let mut session = Session::new(7);
    let stuck = loop {
        if let Some(staged) = session.view_model().slots.into_iter().flatten().find(|staged| !staged.fits) {
            break staged.slot;
        }
        session.drop_with(first_drop).unwrap();
    };
    let before = session.published_count::<DragEvent>();
    session.choose(stuck.index()).move_held(1, 0).release_held();
    assert_eq!(session.published_count::<DragEvent>(), before);
    assert_nothing_held(&mut session, "a shape that does not fit");
}

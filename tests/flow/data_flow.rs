//! A drag by a pointer: which events each topic gets, in which order, and what the board shows then.

use blockers::events::{
    Cause, DragEvent, DragPhase, Dropped, PointerEvent, PointerInput, PointerKind, PointerPhase, ShapeDragEvent,
    TableSet,
};
use blockers::handlers::shape_drag::main_area::{MAGNET, nearest};
use blockers::input::carrying::corner;
use blockers::input::gesture::Gesture;
use blockers::ports::{Tick, Voice};
use blockers::world::geometry::{BoardPosition, Point};
use blockers::world::layout::Layout;
use blockers::world::{Carried, Leaving, Lift, Phantom, Returning, ScoreBump, Settling, Staged, Tile};
use blockers_rules::{Anchor, Bitboard, Refusal, Slot};

use crate::driver::{LANDSCAPE, PORTRAIT, Place, Session, cell, over, red, slot};
use crate::games::at;

use DragPhase::{Cancelled, Ended, Moved, Started};

fn drag_phases(session: &Session) -> Vec<DragPhase> {
    session.published::<DragEvent>().into_iter().map(|event| event.phase).collect()
}

/// The slot of a shape, the phase of its drag, and the row and column of its top-left cell.
type ShapeDrag = (usize, DragPhase, Option<(f32, f32)>);

fn shape_drags(session: &Session) -> Vec<ShapeDrag> {
    let rounded = |length: f32| (length * 100.0).round() / 100.0;
    let summary = |event: ShapeDragEvent| {
        (event.slot.index(), event.phase, event.over.map(|at| (rounded(at.row), rounded(at.column))))
    };
    session.published::<ShapeDragEvent>().into_iter().map(summary).collect()
}

/// Returns the cells of a square at this cell.
fn square_at(row: i32, column: i32) -> Bitboard {
    let cells = [(row, column), (row, column + 1), (row + 1, column), (row + 1, column + 1)];
    cells.into_iter().fold(Bitboard::EMPTY, |cells, (row, column)| cells.with(at(row, column)))
}

fn phase(event: PointerEvent) -> Option<PointerPhase> {
    match event {
        PointerEvent::Input(input) => Some(input.phase),
        PointerEvent::Interrupted => None,
    }
}

#[test]
fn a_drag_passes_through_every_topic_up_to_the_drop() {
    let mut session = Session::new(7);
    session.press(slot(1)).move_to(cell(3, 4)).release();

    let phases: Vec<_> = session.published::<PointerEvent>().into_iter().filter_map(phase).collect();
    assert_eq!(phases, [PointerPhase::Pressed, PointerPhase::Moved, PointerPhase::Released]);
    assert_eq!(drag_phases(&session), [Started, Moved, Ended]);
    let over = Some((3.0, 4.0));
    let [started, moved, ended] = shape_drags(&session)[..] else { panic!("{:?}", shape_drags(&session)) };
    assert_eq!((started.0, started.1), (1, Started));
    assert_eq!([moved, ended], [(1, Moved, over), (1, Ended, over)]);
    let [Dropped { slot, outcome: Ok(turn), .. }] = session.published::<Dropped>()[..] else {
        panic!("expected exactly one drop")
    };
    assert_eq!((slot.index(), turn.placed.count(), turn.over), (1, 4, false));

    assert_eq!(session.count::<Tile>(), 4);
    assert_eq!(session.count::<Staged>(), 2);
    assert_eq!((session.count::<Carried>(), session.count::<Phantom>(), session.count::<Returning>()), (0, 0, 0));
    assert_eq!(session.count::<Settling>(), 4);
    assert_eq!(session.settle().count::<Settling>(), 0);
}

#[test]
fn several_events_in_one_frame_have_the_same_effect_as_one_per_frame() {
    let mut session = Session::new(7);
    let layout = session.layout().clone();
    // The square is held by its middle, one cell from its corner.
    let target = layout.point_at(BoardPosition { row: 4.0, column: 5.0 });
    let steps = [
        (PointerPhase::Pressed, layout.slots[1].centre()),
        (PointerPhase::Moved, layout.board.centre()),
        (PointerPhase::Moved, target),
        (PointerPhase::Released, target),
    ];
    for (phase, position) in steps {
        let event = PointerEvent::Input(PointerInput { pointer: 1, kind: PointerKind::Mouse, phase, position });
        session.publish(event);
    }
    session.frame();
    assert_eq!(drag_phases(&session), [Started, Moved, Moved, Ended]);
    assert_eq!((session.view_model().cells.iter().flatten().count(), session.count::<Phantom>()), (4, 0));
    assert!(session.game().board().colour(at(3, 4)).is_some());
}

#[test]
fn a_refused_drop_changes_nothing_and_the_shape_returns() {
    let cases = [
        ("overlapping", cell(3, 4)),
        ("off the board", cell(9, 9)),
        ("far outside", Place::Point(Point::new(-500.0, -500.0))),
        ("over the tray", slot(2)),
    ];
    for (name, place) in cases {
        let mut session = Session::new(7);
        session.drop_at(0, 3, 4).settle();
        let before = (session.view_model(), session.published::<Dropped>().len());
        session.audio.take_played();
        session.press(slot(1)).move_to(place).release();
        let [.., Dropped { outcome: Err(_), .. }] = session.published::<Dropped>()[..] else { panic!("{name}") };
        assert_eq!(session.count::<Returning>(), 1, "{name}");
        assert_eq!(session.audio.take_played(), [Voice::PickUp, Voice::Refused], "{name}");
        session.settle();
        assert_eq!((session.count::<Returning>(), session.view_model()), (0, before.0), "{name}");
        assert_eq!(session.published::<Dropped>().len(), before.1 + 1, "{name}");
    }
}

#[test]
fn a_cancelled_drag_returns_the_shape_and_drops_nothing() {
    type Cancel = fn(&mut Session) -> &mut Session;
    let cases: [(&str, Cancel); 4] = [
        ("Escape, or the window loses the focus", |session| session.interrupt()),
        ("the system cancels the pointer", |session| session.cancel()),
        ("a second finger", |session| session.use_pointer(2).press(slot(2))),
        ("a second finger on the board", |session| session.use_pointer(2).press(cell(5, 5))),
    ];
    for (name, cancel) in cases {
        for kind in [PointerKind::Mouse, PointerKind::Pen, PointerKind::Touch] {
            let mut session = Session::new(7);
            let before = session.view_model();
            session.use_kind(kind).press(slot(1)).move_to(cell(3, 4));
            assert_eq!(session.count::<Phantom>(), 1, "{name}");
            cancel(&mut session);
            assert_eq!(drag_phases(&session), [Started, Moved, Cancelled], "{name}");
            assert_eq!(
                (session.count::<Phantom>(), session.count::<Carried>(), session.count::<Returning>()),
                (0, 0, 1)
            );
            // Further input of the first pointer has no effect.
            session.use_pointer(1).move_to(cell(4, 4)).release();
            assert_eq!(drag_phases(&session).len(), 3, "{name}");
            session.settle();
            assert_eq!(session.view_model(), before, "{name}");
            assert!(session.published::<Dropped>().is_empty(), "{name}");
            assert!(!session.audio.take_played().contains(&Voice::Refused), "{name}");
        }
    }
}

#[test]
fn a_second_pointer_that_moves_or_is_released_does_not_affect_a_drag() {
    let mut session = Session::new(7);
    session.press(slot(1)).move_to(cell(3, 4));
    let before = session.view_model();
    session.use_pointer(2).move_to(cell(0, 0)).release().cancel();
    assert_eq!(session.view_model(), before);
    assert_eq!(session.single::<Phantom>().map(|phantom| phantom.at), Some(Anchor { row: 3, column: 4 }));
    assert_eq!(drag_phases(&session), [Started, Moved]);
    session.use_pointer(1).move_to(cell(3, 4)).release();
    assert_eq!(drag_phases(&session), [Started, Moved, Moved, Ended]);
    let [dropped] = session.published::<Dropped>()[..] else { panic!("expected exactly one drop") };
    let placed = dropped.outcome.unwrap().placed;
    assert_eq!((dropped.slot, placed), (Slot::ALL[1], square_at(3, 4)));
}

#[test]
fn a_returning_shape_can_be_picked_up_again() {
    let mut session = Session::new(7);
    session.press(slot(1)).interrupt();
    assert_eq!(session.count::<Returning>(), 1);
    session.press(slot(1)).move_to(cell(3, 4));
    assert_eq!((session.count::<Returning>(), session.count::<Carried>()), (0, 1));
    session.release();
    assert_eq!(session.count::<Tile>(), 4);
}

#[test]
fn a_press_where_nothing_can_be_dragged_starts_no_drag() {
    let mut session = Session::new(7);
    session.drop_at(1, 3, 4);
    let count = drag_phases(&session).len();
    for place in
        [slot(1), cell(3, 4), cell(0, 0), Place::Point(Point::new(-1.0, -1.0)), Place::Point(Point::new(1e9, f32::NAN))]
    {
        session.press(place).move_to(cell(5, 5)).release();
    }
    assert_eq!(drag_phases(&session).len(), count);
    assert_eq!(session.app.world().resource::<Gesture>(), &Gesture::Idle);
}

#[test]
fn a_mouse_holds_the_shape_where_it_was_pressed() {
    let mut session = Session::new(7);
    let layout = session.layout().clone();
    let staged = session.view_model().slots[1].unwrap();
    // A quarter of a cell inside the square.
    let offset = Point::new(0.25, 0.25) * layout.tray_cell;
    let pressed = layout.staged_corner(staged.slot, staged.piece) + offset;
    session.press(Place::Point(pressed));
    let grip = session.single::<Carried>().unwrap().grip;
    assert!((grip.grab.row - 0.25).abs() < 1e-3 && (grip.grab.column - 0.25).abs() < 1e-3, "{grip:?}");
    // Beside the shape, but in its slot: the shape is held by its nearest point.
    session.interrupt().press(Place::Point(layout.slots[1].corner()));
    assert_eq!(session.single::<Carried>().unwrap().grip.grab, BoardPosition::default());
}

#[test]
fn a_shape_is_above_the_finger_that_drags_it() {
    let mut session = Session::new(7);
    session.use_kind(PointerKind::Touch).press(slot(1)).move_to(cell(3, 4));
    let grip = session.single::<Carried>().unwrap().grip;
    assert_eq!((grip.grab.row, grip.grab.column), (2.0 + Lift::Usual.cells(), 1.0));
    session.release();
    assert!(session.game().board().colour(at(4, 5)).is_some());
}

#[test]
fn the_phantom_shows_the_nearest_legal_position_and_the_lines_that_it_would_clear() {
    let mut session = Session::new(0);
    session.deal([10, 10, 8].map(red), vec![]);
    session.drop_at(0, 6, 0);
    session.press(slot(1)).move_to(over(6.4, 5.3));
    let phantom = session.single::<Phantom>().unwrap();
    assert_eq!(
        (phantom.at, phantom.complete.rows.numbers().collect::<Vec<_>>()),
        (Anchor { row: 6, column: 5 }, vec![6])
    );
    session.move_to(over(7.1, 5.0));
    let phantom = session.single::<Phantom>().unwrap();
    assert_eq!((phantom.at, phantom.complete.lines()), (Anchor { row: 7, column: 5 }, 0));
    session.move_to(over(6.0, 3.0));
    assert_eq!(session.single::<Phantom>(), None, "the cells are taken");
    session.move_to(over(6.0, 4.4));
    assert_eq!(session.single::<Phantom>().map(|phantom| phantom.at), Some(Anchor { row: 6, column: 5 }), "it snaps");
    session.release();
    assert_eq!((session.game().lines(), session.count::<Leaving>(), session.count::<Tile>()), (1, 10, 0));
    assert_eq!(session.count::<ScoreBump>(), 1);
    session.settle();
    assert_eq!((session.count::<Leaving>(), session.count::<ScoreBump>()), (0, 0));
}

#[test]
fn a_shape_snaps_from_up_to_three_quarters_of_a_cell() {
    let only = |row, column| Bitboard::EMPTY.with(at(row, column));
    let diagonal = MAGNET / 2f32.sqrt();
    let cases = [
        (only(5, 5), (5.0, 5.0), Some((5, 5))),
        (only(5, 5), (5.74, 5.0), Some((5, 5))),
        (only(5, 5), (5.76, 5.0), None),
        (only(5, 5), (5.0 - diagonal + 0.01, 5.0 + diagonal - 0.01), Some((5, 5))),
        (only(5, 5), (5.0 - diagonal - 0.01, 5.0 + diagonal + 0.01), None),
        (only(5, 5) | only(5, 6), (5.0, 5.51), Some((5, 6))),
        (only(5, 5) | only(5, 6), (5.0, 5.49), Some((5, 5))),
        (only(0, 0), (-0.7, -0.2), Some((0, 0))),
        (Bitboard::EMPTY, (5.0, 5.0), None),
        (Bitboard::FULL, (f32::NAN, 5.0), None),
        (Bitboard::FULL, (f32::INFINITY, 5.0), None),
    ];
    for (anchors, (row, column), expected) in cases {
        let found = nearest(anchors, BoardPosition { row, column }, Some(MAGNET)).map(|at| (at.row, at.column));
        assert_eq!(found, expected, "({row}, {column})");
    }
}

#[test]
fn a_drag_continues_after_a_resize_and_a_rotation() {
    let mut session = Session::new(7);
    session.press(slot(1)).move_to(cell(3, 4));
    for viewport in [LANDSCAPE, PORTRAIT, LANDSCAPE] {
        session.resize(viewport);
        session.move_to(cell(6, 2));
        let grip = session.single::<Carried>().unwrap().grip;
        let at = corner(session.layout(), grip);
        assert!((at.row - 6.0).abs() < 1e-3 && (at.column - 2.0).abs() < 1e-3, "{at:?}");
        assert_eq!(session.single::<Phantom>().map(|phantom| phantom.at), Some(Anchor { row: 6, column: 2 }));
    }
    session.release();
    assert!(session.game().board().colour(at(6, 2)).is_some());
}

#[test]
fn an_event_published_before_a_resize_is_delivered_with_the_old_layout() {
    let mut session = Session::new(7);
    session.press(slot(1)).move_to(cell(3, 4));
    let last = session.last_pointer().unwrap();
    let released = PointerEvent::Input(PointerInput { phase: PointerPhase::Released, ..last });
    session.publish(released);
    session.resize(LANDSCAPE);
    assert!(session.game().board().colour(at(3, 4)).is_some());
}

#[test]
fn the_phantom_is_updated_by_a_resize_without_a_move() {
    let mut session = Session::new(7);
    // A square is held by its middle, so in the new layout its corner will be at row 5, column 6.
    let pointer = Layout::new(LANDSCAPE).point_at(BoardPosition { row: 6.0, column: 7.0 });
    session.press(slot(1)).move_to(Place::Point(pointer));
    let expected = Some(Anchor { row: 5, column: 6 });
    assert_ne!(session.single::<Phantom>().map(|phantom| phantom.at), expected);
    session.resize(LANDSCAPE);
    assert_eq!(session.single::<Phantom>().map(|phantom| phantom.at), expected);
}

#[test]
fn a_finger_can_reach_the_lowest_row() {
    for viewport in [PORTRAIT, LANDSCAPE] {
        let mut session = Session::new(7);
        session.use_kind(PointerKind::Touch).resize(viewport).press(slot(1));
        // The lowest pixel of the window, below the middle of the board.
        let board = session.layout().board;
        let lowest = Point::new(board.centre().x, viewport.height - 1.0);
        session.move_to(Place::Point(lowest));
        let grip = session.single::<Carried>().unwrap().grip;
        let at = corner(session.layout(), grip);
        assert!(at.row >= 7.5, "{viewport:?}: {at:?}");
    }
}

#[test]
fn the_start_of_a_game_is_published() {
    let session = Session::new(7);
    let [TableSet { cause, staged, fits, .. }] = session.published::<TableSet>()[..] else {
        panic!("expected exactly one event")
    };
    assert_eq!((cause, staged.iter().flatten().count(), fits), (Cause::Began, 3, [true; 3]));
}

#[test]
fn a_drop_beside_the_board_is_refused_as_off_board() {
    let mut session = Session::new(7);
    session.press(slot(1)).move_to(slot(0)).release();
    assert_eq!(shape_drags(&session).last().map(|(.., over)| *over), Some(None));
    assert_eq!(session.last_event::<Dropped>().map(|dropped| dropped.outcome), Some(Err(Refusal::OffBoard)));
}

#[test]
fn only_a_drag_by_finger_has_haptic_feedback() {
    let mut session = Session::new(0);
    session.deal([10, 10, 8].map(red), vec![]);
    session.use_kind(PointerKind::Touch).drop_at(0, 3, 0).drop_at(1, 3, 5);
    assert_eq!(session.haptics.take_felt(), [Tick::PickUp, Tick::Placed, Tick::PickUp, Tick::Cleared]);
    session.press(slot(2)).cancel();
    session.press(slot(2)).move_to(slot(0)).release();
    assert_eq!(
        session.haptics.take_felt(),
        [Tick::PickUp, Tick::PickUp],
        "a cancelled or refused drop has no feedback"
    );
    for kind in [PointerKind::Mouse, PointerKind::Pen] {
        session.use_kind(kind).press(slot(2)).move_to(cell(6, 6)).cancel();
    }
    session.choose(2).interrupt();
    assert_eq!(session.haptics.take_felt(), []);
}

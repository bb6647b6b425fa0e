//! Play without dragging: a tap on a shape and then on a cell, or the same by assistive technology.

use blockers::events::{
    DragEvent, DragPhase, Dropped, KeyEvent, PanelCommand, PointerEvent, PointerInput, PointerKind, PointerPhase,
};
use blockers::world::geometry::Point;
use blockers::world::{Carried, Panel, Returning};
use blockers_rules::Refusal;

use crate::driver::{Place, Session, cell, slot};
use crate::games::at;
use crate::keyboard::{anchor, assert_nothing_held, held, shape_drags_since};

use DragPhase::{Cancelled, Ended, Moved, Started};

/// Returns the middle of a cell.
fn middle_of(session: &Session, row: i32, column: i32) -> Place {
    Place::Point(session.layout().cell_rect(anchor(row, column)).centre())
}

#[test]
fn a_tapped_shape_is_dropped_by_a_tap_on_a_cell() {
    for kind in [PointerKind::Mouse, PointerKind::Pen, PointerKind::Touch] {
        let mut session = Session::new(7);
        session.announcer.take_announced();
        session.use_kind(kind).press(slot(1)).release();
        assert_eq!(
            shape_drags_since(&session, 0),
            [(1, Started), (1, Cancelled), (1, Started), (1, Moved)],
            "{kind:?}"
        );
        assert_eq!(held(&mut session), Some((1, 4, 4, true)), "{kind:?}");
        assert_eq!((session.count::<Carried>(), session.count::<Returning>()), (1, 0), "{kind:?}");
        let announced = session.announcer.take_announced();
        assert_eq!(
            announced,
            ["Square picked up. It fits in 81 places, the first at row 1, column 1."],
            "{kind:?}: announced once"
        );

        let place = middle_of(&session, 7, 2);
        session.press(place);
        assert_eq!(held(&mut session), Some((1, 7, 2, true)), "{kind:?}: the press moves the shape there");
        session.release();
        let placed = session.last_event::<Dropped>().and_then(|dropped| dropped.outcome.ok()).map(|turn| turn.placed);
        assert!(placed.is_some_and(|placed| placed.contains(at(7, 2)) && placed.contains(at(8, 3))), "{kind:?}");
        assert_nothing_held(&mut session, "after the drop");
        session.settle().assert_consistent("after two taps");

        // The shape follows the pressed pointer, and stays over the board.
        let (first, last) = (middle_of(&session, 3, 3), middle_of(&session, 0, 9));
        session.press(slot(0)).release().press(first).move_to(last);
        assert_eq!(held(&mut session), Some((0, 0, 7, true)), "{kind:?}");
        session.release();
        assert_eq!(session.game().drops(), 2, "{kind:?}");
        session.settle().assert_consistent("after a tap and a slide");
    }
}

#[test]
fn a_tapped_shape_can_be_returned_in_the_same_ways_as_a_dragged_one() {
    let beside = Place::Point(Point::new(2.0, 2.0));
    for cause in ["beside the board", "moved off the board", "second pointer", "interrupted", "panel opened"] {
        let mut session = Session::new(7);
        session.press(slot(1)).release();
        let on_board = middle_of(&session, 3, 3);
        match cause {
            "beside the board" => session.press(beside).release(),
            "moved off the board" => session.press(on_board).move_to(beside).release(),
            "second pointer" => session.press(on_board).use_pointer(2).press(on_board).release(),
            "interrupted" => session.press(on_board).interrupt().release(),
            _ => session.press(on_board).command(PanelCommand::Open(Panel::Help)).release(),
        };
        assert_eq!(session.published_count::<Dropped>(), 0, "{cause}");
        assert_nothing_held(&mut session, cause);
        session.command(PanelCommand::Close).settle();
        session.use_pointer(1).drop_at(1, 3, 3);
        assert_eq!(session.game().drops(), 1, "{cause}: the next drag");
        assert!(session.game().board().colour(at(3, 3)).is_some(), "{cause}: the next drag");
    }
    // A press that moves at most 8 pixels is a tap. A press that moves farther is a drag, even if it returns.
    let middle = Session::new(7).layout().slots[1].centre();
    let beside = |x: f32| Place::Point(middle + Point::new(x, 0.0));
    for (offsets, tapped) in [(&[3.0, 6.0][..], true), (&[9.0], false), (&[30.0, 0.0], false)] {
        let mut session = Session::new(7);
        session.press(beside(0.0));
        for offset in offsets {
            session.move_to(beside(*offset));
        }
        session.release();
        assert_eq!(held(&mut session).is_some(), tapped, "{offsets:?}");
        assert_eq!(session.published_count::<Dropped>(), u64::from(!tapped), "{offsets:?}");
    }
}

#[test]
fn a_shape_that_is_chosen_again_is_put_back() {
    type Choose<'a> = &'a dyn Fn(&mut Session);
    let tap = |session: &mut Session, kind: PointerKind| {
        session.use_kind(kind).press(slot(1)).release();
    };
    let ways: [(&str, Choose); 4] = [
        ("mouse", &|session| tap(session, PointerKind::Mouse)),
        ("pen", &|session| tap(session, PointerKind::Pen)),
        ("finger", &|session| tap(session, PointerKind::Touch)),
        ("key", &|session| {
            session.choose(1);
        }),
    ];
    for (first, choose) in ways {
        for (second, choose_again) in ways {
            let context = format!("{first}, then {second}");
            let mut session = Session::new(7);
            choose(&mut session);
            assert_eq!(held(&mut session), Some((1, 4, 4, true)), "{context}");
            session.announcer.take_announced();
            choose_again(&mut session);
            assert_nothing_held(&mut session, &context);
            assert!(session.announcer.take_announced().is_empty(), "{context}");
            session.settle();
            // A press on the board drops nothing, and the next tap picks the shape up.
            let on_board = middle_of(&session, 3, 3);
            session.press(on_board).release();
            assert_eq!(session.published_count::<Dropped>(), 0, "{context}");
            choose_again(&mut session);
            assert_eq!(held(&mut session), Some((1, 4, 4, true)), "{context}");
        }
    }
    // Two taps in one frame.
    let mut session = Session::new(7);
    let position = session.layout().slots[1].centre();
    for phase in [PointerPhase::Pressed, PointerPhase::Released, PointerPhase::Pressed, PointerPhase::Released] {
        let input = PointerInput { pointer: 1, kind: PointerKind::Touch, phase, position };
        session.publish(PointerEvent::Input(input));
    }
    session.frame();
    assert_nothing_held(&mut session, "two taps in one frame");
    // The same frame has the release of the second tap and a press on the board.
    let mut session = Session::new(7);
    tap(&mut session, PointerKind::Mouse);
    session.press(slot(1));
    let board = session.layout().cell_rect(anchor(3, 3)).centre();
    for (phase, position) in
        [(PointerPhase::Released, position), (PointerPhase::Pressed, board), (PointerPhase::Released, board)]
    {
        session.publish(PointerEvent::Input(PointerInput { pointer: 1, kind: PointerKind::Mouse, phase, position }));
    }
    session.frame();
    assert_nothing_held(&mut session, "a tap and a press in one frame");
    // A press that becomes a drag does not put the shape back, and the next tap picks it up.
    session.choose(1).press(slot(1)).move_to(cell(0, 0)).interrupt().settle();
    tap(&mut session, PointerKind::Mouse);
    assert_eq!(held(&mut session), Some((1, 4, 4, true)));
}

#[test]
fn activating_a_cell_drops_the_held_shape_there() {
    let mut session = Session::new(7);
    session.key(KeyEvent::ReleasedOver(at(3, 3)));
    assert_eq!(session.published_count::<DragEvent>(), 0, "nothing is held");
    session.choose(1).key(KeyEvent::ReleasedOver(at(7, 2)));
    assert_eq!(shape_drags_since(&session, 0), [(1, Started), (1, Moved), (1, Moved), (1, Ended)]);
    let placed = session.last_event::<Dropped>().and_then(|dropped| dropped.outcome.ok()).map(|turn| turn.placed);
    assert!(placed.is_some_and(|placed| placed.contains(at(7, 2)) && placed.contains(at(8, 3))));
    assert_nothing_held(&mut session, "after the drop");

    // An illegal position is refused, and the shape stays there.
    session.choose(0).key(KeyEvent::ReleasedOver(at(6, 1)));
    assert_eq!(session.last_event::<Dropped>().map(|dropped| dropped.outcome), Some(Err(Refusal::Occupied)));
    assert_eq!(held(&mut session), Some((0, 6, 1, false)));
    // If a part of the shape would leave the board, it is only moved as near as possible.
    let before = session.published_count::<Dropped>();
    session.announcer.take_announced();
    session.key(KeyEvent::ReleasedOver(at(9, 9)));
    assert_eq!((session.published_count::<Dropped>(), held(&mut session)), (before, Some((0, 7, 7, true))));
    assert_eq!(session.announcer.take_announced(), ["fits"]);
    session.key(KeyEvent::ReleasedOver(at(7, 7)));
    assert_eq!(session.game().drops(), 2);
    session.settle().assert_consistent("after two activations");
}

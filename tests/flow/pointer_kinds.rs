//! Several pointers at the same time. A second one of the same kind cancels what the first one does, and one of another
//! kind is ignored: it may be the palm of the hand that holds the pen.

use blockers::events::{Dropped, KeyEvent, PointerKind};
use blockers::world::geometry::Point;
use blockers::world::{Carried, Returning};

use crate::driver::{Place, Session, cell, slot};
use crate::games::at;
use crate::keyboard::{anchor, held};

use PointerKind::{Mouse, Pen, Touch};

const KINDS: [PointerKind; 3] = [Mouse, Pen, Touch];

/// Each pair of kinds.
fn pairs() -> impl Iterator<Item = (PointerKind, PointerKind)> {
    KINDS.into_iter().flat_map(|first| KINDS.into_iter().map(move |second| (first, second)))
}

/// Returns the middle of a cell.
fn middle_of(session: &Session, row: i32, column: i32) -> Place {
    Place::Point(session.layout().cell_rect(anchor(row, column)).centre())
}

fn first(session: &mut Session, kind: PointerKind) -> &mut Session {
    session.use_pointer(1).use_kind(kind)
}

fn second(session: &mut Session, kind: PointerKind) -> &mut Session {
    session.use_pointer(2).use_kind(kind)
}

/// Where the second pointer is pressed: on a shape, on the board, and beside both.
fn places(session: &Session) -> [Place; 3] {
    [slot(2), middle_of(session, 8, 8), Place::Point(Point::new(2.0, 2.0))]
}

#[test]
fn only_a_second_pointer_of_the_same_kind_cancels_a_drag() {
    for (own, other) in pairs() {
        for n in 0..3 {
            let mut session = Session::new(7);
            let place = places(&session)[n];
            first(&mut session, own).press(slot(1)).move_to(cell(3, 4));
            second(&mut session, other).press(place).move_to(cell(6, 6)).release();
            assert_eq!(session.count::<Carried>(), usize::from(own != other), "{own:?}, {other:?}, place {n}");
            second(&mut session, other).press(place).cancel();
            first(&mut session, own).move_to(cell(3, 4)).release().settle();
            let placed = session.game().board().colour(at(3, 4)).is_some();
            assert_eq!((placed, session.game().drops()), (own != other, u32::from(own != other)), "{own:?}, {other:?}");
        }
    }
}

#[test]
fn only_a_second_pointer_of_the_same_kind_cancels_a_shape_that_a_pointer_moves_over_the_board() {
    for (own, other) in pairs() {
        for n in 0..3 {
            for by_key in [false, true] {
                let context = format!("{own:?}, {other:?}, place {n}, by key {by_key}");
                let mut session = Session::new(7);
                let (place, on_board) = (places(&session)[n], middle_of(&session, 3, 4));
                if by_key {
                    session.choose(1);
                } else {
                    first(&mut session, own).press(slot(1)).release();
                }
                first(&mut session, own).press(on_board);
                second(&mut session, other).press(place);
                assert_eq!(held(&mut session), (own != other).then_some((1, 3, 4, true)), "{context}");
                assert_eq!(session.count::<Carried>(), usize::from(own != other || n == 0), "{context}");
                session.release();
                first(&mut session, own).move_to(on_board).release().settle();
                assert_eq!(session.game().board().colour(at(3, 4)).is_some(), own != other, "{context}");
            }
        }
    }
}

#[test]
fn a_shape_that_was_tapped_belongs_to_pointers_of_that_kind() {
    for (own, other) in pairs() {
        for n in 1..3 {
            let context = format!("{own:?}, {other:?}, place {n}");
            let mut session = Session::new(7);
            let (place, on_board) = (places(&session)[n], middle_of(&session, 3, 4));
            first(&mut session, own).press(slot(1)).release();
            // The palm is on the screen before the pen.
            second(&mut session, other).press(place);
            if own == other {
                assert_ne!(held(&mut session), Some((1, 4, 4, true)), "{context}");
                continue;
            }
            assert_eq!(held(&mut session), Some((1, 4, 4, true)), "{context}");
            first(&mut session, own).press(on_board).release();
            second(&mut session, other).release();
            session.settle();
            assert_eq!((session.published_count::<Dropped>(), session.game().drops()), (1, 1), "{context}");
            assert!(session.game().board().colour(at(3, 4)).is_some(), "{context}");
        }
        // Another shape can be picked up by any pointer.
        let mut session = Session::new(7);
        first(&mut session, own).press(slot(1)).release();
        second(&mut session, other).press(slot(0)).move_to(cell(5, 5)).release();
        assert!(session.game().board().colour(at(5, 5)).is_some(), "{own:?}, {other:?}");
        assert_eq!(held(&mut session), None);
        session.settle().assert_consistent("after a drag");
    }
}

#[test]
fn a_shape_that_a_key_has_chosen_is_moved_by_any_pointer() {
    for kind in KINDS {
        let mut session = Session::new(7);
        let on_board = middle_of(&session, 3, 4);
        // It was tapped before, by another kind of pointer.
        let before = if kind == Mouse { Pen } else { Mouse };
        first(&mut session, before).press(slot(1)).release();
        session.key(KeyEvent::Interrupted).settle();
        session.choose(1).use_kind(kind).press(on_board).release();
        assert!(session.game().board().colour(at(3, 4)).is_some(), "{kind:?}");
        session.settle().choose(0).press(Place::Point(Point::new(2.0, 2.0)));
        assert_eq!((held(&mut session), session.count::<Returning>()), (None, 1), "{kind:?}");
    }
}

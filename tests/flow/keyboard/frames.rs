//! A held shape while the window is resized, what is announced while it is moved, and several events in one frame.

use blockers::events::{DragEvent, DragPhase, Dropped, KeyEvent};
use blockers::world::{Carried, Returning};
use blockers_rules::{Anchor, Slot};

use super::{anchor, assert_nothing_held, carried_over, chosen, move_held_to, moved, phantom, shape_drags_since};
use crate::driver::{LANDSCAPE, PORTRAIT, Session, cell, red, slot};
use crate::games::at;

use DragPhase::{Cancelled, Started};

#[test]
fn a_held_shape_stays_over_its_cell_when_the_window_is_resized() {
    let mut session = Session::new(7);
    session.choose(1).move_held(-2, 3);
    for (row, viewport) in (2..).zip([LANDSCAPE, PORTRAIT, LANDSCAPE]) {
        session.resize(viewport);
        assert_eq!(
            (phantom(&mut session), carried_over(&mut session)),
            (Some(anchor(row, 7)), anchor(row, 7)),
            "{viewport:?}"
        );
        session.move_held(1, 0);
    }
    session.release_held();
    assert!(session.game().board().colour(at(5, 7)).is_some());

    // So does a shape that was picked up since the last frame. If nothing is held, a resize publishes no drag.
    let mut session = Session::new(7);
    session.publish(chosen(1));
    session.resize(LANDSCAPE);
    assert_eq!((phantom(&mut session), carried_over(&mut session)), (Some(anchor(4, 4)), anchor(4, 4)));
    session.interrupt().settle();
    let before = session.published_count::<DragEvent>();
    session.resize(PORTRAIT);
    assert_eq!(session.published_count::<DragEvent>(), before);
}

#[test]
fn the_position_of_a_held_shape_is_announced_once_per_frame() {
    let mut session = Session::new(7);
    session.announcer.take_announced();
    let announced = |session: &Session| session.announcer.take_announced();
    session.choose(1);
    assert_eq!(announced(&session), ["Square picked up. It fits in 81 places, the first at row 1, column 1."]);
    session.move_held(-1, 0);
    assert_eq!(announced(&session), ["fits"]);
    for _ in 0..3 {
        session.publish(moved(0, 1));
    }
    session.frame();
    assert_eq!(announced(&session), ["fits"], "only the last of three moves");
    session.move_held(0, 5);
    assert_eq!(announced(&session), ["fits"]);
    session.move_held(0, 1);
    assert!(announced(&session).is_empty(), "it cannot leave the board");
    session.publish(moved(1, 0));
    session.release_held();
    assert_eq!(announced(&session), ["Square placed. Score 0."]);
    session.choose(0);
    announced(&session);
    move_held_to(&mut session, at(4, 7));
    assert_eq!(announced(&session).last().map(String::as_str), Some("does not fit"));
    session.release_held();
    assert_eq!(announced(&session), ["Not placed: a cell there is taken."]);
    // The position of a drag by mouse is not announced.
    session.press(slot(0)).move_to(cell(0, 0)).move_to(cell(1, 1)).interrupt();
    assert!(announced(&session).iter().all(|sentence| sentence.contains(" picked up. ")));
}

#[test]
fn the_lines_that_a_drop_would_clear_are_announced_before_the_drop() {
    let mut session = Session::new(0);
    // Five cells of the first row are taken, and the last cells of the last column.
    session.deal([10, 9, 10].map(red), vec![]).drop_at(0, 0, 0).drop_at(1, 5, 9);
    session.choose(2);
    move_held_to(&mut session, at(1, 5));
    session.announcer.take_announced();
    session.move_held(-1, 0);
    assert_eq!(session.announcer.take_announced(), ["fits, clears 1 row"]);
    session.move_held(0, -1);
    assert_eq!(session.announcer.take_announced(), ["does not fit"]);
}

#[test]
fn key_events_of_one_frame_are_handled_in_their_order() {
    // A whole drag.
    let mut session = Session::new(7);
    for event in [chosen(1), moved(-1, 0), moved(0, 1), KeyEvent::Released] {
        session.publish(event);
    }
    session.frame();
    assert!(session.game().board().colour(at(3, 5)).is_some());
    assert_nothing_held(&mut session, "a whole drag");
    session.settle().assert_consistent("a whole drag");

    // Picked up, then cancelled.
    let mut session = Session::new(7);
    session.publish(chosen(1));
    session.interrupt();
    assert_eq!(session.published_count::<DragEvent>(), 3);
    assert_nothing_held(&mut session, "picked up, then cancelled");

    // Cancelled, then picked up again.
    let mut session = Session::new(7);
    session.choose(1).move_held(3, 3);
    session.publish(KeyEvent::Interrupted);
    session.choose(1);
    assert_eq!((session.count::<Carried>(), session.count::<Returning>()), (1, 0));
    assert_eq!((phantom(&mut session), carried_over(&mut session)), (Some(anchor(4, 4)), anchor(4, 4)));
    session.move_held(1, 0);
    assert_eq!((phantom(&mut session), carried_over(&mut session)), (Some(anchor(5, 4)), anchor(5, 4)));
    session.release_held();
    assert!(session.game().board().colour(at(5, 4)).is_some());

    // A shape that was released in this frame cannot be picked up again, because the rules have not decided yet.
    let mut session = Session::new(7);
    session.choose(1);
    for event in [KeyEvent::Released, chosen(1), moved(1, 0), KeyEvent::Released] {
        session.publish(event);
    }
    session.frame();
    assert_eq!((session.published_count::<Dropped>(), session.game().drops()), (1, 1));
    assert_nothing_held(&mut session, "released, then chosen again");

    // Another shape can be picked up in the frame of a release. Its position is found on the board after the drop.
    let mut session = Session::new(7);
    session.choose(1);
    session.publish(KeyEvent::Released);
    session.choose(0);
    let (held, fits) = (session.view_model().hovering.unwrap(), session.game().anchors(Slot::ALL[0]));
    assert_eq!((session.game().drops(), held.fits), (1, fits.contains(held.at)));
    assert_eq!(phantom(&mut session), held.fits.then_some(Anchor::from(held.at)));
}

#[test]
fn a_pointer_takes_precedence_over_a_key_in_the_same_frame() {
    let mut session = Session::new(7);
    session.publish(chosen(0));
    session.press(slot(1));
    assert_eq!(shape_drags_since(&session, 0), [(1, Started)]);
    let mut session = Session::new(7);
    session.choose(1);
    session.publish(chosen(0));
    session.press(slot(1));
    assert_eq!(shape_drags_since(&session, 2), [(1, Cancelled), (1, Started)]);
    assert_eq!((session.count::<Carried>(), session.count::<Returning>()), (1, 0));
}

//! What drags a shape: every event of a drag names the source.

use blockers::events::{DragEvent, DragSource, Dropped, PointerKind, ReplayCommand, ShapeDragEvent};

use crate::driver::{Session, cell, slot};
use crate::replaying::{open, sample, watch};

/// Asserts that there are drags, shape drags and drops, and that all of them have this source.
#[track_caller]
fn assert_source(session: &Session, expected: DragSource) {
    let drags: Vec<_> = session.published::<DragEvent>().iter().map(|drag| drag.source).collect();
    let shape_drags: Vec<_> = session.published::<ShapeDragEvent>().iter().map(|drag| drag.source).collect();
    let drops: Vec<_> = session.published::<Dropped>().iter().map(|drop| drop.source).collect();
    for sources in [drags, shape_drags, drops] {
        assert!(!sources.is_empty() && sources.iter().all(|source| *source == expected), "{expected:?}: {sources:?}");
    }
}

#[test]
fn a_pointer_drags_with_the_source_of_its_kind() {
    let kinds = [
        (PointerKind::Mouse, DragSource::Mouse),
        (PointerKind::Pen, DragSource::Pen),
        (PointerKind::Touch, DragSource::Touch),
    ];
    for (kind, source) in kinds {
        let mut session = Session::new(7);
        session.use_kind(kind).press(slot(1)).move_to(cell(3, 4)).cancel().drop_at(1, 3, 4);
        assert_source(&session, source);
    }
}

#[test]
fn keys_drag_with_the_source_keyboard() {
    let mut session = Session::new(7);
    session.choose(1).move_held(1, 0).interrupt().choose(1).move_held(0, 1).release_held();
    assert_source(&session, DragSource::Keyboard);
}

#[test]
fn a_replay_drags_with_the_source_replay() {
    let mut session = Session::new(7);
    session.command(open(&sample()));
    watch(&mut session);
    assert_eq!(session.game().drops(), 12);
    assert_source(&session, DragSource::Replay);
    // The player's own drag after the replay has its own source again.
    session.command(ReplayCommand::Close).settle().drop_at(1, 3, 4);
    assert_eq!(session.last_event::<Dropped>().map(|drop| drop.source), Some(DragSource::Mouse));
}

#[test]
fn a_tapped_shape_is_dragged_by_the_keyboard_from_then_on() {
    let mut session = Session::new(7);
    session.use_kind(PointerKind::Touch).press(slot(1)).release();
    let sources: Vec<_> = session.published::<DragEvent>().iter().map(|drag| drag.source).collect();
    // The finger starts a drag; the keyboard cancels it, picks the shape up and moves it over the board.
    let expected = [DragSource::Touch, DragSource::Keyboard, DragSource::Keyboard, DragSource::Keyboard];
    assert_eq!(sources, expected);
}

//! When keys may hold a shape: a pointer takes precedence, and so do replays, open panels and the end of the game.

use blockers::events::{
    Command, DragEvent, DragPhase, Dropped, GameCommand, KeyEvent, PanelCommand, PointerKind, ReplayCommand,
    ShapeDragEvent, SoundCommand, TableSet, UndoCommand,
};
use blockers::world::geometry::Point;
use blockers::world::{Carried, Panel, Wanted};

use super::{anchor, assert_nothing_held, held, phantom, shape_drags_since};
use crate::driver::{Place, Session, cell, slot};
use crate::games::at;
use crate::replaying::sample;

use DragPhase::{Cancelled, Moved, Started};

#[test]
fn pressing_a_pointer_on_a_shape_cancels_the_drag_by_keys() {
    for number in 0..3 {
        let mut session = Session::new(7);
        session.choose(1).move_held(1, 0);
        let before = session.published_count::<ShapeDragEvent>();
        session.press(slot(number));
        assert_eq!(shape_drags_since(&session, before), [(1, Cancelled), (number, Started)]);
        assert_eq!(held(&mut session), None);
        // Keys have no effect while the pointer drags.
        session.move_held(1, 0).release_held().choose(2).key(KeyEvent::Interrupted);
        assert_eq!(shape_drags_since(&session, before).len(), 2, "slot {number}");
        session.move_to(cell(6, 6));
        assert_eq!((session.count::<Carried>(), phantom(&mut session)), (1, Some(anchor(6, 6))));
        session.release();
        let dropped = session.last_event::<Dropped>().unwrap();
        assert_eq!((dropped.slot.index(), dropped.outcome.is_ok()), (number, true));
        assert!(dropped.outcome.is_ok_and(|turn| turn.placed.contains(at(6, 6))), "slot {number}");
        assert_nothing_held(&mut session, "released");
        session.settle().assert_consistent("after a pointer's drop");
        // After the drop, keys can pick up a shape again.
        session.choose((number + 1) % 3).release_held();
        assert_eq!(session.game().drops(), 2, "slot {number}");
    }
}

#[test]
fn pressing_a_pointer_beside_the_board_returns_the_held_shape() {
    for place in [Point::new(2.0, 2.0), Point::new(388.0, 842.0)].map(Place::Point) {
        let mut session = Session::new(7);
        session.choose(1).press(place);
        assert_eq!(shape_drags_since(&session, 0), [(1, Started), (1, Moved), (1, Cancelled)]);
        assert_nothing_held(&mut session, "pressed beside the board");
        session.move_to(cell(6, 6)).release();
        assert_eq!(session.published_count::<Dropped>(), 0);
    }
}

#[test]
fn a_pointer_that_is_not_pressed_has_no_effect_on_the_held_shape() {
    let mut session = Session::new(7);
    session.choose(1).move_to(cell(0, 0)).release().cancel();
    assert_eq!(held(&mut session), Some((1, 4, 4, true)));
}

#[test]
fn keys_do_nothing_while_a_pointer_drags() {
    for kind in [PointerKind::Mouse, PointerKind::Pen, PointerKind::Touch] {
        let mut session = Session::new(7);
        session.use_kind(kind).press(slot(1)).move_to(cell(3, 4));
        let before = session.published_count::<DragEvent>();
        session.choose(0).choose(1).move_held(1, 0).release_held().key(KeyEvent::Interrupted);
        assert_eq!((session.published_count::<DragEvent>(), held(&mut session)), (before, None));
        session.release();
        let placed = session.last_event::<Dropped>().and_then(|dropped| dropped.outcome.ok()).map(|turn| turn.placed);
        assert!(placed.is_some_and(|placed| placed.contains(at(3, 4)) && placed.contains(at(4, 5))), "{kind:?}");
    }
}

#[test]
fn replacing_the_board_releases_the_held_shape_without_a_drag_event() {
    let sets: [(&str, Command); 3] = [
        ("undo", UndoCommand::Undo.into()),
        ("a new game", GameCommand::Request(Wanted::Another).into()),
        ("a replay", ReplayCommand::Start.into()),
    ];
    for (name, command) in sets {
        let mut session = Session::new(7);
        session.play_drops(2).choose(2).move_held(1, 0);
        assert!(held(&mut session).is_some(), "{name}");
        let before = (
            session.published_count::<DragEvent>(),
            session.published_count::<TableSet>(),
            session.published_count::<Dropped>(),
        );
        session.command(command);
        let after = (
            session.published_count::<DragEvent>(),
            session.published_count::<TableSet>(),
            session.published_count::<Dropped>(),
        );
        assert_eq!(after, (before.0, before.1 + 1, before.2), "{name}");
        assert_nothing_held(&mut session, name);
        session.release_held().key(KeyEvent::Interrupted);
        assert_eq!(session.published_count::<Dropped>(), before.2, "{name}");
        if session.play().is_live() {
            session.settle().assert_consistent(name);
            session.choose(2);
            assert!(held(&mut session).is_some(), "{name}: another shape can be picked up");
            session.release_held();
            assert_eq!(session.published_count::<Dropped>(), before.2 + 1, "{name}");
        }
    }
}

#[test]
fn every_drag_event_has_the_current_epoch() {
    let mut session = Session::new(7);
    for _ in 0..3 {
        let before = session.published_count::<DragEvent>();
        session.choose(1).move_held(1, 0).interrupt().choose(1).release_held();
        let drags = session.published_since::<DragEvent>(before);
        assert_eq!(drags.len(), 7);
        let epoch = session.play().epoch;
        assert!(drags.iter().all(|drag| drag.epoch == epoch), "{drags:?} in epoch {epoch}");
        session.undo();
        assert_eq!(session.play().epoch, epoch + 1);
    }
}

#[test]
fn keys_have_no_effect_during_a_replay() {
    let mut session = Session::new(7);
    session.open_paused(&sample());
    let before = (session.published_count::<DragEvent>(), session.timeline().position());
    for number in 0..3 {
        session.choose(number).move_held(1, 0).release_held().key(KeyEvent::Interrupted);
        assert_nothing_held(&mut session, "a replay");
    }
    assert_eq!((session.published_count::<DragEvent>(), session.timeline().position()), before);
}

#[test]
fn keys_do_not_move_a_held_shape_while_a_panel_is_open() {
    for panel in [Panel::Menu, Panel::Statistics, Panel::Help, Panel::Question(Wanted::Another)] {
        let mut session = Session::new(7);
        session.choose(1).move_held(1, 0).command(PanelCommand::Open(panel));
        assert_eq!(session.view_model().panel, Some(panel));
        session.announcer.take_announced();
        let before = (session.published_count::<DragEvent>(), held(&mut session));
        session.choose(0).move_held(1, 0).release_held().key(KeyEvent::ReleasedOver(at(0, 0)));
        assert_eq!((session.published_count::<DragEvent>(), held(&mut session)), before, "{panel:?}");
        assert!(session.announcer.take_announced().is_empty(), "{panel:?}");
        // The shape is still held after the panel closes.
        session.command(PanelCommand::Close).release_held();
        assert!(session.game().board().colour(at(5, 4)).is_some(), "{panel:?}");
        // An interruption ends the hold even while a panel is open.
        session.choose(0).command(PanelCommand::Open(panel)).key(KeyEvent::Interrupted);
        assert_nothing_held(&mut session, "interrupted");
    }
}

#[test]
fn opening_a_panel_cancels_the_drag_of_a_pointer() {
    let opened = [
        (Command::from(PanelCommand::Open(Panel::Help)), Panel::Help),
        (PanelCommand::Open(Panel::Menu).into(), Panel::Menu),
        (GameCommand::Request(Wanted::Another).into(), Panel::Question(Wanted::Another)),
    ];
    for (command, panel) in opened {
        for kind in [PointerKind::Mouse, PointerKind::Touch] {
            let mut session = Session::new(7);
            let number = session.play_drops(4).view_model().slots.iter().position(Option::is_some).unwrap();
            let (drops, before) = (session.published_count::<Dropped>(), session.published_count::<ShapeDragEvent>());
            session.use_kind(kind).press(slot(number)).move_to(cell(5, 5)).command(command.clone());
            assert_eq!(session.view_model().panel, Some(panel), "{command:?}");
            let phases: Vec<_> = shape_drags_since(&session, before).into_iter().map(|(_, phase)| phase).collect();
            assert_eq!(phases, [Started, Moved, Cancelled], "{command:?}");
            assert_nothing_held(&mut session, "cancelled");
            session.move_to(cell(5, 6)).release().settle();
            assert_eq!(session.published_count::<Dropped>(), drops, "{command:?}");
        }
    }
    // A command that opens no panel does not cancel the drag.
    let mut session = Session::new(7);
    session.press(slot(1)).move_to(cell(3, 4)).command(SoundCommand::ToggleMute).release();
    assert_eq!(session.game().drops(), 1);
}

#[test]
fn keys_have_no_effect_when_the_game_is_over() {
    let mut session = Session::new(7);
    session.play_to_end().settle();
    let before = session.published_count::<DragEvent>();
    for number in 0..3 {
        session.choose(number).move_held(1, 0).release_held();
        assert_nothing_held(&mut session, "over");
    }
    assert_eq!(session.published_count::<DragEvent>(), before);
}

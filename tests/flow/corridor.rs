//! What is published on each topic, in order, and what is on the table then.

use std::borrow::Cow;

use blockers::bus::{Event, Topic};
use blockers::events::{
    Cause, CommandEvent, DragEvent, DragPhase, Dropped, GameEnded, KeyEvent, PointerEvent, PointerKind, PointerPhase,
    RecordChanged, ShapeDragEvent, TableSet,
};
use blockers::handlers::shape_drag::main_area::{MAGNET, nearest};
use blockers::input::carrying::corner;
use blockers::input::gesture::Gesture;
use blockers::ports::{Tick, Voice};
use blockers::rules::{Anchor, Bitboard, Cell, Refusal, Slot};
use blockers::world::geometry::{BoardPosition, Point};
use blockers::world::layout::Layout;
use blockers::world::{Carried, Leaving, Lift, Phantom, Returning, ScoreBump, Settling, Staged, Tile};

use crate::driver::{LANDSCAPE, PORTRAIT, Place, Table, cell, over, red, slot};

use DragPhase::{Cancelled, Ended, Moved, Started as Begun};

fn drag_phases(table: &Table) -> Vec<DragPhase> {
    table.published_since::<DragEvent>(0).into_iter().map(|event| event.phase).collect()
}

/// A slot, what happened to its shape, and the row and column that it was over.
type Told = (usize, DragPhase, Option<(f32, f32)>);

fn shape_drags(table: &Table) -> Vec<Told> {
    let rounded = |length: f32| (length * 100.0).round() / 100.0;
    let told = |event: ShapeDragEvent| {
        (event.slot.index(), event.phase, event.over.map(|at| (rounded(at.row), rounded(at.column))))
    };
    table.published_since::<ShapeDragEvent>(0).into_iter().map(told).collect()
}

#[test]
fn a_drag_goes_through_the_whole_corridor() {
    let mut table = Table::new(7);
    table.press(slot(1)).move_to(cell(3, 4)).release();

    let phases: Vec<_> = table.published_since::<PointerEvent>(0).into_iter().map(|event| event.phase).collect();
    assert_eq!(phases, [PointerPhase::Pressed, PointerPhase::Moved, PointerPhase::Released]);
    assert_eq!(drag_phases(&table), [Begun, Moved, Ended]);
    let over = Some((3.0, 4.0));
    let [begun, moved, ended] = shape_drags(&table)[..] else { panic!("{:?}", shape_drags(&table)) };
    assert_eq!((begun.0, begun.1), (1, Begun));
    assert_eq!([moved, ended], [(1, Moved, over), (1, Ended, over)]);
    let [Dropped { slot, outcome: Ok(turn), .. }] = table.published_since::<Dropped>(0)[..] else { panic!("one drop") };
    assert_eq!((slot.index(), turn.placed.count(), turn.over), (1, 4, false));

    assert_eq!(table.count::<Tile>(), 4);
    assert_eq!(table.count::<Staged>(), 2);
    assert_eq!((table.count::<Carried>(), table.count::<Phantom>(), table.count::<Returning>()), (0, 0, 0));
    assert_eq!(table.count::<Settling>(), 4);
    assert_eq!(table.settle().count::<Settling>(), 0);
}

#[test]
fn several_events_between_two_frames_are_the_same_as_one_at_a_time() {
    let mut table = Table::new(7);
    let layout = table.app.world().resource::<Layout>().clone();
    // A square hangs at its middle, one cell from its corner.
    let target = layout.point_at(BoardPosition { row: 4.0, column: 5.0 });
    let steps = [
        (PointerPhase::Pressed, layout.slots[1].centre()),
        (PointerPhase::Moved, layout.board.centre()),
        (PointerPhase::Moved, target),
        (PointerPhase::Released, target),
    ];
    for (phase, position) in steps {
        let event = PointerEvent { pointer: 1, kind: PointerKind::Mouse, phase, position };
        table.app.publish(event).expect("there is such a topic");
    }
    table.frame();
    assert_eq!(drag_phases(&table), [Begun, Moved, Moved, Ended]);
    assert_eq!((table.mirror().cells.iter().flatten().count(), table.count::<Phantom>()), (4, 0));
    assert!(table.game().board().colour(Cell::new(3, 4).expect("it is on the board")).is_some());
}

#[test]
fn a_refused_drop_changes_nothing_and_the_shape_springs_back() {
    let table = [
        ("overlapping", cell(3, 4)),
        ("off the board", cell(9, 9)),
        ("far away", Place::Point(Point::new(-500.0, -500.0))),
        ("in the tray", slot(2)),
    ];
    for (name, place) in table {
        let mut table = Table::new(7);
        table.drop_at(0, 3, 4).settle();
        let before = (table.mirror(), table.published_since::<Dropped>(0).len());
        table.audio.take_played();
        table.press(slot(1)).move_to(place).release();
        let [.., Dropped { outcome: Err(_), .. }] = table.published_since::<Dropped>(0)[..] else { panic!("{name}") };
        assert_eq!(table.count::<Returning>(), 1, "{name}");
        assert_eq!(table.audio.take_played(), [Voice::PickUp, Voice::Refused], "{name}");
        table.settle();
        assert_eq!((table.count::<Returning>(), table.mirror()), (0, before.0), "{name}");
        assert_eq!(table.published_since::<Dropped>(0).len(), before.1 + 1, "{name}");
    }
}

#[test]
fn whatever_breaks_a_drag_off_brings_the_shape_back_and_drops_nothing() {
    type Break = fn(&mut Table) -> &mut Table;
    let table: [(&str, Break); 4] = [
        ("Escape or a lost window", |table| table.interrupt()),
        ("the system takes the pointer", |table| table.cancel()),
        ("a second finger", |table| table.with_pointer(2).press(slot(2))),
        ("a second finger on the board", |table| table.with_pointer(2).press(cell(5, 5))),
    ];
    for (name, break_off) in table {
        for kind in [PointerKind::Mouse, PointerKind::Pen, PointerKind::Touch] {
            let mut table = Table::new(7);
            let before = table.mirror();
            table.with(kind).press(slot(1)).move_to(cell(3, 4));
            assert_eq!(table.count::<Phantom>(), 1, "{name}");
            break_off(&mut table);
            assert_eq!(drag_phases(&table), [Begun, Moved, Cancelled], "{name}");
            assert_eq!((table.count::<Phantom>(), table.count::<Carried>(), table.count::<Returning>()), (0, 0, 1));
            // What the first pointer does now is nobody's business any more.
            table.with_pointer(1).move_to(cell(4, 4)).release();
            assert_eq!(drag_phases(&table).len(), 3, "{name}");
            table.settle();
            assert_eq!(table.mirror(), before, "{name}");
            assert!(table.published_since::<Dropped>(0).is_empty(), "{name}");
            assert!(!table.audio.take_played().contains(&Voice::Refused), "{name}");
        }
    }
}

#[test]
fn another_pointer_that_moves_or_lets_go_does_not_disturb_a_drag() {
    let mut table = Table::new(7);
    table.press(slot(1)).move_to(cell(3, 4));
    table.with_pointer(2).move_to(cell(0, 0)).release().cancel();
    table.with_pointer(1).move_to(cell(3, 4)).release();
    assert!(table.published_since::<Dropped>(0)[0].outcome.is_ok());
}

#[test]
fn a_second_drag_follows_a_broken_one() {
    let mut table = Table::new(7);
    table.press(slot(1)).interrupt();
    // It is on its way back still, and can be caught in the air.
    assert_eq!(table.count::<Returning>(), 1);
    table.press(slot(1)).move_to(cell(3, 4));
    assert_eq!((table.count::<Returning>(), table.count::<Carried>()), (0, 1));
    table.release();
    assert_eq!(table.count::<Tile>(), 4);
}

#[test]
fn presses_on_nothing_start_nothing() {
    let mut table = Table::new(7);
    table.drop_at(1, 3, 4);
    let count = drag_phases(&table).len();
    for place in
        [slot(1), cell(3, 4), cell(0, 0), Place::Point(Point::new(-1.0, -1.0)), Place::Point(Point::new(1e9, f32::NAN))]
    {
        table.press(place).move_to(cell(5, 5)).release();
    }
    assert_eq!(drag_phases(&table).len(), count);
    assert_eq!(table.app.world().resource::<Gesture>(), &Gesture::Idle);
}

#[test]
fn a_mouse_keeps_the_place_that_it_took_hold_of() {
    let mut table = Table::new(7);
    let layout = table.app.world().resource::<Layout>().clone();
    let staged = table.mirror().slots[1].expect("a hand has three");
    // A quarter of a cell into the square.
    let hold = Point::new(0.25, 0.25) * layout.tray_cell;
    let pressed = layout.staged_corner(staged.slot, staged.piece) + hold;
    table.press(Place::Point(pressed));
    let grip = table.only::<Carried>().expect("it is carried").grip;
    assert!((grip.grab.row - 0.25).abs() < 1e-3 && (grip.grab.column - 0.25).abs() < 1e-3, "{grip:?}");
    // Beside the shape, but in its slot: the nearest place of the shape.
    table.interrupt().press(Place::Point(layout.slots[1].corner()));
    assert_eq!(table.only::<Carried>().expect("it is carried").grip.grab, BoardPosition::default());
}

#[test]
fn above_a_finger_a_shape_hangs_clear() {
    let mut table = Table::new(7);
    table.with(PointerKind::Touch).press(slot(1)).move_to(cell(3, 4));
    let grip = table.only::<Carried>().expect("it is carried").grip;
    assert_eq!((grip.grab.row, grip.grab.column), (2.0 + Lift::Usual.cells(), 1.0));
    table.release();
    assert!(table.game().board().colour(Cell::new(4, 5).expect("it is on the board")).is_some());
}

#[test]
fn the_phantom_shows_the_nearest_legal_place_and_what_it_would_clear() {
    let mut table = Table::new(0);
    table.deal([10, 10, 8].map(red), vec![]);
    table.drop_at(0, 6, 0);
    table.press(slot(1)).move_to(over(6.4, 5.3));
    let phantom = table.only::<Phantom>().expect("it can lie there");
    assert_eq!(
        (phantom.at, phantom.complete.rows.numbers().collect::<Vec<_>>()),
        (Anchor { row: 6, column: 5 }, vec![6])
    );
    table.move_to(over(7.1, 5.0));
    let phantom = table.only::<Phantom>().expect("it can lie there");
    assert_eq!((phantom.at, phantom.complete.lines()), (Anchor { row: 7, column: 5 }, 0));
    table.move_to(over(6.0, 3.0));
    assert_eq!(table.only::<Phantom>(), None, "there it lies on the other");
    table.move_to(over(6.0, 4.4));
    assert_eq!(table.only::<Phantom>().map(|phantom| phantom.at), Some(Anchor { row: 6, column: 5 }), "it is drawn");
    table.release();
    assert_eq!((table.game().lines(), table.count::<Leaving>(), table.count::<Tile>()), (1, 10, 0));
    assert_eq!(table.count::<ScoreBump>(), 1);
    table.settle();
    assert_eq!((table.count::<Leaving>(), table.count::<ScoreBump>()), (0, 0));
}

#[test]
fn the_magnet_reaches_three_quarters_of_a_cell() {
    let only = |row, column| Bitboard::EMPTY.with(Cell::new(row, column).expect("it is on the board"));
    let far = MAGNET / 2f32.sqrt();
    let table = [
        (only(5, 5), (5.0, 5.0), Some((5, 5))),
        (only(5, 5), (5.74, 5.0), Some((5, 5))),
        (only(5, 5), (5.76, 5.0), None),
        (only(5, 5), (5.0 - far + 0.01, 5.0 + far - 0.01), Some((5, 5))),
        (only(5, 5), (5.0 - far - 0.01, 5.0 + far + 0.01), None),
        (only(5, 5) | only(5, 6), (5.0, 5.51), Some((5, 6))),
        (only(5, 5) | only(5, 6), (5.0, 5.49), Some((5, 5))),
        (only(0, 0), (-0.7, -0.2), Some((0, 0))),
        (Bitboard::EMPTY, (5.0, 5.0), None),
        (Bitboard::FULL, (f32::NAN, 5.0), None),
        (Bitboard::FULL, (f32::INFINITY, 5.0), None),
    ];
    for (anchors, (row, column), expected) in table {
        let found = nearest(anchors, BoardPosition { row, column }, Some(MAGNET)).map(|at| (at.row, at.column));
        assert_eq!(found, expected, "({row}, {column})");
    }
}

#[test]
fn a_resize_and_a_turn_in_mid_drag_lose_nothing() {
    let mut table = Table::new(7);
    table.press(slot(1)).move_to(cell(3, 4));
    for viewport in [LANDSCAPE, PORTRAIT, LANDSCAPE] {
        table.resize(viewport);
        table.move_to(cell(6, 2));
        let grip = table.only::<Carried>().expect("the drag goes on").grip;
        let at = corner(table.app.world().resource::<Layout>(), grip);
        assert!((at.row - 6.0).abs() < 1e-3 && (at.column - 2.0).abs() < 1e-3, "{at:?}");
        assert_eq!(table.only::<Phantom>().map(|phantom| phantom.at), Some(Anchor { row: 6, column: 2 }));
    }
    table.release();
    assert!(table.game().board().colour(Cell::new(6, 2).expect("it is on the board")).is_some());
}

#[test]
fn what_happened_before_a_resize_happened_in_the_old_window() {
    let mut table = Table::new(7);
    table.press(slot(1)).move_to(cell(3, 4));
    let last = table.last::<PointerEvent>().expect("it was moved");
    let released = PointerEvent { phase: PointerPhase::Released, ..last };
    table.app.publish(released).expect("there is such a topic");
    table.resize(LANDSCAPE);
    assert!(table.game().board().colour(Cell::new(3, 4).expect("it is on the board")).is_some());
}

#[test]
fn the_phantom_follows_a_resize_without_a_move() {
    let mut table = Table::new(7);
    table.press(slot(1)).move_to(cell(3, 4)).resize(LANDSCAPE);
    let grip = table.only::<Carried>().expect("the drag goes on").grip;
    let at = corner(table.app.world().resource::<Layout>(), grip);
    let expected = nearest(table.game().anchors(Slot::ALL[1]), at, Some(MAGNET));
    assert_eq!(table.only::<Phantom>().map(|phantom| phantom.at), expected);
}

#[test]
fn by_finger_every_row_is_in_reach() {
    for viewport in [PORTRAIT, LANDSCAPE] {
        let mut table = Table::new(7);
        table.with(PointerKind::Touch).resize(viewport).press(slot(1));
        // The lowest pixel of the window, below the middle of the board.
        let board = table.app.world().resource::<Layout>().board;
        let lowest = Point::new(board.centre().x, viewport.height - 1.0);
        table.move_to(Place::Point(lowest));
        let grip = table.only::<Carried>().expect("it is carried").grip;
        let at = corner(table.app.world().resource::<Layout>(), grip);
        assert!(at.row >= 7.5, "a square reaches the lowest row: {at:?}");
    }
}

#[test]
fn a_beginning_is_published_like_everything_else() {
    let table = Table::new(7);
    let [TableSet { cause, staged, fits, .. }] = table.published_since::<TableSet>(0)[..] else {
        panic!("one beginning")
    };
    assert_eq!((cause, staged.iter().flatten().count(), fits), (Cause::Began, 3, [true; 3]));
}

#[test]
fn the_wiring_is_the_corridor() {
    let table = Table::new(7);
    let world = table.app.world();
    let names = world.resource::<blockers::bus::Bus>().topics();
    assert_eq!(
        names,
        [
            "pointer",
            "key",
            "drag",
            "shape drag",
            "fits.request",
            "fits.answer",
            "command",
            "table set",
            "dropped",
            "game ended",
            "record changed",
            "record changed.dead",
            "failure"
        ]
    );
    let commands = [
        "new game",
        "undo",
        "replaying",
        "panels",
        "sharing",
        "transfer",
        "second try",
        "volume",
        "choosing",
        "inspector panel",
        "gesture",
    ];
    let on_table =
        ["placement", "clearing", "scoring", "staging", "persistence", "saving", "game over", "sound", "announcement"];
    let on_drop = [&on_table[..8], &["feel"][..], &on_table[8..], &["recorder"][..]].concat();
    assert_eq!(groups::<PointerEvent>(&table), ["keyboard", "gesture"]);
    assert_eq!(groups::<KeyEvent>(&table), ["keyboard", "hovering"]);
    assert_eq!(groups::<CommandEvent>(&table), commands);
    assert_eq!(groups::<TableSet>(&table), on_table);
    assert_eq!(groups::<Dropped>(&table), on_drop);
    assert_eq!(groups::<GameEnded>(&table), ["statistics", "daily"]);
    assert_eq!(groups::<RecordChanged>(&table), ["storage"]);
}

/// The groups of a topic, in the order in which they are called.
fn groups<E: Event>(table: &Table) -> Vec<Cow<'static, str>> {
    table.app.world().resource::<Topic<E>>().groups(0).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn a_drop_over_nothing_is_off_the_board() {
    let mut table = Table::new(7);
    table.press(slot(1)).move_to(slot(0)).release();
    assert_eq!(shape_drags(&table).last().map(|(.., over)| *over), Some(None));
    assert_eq!(table.last::<Dropped>().map(|dropped| dropped.outcome), Some(Err(Refusal::OffBoard)));
}

#[test]
fn a_finger_feels_what_it_picks_up_and_drops_and_no_other_hand_does() {
    let mut table = Table::new(0);
    table.deal([10, 10, 8].map(red), vec![]);
    table.with(PointerKind::Touch).drop_at(0, 3, 0).drop_at(1, 3, 5);
    assert_eq!(table.haptics.take_felt(), [Tick::PickUp, Tick::Placed, Tick::PickUp, Tick::Cleared]);
    table.press(slot(2)).cancel();
    table.press(slot(2)).move_to(slot(0)).release();
    assert_eq!(table.haptics.take_felt(), [Tick::PickUp, Tick::PickUp], "what comes to nothing is not felt");
    for kind in [PointerKind::Mouse, PointerKind::Pen] {
        table.with(kind).press(slot(2)).move_to(cell(6, 6)).cancel();
    }
    table.choose(2).interrupt();
    assert_eq!(table.haptics.take_felt(), []);
}

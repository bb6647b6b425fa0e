//! What comes in one frame is dealt with in one delivery, and nothing of it may get into a game that it was not meant for.

use blockers::events::{CommandEvent, Dropped, PointerEvent, PointerKind, PointerPhase, ReplayControl};
use blockers::rules::{Anchor, Cell, Deal, GameKind};
use blockers::world::geometry::{BoardPosition, Point};
use blockers::world::layout::Layout;
use blockers::world::{Carried, Phantom, Returning, Wanted};

use crate::driver::{Table, cell, slot};
use crate::games::{last_drop, recorded};
use crate::replaying::{open, shown};

/// Whatever is asked for while a replay's hand lets go, one of these frames is the one in which it does.
const FRAMES: std::ops::Range<u32> = 0..40;

#[test]
fn what_the_hand_of_a_replay_lets_go_is_dropped_into_no_other_game() {
    let recording = recorded(Deal::new(GameKind::Classic, 9), last_drop, 3);
    // What is asked for, and how many drops the own game has: in the cases of other games so few that nobody is asked.
    let table = [
        (CommandEvent::Replay(ReplayControl::Close), 3),
        (CommandEvent::Replay(ReplayControl::Seek(0)), 3),
        (CommandEvent::GameRequested(Wanted::Kind(GameKind::Classic)), 0),
        (CommandEvent::GameRequested(Wanted::PlayOn), 0),
    ];
    for (command, drops) in table {
        for frames in FRAMES {
            let mut table = Table::new(7);
            table.play_some(drops).settle();
            let own = (table.play().own.id, table.timeline().recording());
            table.command(open(&recording));
            for _ in 0..frames {
                table.frame();
            }
            let before = table.published::<Dropped>();
            table.command(command.clone());
            let context = format!("{command:?}, {frames} frames after the beginning");
            let live = table.published_since::<Dropped>(before).into_iter().find(|dropped| dropped.live);
            assert_eq!(live, None, "{context}: the player has dropped nothing");
            match command {
                CommandEvent::Replay(ReplayControl::Close) => {
                    assert_eq!((table.play().own.id, table.timeline().recording()), own, "{context}");
                }
                CommandEvent::Replay(_) => {
                    let shown = (table.timeline().position(), table.timeline().drops());
                    assert_eq!(shown, (0, &recording.drops[..]), "{context}");
                }
                _ => assert!(table.play().is_live() && table.play().own.id != own.0, "{context}"),
            }
            table.settle().assert_agrees(&context);
        }
    }
}

#[test]
fn the_own_game_survives_whatever_is_asked_for_in_one_frame() {
    let link = || open(&shown());
    let replay = CommandEvent::Replay;
    // Is a replay there before? what is asked for then.
    let table = [
        (false, vec![link(), link()]),
        (false, vec![CommandEvent::ReplayRequested, CommandEvent::ReplayRequested]),
        (false, vec![link(), CommandEvent::ReplayRequested]),
        (true, vec![link(), link()]),
        (true, vec![replay(ReplayControl::Close), replay(ReplayControl::Close)]),
        (true, vec![replay(ReplayControl::Close), link()]),
        (true, vec![replay(ReplayControl::Close), CommandEvent::ReplayRequested]),
        (true, vec![replay(ReplayControl::Close), replay(ReplayControl::Seek(0))]),
        (true, vec![replay(ReplayControl::Close), replay(ReplayControl::Toggle)]),
        (true, vec![replay(ReplayControl::Close), replay(ReplayControl::Step)]),
    ];
    for (replaying, commands) in table {
        let mut table = Table::new(7);
        table.play_some(5).settle();
        let own = (table.play().own.id, true, table.timeline().recording());
        if replaying {
            table.hold(&shown());
        }
        let names: Vec<String> =
            commands.iter().map(|command| format!("{command:?}").chars().take(24).collect()).collect();
        let context = format!("replaying: {replaying}, then {names:?}");
        for command in commands {
            table.app.publish(command).expect("there is room");
        }
        table.frame();
        if table.play().shown.is_some() {
            table.replay(ReplayControl::Close);
        }
        let play = table.play();
        assert_eq!((play.own.id, play.is_live(), play.timeline().recording()), own, "{context}");
        table.settle().assert_agrees(&context);
        assert_eq!(table.reopened().timeline().recording(), own.2, "{context}: and it is what is stored");
    }
}

/// Publishes what the mouse does that drags, without a frame.
fn mouse(table: &mut Table, phase: PointerPhase, position: Point) {
    let event = PointerEvent { pointer: 1, kind: PointerKind::Mouse, phase, position };
    table.app.publish(event).expect("there is such a topic");
}

/// Where the mouse is that holds a square by its middle over this cell.
fn above(table: &Table, row: u8, column: u8) -> Point {
    let middle = BoardPosition { row: f32::from(row) + 1.0, column: f32::from(column) + 1.0 };
    table.app.world().resource::<Layout>().point_at(middle)
}

#[test]
fn the_phantom_is_where_the_last_of_several_moves_has_led_and_gone_when_it_is_let_go() {
    let table: [&[(u8, u8)]; 5] =
        [&[(3, 3), (3, 4)], &[(3, 4), (3, 3), (3, 4)], &[(2, 2), (3, 4), (2, 2)], &[(8, 8)], &[(3, 3), (3, 3)]];
    for moves in table {
        let &(row, column) = moves.last().expect("there is a move");
        for let_go in [false, true] {
            let mut table = Table::new(7);
            table.press(slot(1)).move_to(cell(3, 3));
            for &(row, column) in moves {
                let position = above(&table, row, column);
                mouse(&mut table, PointerPhase::Moved, position);
            }
            if let_go {
                let position = above(&table, row, column);
                mouse(&mut table, PointerPhase::Released, position);
            }
            table.frame();
            let last = Anchor { row: row.into(), column: column.into() };
            let phantom = table.only::<Phantom>().map(|phantom| phantom.at);
            assert_eq!(phantom, Some(last).filter(|_| !let_go), "{moves:?}");
            let corner = Cell::new(last.row, last.column).expect("it is on the board");
            assert_eq!(table.game().board().colour(corner).is_some(), let_go, "{moves:?}");
        }
    }
}

#[test]
fn a_shape_that_is_put_back_and_picked_up_again_is_carried_where_it_is_moved() {
    let mut table = Table::new(7);
    table.press(slot(1)).move_to(cell(3, 3));
    let there = table.app.world().resource::<Layout>().slots[1].centre();
    mouse(&mut table, PointerPhase::Cancelled, there);
    mouse(&mut table, PointerPhase::Pressed, there);
    let position = above(&table, 6, 2);
    mouse(&mut table, PointerPhase::Moved, position);
    table.frame();
    assert_eq!((table.count::<Carried>(), table.count::<Returning>()), (1, 0));
    let last = Anchor { row: 6, column: 2 };
    assert_eq!(table.only::<Phantom>().map(|phantom| phantom.at), Some(last));
    assert_eq!(table.only::<Carried>().map(|carried| carried.grip.pointer), Some(position));
    table.move_to(cell(7, 7)).release();
    let corner = Cell::new(7, 7).expect("it is on the board");
    assert!(table.game().board().colour(corner).is_some());
}

#[test]
fn of_several_tables_that_are_set_in_one_frame_the_last_one_lies_there() {
    let recording = recorded(Deal::new(GameKind::Classic, 9), last_drop, 5);
    for (first, second) in (0..=5).flat_map(|first| (0..=5).map(move |second| (first, second))) {
        let mut table = Table::new(7);
        table.hold(&recording);
        for place in [first, second] {
            table.app.publish(CommandEvent::Replay(ReplayControl::Seek(place))).expect("there is room");
        }
        table.settle();
        table.assert_agrees(&format!("to {first} and to {second} in one frame"));
    }
    let mut table = Table::new(7);
    table.play_some(5).settle();
    for command in [CommandEvent::UndoRequested, CommandEvent::UndoRequested, CommandEvent::RedoRequested] {
        table.app.publish(command).expect("there is room");
    }
    table.settle();
    assert_eq!(table.game().drops(), 4);
    table.assert_agrees("two back and one on in one frame");
}

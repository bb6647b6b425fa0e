//! Several events in one frame: they are delivered together, and none affects a game that it was not meant for.

use blockers::events::{
    Command, Dropped, GameCommand, PointerEvent, PointerInput, PointerKind, PointerPhase, ReplayCommand, UndoCommand,
};
use blockers::world::geometry::{BoardPosition, Point};
use blockers::world::{Carried, Phantom, Returning, Wanted};
use blockers_rules::{Anchor, Deal, GameKind};

use crate::driver::{Session, cell, slot};
use crate::games::{at, last_drop, recorded};
use crate::replaying::{open, sample};

/// Frames after the start of a replay. In one of them, its first drag ends.
const FRAMES: std::ops::Range<u32> = 0..40;

#[test]
fn a_drag_of_a_replay_never_drops_into_another_game() {
    let recording = recorded(Deal::new(GameKind::Classic, 9), last_drop, 3);
    // The command, and the drops of the player's game: none where another game is requested, so that no question opens.
    let cases = [
        (Command::from(ReplayCommand::Close), 3),
        (ReplayCommand::Seek(0).into(), 3),
        (GameCommand::Request(Wanted::Kind(GameKind::Classic)).into(), 0),
        (GameCommand::Request(Wanted::PlayOn).into(), 0),
    ];
    for (command, drops) in cases {
        for frames in FRAMES {
            let mut session = Session::new(7);
            session.play_drops(drops).settle();
            let own = (session.play().own.id, session.timeline().recording());
            session.command(open(&recording));
            for _ in 0..frames {
                session.frame();
            }
            let before = session.published_count::<Dropped>();
            session.command(command.clone());
            let context = format!("{command:?}, {frames} frames after the start");
            let live = session.published_since::<Dropped>(before).into_iter().find(|dropped| dropped.live);
            assert_eq!(live, None, "{context}: the player made no drop");
            match command {
                Command::Replay(ReplayCommand::Close) => {
                    assert_eq!((session.play().own.id, session.timeline().recording()), own, "{context}");
                }
                Command::Replay(_) => {
                    let shown = (session.timeline().position(), session.timeline().drops());
                    assert_eq!(shown, (0, &recording.drops[..]), "{context}");
                }
                _ => assert!(session.play().is_live() && session.play().own.id != own.0, "{context}"),
            }
            session.settle().assert_consistent(&context);
        }
    }
}

#[test]
fn the_own_game_survives_any_two_replay_commands_in_one_frame() {
    let link = || open(&sample());
    // Whether a replay is open before, and the commands of the frame.
    let cases = [
        (false, vec![link(), link()]),
        (false, vec![ReplayCommand::Start, ReplayCommand::Start]),
        (false, vec![link(), ReplayCommand::Start]),
        (true, vec![link(), link()]),
        (true, vec![ReplayCommand::Close, ReplayCommand::Close]),
        (true, vec![ReplayCommand::Close, link()]),
        (true, vec![ReplayCommand::Close, ReplayCommand::Start]),
        (true, vec![ReplayCommand::Close, ReplayCommand::Seek(0)]),
        (true, vec![ReplayCommand::Close, ReplayCommand::Toggle]),
        (true, vec![ReplayCommand::Close, ReplayCommand::Step]),
    ];
    for (replaying, commands) in cases {
        let mut session = Session::new(7);
        session.play_drops(5).settle();
        let own = (session.play().own.id, true, session.timeline().recording());
        if replaying {
            session.open_paused(&sample());
        }
        let names: Vec<String> =
            commands.iter().map(|command| format!("{command:?}").chars().take(24).collect()).collect();
        let context = format!("replaying: {replaying}, {names:?}");
        for command in commands {
            session.app.command(command).unwrap();
        }
        session.frame();
        if session.play().shown.is_some() {
            session.command(ReplayCommand::Close);
        }
        let play = session.play();
        assert_eq!((play.own.id, play.is_live(), play.timeline().recording()), own, "{context}");
        session.settle().assert_consistent(&context);
        assert_eq!(session.reopened().timeline().recording(), own.2, "{context}: stored");
    }
}

/// Publishes input of the mouse, without a frame.
fn publish_mouse(session: &mut Session, phase: PointerPhase, position: Point) {
    let event = PointerEvent::Input(PointerInput { pointer: 1, kind: PointerKind::Mouse, phase, position });
    session.publish(event);
}

/// Returns the position of a mouse that holds a square by its middle over this cell.
fn position_over(session: &Session, row: u8, column: u8) -> Point {
    let middle = BoardPosition { row: f32::from(row) + 1.0, column: f32::from(column) + 1.0 };
    session.layout().point_at(middle)
}

#[test]
fn the_phantom_shows_the_last_of_several_moves_and_disappears_on_release() {
    let cases: [&[(u8, u8)]; 5] =
        [&[(3, 3), (3, 4)], &[(3, 4), (3, 3), (3, 4)], &[(2, 2), (3, 4), (2, 2)], &[(8, 8)], &[(3, 3), (3, 3)]];
    for moves in cases {
        let &(row, column) = moves.last().unwrap();
        for released in [false, true] {
            let mut session = Session::new(7);
            session.press(slot(1)).move_to(cell(3, 3));
            for &(row, column) in moves {
                let position = position_over(&session, row, column);
                publish_mouse(&mut session, PointerPhase::Moved, position);
            }
            if released {
                let position = position_over(&session, row, column);
                publish_mouse(&mut session, PointerPhase::Released, position);
            }
            session.frame();
            let last = Anchor { row: row.into(), column: column.into() };
            let phantom = session.single::<Phantom>().map(|phantom| phantom.at);
            assert_eq!(phantom, Some(last).filter(|_| !released), "{moves:?}");
            let corner = at(last.row, last.column);
            assert_eq!(session.game().board().colour(corner).is_some(), released, "{moves:?}");
        }
    }
}

#[test]
fn a_shape_that_is_cancelled_and_picked_up_in_one_frame_follows_the_pointer() {
    let mut session = Session::new(7);
    session.press(slot(1)).move_to(cell(3, 3));
    let centre = session.layout().slots[1].centre();
    publish_mouse(&mut session, PointerPhase::Cancelled, centre);
    publish_mouse(&mut session, PointerPhase::Pressed, centre);
    let position = position_over(&session, 6, 2);
    publish_mouse(&mut session, PointerPhase::Moved, position);
    session.frame();
    assert_eq!((session.count::<Carried>(), session.count::<Returning>()), (1, 0));
    let last = Anchor { row: 6, column: 2 };
    assert_eq!(session.single::<Phantom>().map(|phantom| phantom.at), Some(last));
    assert_eq!(session.single::<Carried>().map(|carried| carried.grip.pointer), Some(position));
    session.move_to(cell(7, 7)).release();
    let corner = at(7, 7);
    assert!(session.game().board().colour(corner).is_some());
}

#[test]
fn if_the_table_is_set_several_times_in_one_frame_the_last_one_is_shown() {
    let recording = recorded(Deal::new(GameKind::Classic, 9), last_drop, 5);
    for (first, second) in (0..=5).flat_map(|first| (0..=5).map(move |second| (first, second))) {
        let mut session = Session::new(7);
        session.open_paused(&recording);
        for position in [first, second] {
            session.app.command(ReplayCommand::Seek(position)).unwrap();
        }
        session.settle();
        assert_eq!(session.timeline().position(), second);
        session.assert_consistent(&format!("seek {first} and {second} in one frame"));
    }
    let mut session = Session::new(7);
    session.play_drops(5).settle();
    for command in [UndoCommand::Undo, UndoCommand::Undo, UndoCommand::Redo] {
        session.app.command(command).unwrap();
    }
    session.settle();
    assert_eq!(session.game().drops(), 4);
    session.assert_consistent("undo, undo and redo in one frame");
}

//! What comes in one frame is dealt with in one delivery, and nothing of it may get into a game that it was not meant for.

use blockers::events::{CommandEvent, Dropped, ReplayControl};
use blockers::rules::{Deal, GameKind};
use blockers::world::Wanted;

use crate::driver::Table;
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

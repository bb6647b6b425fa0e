//! A replay drags the shapes of a recorded game through the same topics as a player, and counts for nothing.

use blockers::events::{
    DragEvent, DragPhase, Dropped, GameCommand, GameEnded, PanelCommand, PointerEvent, ReplayCommand, ShapeDragEvent,
};
use blockers::ports::Storage;
use blockers::records::Bests;
use blockers::world::{Carried, Panel, Stored, Wanted};
use blockers_rules::{Deal, GameKind, Recording};

use crate::driver::{LANDSCAPE, PORTRAIT, Session, cell, slot};
use crate::games::{first_drop, noon, recorded, snapshot};

/// Returns a recording of twelve drops. The second, the seventh and the tenth clear lines.
pub(crate) fn sample() -> Recording {
    recorded(Deal::new(GameKind::Classic, 9), first_drop, 12)
}

/// Returns the first drops of [`sample`].
pub(crate) fn sample_prefix(drops: usize) -> Recording {
    recorded(Deal::new(GameKind::Classic, 9), first_drop, drops)
}

pub(crate) fn open(recording: &Recording) -> ReplayCommand {
    ReplayCommand::Open(recording.clone())
}

fn is_playing(session: &Session) -> bool {
    session.play().shown.as_ref().is_some_and(|replay| replay.playing)
}

/// Lets the replay run until it pauses, with long frames.
pub(crate) fn watch(session: &mut Session) {
    for _ in 0..5_000 {
        if !is_playing(session) {
            session.settle();
            return;
        }
        session.clock.advance(450.0);
        session.frame();
    }
    panic!("the replay did not end");
}

/// Asserts that the board shows the end of this recording, and nothing else.
pub(crate) fn assert_shows(session: &mut Session, recording: &Recording, context: &str) {
    let game = recording.verify().unwrap();
    assert_eq!(snapshot(session.game()), snapshot(&game), "{context}");
    session.assert_consistent(context);
}

#[test]
fn a_game_without_drops_is_not_replayed_and_the_menu_stays_open() {
    type Prepare = fn(&mut Session);
    let nothing: [(&str, Prepare); 3] = [
        ("a new game", |_| ()),
        ("a game whose only drop was undone", |session| {
            session.play_drops(1).undo();
        }),
        ("another game", |session| {
            session.play_drops(1).command(GameCommand::Request(Wanted::Another));
        }),
    ];
    for (what, prepare) in nothing {
        let mut session = Session::new(7);
        prepare(&mut session);
        session.command(PanelCommand::Open(Panel::Menu)).settle();
        let before = session.view_model();
        assert!(!before.steps.undo, "the button is disabled: {what}");
        session.command(ReplayCommand::Start).settle();
        assert_eq!(session.view_model(), before, "{what}");
        session.command(PanelCommand::Close).play_drops(1);
        session.command(PanelCommand::Open(Panel::Menu)).settle();
        session.command(ReplayCommand::Start);
        let after = session.view_model();
        assert!(after.replay.is_some() && after.panel.is_none(), "{what}");
    }
}

#[test]
fn a_replay_uses_the_same_topics_as_a_player_and_reaches_the_same_end() {
    let mut session = Session::new(7);
    session.play_drops(4).settle();
    let (drags, shapes, drops) = (
        session.published_count::<DragEvent>(),
        session.published_count::<ShapeDragEvent>(),
        session.published_count::<Dropped>(),
    );
    session.command(open(&sample()));
    watch(&mut session);

    let phases = [DragPhase::Started, DragPhase::Moved, DragPhase::Ended].repeat(12);
    let dragged: Vec<_> = session.published_since::<DragEvent>(drags).into_iter().map(|drag| drag.phase).collect();
    assert_eq!(dragged, phases);
    let dragged: Vec<_> =
        session.published_since::<ShapeDragEvent>(shapes).into_iter().map(|drag| drag.phase).collect();
    assert_eq!(dragged, phases);
    let dropped = session.published_since::<Dropped>(drops);
    assert!(dropped.iter().all(|dropped| !dropped.live && dropped.outcome.is_ok()), "{dropped:?}");
    let slots: Vec<_> = dropped.iter().map(|dropped| dropped.slot).collect();
    assert_eq!(slots, sample().drops.iter().map(|drop| drop.slot).collect::<Vec<_>>());

    assert_shows(&mut session, &sample(), "at the end");
    let replay = session.view_model().replay.unwrap();
    assert_eq!((replay.at.position, replay.at.total, replay.at.score), (12, 12, session.game().score()));
    assert!(replay.at.verified && !replay.playing);
}

#[test]
fn a_replay_changes_no_record_and_no_best_score() {
    for (kind, seed) in
        [(GameKind::Classic, 9), (GameKind::Relaxed, 9), (GameKind::Daily, 20_261_128), (GameKind::Seed, 9)]
    {
        let recording = recorded(Deal::new(kind, seed), first_drop, usize::MAX);
        let mut session = Session::new(7);
        session.clock.set_calendar(noon(20_261_128));
        session.play_drops(4).settle();
        let stored = (session.storage.all(), session.storage.writes());
        session.command(open(&recording));
        watch(&mut session);
        assert_shows(&mut session, &recording, kind.name());
        assert!(
            session.game().is_over() && session.game().score() > 0,
            "{kind}: a game of the player's own would count"
        );
        assert_eq!((session.storage.all(), session.storage.writes()), stored, "{kind}");
        assert_eq!((session.published_count::<GameEnded>(), session.view_model().games), (0, 0), "{kind}");
        assert_eq!(session.app.world().resource::<Stored<Bests>>().0, Bests::default(), "{kind}");
        assert_eq!((session.view_model().score.best, session.view_model().ended), (0, None), "{kind}");
    }
}

#[test]
fn a_replay_pauses_after_the_drop_in_progress() {
    for pause in [ReplayCommand::Toggle, ReplayCommand::Step] {
        let mut session = Session::new(7);
        session.command(open(&sample()));
        for _ in 0..5 {
            session.frame();
        }
        assert_eq!(session.count::<Carried>(), 1, "a shape is dragged");
        session.command(pause.clone()).settle();
        assert_shows(&mut session, &sample_prefix(1), "paused");
        session.clock.advance(60_000.0);
        assert!(!session.frame().again, "{pause:?}: no frame is needed");
        assert_shows(&mut session, &sample_prefix(1), "still paused");
        session.command(ReplayCommand::Toggle);
        watch(&mut session);
        assert_shows(&mut session, &sample(), "at the end");
    }
}

#[test]
fn a_replay_that_is_paused_after_its_last_drop_does_not_start_again() {
    let mut session = Session::new(7);
    session.command(open(&sample()));
    while (session.play().game().drops() as usize) < sample().drops.len() {
        session.clock.advance(50.0);
        session.frame();
    }
    assert!(is_playing(&session), "it rests after the last drop");
    session.command(ReplayCommand::Toggle).settle();
    assert!(!is_playing(&session));
    assert_shows(&mut session, &sample(), "paused at the end");
    session.command(ReplayCommand::Toggle);
    assert!(is_playing(&session), "it starts again");
    assert_shows(&mut session, &sample_prefix(0), "at the beginning");
}

#[test]
fn a_command_that_continues_a_replay_requests_the_next_frame() {
    for control in [ReplayCommand::Toggle, ReplayCommand::Step] {
        let mut session = Session::new(7);
        session.open_paused(&sample());
        session.clock.advance(60_000.0);
        assert!(!session.frame().again, "no frame is needed");
        session.app.command(control.clone()).unwrap();
        assert!(session.frame().again, "{control:?}");
        session.settle();
        assert!(session.game().drops() > 0, "{control:?}");
    }
}

#[test]
fn a_step_plays_exactly_one_drop() {
    let mut session = Session::new(7);
    session.open_paused(&sample());
    for drops in 1..=13 {
        session.command(ReplayCommand::Step).settle();
        assert_shows(&mut session, &sample_prefix(drops.min(12)), "a step");
        assert!(!is_playing(&session), "{drops}");
    }
}

#[test]
fn a_higher_speed_takes_fewer_frames() {
    let mut session = Session::new(7);
    session.open_paused(&sample());
    let mut frames = Vec::new();
    for pace in [1.0, 2.0, 4.0, 8.0, 0.5, 1.0] {
        assert_eq!(session.view_model().replay.map(|replay| replay.pace), Some(pace));
        session.clock.advance(5_000.0);
        session.command(ReplayCommand::Step);
        let mut count = 0;
        while is_playing(&session) {
            session.frame();
            count += 1;
        }
        frames.push(count);
        session.settle().command(ReplayCommand::Faster);
    }
    let [usual, twice, four, eight, half, again] = frames[..] else { panic!("{frames:?}") };
    assert!(half > usual && usual > twice && twice > four && four > eight, "{frames:?}");
    assert_eq!(again, usual, "the first speed follows the last");
}

#[test]
fn a_replay_can_seek_to_every_position() {
    let mut session = Session::new(7);
    session.open_paused(&sample());
    let stored = (session.storage.all(), session.storage.writes());
    let positions = (0..=13).chain((0..12).rev()).chain([7, 2, 12, 1, usize::MAX, 10, 9, 0]);
    for position in positions {
        session.command(ReplayCommand::Seek(position)).settle();
        assert_shows(&mut session, &sample_prefix(position.min(12)), &format!("position {position}"));
        let shown = session.view_model().replay.map(|replay| (replay.at.position, replay.at.total));
        assert_eq!(shown, Some((position.min(12), 12)));
    }
    assert_eq!((session.storage.all(), session.storage.writes()), stored);
}

#[test]
fn a_replay_continued_at_its_end_starts_again() {
    let mut session = Session::new(7);
    session.command(open(&sample_prefix(3)));
    for _ in 0..3 {
        watch(&mut session);
        assert_shows(&mut session, &sample_prefix(3), "at the end");
        session.command(ReplayCommand::Toggle);
        assert_eq!((session.timeline().position(), is_playing(&session)), (0, true));
    }
}

#[test]
fn the_player_cannot_drag_during_a_replay() {
    let mut session = Session::new(7);
    session.press(slot(0)).move_to(cell(5, 5));
    session.command(open(&sample()));
    assert_eq!(session.count::<Carried>(), 0, "the replay ends the player's drag");
    session.release();
    for paused in [false, true] {
        let position = session.timeline().position();
        let (pointers, drops) = (session.published_count::<PointerEvent>(), session.published_count::<Dropped>());
        for number in 0..3 {
            session.press(slot(number)).move_to(cell(5, 5)).release();
        }
        assert_eq!(
            (session.published_count::<PointerEvent>(), session.published_count::<Dropped>()),
            (pointers + 9, drops)
        );
        assert_eq!(session.timeline().position(), position, "paused: {paused}");
        session.open_paused(&sample());
    }
}

#[test]
fn a_replay_continues_after_a_resize_during_a_drag() {
    for frames in [0, 1, 2, 10, 25, 30, 50] {
        let mut session = Session::new(7);
        session.command(open(&sample_prefix(3)));
        for viewport in [LANDSCAPE, PORTRAIT, LANDSCAPE] {
            for _ in 0..frames {
                session.frame();
            }
            session.resize(viewport);
        }
        watch(&mut session);
        assert_shows(&mut session, &sample_prefix(3), &format!("resized every {frames} frames"));
    }
}

//! A recorded game on the table: shown by a hand that drags as a player does, and counting for nothing.

use blockers::events::{
    CommandEvent, DragEvent, DragPhase, Dropped, GameEnded, PointerEvent, ReplayControl, ShapeDragEvent,
};
use blockers::ports::Storage;
use blockers::records::Bests;
use blockers::rules::{Deal, GameKind, Recording};
use blockers::world::{Carried, Kept};

use crate::driver::{LANDSCAPE, PORTRAIT, Table, cell, slot};
use crate::games::{first_drop, noon, recorded, seen};

/// What is shown: twelve drops, of which the second, the seventh and the tenth clear something.
pub(crate) fn shown() -> Recording {
    recorded(Deal::new(GameKind::Classic, 9), first_drop, 12)
}

/// Its first drops.
pub(crate) fn beginning(drops: usize) -> Recording {
    recorded(Deal::new(GameKind::Classic, 9), first_drop, drops)
}

pub(crate) fn open(recording: &Recording) -> CommandEvent {
    CommandEvent::RecordingOpened(recording.clone())
}

fn is_playing(table: &Table) -> bool {
    table.play().shown.as_ref().is_some_and(|replay| replay.playing)
}

/// Lets the replay go on until it rests, in large steps of time.
fn watch(table: &mut Table) {
    for _ in 0..5_000 {
        if !is_playing(table) {
            table.settle();
            return;
        }
        table.clock.advance(450.0);
        table.frame();
    }
    panic!("this replay does not end");
}

/// Is this game on the table, and nothing else?
pub(crate) fn assert_shows(table: &mut Table, recording: &Recording, context: &str) {
    let game = recording.verify().expect("it is by the rules");
    assert_eq!(seen(table.game()), seen(&game), "{context}");
    table.assert_agrees(context);
}

#[test]
fn a_recorded_game_goes_through_the_same_topics_to_the_same_end() {
    let mut table = Table::new(7);
    table.play_some(4).settle();
    let (drags, shapes, drops) =
        (table.published::<DragEvent>(), table.published::<ShapeDragEvent>(), table.published::<Dropped>());
    table.command(open(&shown()));
    watch(&mut table);

    let phases = [DragPhase::Started, DragPhase::Moved, DragPhase::Ended].repeat(12);
    let dragged: Vec<_> = table.published_since::<DragEvent>(drags).into_iter().map(|drag| drag.phase).collect();
    assert_eq!(dragged, phases);
    let dragged: Vec<_> = table.published_since::<ShapeDragEvent>(shapes).into_iter().map(|drag| drag.phase).collect();
    assert_eq!(dragged, phases);
    let dropped = table.published_since::<Dropped>(drops);
    assert!(dropped.iter().all(|dropped| !dropped.live && dropped.outcome.is_ok()), "{dropped:?}");
    let slots: Vec<_> = dropped.iter().map(|dropped| dropped.slot).collect();
    assert_eq!(slots, shown().drops.iter().map(|drop| drop.slot).collect::<Vec<_>>());

    assert_shows(&mut table, &shown(), "at the end");
    let replay = table.mirror().replay.expect("it is there until it is closed");
    assert_eq!((replay.at.position, replay.at.total, replay.at.score), (12, 12, table.game().score()));
    assert!(replay.at.verified && !replay.playing);
}

#[test]
fn a_game_that_is_shown_counts_for_nothing() {
    for (kind, seed) in
        [(GameKind::Classic, 9), (GameKind::Kind, 9), (GameKind::Daily, 20_261_128), (GameKind::Seed, 9)]
    {
        let recording = recorded(Deal::new(kind, seed), first_drop, usize::MAX);
        let mut table = Table::new(7);
        table.clock.set_calendar(noon(20_261_128));
        table.play_some(4).settle();
        let stored = (table.storage.all(), table.storage.writes());
        table.command(open(&recording));
        watch(&mut table);
        assert_shows(&mut table, &recording, kind.name());
        assert!(table.game().is_over() && table.game().score() > 0, "{kind}: such a game would count");
        assert_eq!((table.storage.all(), table.storage.writes()), stored, "{kind}");
        assert_eq!((table.published::<GameEnded>(), table.mirror().games), (0, 0), "{kind}");
        assert_eq!(table.app.world().resource::<Kept<Bests>>().0, Bests::default(), "{kind}");
        assert_eq!((table.mirror().score.best, table.mirror().ended), (0, None), "{kind}");
    }
}

#[test]
fn it_pauses_after_the_drop_that_is_being_made() {
    for pause in [ReplayControl::Toggle, ReplayControl::Step] {
        let mut table = Table::new(7);
        table.command(open(&shown()));
        for _ in 0..5 {
            table.frame();
        }
        assert_eq!(table.count::<Carried>(), 1, "the hand has it");
        table.replay(pause).settle();
        assert_shows(&mut table, &beginning(1), "paused");
        table.clock.advance(60_000.0);
        assert!(!table.frame().again, "{pause:?}: it sleeps");
        assert_shows(&mut table, &beginning(1), "still paused");
        table.replay(ReplayControl::Toggle);
        watch(&mut table);
        assert_shows(&mut table, &shown(), "and to the end");
    }
}

#[test]
fn it_goes_on_without_anybody_else_asking_for_a_frame() {
    for control in [ReplayControl::Toggle, ReplayControl::Step] {
        let mut table = Table::new(7);
        table.hold(&shown());
        table.clock.advance(60_000.0);
        assert!(!table.frame().again, "it sleeps");
        table.app.publish(CommandEvent::Replay(control)).expect("there is such a topic");
        assert!(table.frame().again, "{control:?}: the frame that hears of it asks for the next one");
        table.settle();
        assert!(table.game().drops() > 0, "{control:?}");
    }
}

#[test]
fn a_step_is_exactly_one_drop() {
    let mut table = Table::new(7);
    table.hold(&shown());
    for drops in 1..=13 {
        table.replay(ReplayControl::Step).settle();
        assert_shows(&mut table, &beginning(drops.min(12)), "a step");
        assert!(!is_playing(&table), "{drops}");
    }
}

#[test]
fn the_speeds_are_as_fast_as_they_say() {
    let mut table = Table::new(7);
    table.hold(&shown());
    let mut frames = Vec::new();
    for pace in [1.0, 2.0, 4.0, 8.0, 0.5, 1.0] {
        assert_eq!(table.mirror().replay.map(|replay| replay.pace), Some(pace));
        table.clock.advance(5_000.0);
        table.replay(ReplayControl::Step);
        let mut count = 0;
        while is_playing(&table) {
            table.frame();
            count += 1;
        }
        frames.push(count);
        table.settle().replay(ReplayControl::Faster);
    }
    let [usual, twice, four, eight, half, again] = frames[..] else { panic!("{frames:?}") };
    assert!(half > usual && usual > twice && twice > four && four > eight, "{frames:?}");
    assert_eq!(again, usual, "after the last comes the first");
}

#[test]
fn it_can_go_to_every_place() {
    let mut table = Table::new(7);
    table.hold(&shown());
    let stored = (table.storage.all(), table.storage.writes());
    let places = (0..=13).chain((0..12).rev()).chain([7, 2, 12, 1, usize::MAX, 10, 9, 0]);
    for place in places {
        table.replay(ReplayControl::Seek(place)).settle();
        assert_shows(&mut table, &beginning(place.min(12)), &format!("place {place}"));
        let position = table.mirror().replay.map(|replay| (replay.at.position, replay.at.total));
        assert_eq!(position, Some((place.min(12), 12)));
    }
    assert_eq!((table.storage.all(), table.storage.writes()), stored);
}

#[test]
fn from_the_end_it_begins_anew() {
    let mut table = Table::new(7);
    table.command(open(&beginning(3)));
    for _ in 0..3 {
        watch(&mut table);
        assert_shows(&mut table, &beginning(3), "at the end");
        table.replay(ReplayControl::Toggle);
        assert_eq!((table.timeline().position(), is_playing(&table)), (0, true));
    }
}

#[test]
fn what_is_shown_is_not_the_players_to_move() {
    let mut table = Table::new(7);
    table.press(slot(0)).move_to(cell(5, 5));
    table.command(open(&shown()));
    assert_eq!(table.count::<Carried>(), 0, "the player's own drag is over");
    table.release();
    for paused in [false, true] {
        let position = table.timeline().position();
        let (pointers, drops) = (table.published::<PointerEvent>(), table.published::<Dropped>());
        for number in 0..3 {
            table.press(slot(number)).move_to(cell(5, 5)).release();
        }
        assert_eq!((table.published::<PointerEvent>(), table.published::<Dropped>()), (pointers + 9, drops));
        assert_eq!(table.timeline().position(), position, "paused: {paused}");
        table.hold(&shown());
    }
}

#[test]
fn a_resize_in_the_middle_of_a_shown_drag_loses_nothing() {
    for frames in [0, 1, 2, 10, 25, 30, 50] {
        let mut table = Table::new(7);
        table.command(open(&beginning(3)));
        for viewport in [LANDSCAPE, PORTRAIT, LANDSCAPE] {
            for _ in 0..frames {
                table.frame();
            }
            table.resize(viewport);
        }
        watch(&mut table);
        assert_shows(&mut table, &beginning(3), &format!("resized every {frames} frames"));
    }
}

//! A game from its start to its end and the next one: sounds, announcements, animation, and when no frame is needed.

use blockers::app::StartOptions;
use blockers::events::{Dropped, GameCommand, TableSet};
use blockers::ports::{MemoryStorage, Voice};
use blockers::view::animation::{BUMP, LEAVE, LEAVE_STAGGER, Motion, PICK_UP, RETURN, SETTLE};
use blockers::world::{
    Arriving, Carried, Ended, Leaving, Phantom, Score, ScoreBump, Settling, Staged, SystemPreferences, Tile, Wanted,
};

use crate::driver::{Session, cell, red, slot};

#[test]
fn a_game_is_played_to_its_end_and_another_starts() {
    let mut session = Session::new(7);
    session.play_to_end();
    let over = session.view_model().ended.unwrap();
    let game = session.game();
    assert_eq!((over.score, over.drops, over.lines), (game.score(), game.drops(), game.lines()));
    assert_eq!(over.best, session.view_model().score.best);
    assert!(over.drops > 5, "the game is too short for this test");
    assert!(session.view_model().slots.iter().flatten().all(|staged| !staged.fits));

    // Nothing can be dragged after the end.
    let drops = session.published::<Dropped>().len();
    for number in 0..3 {
        session.drop_at(number, 0, 0);
    }
    assert_eq!((session.published::<Dropped>().len(), session.count::<Carried>()), (drops, 0));

    session.command(GameCommand::Request(Wanted::Another));
    let view = session.view_model();
    assert_eq!((view.ended, view.score.points, view.score.best), (None, 0, over.best));
    assert!(view.cells.iter().all(Option::is_none));
    assert!(view.slots.iter().all(|staged| staged.is_some_and(|staged| staged.fits)));
    assert_eq!(session.published::<TableSet>().len(), 2);
}

#[test]
fn a_new_game_ends_the_drag_in_progress() {
    let mut session = Session::new(7);
    session.drop_at(0, 0, 0).press(slot(1)).move_to(cell(3, 4));
    session.command(GameCommand::Request(Wanted::Another));
    assert_eq!((session.count::<Carried>(), session.count::<Phantom>(), session.count::<Tile>()), (0, 0, 0));
    assert_eq!(session.count::<Staged>(), 3);
    session.move_to(cell(5, 5)).release();
    assert_eq!(session.published::<Dropped>().len(), 1, "the drag is over");
    session.drop_at(0, 3, 3);
    assert_eq!(session.published::<Dropped>().len(), 2, "the next drag works");
}

#[test]
fn a_hundred_games_leak_no_entity() {
    let mut session = Session::new(7);
    let entities = |session: &Session| session.app.world().entities().count_spawned();
    // The first end spawns the entity of a resource, which is kept.
    session.play_to_end().command(GameCommand::Request(Wanted::Another)).settle();
    let before = entities(&session);
    for _ in 0..100 {
        session.play_to_end().command(GameCommand::Request(Wanted::Another)).settle();
    }
    assert_eq!(entities(&session), before);
}

#[test]
fn the_lists_of_removed_components_are_cleared_in_every_frame() {
    let mut session = Session::new(7);
    session.play_to_end().settle();
    assert_eq!(session.app.world().removed::<Settling>().count(), 0);
    assert_eq!(session.app.world().removed::<Tile>().count(), 0);
}

#[test]
fn the_same_seed_and_drops_give_the_same_game() {
    let play = || {
        let mut session = Session::new(42);
        session.play_to_end();
        (session.view_model(), session.published::<Dropped>())
    };
    assert_eq!(play(), play());
}

#[test]
fn each_drop_plays_its_sounds() {
    let mut session = Session::new(0);
    session.audio.take_played();
    session.deal([10, 10, 8].map(red), vec![[3, 3, 3].map(red)]);
    assert_eq!(session.audio.take_played(), [Voice::NewHand]);
    session.drop_at(0, 0, 0);
    assert_eq!(session.audio.take_played(), [Voice::PickUp, Voice::Place { cells: 5 }]);
    session.drop_at(1, 0, 0);
    assert_eq!(session.audio.take_played(), [Voice::PickUp, Voice::Refused]);
    session.drop_at(1, 0, 5);
    assert_eq!(session.audio.take_played(), [Voice::PickUp, Voice::Place { cells: 5 }, Voice::Clear { lines: 1 }]);
    session.drop_at(2, 4, 4);
    assert_eq!(session.audio.take_played(), [Voice::PickUp, Voice::Place { cells: 4 }, Voice::NewHand]);
}

#[test]
fn each_drop_is_announced_in_one_sentence() {
    let mut session = Session::new(0);
    session.announcer.take_announced();
    session.deal([10, 10, 8].map(red), vec![[3, 6, 3].map(red)]);
    assert_eq!(session.announcer.take_announced(), ["New game. Shapes: flat five, flat five, square."]);
    let steps: [(usize, i32, i32, &str); 5] = [
        (0, 0, 0, "Flat five placed. Score 0."),
        (1, 0, 2, "Not placed: a cell there is taken."),
        (1, 9, 9, "Not placed: the shape would leave the board."),
        (1, 0, 5, "Flat five placed, 1 row cleared, 10 points. Score 10."),
        (2, 4, 4, "Square placed. Score 10. New shapes: dot, L, dot."),
    ];
    for (from, row, column, sentence) in steps {
        session.drop_at(from, row, column);
        assert_eq!(session.announcer.take_announced().last().map(String::as_str), Some(sentence));
    }
}

#[test]
fn the_end_has_a_sound_and_its_drop_is_announced() {
    let mut session = Session::new(0);
    let hand = [2, 2, 2].map(red);
    session.deal(hand, vec![hand; 3]).play_to_end();
    // The end itself is not announced: the panel reports it when it gets the focus.
    let last = session.announcer.take_announced().pop().unwrap_or_default();
    assert_eq!(last, "Big square placed. Score 0. New shapes: big square, big square, big square.");
    assert_eq!(session.audio.take_played().last(), Some(&Voice::GameOver));
    session.undo().redo();
    assert_eq!(session.announcer.take_announced(), ["Move undone. Score 0.", "Move redone. Score 0."]);
}

#[test]
fn points_are_shown_in_the_middle_of_the_cleared_lines() {
    let mut session = Session::new(0);
    session.deal([10, 10, 8].map(red), vec![]);
    session.drop_at(0, 3, 0).drop_at(1, 3, 5);
    let bump = session.single::<ScoreBump>().unwrap();
    assert_eq!((bump.points, bump.lines, bump.at.row, bump.at.column), (10, 1, 3.5, 5.0));
}

#[test]
fn points_disappear_when_the_next_shape_is_picked_up() {
    let pick_ups: [fn(&mut Session); 2] = [
        |session| {
            session.press(slot(2));
        },
        |session| {
            session.choose(2);
        },
    ];
    for pick_up in pick_ups {
        let mut session = Session::new(0);
        session.deal([10, 10, 8].map(red), vec![]);
        session.drop_at(0, 3, 0).drop_at(1, 3, 5);
        assert_eq!(session.count::<ScoreBump>(), 1);
        pick_up(&mut session);
        assert_eq!((session.count::<ScoreBump>(), session.count::<Carried>()), (0, 1));
    }
}

#[test]
fn cleared_cells_leave_one_after_the_other_within_half_a_second() {
    let mut session = Session::new(0);
    session.deal([10, 10, 8].map(red), vec![]);
    session.drop_at(0, 3, 0).drop_at(1, 3, 5);
    let world = session.app.world_mut();
    let mut leaving: Vec<_> = world.query::<&Leaving>().iter(world).copied().collect();
    leaving.sort_by_key(|leaving| leaving.cell.column());
    let delays = |motion: Motion| -> Vec<_> {
        leaving.iter().map(|leaving| motion.leaves_at(leaving) - leaving.since).collect()
    };
    assert_eq!(delays(Motion::Full), [125, 100, 75, 50, 25, 0, 0, 0, 0, 0]);
    assert_eq!(delays(Motion::Reduced), [0; 10]);
    // The longest delay is that between two opposite corners.
    const { assert!(9.0 * LEAVE_STAGGER as f64 + LEAVE < 500.0) };
}

/// The durations in milliseconds that the design demands, checked at compile time.
const _: () = assert!(PICK_UP < 100.0 && SETTLE <= 100.0 && RETURN <= 200.0 && BUMP == 1000.0);

#[test]
fn no_frame_is_requested_unless_something_moves() {
    let mut session = Session::new(7);
    assert!(!session.frame().again, "at rest");
    session.press(slot(1));
    assert!(session.frame().again, "the shape grows");
    session.settle();
    session.move_to(cell(3, 4));
    assert!(!session.frame().again, "a shape that does not move needs no frame");
    session.release();
    assert!(session.frame().again, "it settles");
    session.settle();
    assert!(!session.frame().again, "at rest again");
    session.play_to_end().settle();
    assert!(!session.frame().again, "at rest after the end");
}

#[test]
fn animation_does_not_delay_input() {
    let mut session = Session::new(0);
    session.deal([10, 10, 10].map(red), vec![[3, 3, 3].map(red)]);
    session.drop_at(0, 0, 0).drop_at(1, 0, 5);
    assert_eq!(session.count::<Leaving>(), 10);
    session.drop_at(2, 0, 0);
    assert!(session.count::<Leaving>() > 0, "the row is still leaving");
    assert_eq!(session.count::<Tile>(), 5, "the next shape occupies its cells");
    assert!(session.count::<Arriving>() > 0, "the next hand is arriving");
    session.drop_at(0, 9, 9);
    assert_eq!(session.count::<Tile>(), 6, "a shape can be used while it arrives");
}

#[test]
fn with_reduced_motion_nothing_travels() {
    assert_eq!((Motion::Full.travelled(0.3), Motion::Reduced.travelled(0.3)), (0.3, 1.0));
    // The program needs no frames once everything has faded.
    let still = SystemPreferences { still: true, ..SystemPreferences::default() };
    let mut session =
        Session::open_with(MemoryStorage::default(), &StartOptions { system: still, ..StartOptions::default() });
    session.deal([10, 10, 8].map(red), vec![]);
    session.drop_at(0, 3, 0).drop_at(1, 3, 5);
    assert_eq!(session.count::<Leaving>(), 10);
    session.wait(LEAVE + 20.0);
    assert_eq!(session.count::<Leaving>(), 0, "all cells leave at the same time");
}

#[test]
fn the_shapes_of_a_hand_arrive_one_after_the_other() {
    let mut session = Session::new(7);
    session.command(GameCommand::Request(Wanted::Another));
    let world = session.app.world_mut();
    let mut arriving: Vec<_> = world
        .query::<(&Staged, &Arriving)>()
        .iter(world)
        .map(|(staged, arriving)| (staged.slot, arriving.since))
        .collect();
    arriving.sort_by_key(|(slot, _)| slot.index());
    let first = arriving[0].1;
    let later: Vec<_> = arriving.iter().map(|(_, since)| since - first).collect();
    assert_eq!(later, [0, 60, 120]);
}

#[test]
fn the_best_score_rises_with_the_score() {
    let mut session = Session::new(0);
    session.deal([10, 10, 10].map(red), vec![]);
    session.drop_at(0, 0, 0).drop_at(1, 0, 5);
    assert_eq!(*session.app.world().resource::<Score>(), Score { points: 10, best: 10, undone_best: None });
    session.command(GameCommand::Request(Wanted::Another));
    assert_eq!(*session.app.world().resource::<Score>(), Score { points: 0, best: 10, undone_best: None });
    assert_eq!(session.app.world().get_resource::<Ended>(), None);
}

//! A game from its beginning to its end and the next one; what is heard and said; and sleep.

use blockers::app::Wishes;
use blockers::events::{CommandEvent, Dropped, TableSet};
use blockers::ports::{MemoryStorage, Voice};
use blockers::view::animation::{APART, BUMP, LEAVE, Motion, PICK_UP, RETURN, SETTLE};
use blockers::world::{
    Arriving, Carried, Ended, Leaving, Phantom, Score, ScoreBump, Settling, Staged, SystemWishes, Tile, Wanted,
};

use crate::driver::{Table, cell, red, slot};

#[test]
fn a_game_is_played_to_its_end_and_another_begins() {
    let mut table = Table::new(7);
    table.play_to_the_end();
    let over = table.mirror().ended.expect("the game is over");
    let game = table.game();
    assert_eq!((over.score, over.drops, over.lines), (game.score(), game.drops(), game.lines()));
    assert_eq!(over.best, table.mirror().score.best);
    assert!(over.drops > 5, "it was a game to speak of");
    assert!(table.mirror().slots.iter().flatten().all(|staged| !staged.fits));

    // Nothing can be dragged now.
    let drops = table.published_since::<Dropped>(0).len();
    for number in 0..3 {
        table.drop_at(number, 0, 0);
    }
    assert_eq!((table.published_since::<Dropped>(0).len(), table.count::<Carried>()), (drops, 0));

    table.command(CommandEvent::GameRequested(Wanted::Another));
    let mirror = table.mirror();
    assert_eq!((mirror.ended, mirror.score.points, mirror.score.best), (None, 0, over.best));
    assert!(mirror.cells.iter().all(Option::is_none));
    assert!(mirror.slots.iter().all(|staged| staged.is_some_and(|staged| staged.fits)));
    assert_eq!(table.published_since::<TableSet>(0).len(), 2);
}

#[test]
fn a_new_game_in_mid_drag_leaves_nothing_behind() {
    let mut table = Table::new(7);
    table.drop_at(0, 0, 0).press(slot(1)).move_to(cell(3, 4));
    table.command(CommandEvent::GameRequested(Wanted::Another));
    assert_eq!((table.count::<Carried>(), table.count::<Phantom>(), table.count::<Tile>()), (0, 0, 0));
    assert_eq!(table.count::<Staged>(), 3);
    table.move_to(cell(5, 5)).release();
    assert_eq!(table.published_since::<Dropped>(0).len(), 1, "what was dragged is gone");
    table.drop_at(0, 3, 3);
    assert_eq!(table.published_since::<Dropped>(0).len(), 2, "and the next drag works");
}

#[test]
fn a_hundred_games_leak_no_entity() {
    let mut table = Table::new(7);
    let entities = |table: &Table| table.app.world().entities().count_spawned();
    // The first end makes the entity of a resource, which stays.
    table.play_to_the_end().command(CommandEvent::GameRequested(Wanted::Another)).settle();
    let before = entities(&table);
    for _ in 0..100 {
        table.play_to_the_end().command(CommandEvent::GameRequested(Wanted::Another)).settle();
    }
    assert_eq!(entities(&table), before);
}

#[test]
fn what_was_removed_is_forgotten_with_the_frame() {
    let mut table = Table::new(7);
    table.play_to_the_end().settle();
    assert_eq!(table.app.world().removed::<Settling>().count(), 0);
    assert_eq!(table.app.world().removed::<Tile>().count(), 0);
}

#[test]
fn the_same_seed_and_the_same_drops_are_the_same_game() {
    let play = || {
        let mut table = Table::new(42);
        table.play_to_the_end();
        (table.mirror(), table.published_since::<Dropped>(0))
    };
    assert_eq!(play(), play());
}

#[test]
fn each_drop_is_heard() {
    let mut table = Table::new(0);
    table.audio.take_played();
    table.deal([10, 10, 8].map(red), vec![[3, 3, 3].map(red)]);
    assert_eq!(table.audio.take_played(), [Voice::NewHand]);
    table.drop_at(0, 0, 0);
    assert_eq!(table.audio.take_played(), [Voice::PickUp, Voice::Place { cells: 5 }]);
    table.drop_at(1, 0, 0);
    assert_eq!(table.audio.take_played(), [Voice::PickUp, Voice::Refused]);
    table.drop_at(1, 0, 5);
    assert_eq!(table.audio.take_played(), [Voice::PickUp, Voice::Place { cells: 5 }, Voice::Clear { lines: 1 }]);
    table.drop_at(2, 4, 4);
    assert_eq!(table.audio.take_played(), [Voice::PickUp, Voice::Place { cells: 4 }, Voice::NewHand]);
}

#[test]
fn each_drop_is_said_in_one_sentence() {
    let mut table = Table::new(0);
    table.announcer.take_announced();
    table.deal([10, 10, 8].map(red), vec![[3, 6, 3].map(red)]);
    assert_eq!(table.announcer.take_announced(), ["New game. Hand: flat five, flat five, square."]);
    let steps: [(usize, i32, i32, &str); 5] = [
        (0, 0, 0, "Flat five placed. Score 0."),
        (1, 0, 2, "Not placed: a cell there is taken."),
        (1, 9, 9, "Not placed: the shape would leave the board."),
        (1, 0, 5, "Flat five placed, 1 row cleared, 10 points. Score 10."),
        (2, 4, 4, "Square placed. Score 10. New hand: dot, L, dot."),
    ];
    for (from, row, column, sentence) in steps {
        table.drop_at(from, row, column);
        assert_eq!(table.announcer.take_announced().last().map(String::as_str), Some(sentence));
    }
}

#[test]
fn the_end_is_said_and_heard() {
    let mut table = Table::new(0);
    let hand = [2, 2, 2].map(red);
    table.deal(hand, vec![hand; 3]).play_to_the_end();
    // That the game is over is told by the panel, which gets the focus, and not here once more.
    let last = table.announcer.take_announced().pop().unwrap_or_default();
    assert_eq!(last, "Big square placed. Score 0. New hand: big square, big square, big square.");
    assert_eq!(table.audio.take_played().last(), Some(&Voice::GameOver));
    table.undo().redo();
    assert_eq!(table.announcer.take_announced(), ["Drop taken back. Score 0.", "Drop played again. Score 0."]);
}

#[test]
fn points_are_shown_in_the_middle_of_what_was_cleared() {
    let mut table = Table::new(0);
    table.deal([10, 10, 8].map(red), vec![]);
    table.drop_at(0, 3, 0).drop_at(1, 3, 5);
    let bump = table.only::<ScoreBump>().expect("points were won");
    assert_eq!((bump.points, bump.lines, bump.at.row, bump.at.column), (10, 1, 3.5, 5.0));
}

#[test]
fn cleared_cells_go_in_a_wave_that_is_over_in_less_than_half_a_second() {
    let mut table = Table::new(0);
    table.deal([10, 10, 8].map(red), vec![]);
    table.drop_at(0, 3, 0).drop_at(1, 3, 5);
    let world = table.app.world_mut();
    let mut leaving: Vec<_> = world.query::<&Leaving>().iter(world).copied().collect();
    leaving.sort_by_key(|leaving| leaving.cell.column());
    let begun = |motion: Motion| -> Vec<_> {
        leaving.iter().map(|leaving| motion.leaves_at(leaving) - leaving.since).collect()
    };
    assert_eq!(begun(Motion::Full), [125, 100, 75, 50, 25, 0, 0, 0, 0, 0]);
    assert_eq!(begun(Motion::Reduced), [0; 10]);
    // The longest wave: from one corner to the other.
    const { assert!(9.0 * APART as f64 + LEAVE < 500.0) };
}

/// The design's times, checked when this is compiled.
const _: () = assert!(PICK_UP < 100.0 && SETTLE <= 100.0 && RETURN <= 200.0 && BUMP == 1000.0);

#[test]
fn it_sleeps_unless_something_moves() {
    let mut table = Table::new(7);
    assert!(!table.frame().again, "at rest");
    table.press(slot(1));
    assert!(table.frame().again, "the shape grows");
    table.settle();
    table.move_to(cell(3, 4));
    assert!(!table.frame().again, "a shape that is held still needs no frame");
    table.release();
    assert!(table.frame().again, "it settles");
    table.settle();
    assert!(!table.frame().again, "at rest again");
    table.play_to_the_end().settle();
    assert!(!table.frame().again, "the end is at rest too");
}

#[test]
fn animation_never_holds_up_input() {
    let mut table = Table::new(0);
    table.deal([10, 10, 10].map(red), vec![[3, 3, 3].map(red)]);
    table.drop_at(0, 0, 0).drop_at(1, 0, 5);
    assert_eq!(table.count::<Leaving>(), 10);
    table.drop_at(2, 0, 0);
    assert!(table.count::<Leaving>() > 0, "lines are clearing still");
    assert_eq!(table.count::<Tile>(), 5, "and the next shape lies where they were");
    assert!(table.count::<Arriving>() > 0, "a hand is coming in");
    table.drop_at(0, 9, 9);
    assert_eq!(table.count::<Tile>(), 6, "and can be used before it has come");
}

#[test]
fn with_less_motion_things_are_where_they_belong_at_once() {
    assert_eq!((Motion::Full.travelled(0.3), Motion::Reduced.travelled(0.3)), (0.3, 1.0));
    // And the program sleeps as soon as they have faded.
    let still = SystemWishes { still: true, ..SystemWishes::default() };
    let mut table = Table::wish(MemoryStorage::default(), &Wishes { system: still, ..Wishes::default() });
    table.deal([10, 10, 8].map(red), vec![]);
    table.drop_at(0, 3, 0).drop_at(1, 3, 5);
    assert_eq!(table.count::<Leaving>(), 10);
    table.wait(LEAVE + 20.0);
    assert_eq!(table.count::<Leaving>(), 0, "no wave is waited for");
}

#[test]
fn a_hand_comes_in_one_shape_after_the_other() {
    let mut table = Table::new(7);
    table.command(CommandEvent::GameRequested(Wanted::Another));
    let world = table.app.world_mut();
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
fn the_best_follows_the_score_as_soon_as_it_is_beaten() {
    let mut table = Table::new(0);
    table.deal([10, 10, 10].map(red), vec![]);
    table.drop_at(0, 0, 0).drop_at(1, 0, 5);
    assert_eq!(*table.app.world().resource::<Score>(), Score { points: 10, best: 10, undone_best: None });
    table.command(CommandEvent::GameRequested(Wanted::Another));
    assert_eq!(*table.app.world().resource::<Score>(), Score { points: 0, best: 10, undone_best: None });
    assert_eq!(table.app.world().get_resource::<Ended>(), None);
}

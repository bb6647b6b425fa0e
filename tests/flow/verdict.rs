//! What is said of a game that has ended: whether it is a new best, and which best is told beside it.

use blockers::events::CommandEvent;
use blockers::ports::MemoryStorage;
use blockers::rules::GameKind;
use blockers::words;
use blockers::world::{Ended, Wanted};

use crate::driver::Table;
use crate::games::noon;

const BEST: &str = "A new best!";
const NONE: &str = "Nothing fits any more.";

/// What the panel says at the end, and what it calls the best.
fn end(table: &mut Table) -> (String, String, Ended) {
    let ended = table.mirror().ended.expect("the game is over");
    (words::verdict(&ended), words::best(ended.clean), ended)
}

#[track_caller]
fn says(table: &mut Table, verdict: &str, best: &str) {
    let (said, called, ended) = end(table);
    assert_eq!((said.as_str(), called.as_str()), (verdict, best), "{ended:?}");
}

/// The game of this seed, which has points, played to its end.
fn played() -> Table {
    let mut table = Table::new(9);
    table.play_to_the_end().settle();
    assert!(table.game().score() > 0);
    table
}

#[test]
fn a_game_that_has_raised_the_best_is_a_new_best() {
    says(&mut played(), BEST, "Best");
}

#[test]
fn a_game_that_has_only_equalled_the_best_is_none() {
    let mut table = played();
    let score = table.game().score();
    table.command(CommandEvent::GameRequested(Wanted::Another)).play_to_the_end().settle();
    assert_eq!((table.game().score(), end(&mut table).2.best), (score, score));
    says(&mut table, NONE, "Best");
}

#[test]
fn a_game_without_a_point_is_none() {
    let mut table = Table::new(0);
    let hand = [2, 2, 2].map(crate::driver::red);
    table.deal(hand, vec![hand; 3]).play_to_the_end().settle();
    says(&mut table, NONE, "Best");
}

#[test]
fn an_end_that_was_loaded_is_no_news() {
    says(&mut played().reopened(), NONE, "Best");
}

#[test]
fn practice_that_is_as_good_as_the_result_is_no_new_best() {
    let mut table = Table::open(MemoryStorage::default(), None);
    table.clock.set_calendar(noon(20_261_128));
    for verdict in [BEST, NONE] {
        table.command(CommandEvent::GameRequested(Wanted::Kind(GameKind::Daily))).play_to_the_end().settle();
        assert_eq!(table.game().score(), 30);
        says(&mut table, verdict, "Best");
    }
}

#[test]
fn with_drops_taken_back_the_other_best_is_told_and_called_so() {
    let mut table = Table::new(9);
    table.play_some(2).undo().play_to_the_end().settle();
    says(&mut table, BEST, "Best with undo");
    // It is taken back in again and ends as it did: it has still raised that best.
    table.undo().redo().settle();
    says(&mut table, BEST, "Best with undo");
    table.command(CommandEvent::GameRequested(Wanted::Another)).play_some(1).undo().play_to_the_end().settle();
    says(&mut table, NONE, "Best with undo");
    table.command(CommandEvent::GameRequested(Wanted::Another)).play_to_the_end().settle();
    says(&mut table, BEST, "Best");
}

#[test]
fn a_best_that_was_raised_before_the_first_step_back_is_not_that_of_games_with_steps_back() {
    let mut table = Table::new(9);
    // The best with undo is as high as this game can have it.
    table.play_some(1).undo().play_to_the_end().settle();
    table.command(CommandEvent::GameRequested(Wanted::Another)).play_to_the_end().settle();
    says(&mut table, BEST, "Best");
    table.undo().redo().settle();
    says(&mut table, NONE, "Best with undo");
}

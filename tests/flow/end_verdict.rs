//! The panel at the end of a game: whether the score is a new best, and which best score is shown beside it.

use blockers::events::GameCommand;
use blockers::ports::MemoryStorage;
use blockers::words;
use blockers::world::{Ended, Wanted};
use blockers_rules::GameKind;

use crate::driver::Session;
use crate::games::noon;

const BEST: &str = "New best!";
const NO_BEST: &str = "No more room.";

/// Returns the verdict of the panel, the label of the best score, and the data behind them.
fn end(session: &mut Session) -> (String, String, Ended) {
    let ended = session.view_model().ended.unwrap();
    (words::verdict(&ended), words::best(ended.clean), ended)
}

#[track_caller]
fn assert_verdict(session: &mut Session, verdict: &str, best: &str) {
    let (shown, label, ended) = end(session);
    assert_eq!((shown.as_str(), label.as_str()), (verdict, best), "{ended:?}");
}

/// Plays a game that scores points to its end.
fn played() -> Session {
    let mut session = Session::new(9);
    session.play_to_end().settle();
    assert!(session.game().score() > 0);
    session
}

#[test]
fn a_score_above_the_best_is_a_new_best() {
    assert_verdict(&mut played(), BEST, "Best");
}

#[test]
fn a_score_equal_to_the_best_is_not_a_new_best() {
    let mut session = played();
    let score = session.game().score();
    session.command(GameCommand::Request(Wanted::Another)).play_to_end().settle();
    assert_eq!((session.game().score(), end(&mut session).2.best), (score, score));
    assert_verdict(&mut session, NO_BEST, "Best");
}

#[test]
fn a_game_without_points_is_not_a_new_best() {
    let mut session = Session::new(0);
    let hand = [2, 2, 2].map(crate::driver::red);
    session.deal(hand, vec![hand; 3]).play_to_end().settle();
    assert_verdict(&mut session, NO_BEST, "Best");
}

#[test]
fn after_a_restart_the_end_is_not_a_new_best() {
    assert_verdict(&mut played().reopened(), NO_BEST, "Best");
}

#[test]
fn practice_on_a_daily_board_is_not_a_new_best() {
    let mut session = Session::open(MemoryStorage::default(), None);
    session.clock.set_calendar(noon(20_261_128));
    for verdict in [BEST, NO_BEST] {
        session.command(GameCommand::Request(Wanted::Kind(GameKind::Daily))).play_to_end().settle();
        assert_eq!(session.game().score(), 30);
        assert_verdict(&mut session, verdict, "Best");
    }
}

#[test]
fn a_game_with_undo_is_compared_with_the_best_with_undo() {
    let mut session = Session::new(9);
    session.play_drops(2).undo().play_to_end().settle();
    assert_verdict(&mut session, BEST, "Best with undo");
    // After undo and redo of the last drop the game ends again. It is still the game that raised that best score.
    session.undo().redo().settle();
    assert_verdict(&mut session, BEST, "Best with undo");
    session.command(GameCommand::Request(Wanted::Another)).play_drops(1).undo().play_to_end().settle();
    assert_verdict(&mut session, NO_BEST, "Best with undo");
    session.command(GameCommand::Request(Wanted::Another)).play_to_end().settle();
    assert_verdict(&mut session, BEST, "Best");
}

#[test]
fn a_best_raised_before_the_first_undo_is_not_the_best_with_undo() {
    let mut session = Session::new(9);
    // The best score with undo is already as high as this game can reach.
    session.play_drops(1).undo().play_to_end().settle();
    session.command(GameCommand::Request(Wanted::Another)).play_to_end().settle();
    assert_verdict(&mut session, BEST, "Best");
    session.undo().redo().settle();
    assert_verdict(&mut session, NO_BEST, "Best with undo");
}

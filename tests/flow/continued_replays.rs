//! A game that the player continues from a replay: it can be played, and counts nowhere.

use blockers::events::{GameCommand, PanelCommand, ReplayCommand};
use blockers::ports::MemoryStorage;
use blockers::records::{Archive, Bests, DAILY, DailyResults};
use blockers::words;
use blockers::world::{Panel, Score, Wanted};
use blockers_rules::{Deal, GameKind, Recording};

use crate::driver::Session;
use crate::games::{first_drop, last_drop, noon, recorded};

const TODAY: u32 = 20_261_128;

/// Starts a program on the day [`TODAY`].
fn today() -> Session {
    let session = Session::open(MemoryStorage::default(), None);
    session.clock.set_calendar(noon(TODAY));
    session
}

/// Continues another player's game after this many drops.
fn continue_game<'a>(session: &'a mut Session, game: &Recording, drops: usize) -> &'a mut Session {
    session.open_paused(game).command(ReplayCommand::Seek(drops));
    session.command(GameCommand::Request(Wanted::PlayOn)).settle()
}

fn results(session: &Session) -> usize {
    let results = session.storage.stored(DAILY).map(|text| DailyResults::parse(&text).unwrap());
    results.unwrap_or_default().results().count()
}

fn daily(day: u32) -> Recording {
    recorded(Deal::new(GameKind::Daily, day.into()), last_drop, usize::MAX)
}

#[test]
fn a_continued_daily_game_is_not_the_result_of_the_day() {
    for end in ["over", "left", "over after a restart"] {
        let mut session = today();
        let game = daily(TODAY);
        assert!(game.drops.len() > 12);
        continue_game(&mut session, &game, game.drops.len() - 3);
        match end {
            "over" => session.play_to_end_with(last_drop),
            "left" => session.play_drops(1),
            _ => {
                session = session.reopened();
                session.clock.set_calendar(noon(TODAY));
                session.play_to_end_with(last_drop)
            }
        };
        session.command(GameCommand::Request(Wanted::Kind(GameKind::Daily)));
        session.command(GameCommand::Confirm).settle();
        assert_eq!(results(&session), 0, "{end}");
        assert_eq!(session.stored_bests(), Bests::default(), "{end}");
        assert_eq!(session.stored_archive(), Archive::default(), "{end}");
        assert_eq!((session.game().drops(), session.timeline().deal().seed), (0, TODAY.into()), "{end}");
        session.play_to_end();
        assert_eq!(results(&session), 1, "{end}: the player's own game counts");
        assert!(session.stored_bests().get(GameKind::Daily, true) > 0, "{end}");
    }
}

#[test]
fn the_daily_board_of_a_day_that_has_not_begun_anywhere_has_no_result() {
    // The game is continued from its start, so all of its drops are the player's own.
    let mut session = today();
    session.clock.set_calendar(noon(TODAY) - 3.0 * 3_600_000.0);
    continue_game(&mut session, &daily(TODAY + 1), 0).play_to_end().settle();
    assert_eq!((results(&session), session.stored_archive().games().len()), (0, 1));
    session.clock.set_calendar(noon(TODAY + 1));
    session.command(GameCommand::Request(Wanted::Kind(GameKind::Daily))).play_to_end().settle();
    assert_eq!(results(&session), 1, "the result of the day itself");
}

#[test]
fn the_score_of_a_continued_game_never_becomes_a_best_score() {
    type Next = fn(&mut Session) -> &mut Session;
    let next: [(&str, Next); 4] = [
        ("a drop", |session| session.play_drops(1)),
        ("undo", |session| session.undo()),
        ("undo and redo", |session| session.undo().redo()),
        ("the whole game", |session| session.play_to_end()),
    ];
    let game = recorded(Deal::new(GameKind::Classic, 9), first_drop, 12);
    assert!(game.verify().is_ok_and(|game| game.score() == 90));
    for (name, next) in next {
        for restarted in [false, true] {
            let mut session = today();
            continue_game(&mut session, &game, 11);
            if restarted {
                session = session.reopened();
            }
            next(&mut session).settle();
            assert_eq!(session.stored_bests(), Bests::default(), "{name}");
            let shown = *session.app.world().resource::<Score>();
            assert_eq!((shown.best, shown.undone_best), (0, Some(0)), "{name}");
        }
    }
}

#[test]
fn the_end_of_a_continued_game_says_that_it_does_not_count() {
    let mut session = today();
    let game = recorded(Deal::new(GameKind::Classic, 9), first_drop, 12);
    continue_game(&mut session, &game, 11).play_to_end().settle();
    let ended = session.view_model().ended.unwrap();
    assert!(ended.score > 0 && !ended.all_own);
    let verdict = "No more room. Continued from a replay, this game does not count towards best scores or statistics.";
    assert_eq!(words::verdict(&ended), verdict);
    assert_eq!(session.reopened().view_model().ended.map(|ended| ended.all_own), Some(false));
    session.command(PanelCommand::Open(Panel::Statistics));
    assert_eq!(
        (session.view_model().games, session.view_model().statistics.map(|shown| shown.statistics.games)),
        (0, Some(0))
    );

    session.command(GameCommand::Request(Wanted::Another)).play_to_end().settle();
    assert_eq!(session.view_model().ended.map(|ended| ended.all_own), Some(true), "the next game is the player's own");
    assert_eq!(session.stored_archive().games().len(), 1);
}

#[test]
fn a_continued_daily_game_with_few_drops_is_left_without_a_question() {
    let mut session = today();
    continue_game(&mut session, &daily(TODAY), 1);
    session.command(GameCommand::Request(Wanted::Another)).settle();
    assert_eq!(session.view_model().panel, None);
}

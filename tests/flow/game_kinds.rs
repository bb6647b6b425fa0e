//! The kinds of game: how each is dealt, what it counts for, and when a question comes before the current game is left.

use blockers::events::{GameCommand, PanelCommand};
use blockers::ports::{MemoryStorage, Storage};
use blockers::records::{Bests, DAILY, DailyResult, DailyResults, Date, End};
use blockers::world::{Panel, Score, Wanted};
use blockers_rules::{Deal, GameKind};

use crate::driver::Session;
use crate::games::{DAY, day, last_drop, noon, snapshot};

/// On the board of this day, `first_drop` scores 30 points, the first of them with drop 6, and `last_drop` scores 80.
const TODAY: u32 = 20_261_128;
const TOMORROW: u32 = 20_261_129;

/// Starts a program on the day [`TODAY`].
fn today() -> Session {
    let session = Session::open(MemoryStorage::default(), None);
    session.clock.set_calendar(noon(TODAY));
    session
}

/// Starts a program with today's daily board.
fn daily() -> Session {
    let mut session = today();
    request(&mut session, Wanted::Kind(GameKind::Daily));
    session
}

fn request(session: &mut Session, wanted: Wanted) -> &mut Session {
    session.command(GameCommand::Request(wanted)).settle()
}

fn score(session: &Session) -> Score {
    *session.app.world().resource::<Score>()
}

/// Returns the stored results of daily boards.
fn results(session: &Session) -> Vec<(Date, DailyResult)> {
    let results = session.storage.stored(DAILY).map(|text| DailyResults::parse(&text).unwrap());
    results.unwrap_or_default().results().collect()
}

/// Returns the result that the current game would have now.
fn result(session: &Session) -> DailyResult {
    let (game, undos) = (session.game(), session.timeline().undos());
    DailyResult { score: game.score(), drops: game.drops(), undos }
}

#[test]
fn a_requested_kind_of_game_starts_with_the_game_of_its_deal() {
    for kind in GameKind::ALL {
        let mut session = today();
        request(&mut session, Wanted::Kind(kind));
        let deal = session.timeline().deal();
        assert_eq!((deal.kind, session.view_model().deal), (kind, deal));
        assert_eq!(snapshot(session.game()), snapshot(&deal.game()), "{kind}");
        session.play_drops(9).settle().assert_consistent(kind.name());
        let verified = session.timeline().recording().verify().unwrap();
        assert_eq!(snapshot(session.game()), snapshot(&verified), "{kind}");
        assert_eq!(snapshot(session.reopened().game()), snapshot(&verified), "{kind}");
    }
}

#[test]
fn another_game_has_a_new_seed_unless_the_day_or_the_player_sets_it() {
    for (kind, same) in
        [(GameKind::Classic, false), (GameKind::Relaxed, false), (GameKind::Daily, true), (GameKind::Seed, true)]
    {
        let mut session = today();
        request(&mut session, Wanted::Kind(kind));
        let first = (session.timeline().deal(), session.play().own.id);
        request(&mut session, Wanted::Another);
        let second = (session.timeline().deal(), session.play().own.id);
        assert_eq!((second.0.kind, second.0 == first.0), (kind, same), "{kind}");
        assert_ne!(second.1, first.1, "{kind}: the id of the game");
    }
    let mut session = today();
    request(&mut session, Wanted::Seed(42));
    assert_eq!(session.timeline().deal(), Deal::new(GameKind::Seed, 42));
    request(&mut session, Wanted::Kind(GameKind::Classic));
    let seed = session.timeline().deal().seed;
    request(&mut session, Wanted::Kind(GameKind::Seed));
    assert_eq!(session.timeline().deal(), Deal::new(GameKind::Seed, seed), "the seed of the current game");
}

#[test]
fn each_kind_of_game_has_its_own_best_score() {
    let mut session = today();
    let mut bests = Bests::default();
    for wanted in [
        Wanted::Kind(GameKind::Relaxed),
        Wanted::Kind(GameKind::Daily),
        Wanted::Seed(9),
        Wanted::Kind(GameKind::Classic),
    ] {
        request(&mut session, wanted);
        let kind = session.timeline().deal().kind;
        assert_eq!(score(&session).best, 0, "{kind} was not played yet");
        session.play_to_end().settle();
        let points = session.game().score();
        assert!(points > 0, "{kind}: the test needs a game with points");
        bests.raise(kind, true, points);
        assert_eq!((session.stored_bests(), score(&session).best), (bests.clone(), points), "{kind}");
    }
    for kind in GameKind::ALL {
        request(&mut session, Wanted::Kind(kind));
        assert_eq!(score(&session), Score { points: 0, best: bests.get(kind, true), undone_best: None }, "{kind}");
    }
}

#[test]
fn the_first_game_on_a_daily_board_is_its_result_and_every_other_is_practice() {
    let mut session = daily();
    assert_eq!(session.timeline().deal(), Deal::new(GameKind::Daily, TODAY.into()));
    session.play_to_end().settle();
    let first = result(&session);
    assert_eq!(results(&session), [(day(TODAY), first)]);
    let bests = session.stored_bests();
    assert_eq!(bests.get(GameKind::Daily, true), first.score);

    // Undo in the finished game makes it practice, too.
    session.undo().redo().undo().play_drops(1).settle();
    assert_eq!((results(&session), session.stored_bests()), (vec![(day(TODAY), first)], bests.clone()));

    request(&mut session, Wanted::Another).play_to_end_with(last_drop).settle();
    assert!(session.game().score() > first.score, "practice has the higher score");
    assert_eq!((results(&session), session.stored_bests()), (vec![(day(TODAY), first)], bests));
    assert_eq!(session.stored_archive().games().len(), 2, "both games are in the archive");
}

#[test]
fn a_better_score_in_practice_is_not_shown_as_the_best() {
    let mut session = daily();
    session.play_to_end().settle();
    let best = score(&session).best;
    request(&mut session, Wanted::Another).play_to_end_with(last_drop).settle();
    assert!(session.game().score() > best, "practice has the higher score");
    assert_eq!(score(&session).best, best);
    assert_eq!(session.view_model().ended.map(|ended| ended.best), Some(best));
}

#[test]
fn a_daily_result_counts_the_undos() {
    let mut session = daily();
    session.play_drops(5).undo().undo().play_to_end().settle();
    let result = result(&session);
    assert_eq!((results(&session), result.undos), (vec![(day(TODAY), result)], 2));
    let bests = session.stored_bests();
    assert_eq!((bests.get(GameKind::Daily, true), bests.get(GameKind::Daily, false)), (0, result.score));
}

#[test]
fn a_daily_board_that_was_left_has_a_result() {
    let mut session = daily();
    session.play_drops(6);
    let left = result(&session);
    assert_eq!((left.score, left.drops), (10, 6));
    request(&mut session, Wanted::Kind(GameKind::Classic)).command(GameCommand::Confirm);
    assert_eq!(results(&session), [(day(TODAY), left)]);
}

#[test]
fn leaving_a_daily_board_with_every_drop_undone_asks_first_and_stores_a_result() {
    let mut session = daily();
    session.play_drops(2).undo().undo().settle();
    let touched = result(&session);
    assert_eq!((touched.drops, touched.undos), (0, 2));
    request(&mut session, Wanted::Another);
    assert_eq!(session.view_model().panel, Some(Panel::Question(Wanted::Another)));
    assert_eq!(results(&session), []);
    session.command(GameCommand::Confirm).settle();
    assert_eq!(results(&session), [(day(TODAY), touched)]);
    assert_eq!(session.stored_archive().games().len(), 0, "a game without a drop is not counted");
    session.play_to_end().settle();
    assert_eq!(results(&session), [(day(TODAY), touched)], "what follows is practice");

    // A restart loses the undone drops but not the number of undos.
    let mut session = daily();
    session.play_drops(1).undo().settle();
    let mut session = session.reopened();
    request(&mut session, Wanted::Kind(GameKind::Classic));
    assert_eq!(session.view_model().panel, Some(Panel::Question(Wanted::Kind(GameKind::Classic))));
}

#[test]
fn leaving_an_untouched_daily_board_neither_asks_nor_stores_a_result() {
    let mut session = daily();
    request(&mut session, Wanted::Another);
    assert_eq!((session.view_model().panel, results(&session)), (None, vec![]));
}

#[test]
fn a_daily_game_keeps_its_day_past_midnight() {
    let mut session = daily();
    session.play_drops(4);
    session.clock.advance(DAY);
    session.play_to_end().settle();
    assert_eq!(results(&session), [(day(TODAY), result(&session))]);

    request(&mut session, Wanted::Another);
    assert_eq!(session.timeline().deal().seed, u64::from(TOMORROW));
    session.play_to_end().settle();
    let days: Vec<_> = results(&session).into_iter().map(|(date, _)| date).collect();
    assert_eq!(days, [day(TODAY), day(TOMORROW)]);
    session.command(PanelCommand::Open(Panel::Statistics));
    let shown = session.view_model().statistics.unwrap();
    assert_eq!((shown.of, shown.statistics.games, shown.days), (None, 2, 2), "two games on two days in a row");
}

#[test]
fn a_result_is_kept_when_the_calendar_is_set_back() {
    let mut session = daily();
    session.play_to_end().settle();
    let today_result = result(&session);
    session.clock.set_calendar(noon(TODAY) - DAY);
    request(&mut session, Wanted::Another).play_to_end().settle();
    let yesterday_result = result(&session);
    let expected = [(day(TODAY - 1), yesterday_result), (day(TODAY), today_result)];
    assert_eq!(results(&session), expected);
    session.clock.set_calendar(noon(TODAY));
    request(&mut session, Wanted::Another).play_to_end_with(last_drop).settle();
    assert_eq!(results(&session), expected, "today's board is still practice");
}

#[test]
fn an_invalid_time_selects_the_first_or_last_day_of_the_calendar() {
    for (unix_ms, date) in
        [(f64::NAN, 19_700_101), (-1e12, 19_700_101), (f64::INFINITY, 99_991_231), (1e300, 99_991_231)]
    {
        let mut session = Session::open(MemoryStorage::default(), None);
        session.clock.set_calendar(unix_ms);
        request(&mut session, Wanted::Kind(GameKind::Daily));
        assert_eq!(session.timeline().deal(), Deal::new(GameKind::Daily, date.into()), "{unix_ms}");
        session.play_to_end().settle();
        assert_eq!(results(&session), [(day(date), result(&session))], "{unix_ms}");
    }
}

#[test]
fn the_menu_shows_the_day_and_its_result() {
    let mut session = daily();
    for expected in [None, Some(DailyResult { score: 30, drops: 23, undos: 0 })] {
        session.command(PanelCommand::Open(Panel::Menu));
        let menu = session.view_model().menu.unwrap();
        assert_eq!((menu.today, menu.result), (day(TODAY), expected));
        session.command(PanelCommand::Close);
        assert_eq!(session.view_model().menu, None);
        session.play_to_end().settle();
    }
}

const WANTED: [Wanted; 5] = [
    Wanted::Another,
    Wanted::Kind(GameKind::Classic),
    Wanted::Kind(GameKind::Relaxed),
    Wanted::Kind(GameKind::Daily),
    Wanted::Seed(5),
];

#[test]
fn leaving_a_game_asks_first_only_from_the_third_drop_to_the_end() {
    // The drops (the game is over after 29), whether the player is asked, and the games in the archive afterwards.
    for (drops, asked, ended) in
        [(0, false, 0), (1, false, 1), (2, false, 1), (3, true, 0), (10, true, 0), (29, false, 1)]
    {
        for wanted in WANTED {
            let mut session = Session::new(7);
            session.play_drops(drops).settle();
            let (id, own) = (session.play().own.id, snapshot(session.game()));
            request(&mut session, wanted);
            let context = format!("{wanted:?} after {drops} drops");
            let question = Panel::Question(match wanted {
                Wanted::Kind(GameKind::Daily) => Wanted::Daily(Date::FIRST),
                other => other,
            });
            assert_eq!(session.view_model().panel, asked.then_some(question), "{context}");
            assert_eq!(session.play().own.id == id, asked, "{context}");
            assert_eq!(session.game().drops(), if asked { drops } else { 0 }, "{context}");
            assert!(!asked || snapshot(session.game()) == own, "{context}");
            assert_eq!(session.stored_archive().games().len(), ended, "{context}");
            session.assert_consistent(&context);
        }
    }
}

#[test]
fn undone_drops_count_for_the_question() {
    for undos in 1..=3 {
        let mut session = Session::new(7);
        session.play_drops(3);
        for _ in 0..undos {
            session.undo();
        }
        request(&mut session, Wanted::Another);
        assert_eq!(session.view_model().panel, Some(Panel::Question(Wanted::Another)), "{undos} of three drops undone");
    }
}

#[test]
fn answering_no_changes_nothing() {
    for wanted in WANTED {
        let mut session = Session::new(7);
        session.play_drops(5).settle();
        let before = (session.view_model(), session.storage.all(), session.play().own.id);
        request(&mut session, wanted);
        session.command(PanelCommand::Close).settle();
        assert_eq!((session.view_model(), session.storage.all(), session.play().own.id), before, "{wanted:?}");
        session.command(GameCommand::Confirm).settle();
        assert_eq!(
            (session.view_model(), session.storage.all(), session.play().own.id),
            before,
            "{wanted:?}: a later yes has no effect"
        );
    }
}

#[test]
fn answering_yes_leaves_the_game_and_enters_it_into_the_archive_once() {
    for wanted in WANTED {
        let mut session = Session::new(7);
        session.play_drops(5).settle();
        let (id, own) = (session.play().own.id, session.timeline().recording());
        // A repeated request repeats the question. A repeated yes has no effect.
        request(&mut session, wanted);
        request(&mut session, wanted).command(GameCommand::Confirm).command(GameCommand::Confirm).settle();
        let kind = match wanted {
            Wanted::Kind(kind) => kind,
            _ => GameKind::Seed,
        };
        assert_eq!(
            (session.timeline().deal().kind, session.game().drops(), session.view_model().panel),
            (kind, 0, None)
        );
        let archive = session.stored_archive();
        let games: Vec<_> = archive.games().iter().map(|game| (game.id, game.end, &game.recording)).collect();
        assert_eq!(games, [(id, End::Left, &own)], "{wanted:?}");
        session.assert_consistent("the next game");
    }
}

//! The kinds of game: how each begins, what it counts for, and the question whether to leave the one in progress.

use blockers::events::CommandEvent;
use blockers::ports::{MemoryStorage, Storage};
use blockers::records::{Bests, DAILY, DailyResult, DailyResults, Date, End};
use blockers::rules::{Deal, GameKind};
use blockers::world::{Panel, Score, Wanted};

use crate::driver::Table;
use crate::games::{DAY, day, last_drop, noon, seen};

/// A day whose board gives the player of first drops 30 points and the one of last drops 80; the former's first with drop 6.
const TODAY: u32 = 20_261_128;
const TOMORROW: u32 = 20_261_129;

/// A program that was opened today.
fn today() -> Table {
    let table = Table::open(MemoryStorage::default(), None);
    table.clock.set_calendar(noon(TODAY));
    table
}

/// A program with today's board on the table.
fn daily() -> Table {
    let mut table = today();
    ask(&mut table, Wanted::Kind(GameKind::Daily));
    table
}

fn ask(table: &mut Table, wanted: Wanted) -> &mut Table {
    table.command(CommandEvent::GameRequested(wanted)).settle()
}

fn score(table: &Table) -> Score {
    *table.app.world().resource::<Score>()
}

/// What the storage has of daily boards.
fn results(table: &Table) -> Vec<(Date, DailyResult)> {
    let results = table.storage.stored(DAILY).map(|text| DailyResults::parse(&text).expect("it is whole"));
    results.unwrap_or_default().results().collect()
}

/// The result of the game on the table, as it stands.
fn result(table: &Table) -> DailyResult {
    let (game, undos) = (table.game(), table.timeline().undos());
    DailyResult { score: game.score(), drops: game.drops(), undos }
}

#[test]
fn each_kind_of_game_is_dealt_as_its_deal_says() {
    for kind in GameKind::ALL {
        let mut table = today();
        ask(&mut table, Wanted::Kind(kind));
        let deal = table.timeline().deal();
        assert_eq!((deal.kind, table.mirror().deal), (kind, deal));
        assert_eq!(seen(table.game()), seen(&deal.game()), "{kind}");
        table.play_some(9).settle().assert_agrees(kind.name());
        let verified = table.timeline().recording().verify().expect("it is by the rules");
        assert_eq!(seen(table.game()), seen(&verified), "{kind}");
        assert_eq!(seen(table.reopened().game()), seen(&verified), "{kind}");
    }
}

#[test]
fn another_game_has_another_board_unless_the_day_or_the_seed_says_which() {
    for (kind, same) in
        [(GameKind::Classic, false), (GameKind::Kind, false), (GameKind::Daily, true), (GameKind::Seed, true)]
    {
        let mut table = today();
        ask(&mut table, Wanted::Kind(kind));
        let first = (table.timeline().deal(), table.play().own.id);
        ask(&mut table, Wanted::Another);
        let second = (table.timeline().deal(), table.play().own.id);
        assert_eq!((second.0.kind, second.0 == first.0), (kind, same), "{kind}");
        assert_ne!(second.1, first.1, "{kind}: it is another game all the same");
    }
    let mut table = today();
    ask(&mut table, Wanted::Seed(42));
    assert_eq!(table.timeline().deal(), Deal::new(GameKind::Seed, 42));
    ask(&mut table, Wanted::Kind(GameKind::Classic));
    let seed = table.timeline().deal().seed;
    ask(&mut table, Wanted::Kind(GameKind::Seed));
    assert_eq!(table.timeline().deal(), Deal::new(GameKind::Seed, seed), "the seed at hand");
}

#[test]
fn each_kind_of_game_has_its_own_best() {
    let mut table = today();
    let mut bests = Bests::default();
    for wanted in
        [Wanted::Kind(GameKind::Kind), Wanted::Kind(GameKind::Daily), Wanted::Seed(9), Wanted::Kind(GameKind::Classic)]
    {
        ask(&mut table, wanted);
        let kind = table.timeline().deal().kind;
        assert_eq!(score(&table).best, 0, "nobody has played {kind}");
        table.play_to_the_end().settle();
        let points = table.game().score();
        assert!(points > 0, "{kind}: a game without points says nothing here");
        bests.raise(kind, true, points);
        assert_eq!((table.stored_bests(), score(&table).best), (bests.clone(), points), "{kind}");
    }
    for kind in GameKind::ALL {
        ask(&mut table, Wanted::Kind(kind));
        assert_eq!(score(&table), Score { points: 0, best: bests.get(kind, true), undone_best: None }, "{kind}");
    }
}

#[test]
fn the_first_game_of_a_day_is_its_result_and_every_other_is_practice() {
    let mut table = daily();
    assert_eq!(table.timeline().deal(), Deal::new(GameKind::Daily, TODAY.into()));
    table.play_to_the_end().settle();
    let first = result(&table);
    assert_eq!(results(&table), [(day(TODAY), first)]);
    let bests = table.stored_bests();
    assert_eq!(bests.get(GameKind::Daily, true), first.score);

    // The same game again from its last drop is practice too.
    table.undo().redo().undo().play_some(1).settle();
    assert_eq!((results(&table), table.stored_bests()), (vec![(day(TODAY), first)], bests.clone()));

    ask(&mut table, Wanted::Another).play_to_the_end_as(last_drop).settle();
    assert!(table.game().score() > first.score, "practice went better");
    assert_eq!((results(&table), table.stored_bests()), (vec![(day(TODAY), first)], bests));
    assert_eq!(table.stored_archive().games().len(), 2, "both were played");
}

#[test]
fn a_better_score_in_practice_is_not_shown_as_the_best() {
    let mut table = daily();
    table.play_to_the_end().settle();
    let best = score(&table).best;
    ask(&mut table, Wanted::Another).play_to_the_end_as(last_drop).settle();
    assert!(table.game().score() > best, "practice went better");
    assert_eq!(score(&table).best, best);
    assert_eq!(table.mirror().ended.map(|ended| ended.best), Some(best));
}

#[test]
fn a_daily_result_says_how_often_the_player_went_back() {
    let mut table = daily();
    table.play_some(5).undo().undo().play_to_the_end().settle();
    let result = result(&table);
    assert_eq!((results(&table), result.undos), (vec![(day(TODAY), result)], 2));
    let bests = table.stored_bests();
    assert_eq!((bests.get(GameKind::Daily, true), bests.get(GameKind::Daily, false)), (0, result.score));
}

#[test]
fn a_daily_board_that_was_left_has_its_result() {
    let mut table = daily();
    table.play_some(6);
    let left = result(&table);
    assert_eq!((left.score, left.drops), (10, 6));
    ask(&mut table, Wanted::Kind(GameKind::Classic)).command(CommandEvent::GameConfirmed);
    assert_eq!(results(&table), [(day(TODAY), left)]);
}

#[test]
fn a_daily_board_with_every_drop_taken_back_is_asked_about_and_has_its_result() {
    let mut table = daily();
    table.play_some(2).undo().undo().settle();
    let touched = result(&table);
    assert_eq!((touched.drops, touched.undos), (0, 2));
    ask(&mut table, Wanted::Another);
    assert_eq!(table.mirror().panel, Some(Panel::Question(Wanted::Another)));
    assert_eq!(results(&table), []);
    table.command(CommandEvent::GameConfirmed).settle();
    assert_eq!(results(&table), [(day(TODAY), touched)]);
    assert_eq!(table.stored_archive().games().len(), 0, "a game without a drop is not counted");
    table.play_to_the_end().settle();
    assert_eq!(results(&table), [(day(TODAY), touched)], "what follows is practice");

    // A reload does not know what was taken back, but that something was.
    let mut table = daily();
    table.play_some(1).undo().settle();
    let mut table = table.reopened();
    ask(&mut table, Wanted::Kind(GameKind::Classic));
    assert_eq!(table.mirror().panel, Some(Panel::Question(Wanted::Kind(GameKind::Classic))));
}

#[test]
fn a_daily_board_that_nobody_has_touched_is_left_unasked_and_stays_to_be_played() {
    let mut table = daily();
    ask(&mut table, Wanted::Another);
    assert_eq!((table.mirror().panel, results(&table)), (None, vec![]));
}

#[test]
fn a_daily_game_keeps_its_day_past_midnight() {
    let mut table = daily();
    table.play_some(4);
    table.clock.advance(DAY);
    table.play_to_the_end().settle();
    assert_eq!(results(&table), [(day(TODAY), result(&table))]);

    ask(&mut table, Wanted::Another);
    assert_eq!(table.timeline().deal().seed, u64::from(TOMORROW));
    table.play_to_the_end().settle();
    let days: Vec<_> = results(&table).into_iter().map(|(date, _)| date).collect();
    assert_eq!(days, [day(TODAY), day(TOMORROW)]);
    table.command(CommandEvent::PanelOpened(Panel::Statistics));
    let shown = table.mirror().statistics.expect("the panel is open");
    assert_eq!((shown.of, shown.statistics.games, shown.days), (None, 2, 2), "two games on two days in a row");
}

#[test]
fn a_calendar_that_goes_back_takes_no_result_away() {
    let mut table = daily();
    table.play_to_the_end().settle();
    let of_today = result(&table);
    table.clock.set_calendar(noon(TODAY) - DAY);
    ask(&mut table, Wanted::Another).play_to_the_end().settle();
    let of_yesterday = result(&table);
    let expected = [(day(TODAY - 1), of_yesterday), (day(TODAY), of_today)];
    assert_eq!(results(&table), expected);
    table.clock.set_calendar(noon(TODAY));
    ask(&mut table, Wanted::Another).play_to_the_end_as(last_drop).settle();
    assert_eq!(results(&table), expected, "today is practice still");
}

#[test]
fn a_calendar_that_makes_no_sense_does_no_harm() {
    for (unix_ms, seed) in
        [(f64::NAN, 19_700_101), (-1e12, 19_700_101), (f64::INFINITY, 99_991_231), (1e300, 99_991_231)]
    {
        let mut table = Table::open(MemoryStorage::default(), None);
        table.clock.set_calendar(unix_ms);
        ask(&mut table, Wanted::Kind(GameKind::Daily));
        assert_eq!(table.timeline().deal(), Deal::new(GameKind::Daily, seed), "{unix_ms}");
        table.play_to_the_end().settle();
        assert_eq!(results(&table).len(), 1, "{unix_ms}");
    }
}

#[test]
fn the_menu_tells_of_the_day_and_its_result() {
    let mut table = daily();
    for expected in [None, Some(DailyResult { score: 30, drops: 23, undos: 0 })] {
        table.command(CommandEvent::PanelOpened(Panel::Menu));
        let menu = table.mirror().menu.expect("it is open");
        assert_eq!((menu.today, menu.result), (day(TODAY), expected));
        table.command(CommandEvent::PanelClosed);
        assert_eq!(table.mirror().menu, None);
        table.play_to_the_end().settle();
    }
}

const WANTED: [Wanted; 5] = [
    Wanted::Another,
    Wanted::Kind(GameKind::Classic),
    Wanted::Kind(GameKind::Kind),
    Wanted::Kind(GameKind::Daily),
    Wanted::Seed(5),
];

#[test]
fn a_game_is_left_unasked_only_if_nobody_would_miss_it() {
    // Drops (29 are the whole game); is the player asked? how many games are in the archive then?
    for (drops, asked, ended) in
        [(0, false, 0), (1, false, 1), (2, false, 1), (3, true, 0), (10, true, 0), (29, false, 1)]
    {
        for wanted in WANTED {
            let mut table = Table::new(7);
            table.play_some(drops).settle();
            let (id, own) = (table.play().own.id, seen(table.game()));
            ask(&mut table, wanted);
            let context = format!("{wanted:?} after {drops} drops");
            assert_eq!(table.mirror().panel, asked.then_some(Panel::Question(wanted)), "{context}");
            assert_eq!(table.play().own.id == id, asked, "{context}");
            assert_eq!(table.game().drops(), if asked { drops } else { 0 }, "{context}");
            assert!(!asked || seen(table.game()) == own, "{context}");
            assert_eq!(table.stored_archive().games().len(), ended, "{context}");
            table.assert_agrees(&context);
        }
    }
}

#[test]
fn drops_that_can_be_played_again_would_be_missed_too() {
    for undos in 1..=3 {
        let mut table = Table::new(7);
        table.play_some(3);
        for _ in 0..undos {
            table.undo();
        }
        ask(&mut table, Wanted::Another);
        assert!(table.mirror().panel.is_some(), "{undos} of three drops were taken back");
    }
}

#[test]
fn answered_with_no_everything_stays() {
    for wanted in WANTED {
        let mut table = Table::new(7);
        table.play_some(5).settle();
        let before = (table.mirror(), table.storage.all(), table.play().own.id);
        ask(&mut table, wanted);
        table.command(CommandEvent::PanelClosed).settle();
        assert_eq!((table.mirror(), table.storage.all(), table.play().own.id), before, "{wanted:?}");
        table.command(CommandEvent::GameConfirmed).settle();
        assert_eq!(
            (table.mirror(), table.storage.all(), table.play().own.id),
            before,
            "{wanted:?}: the question is gone"
        );
    }
}

#[test]
fn answered_with_yes_the_game_is_left_and_is_in_the_archive_once() {
    for wanted in WANTED {
        let mut table = Table::new(7);
        table.play_some(5).settle();
        let (id, own) = (table.play().own.id, table.timeline().recording());
        // Who asks twice is asked twice, and who says yes twice has said it once.
        ask(&mut table, wanted);
        ask(&mut table, wanted).command(CommandEvent::GameConfirmed).command(CommandEvent::GameConfirmed).settle();
        let kind = match wanted {
            Wanted::Kind(kind) => kind,
            _ => GameKind::Seed,
        };
        assert_eq!((table.timeline().deal().kind, table.game().drops(), table.mirror().panel), (kind, 0, None));
        let archive = table.stored_archive();
        let games: Vec<_> = archive.games().iter().map(|game| (game.id, game.end, &game.recording)).collect();
        assert_eq!(games, [(id, End::Left, &own)], "{wanted:?}");
        table.assert_agrees("the next game");
    }
}

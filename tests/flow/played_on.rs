//! A game that is played on from a replay: it is the player's to play, and counts nowhere.

use blockers::events::{CommandEvent, ReplayControl};
use blockers::ports::MemoryStorage;
use blockers::records::{Archive, Bests, DAILY, DailyResults};
use blockers::rules::{Deal, GameKind, Recording};
use blockers::words;
use blockers::world::{Panel, Score, Wanted};

use crate::driver::Table;
use crate::games::{first_drop, last_drop, noon, recorded};

const TODAY: u32 = 20_261_128;

/// A program that was opened today.
fn today() -> Table {
    let table = Table::open(MemoryStorage::default(), None);
    table.clock.set_calendar(noon(TODAY));
    table
}

/// Plays on where a friend's game is after so many drops.
fn play_on<'a>(table: &'a mut Table, game: &Recording, drops: usize) -> &'a mut Table {
    table.hold(game).replay(ReplayControl::Seek(drops));
    table.command(CommandEvent::GameRequested(Wanted::PlayOn)).settle()
}

fn results(table: &Table) -> usize {
    let results = table.storage.stored(DAILY).map(|text| DailyResults::parse(&text).expect("it is whole"));
    results.unwrap_or_default().results().count()
}

fn daily(day: u32) -> Recording {
    recorded(Deal::new(GameKind::Daily, day.into()), last_drop, usize::MAX)
}

#[test]
fn a_friends_daily_game_is_not_the_days_result() {
    for end in ["over", "left", "over after a restart"] {
        let mut table = today();
        let game = daily(TODAY);
        assert!(game.drops.len() > 12);
        play_on(&mut table, &game, game.drops.len() - 3);
        match end {
            "over" => table.play_to_the_end_as(last_drop),
            "left" => table.play_some(1),
            _ => {
                table = table.reopened();
                table.clock.set_calendar(noon(TODAY));
                table.play_to_the_end_as(last_drop)
            }
        };
        table.command(CommandEvent::GameRequested(Wanted::Kind(GameKind::Daily)));
        table.command(CommandEvent::GameConfirmed).settle();
        assert_eq!(results(&table), 0, "{end}");
        assert_eq!(table.stored_bests(), Bests::default(), "{end}");
        assert_eq!(table.stored_archive(), Archive::default(), "{end}");
        assert_eq!((table.game().drops(), table.timeline().deal().seed), (0, TODAY.into()), "{end}");
        table.play_to_the_end();
        assert_eq!(results(&table), 1, "{end}: the player's own game is");
        assert!(table.stored_bests().get(GameKind::Daily, true) > 0, "{end}");
    }
}

#[test]
fn a_board_of_a_day_to_come_has_no_result() {
    // From its very beginning: no drop of it is a friend's.
    let mut table = today();
    play_on(&mut table, &daily(TODAY + 1), 0).play_to_the_end().settle();
    assert_eq!((results(&table), table.stored_archive().games().len()), (0, 1));
    table.clock.set_calendar(noon(TODAY + 1));
    table.command(CommandEvent::GameRequested(Wanted::Kind(GameKind::Daily))).play_to_the_end().settle();
    assert_eq!(results(&table), 1, "when the day has come it has");
}

#[test]
fn somebody_elses_points_are_no_best_whatever_is_done_next() {
    type Next = fn(&mut Table) -> &mut Table;
    let next: [(&str, Next); 4] = [
        ("a drop", |table| table.play_some(1)),
        ("a step back", |table| table.undo()),
        ("a step back and on", |table| table.undo().redo()),
        ("the whole game", |table| table.play_to_the_end()),
    ];
    let game = recorded(Deal::new(GameKind::Classic, 9), first_drop, 12);
    assert!(game.verify().is_ok_and(|game| game.score() == 90));
    for (name, next) in next {
        for restarted in [false, true] {
            let mut table = today();
            play_on(&mut table, &game, 11);
            if restarted {
                table = table.reopened();
            }
            next(&mut table).settle();
            assert_eq!(table.stored_bests(), Bests::default(), "{name}");
            let shown = *table.app.world().resource::<Score>();
            assert_eq!((shown.best, shown.undone_best), (0, Some(0)), "{name}");
        }
    }
}

#[test]
fn the_end_says_that_it_is_no_best() {
    let mut table = today();
    let game = recorded(Deal::new(GameKind::Classic, 9), first_drop, 12);
    play_on(&mut table, &game, 11).play_to_the_end().settle();
    let ended = table.mirror().ended.expect("it is over");
    assert!(ended.score > 0 && !ended.all_own);
    let verdict = "Nothing fits any more. Played on from a replay, this game is no best and is in no statistics.";
    assert_eq!(words::verdict(&ended), verdict);
    assert_eq!(table.reopened().mirror().ended.map(|ended| ended.all_own), Some(false));
    table.command(CommandEvent::PanelOpened(Panel::Statistics));
    assert_eq!((table.mirror().games, table.mirror().statistics.map(|shown| shown.statistics.games)), (0, Some(0)));

    table.command(CommandEvent::GameRequested(Wanted::Another)).play_to_the_end().settle();
    assert_eq!(table.mirror().ended.map(|ended| ended.all_own), Some(true), "the next one is the player's own");
    assert_eq!(table.stored_archive().games().len(), 1);
}

#[test]
fn a_friends_daily_game_is_not_one_that_there_is_only_once() {
    let mut table = today();
    play_on(&mut table, &daily(TODAY), 1);
    table.command(CommandEvent::GameRequested(Wanted::Another)).settle();
    assert_eq!(table.mirror().panel, None, "nobody would miss it");
}

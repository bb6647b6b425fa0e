//! Records that cannot be read: what is in them is kept aside, what can be is found again, and the game goes on.

use blockers::events::{CommandEvent, GameEnded};
use blockers::loading::{SETTINGS, SOUND};
use blockers::ports::{MemoryStorage, Storage};
use blockers::records::{ARCHIVE, Archive, BESTS, Bests, DAILY, DailyResults, EndedGame, aside, seal};
use blockers::rules::{Deal, GameKind};
use blockers::world::{Kept, SoundSettings, Wanted};

use crate::driver::Table;
use crate::games::{first_drop, last_drop, noon, recorded};

/// Begins a game with a seed, and wins ten points in it.
fn win(table: &mut Table) {
    table.command(CommandEvent::GameRequested(Wanted::Seed(9))).play_some(2);
    assert_eq!(table.game().score(), 10);
}

/// The archive of three short games.
fn three() -> Archive {
    let mut archive = Archive::default();
    for id in 1..=3 {
        let recording = recorded(Deal::new(GameKind::Classic, id), first_drop, 4);
        archive.enter(EndedGame::of(id, &recording).expect("it was played"));
    }
    archive
}

#[test]
fn a_record_that_means_nothing_is_kept_aside_and_costs_a_notice_and_no_more() {
    let sealed = [seal("2 0"), seal("1 x"), seal("")];
    let texts =
        ["abc", "-5", "NaN", "99999999999999999999999", "null", "{}", "\u{0}\u{ffff}", "\u{1f9f1}", "x deadbeef"];
    for key in [BESTS, DAILY, ARCHIVE, SOUND, SETTINGS] {
        for text in texts.into_iter().chain(sealed.iter().map(String::as_str)) {
            let mut table = Table::open(MemoryStorage::with([(key, text)]), None);
            let notices = table.announcer.take_noticed();
            assert!(notices.len() == 1 && notices[0].contains(key), "{key} {text}: {notices:?}");
            let world = table.app.world();
            assert_eq!(world.resource::<Kept<Bests>>(), &Kept::default(), "{key} {text}");
            assert_eq!(world.resource::<Kept<DailyResults>>(), &Kept::default(), "{key} {text}");
            assert_eq!(world.resource::<Kept<Archive>>(), &Kept::default(), "{key} {text}");
            assert_eq!(world.resource::<SoundSettings>(), &SoundSettings::default(), "{key} {text}");
            assert_eq!(table.storage.stored(&aside(key)).as_deref(), Some(text), "it is kept aside");
            assert!(table.storage.all().get(key).is_none_or(|left| left != text), "and no longer in its place");
            let again = Table::open(table.storage.clone(), None);
            assert!(again.announcer.take_noticed().is_empty(), "it is told once");
            win(&mut table);
            assert_eq!(table.stored_bests().get(GameKind::Seed, true), 10, "{key} {text}");
        }
    }
}

#[test]
fn an_empty_record_is_none() {
    for key in [BESTS, DAILY, ARCHIVE, SOUND, SETTINGS] {
        let table = Table::open(MemoryStorage::with([(key, "")]), None);
        assert_eq!((table.announcer.take_noticed().len(), table.storage.stored(&aside(key))), (0, None), "{key}");
    }
}

#[test]
fn a_damaged_line_of_the_archive_costs_one_game() {
    let mut archive = three();
    let text = archive.to_text();
    let second = text.lines().nth(2).expect("the totals and three games");
    let damaged = second.replace(" left ", " over ");
    let mut table = Table::open(MemoryStorage::with([(ARCHIVE, text.replace(second, &damaged))]), None);
    let notices = table.announcer.take_noticed();
    assert!(notices.len() == 1 && notices[0].contains("line 3"), "{notices:?}");
    archive.remove(2);
    assert_eq!(table.app.world().resource::<Kept<Archive>>().0, archive);
    assert_eq!((table.storage.stored(&aside(ARCHIVE)), table.mirror().games), (Some(damaged), 2));
}

#[test]
fn an_archive_that_lacks_whole_lines_is_told_of_once_and_nothing_is_said_to_be_kept() {
    let mut archive = three();
    let text = archive.to_text();
    let (rest, _) = text.rsplit_once('\n').expect("it has lines");
    let table = Table::open(MemoryStorage::with([(ARCHIVE, rest)]), None);
    let told = "What is stored as blockers.archive is not whole (line 4: 3 games should follow the totals, not 2). \
                What is left of it counts.";
    assert_eq!(table.announcer.take_noticed(), [told]);
    archive.remove(3);
    assert_eq!((table.stored_archive(), table.storage.stored(&aside(ARCHIVE))), (archive, None));
    assert!(table.reopened().announcer.take_noticed().is_empty());
}

#[test]
fn what_is_kept_aside_takes_nothing_elses_place_and_does_not_grow_for_ever() {
    let storage = MemoryStorage::default();
    let kept = |number: usize| {
        let first = aside(BESTS);
        storage.stored(&if number == 1 { first } else { format!("{first}.{number}") })
    };
    let spoil = |text: &str| {
        storage.clone().write(0, [(BESTS.to_owned(), text.to_owned())].into());
        drop(Table::open(storage.clone(), None));
    };
    for (number, text) in (1..).zip(["one", "two", "three", "four"]) {
        spoil(text);
        assert_eq!(kept(number).as_deref(), Some(text));
    }
    spoil("two");
    spoil("five");
    let all: Vec<_> = (1..=5).map(kept).collect();
    let expected = ["one", "two", "three", "five"].map(|text| Some(text.to_owned()));
    assert_eq!((&all[..4], &all[4]), (&expected[..], &None));
}

#[test]
fn best_scores_and_daily_results_are_found_again_in_the_archive() {
    let mut table = Table::open(MemoryStorage::default(), None);
    table.clock.set_calendar(noon(20_261_128));
    for wanted in [Wanted::Kind(GameKind::Kind), Wanted::Kind(GameKind::Daily), Wanted::Seed(9)] {
        table.command(CommandEvent::GameRequested(wanted)).play_to_the_end().settle();
    }
    // Practice, which goes better, and a game with a step back.
    table.command(CommandEvent::GameRequested(Wanted::Kind(GameKind::Daily))).play_to_the_end_as(last_drop).settle();
    table.command(CommandEvent::GameRequested(Wanted::Seed(7))).play_some(3).undo().play_to_the_end().settle();
    let (bests, daily) = (table.stored_bests(), table.storage.stored(DAILY));
    assert!(bests.get(GameKind::Daily, true) > 0 && bests.get(GameKind::Seed, false) > 0);
    let mut records = table.storage.all();
    records.insert(BESTS.to_owned(), "damaged".to_owned());
    records.insert(DAILY.to_owned(), "damaged".to_owned());
    let again = Table::open(MemoryStorage::with(records), None);
    assert_eq!(again.announcer.take_noticed().len(), 2);
    assert_eq!((again.stored_bests(), again.storage.stored(DAILY)), (bests, daily));
}

#[test]
fn a_game_that_is_over_is_entered_when_its_archive_has_lost_it() {
    let mut table = Table::new(9);
    table.play_to_the_end().settle();
    let expected = table.stored_archive();
    for lost in [Some("damaged"), None] {
        let mut records = table.storage.all();
        match lost {
            Some(text) => records.insert(ARCHIVE.to_owned(), text.to_owned()),
            None => records.remove(ARCHIVE),
        };
        let again = Table::open(MemoryStorage::with(records), None);
        assert_eq!(again.stored_archive(), expected, "{lost:?}");
    }
    assert_eq!(table.reopened().published::<GameEnded>(), 0, "one that is there is left alone");
}

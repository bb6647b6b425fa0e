//! The edges of the program: what comes from the address and the storage, and what becomes of it.

use blockers::bus::{BusExt, DeadLetter, Start, Topic};
use blockers::events::{CommandEvent, Dropped, GameEnded, PointerKind, RecordChanged};
use blockers::loading::SOUND;
use blockers::ports::{Announcer, MemoryStorage, Storage, Voice};
use blockers::records::{BESTS, Bests, End};
use blockers::rules::{Deal, Dealer, Game, GameKind, Refusal, Slot};
use blockers::world::{Score, SoundSettings, Wanted};

use crate::driver::{Table, slot};

fn best(table: &Table) -> u64 {
    table.app.world().resource::<Score>().best
}

/// The record in which this is the best score of games with a seed.
fn best_of_seeds(score: u64) -> String {
    let mut bests = Bests::default();
    bests.raise(GameKind::Seed, true, score);
    bests.to_text()
}

/// Begins a game with a seed, and wins ten points in it.
fn win(table: &mut Table) {
    table.command(CommandEvent::GameRequested(Wanted::Seed(9))).play_some(2);
    assert_eq!(table.game().score(), 10);
}

#[test]
fn a_seed_in_the_address_decides_the_game() {
    for (text, seed) in [("7", 7), ("0", 0), ("18446744073709551615", u64::MAX), ("007", 7)] {
        let table = Table::open(MemoryStorage::default(), Some(text));
        let expected = Game::new(Dealer::classic(seed));
        let hand = |game: &Game| Slot::ALL.map(|slot| game.staged(slot));
        assert_eq!(hand(table.game()), hand(&expected), "{text}");
        assert_eq!(table.timeline().deal(), Deal::new(GameKind::Seed, seed), "{text}");
        assert!(table.announcer.take_noticed().is_empty(), "{text}");
    }
}

#[test]
fn what_is_not_a_seed_gets_a_notice_and_a_random_game() {
    let long = "9".repeat(5_000);
    let table = ["", " ", "-1", "1.5", "abc", "18446744073709551616", "0x10", "7 ", "１", "<b>7</b>", "\u{0}", &long];
    for text in table {
        let table = Table::open(MemoryStorage::default(), Some(text));
        let notices = table.announcer.take_noticed();
        assert!(notices.len() == 1 && notices[0].contains("is not a seed"), "{text}: {notices:?}");
        assert!(notices[0].len() < 300, "a long text is not repeated in full");
        // The port's first seed is for the sounds.
        assert_eq!(table.timeline().deal(), Deal::new(GameKind::Classic, 1_001), "{text}: the port's seed");
    }
}

#[test]
fn the_best_score_is_stored_the_moment_it_is_beaten() {
    let storage = MemoryStorage::with([(BESTS, best_of_seeds(5))]);
    let mut table = Table::open(storage, Some("7"));
    assert_eq!(best(&table), 5);
    win(&mut table);
    assert_eq!(table.storage.stored(BESTS), Some(best_of_seeds(10)));
    assert_eq!(best(&table.reopened()), 10);
}

#[test]
fn a_score_that_is_not_better_is_not_stored() {
    for score in [10, 5_000, u64::MAX] {
        let mut table = Table::open(MemoryStorage::with([(BESTS, best_of_seeds(score))]), None);
        win(&mut table);
        assert_eq!((best(&table), table.storage.stored(BESTS)), (score, Some(best_of_seeds(score))));
        let changed = table
            .app
            .world()
            .resource::<Topic<RecordChanged>>()
            .retained()
            .into_iter()
            .any(|change| change.key == BESTS);
        assert!(!changed, "{score}");
    }
}

#[test]
fn a_storage_that_fails_twice_and_then_works_loses_nothing_and_says_nothing() {
    let mut table = Table::open(MemoryStorage::default(), None);
    table.storage.refuse(Some("it is busy"));
    win(&mut table);
    // The first try failed at once, the second one fails after 250 ms.
    table.wait(400.0);
    assert!(table.books::<RecordChanged>("storage").failed >= 2);
    assert_eq!(table.storage.stored(BESTS), None);
    table.storage.refuse(None);
    table.wait(2_000.0);
    assert_eq!(table.storage.stored(BESTS), Some(best_of_seeds(10)));
    assert_eq!(table.reopened().timeline().recording(), table.timeline().recording());
    assert!(table.announcer.take_noticed().is_empty());
    let books = table.books::<RecordChanged>("storage");
    assert_eq!((books.dead, books.pending, books.in_backoff), (0, 0, 0));
}

#[test]
fn a_storage_that_always_refuses_ends_as_a_dead_letter_and_a_notice_and_the_game_goes_on() {
    let mut table = Table::open(MemoryStorage::default(), None);
    table.storage.refuse(Some("it is full"));
    win(&mut table);
    assert!(table.announcer.take_noticed().is_empty(), "it is tried again first");
    assert_eq!(best(&table), 10);
    table.wait(60_000.0);
    let notice = "Your best score cannot be stored (it is full). What you do stays until this page is closed.";
    assert!(table.announcer.take_noticed().contains(&notice.to_owned()));
    let letters = table.app.world().resource::<Topic<DeadLetter<RecordChanged>>>();
    let of_best: Vec<_> = letters.retained().into_iter().filter(|letter| letter.event.key == BESTS).collect();
    assert_eq!((of_best.len(), of_best[0].verdict.attempts, &*of_best[0].verdict.group), (1, 5, "storage"));
    let log = table.announcer.take_logged().join("\n");
    assert!(log.contains("Group `storage` has given up `blockers.bests` of topic `record changed`"), "{log}");
    assert!(log.contains("1 row cleared"), "what was done before is told: {log}");

    // It complains only once, and the next game brings a second try.
    win(&mut table);
    table.wait(60_000.0);
    assert!(!table.announcer.take_noticed().contains(&notice.to_owned()));
    table.storage.refuse(None);
    table.command(CommandEvent::GameRequested(Wanted::Another)).settle();
    assert_eq!(table.storage.stored(BESTS), Some(best_of_seeds(10)));
    let games: Vec<_> = table.stored_archive().games().iter().map(|game| (game.end, game.drops)).collect();
    assert_eq!(games, [(End::Left, 2), (End::Left, 2)], "each game is counted once");
}

#[test]
fn what_is_told_of_a_storage_is_taken_back_when_it_stores_again_and_told_when_it_fails_again() {
    let mut table = Table::open(MemoryStorage::default(), None);
    let told =
        |what: &str| format!("{what} cannot be stored (it is full). What you do stays until this page is closed.");
    let [game, best] = ["Your game", "Your best score"].map(told);
    table.storage.refuse(Some("it is full"));
    win(&mut table);
    table.wait(60_000.0);
    assert!(table.announcer.shows(&game) && table.announcer.shows(&best));

    table.storage.refuse(None);
    table.play_some(1).wait(1_000.0);
    assert!(!table.announcer.shows(&game), "the game is stored");
    assert!(table.announcer.shows(&best), "that is as it was");
    table.command(CommandEvent::GameRequested(Wanted::Another)).command(CommandEvent::GameConfirmed).wait(1_000.0);
    assert!(!table.announcer.shows(&best), "it was tried again");
    assert_eq!(table.announcer.take_noticed(), Vec::<String>::new());

    table.storage.refuse(Some("it is full"));
    table.play_some(1).wait(60_000.0);
    assert_eq!(table.announcer.take_noticed(), [game]);
}

#[test]
fn nothing_is_waited_for_when_nothing_has_failed() {
    let mut table = Table::new(7);
    table.drop_at(1, 3, 4).settle();
    table.wait(5_000.0);
    assert_eq!(table.frame().due, None);
}

#[test]
fn the_archive_goes_on_from_one_run_to_the_next() {
    let mut table = Table::new(7);
    table.play_to_the_end();
    let (drops, lines, score) = (table.game().drops(), table.game().lines(), table.game().score());
    let mut again = table.reopened();
    again.command(CommandEvent::GameRequested(Wanted::Another)).play_to_the_end();
    let totals = again.stored_archive().totals(None);
    assert_eq!((totals.games, totals.over), (2, 2));
    let sums = (2 * u64::from(drops), 2 * u64::from(lines), 2 * score);
    assert_eq!((totals.drops, totals.lines, totals.points), sums);
    assert_eq!(again.mirror().games, 2);
}

#[test]
fn an_end_that_is_told_again_counts_nothing_twice() {
    let mut table = Table::new(7);
    table.play_to_the_end().settle();
    let before = table.storage.all();
    for group in ["statistics", "daily"] {
        table.app.world_mut().seek::<GameEnded>(group, Start::Earliest).expect("there is such a group");
    }
    table.settle();
    assert_eq!((table.storage.all(), table.books::<GameEnded>("statistics").duplicates), (before, 1));
}

#[test]
fn sound_that_cannot_be_heard_yet_is_heard_soon_or_not_at_all() {
    let mut table = Table::new(7);
    table.audio.take_played();
    table.audio.lock(true);
    table.drop_at(1, 3, 4);
    assert!(!table.audio.take_played().contains(&Voice::Place { cells: 4 }));
    table.audio.lock(false);
    table.drop_at(0, 7, 7);
    let placed = |voices: Vec<Voice>| voices.into_iter().filter(|voice| matches!(voice, Voice::Place { .. })).count();
    assert_eq!(placed(table.audio.take_played()), 2, "within 150 ms");
    table.audio.lock(true);
    table.drop_at(2, 0, 0).settle();
    table.clock.advance(200.0);
    table.audio.lock(false);
    table.drop_at(0, 0, 6);
    assert_eq!(placed(table.audio.take_played()), 1, "the other one is stale");
}

#[test]
fn of_several_drops_in_a_frame_only_the_newest_is_said() {
    let mut table = Table::new(7);
    table.announcer.take_announced();
    let dropped =
        |id| Dropped { id, slot: Slot::ALL[0], kind: PointerKind::Mouse, live: true, outcome: Err(Refusal::Occupied) };
    for id in [100, 101, 102] {
        table.app.publish(dropped(id)).expect("there is such a topic");
    }
    table.frame();
    assert_eq!(table.announcer.take_announced().len(), 1);
}

#[test]
fn who_picks_a_shape_up_is_told_where_it_fits() {
    let mut table = Table::new(7);
    table.announcer.take_announced();
    table.press(slot(1));
    assert_eq!(
        table.announcer.take_announced(),
        ["Square picked up. It fits in 81 places, the first at row 1, column 1."]
    );
}

#[test]
fn the_inspector_comes_late_and_shows_what_was_before() {
    let mut table = Table::new(7);
    table.drop_at(1, 3, 4);
    assert_eq!(table.mirror().inspector, None);
    table.command(CommandEvent::InspectorToggled).settle();
    let text = table.mirror().inspector.expect("it is open");
    for part in ["record changed.dead", "persistence", "Square placed."] {
        assert!(text.contains(part), "{part}: {text}");
    }
    table.drop_at(0, 9, 9);
    assert!(table.mirror().inspector.expect("it is open").contains("Not placed"));
    table.command(CommandEvent::InspectorToggled).settle();
    assert_eq!(table.mirror().inspector, None);
    let groups: Vec<_> = table
        .app
        .world()
        .resource::<Topic<Dropped>>()
        .groups(0)
        .into_iter()
        .map(|(name, _)| name.into_owned())
        .collect();
    assert!(!groups.contains(&"inspector".to_owned()));
}

#[test]
fn a_storage_that_is_forbidden_from_the_start_costs_notices_and_no_more() {
    let storage = MemoryStorage::default();
    storage.refuse(Some("it is forbidden"));
    let mut table = Table::open(storage, None);
    win(&mut table);
    table.wait(60_000.0);
    let notices = table.announcer.take_noticed();
    assert!(!notices.is_empty() && notices.iter().all(|notice| notice.contains("it is forbidden")), "{notices:?}");
    assert_eq!(best(&table), 10);
    table.play_some(3).settle().assert_agrees("the game goes on");
}

#[test]
fn mute_and_volume_work_and_are_remembered() {
    let mut table = Table::open(MemoryStorage::default(), None);
    assert!((table.audio.volume() - 0.7).abs() < 1e-6);
    let steps = [
        (CommandEvent::VolumeSet(0.25), 0.25, "on 0.25"),
        (CommandEvent::MuteToggled, 0.0, "off 0.25"),
        (CommandEvent::MuteToggled, 0.25, "on 0.25"),
        (CommandEvent::MuteToggled, 0.0, "off 0.25"),
        (CommandEvent::VolumeSet(0.5), 0.5, "on 0.5"),
        (CommandEvent::VolumeSet(7.0), 1.0, "on 1"),
        (CommandEvent::VolumeSet(-7.0), 0.0, "on 0"),
        (CommandEvent::VolumeSet(f32::NAN), 0.0, "on 0"),
        (CommandEvent::GameRequested(Wanted::Another), 0.0, "on 0"),
    ];
    for (command, volume, stored) in steps {
        let step = format!("{command:?}");
        table.command(command);
        assert!((table.audio.volume() - volume).abs() < 1e-6, "{step}");
        assert_eq!(table.storage.stored(SOUND).as_deref(), Some(stored), "{step}");
        assert!((table.reopened().audio.volume() - volume).abs() < 1e-6, "{step}, after a reload");
    }
}

#[test]
fn settings_of_sound_that_mean_nothing_cost_a_notice_and_no_more() {
    for text in ["on", "on ", "loud 1", "on 2", "on -1", "on NaN", "on inf", "on 0.5 ", "off,0.5", "\u{0}"] {
        let table = Table::open(MemoryStorage::with([(SOUND, text)]), None);
        let notices = table.announcer.take_noticed();
        assert!(notices.len() == 1 && notices[0].contains(SOUND), "{text}: {notices:?}");
        assert_eq!(*table.app.world().resource::<SoundSettings>(), SoundSettings::default(), "{text}");
    }
}

#[test]
fn failing_to_store_the_sound_is_told_and_heard_all_the_same() {
    let mut table = Table::open(MemoryStorage::default(), None);
    table.storage.refuse(Some("it is full"));
    table.command(CommandEvent::MuteToggled);
    assert!(table.audio.volume().abs() < 1e-6);
    table.wait(60_000.0);
    let notice = "A setting cannot be stored (it is full). What you do stays until this page is closed.";
    assert_eq!(table.announcer.take_noticed(), [notice]);
}

#[test]
fn a_clock_that_goes_back_does_no_harm() {
    let mut table = Table::new(7);
    table.drop_at(1, 3, 4);
    table.clock.advance(-1e6);
    table.drop_at(0, 7, 7);
    assert_eq!(table.published_since::<Dropped>(0).len(), 2);
}

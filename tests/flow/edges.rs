//! The edges of the program: what comes from the address and the storage, and what becomes of it.

use blockers::bus::{BusExt, DeadLetter, Start, Topic};
use blockers::events::{CommandEvent, Dropped};
use blockers::handlers::command::volume::SOUND;
use blockers::handlers::main_event::persistence::BEST;
use blockers::handlers::main_event::statistics::TOTALS;
use blockers::ports::{Clock, MemoryStorage, Storage, Voice};
use blockers::rules::{Dealer, Game, Refusal, Slot};
use blockers::world::{Score, SoundSettings, Totals};

use crate::driver::{Table, red, slot};

fn storage(key: &str, text: &str) -> MemoryStorage {
    let mut storage = MemoryStorage::default();
    storage.write(key, text).expect("memory takes it");
    storage
}

fn best(table: &Table) -> u64 {
    table.app.world().resource::<Score>().best
}

/// Wins ten points.
fn win(table: &mut Table) {
    table.deal([10, 10, 10].map(red), vec![]).drop_at(0, 0, 0).drop_at(1, 0, 5);
    assert_eq!(table.app.world().resource::<Score>().points, 10);
}

#[test]
fn a_seed_in_the_address_decides_the_game() {
    for (text, seed) in [("7", 7), ("0", 0), ("18446744073709551615", u64::MAX), ("007", 7)] {
        let table = Table::open(MemoryStorage::default(), Some(text));
        let expected = Game::new(Dealer::classic(seed));
        let hand = |game: &Game| Slot::ALL.map(|slot| game.staged(slot));
        assert_eq!(hand(table.game()), hand(&expected), "{text}");
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
        let random = Game::new(Dealer::classic(1000));
        assert_eq!(table.game().staged(Slot::ALL[0]), random.staged(Slot::ALL[0]), "{text}: the port's seed");
    }
}

#[test]
fn the_best_score_is_stored_the_moment_it_is_beaten() {
    let storage = storage(BEST, "5");
    let mut table = Table::open(storage.clone(), None);
    assert_eq!(best(&table), 5);
    win(&mut table);
    assert_eq!(storage.read(BEST), Ok(Some("10".into())));
    assert_eq!(best(&Table::open(storage, None)), 10);
}

#[test]
fn a_score_that_is_not_better_is_not_stored() {
    let storage = storage(BEST, "5000");
    let mut table = Table::open(storage.clone(), None);
    win(&mut table);
    assert_eq!((best(&table), storage.read(BEST)), (5000, Ok(Some("5000".into()))));
}

#[test]
fn a_better_score_of_another_page_is_not_overwritten() {
    let mut storage = MemoryStorage::default();
    let mut table = Table::open(storage.clone(), None);
    storage.write(BEST, "700").expect("memory takes it");
    win(&mut table);
    assert_eq!(storage.read(BEST), Ok(Some("700".into())));
}

#[test]
fn a_stored_best_that_means_nothing_costs_a_notice_and_no_more() {
    for text in ["", "abc", "-5", "NaN", "1e9", "12.5", "99999999999999999999999", "null", "{}", "\u{0}\u{ffff}"] {
        let storage = storage(BEST, text);
        let mut table = Table::open(storage.clone(), None);
        let notices = table.announcer.take_noticed();
        assert!(notices.len() == 1 && notices[0].contains(BEST), "{text}: {notices:?}");
        assert_eq!(best(&table), 0, "{text}");
        assert_eq!(storage.read(BEST), Ok(Some(text.into())), "what was there stays until there is something better");
        win(&mut table);
        assert_eq!(storage.read(BEST), Ok(Some("10".into())), "{text}");
    }
}

#[test]
fn the_greatest_best_there_is_does_no_harm() {
    let mut table = Table::open(storage(BEST, &u64::MAX.to_string()), None);
    win(&mut table);
    assert_eq!(best(&table), u64::MAX);
}

/// Lets time pass, with the frames that the program asks for.
fn wait(table: &mut Table, milliseconds: f64) {
    let end = table.clock.now() + milliseconds;
    loop {
        let frame = table.frame();
        let pause = if frame.again { 16.0 } else { frame.due.unwrap_or(f64::MAX) };
        if table.clock.now() + pause > end {
            return;
        }
        table.clock.advance(pause);
    }
}

#[test]
fn a_storage_that_fails_twice_and_then_works_loses_nothing_and_says_nothing() {
    let storage = MemoryStorage::default();
    let mut table = Table::open(storage.clone(), None);
    storage.refuse(Some("it is busy"));
    win(&mut table);
    // The first try failed at once, the second one fails after 250 ms.
    wait(&mut table, 400.0);
    storage.refuse(None);
    wait(&mut table, 1_000.0);
    assert_eq!(storage.read(BEST), Ok(Some("10".into())));
    assert_eq!(storage.read(TOTALS), Ok(Some("0 2 1 10".into())));
    assert!(table.announcer.take_noticed().is_empty());
    let failures = table.published_failures("persistence");
    assert_eq!(
        failures.iter().map(|failure| (failure.attempts, failure.given_up)).collect::<Vec<_>>(),
        [(1, false), (2, false)]
    );
}

#[test]
fn a_storage_that_always_refuses_ends_as_a_dead_letter_and_a_notice_and_the_game_goes_on() {
    let storage = MemoryStorage::default();
    let mut table = Table::open(storage.clone(), None);
    storage.refuse(Some("it is full"));
    win(&mut table);
    assert!(table.announcer.take_noticed().is_empty(), "it is tried again first");
    assert_eq!(best(&table), 10);
    wait(&mut table, 60_000.0);
    let notice = "Your best score cannot be stored (it is full). It stays until this page is closed.";
    assert!(table.announcer.take_noticed().contains(&notice.to_owned()));
    let failures = table.published_failures("persistence");
    let tries: Vec<_> = failures.iter().map(|failure| (failure.attempts, failure.given_up)).collect();
    assert_eq!(tries, [(1, false), (2, false), (3, false), (4, false), (5, true)]);
    let letters = table.app.world().resource::<Topic<DeadLetter<Dropped>>>();
    let of_best: Vec<_> = letters.retained().filter(|letter| letter.verdict.group == "persistence").collect();
    assert_eq!((of_best.len(), of_best[0].verdict.attempts, of_best[0].event.seq()), (1, 5, 1));
    let log = table.announcer.take_logged().join("\n");
    assert!(log.contains("Group `persistence` has given up event 1") && log.contains("1 row cleared"), "{log}");

    // It complains only once, and the next game brings a second try.
    win(&mut table);
    wait(&mut table, 60_000.0);
    assert!(!table.announcer.take_noticed().contains(&notice.to_owned()));
    storage.refuse(None);
    table.command(CommandEvent::NewGameRequested).settle();
    assert_eq!(storage.read(BEST), Ok(Some("10".into())));
    assert_eq!(storage.read(TOTALS), Ok(Some("0 4 2 20".into())), "each drop is counted once");
}

#[test]
fn nothing_is_waited_for_when_nothing_has_failed() {
    let mut table = Table::new(7);
    table.drop_at(1, 3, 4).settle();
    wait(&mut table, 5_000.0);
    assert_eq!(table.frame().due, None);
}

#[test]
fn the_totals_go_on_from_one_run_to_the_next() {
    let storage = MemoryStorage::default();
    let mut table = Table::open(storage.clone(), Some("7"));
    table.play_to_the_end();
    let (drops, lines, score) = (table.game().drops(), table.game().lines(), table.game().score());
    assert_eq!(storage.read(TOTALS), Ok(Some(format!("1 {drops} {lines} {score}"))));
    let mut again = Table::open(storage.clone(), Some("7"));
    again.play_to_the_end();
    assert_eq!(storage.read(TOTALS), Ok(Some(format!("2 {} {} {}", 2 * drops, 2 * lines, 2 * score))));
    assert_eq!(again.mirror().totals.games, 2);
}

#[test]
fn a_replay_of_what_happened_counts_nothing_twice() {
    let storage = MemoryStorage::default();
    let mut table = Table::open(storage.clone(), Some("7"));
    table.drop_at(1, 3, 4).drop_at(0, 7, 7);
    let before = storage.read(TOTALS);
    table.app.world_mut().seek::<Dropped>("statistics", Start::Earliest).expect("there is such a group");
    table.settle();
    assert_eq!(storage.read(TOTALS), before);
}

#[test]
fn totals_that_mean_nothing_cost_a_notice_and_no_more() {
    for text in ["", "1", "1 2 3", "1 2 3 4 5", "1 2 3 x", "-1 2 3 4", "1  2 3 4", "99999999999999999999 0 0 0"] {
        let table = Table::open(storage(TOTALS, text), None);
        let notices = table.announcer.take_noticed();
        assert!(notices.len() == 1 && notices[0].contains(TOTALS), "{text}: {notices:?}");
        assert_eq!(*table.app.world().resource::<Totals>(), Totals::default(), "{text}");
    }
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
    let dropped = |id| Dropped { id, slot: Slot::ALL[0], outcome: Err(Refusal::Occupied) };
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
    assert!(text.contains("dropped.dead") && text.contains("persistence") && text.contains("Square placed."), "{text}");
    table.drop_at(0, 9, 9);
    assert!(table.mirror().inspector.expect("it is open").contains("Not placed"));
    table.command(CommandEvent::InspectorToggled).settle();
    assert_eq!(table.mirror().inspector, None);
    let groups: Vec<_> =
        table.app.world().resource::<Topic<Dropped>>().groups(0).map(|(name, _)| name.to_owned()).collect();
    assert!(!groups.contains(&"inspector".to_owned()));
}

#[test]
fn a_storage_that_cannot_be_read_at_the_start_costs_a_notice() {
    let storage = MemoryStorage::default();
    storage.refuse(Some("it is forbidden"));
    let mut table = Table::open(storage, None);
    let notices = table.announcer.take_noticed();
    assert!(!notices.is_empty() && notices.iter().all(|notice| notice.contains("it is forbidden")), "{notices:?}");
    win(&mut table);
    assert_eq!(best(&table), 10);
}

#[test]
fn mute_and_volume_work_and_are_remembered() {
    let storage = MemoryStorage::default();
    let mut table = Table::open(storage.clone(), None);
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
        (CommandEvent::NewGameRequested, 0.0, "on 0"),
    ];
    for (command, volume, stored) in steps {
        table.command(command);
        assert!((table.audio.volume() - volume).abs() < 1e-6, "{command:?}");
        assert_eq!(storage.read(SOUND), Ok(Some(stored.into())), "{command:?}");
        let again = Table::open(storage.clone(), None);
        assert!((again.audio.volume() - volume).abs() < 1e-6, "{command:?}, after a reload");
    }
}

#[test]
fn settings_of_sound_that_mean_nothing_cost_a_notice_and_no_more() {
    for text in ["", "on", "on ", "loud 1", "on 2", "on -1", "on NaN", "on inf", "on 0.5 ", "off,0.5", "\u{0}"] {
        let table = Table::open(storage(SOUND, text), None);
        let notices = table.announcer.take_noticed();
        assert!(notices.len() == 1 && notices[0].contains(SOUND), "{text}: {notices:?}");
        assert_eq!(*table.app.world().resource::<SoundSettings>(), SoundSettings::default(), "{text}");
    }
}

#[test]
fn failing_to_store_the_sound_is_told_and_heard_all_the_same() {
    let storage = MemoryStorage::default();
    let mut table = Table::open(storage.clone(), None);
    storage.refuse(Some("it is full"));
    table.command(CommandEvent::MuteToggled);
    assert!(table.audio.volume().abs() < 1e-6);
    assert_eq!(table.announcer.take_noticed().len(), 1);
}

#[test]
fn a_clock_that_goes_back_does_no_harm() {
    let mut table = Table::new(7);
    table.drop_at(1, 3, 4);
    table.clock.advance(-1e6);
    table.drop_at(0, 7, 7);
    assert_eq!(table.published_since::<Dropped>(0).len(), 2);
}

//! The edges of the program: what comes from the address and the storage, and what becomes of it.

use blockers::bus::{Failure, Topic};
use blockers::events::{CommandEvent, Dropped};
use blockers::handlers::command::volume::SOUND;
use blockers::handlers::main_event::persistence::BEST;
use blockers::ports::{MemoryStorage, Storage};
use blockers::rules::{Dealer, Game, Slot};
use blockers::world::{Score, SoundSettings};

use crate::driver::{Table, red};

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

#[test]
fn a_storage_that_refuses_costs_a_notice_and_the_game_goes_on() {
    let storage = MemoryStorage::default();
    let mut table = Table::open(storage.clone(), None);
    storage.refuse(Some("it is full"));
    win(&mut table);
    let notices = table.announcer.take_noticed();
    assert_eq!(notices, ["Your best score cannot be stored (it is full). It stays until this page is closed."]);
    assert_eq!(best(&table), 10);
    let failure = table.app.world().resource::<Topic<Failure>>().retained().next().expect("it was published");
    assert_eq!((&*failure.topic, &*failure.group), ("dropped", "persistence"));

    // It is tried again with the next better score, and complains only once.
    win(&mut table);
    assert!(table.announcer.take_noticed().is_empty());
    let said = table.announcer.take_announced().pop();
    assert!(said.is_some_and(|said| said.contains("10 points")), "who comes after it is not disturbed");
    storage.refuse(None);
    win(&mut table);
    assert_eq!(storage.read(BEST), Ok(Some("10".into())));
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

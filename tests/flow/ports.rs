//! The ports: seeds in the address, the sound, announcements, the inspector, repeated events, and the clock.

use blockers::events::{Command, DragSource, Dropped, GameCommand, GameEnded, SoundCommand};
use blockers::ports::{MemoryStorage, Storage, Voice};
use blockers::records::SOUND;
use blockers::world::{SoundSettings, Wanted};
use blockers_event_bus::{StartAt, WorldBusExt};
use blockers_rules::{Deal, Dealer, Game, GameKind, Refusal, Slot};

use crate::driver::{Session, slot};

#[test]
fn the_seed_in_the_address_selects_the_game() {
    for (text, seed) in [("7", 7), ("0", 0), ("18446744073709551615", u64::MAX), ("007", 7)] {
        let session = Session::open(MemoryStorage::default(), Some(text));
        let expected = Game::new(Dealer::classic(seed));
        let hand = |game: &Game| Slot::ALL.map(|slot| game.staged(slot));
        assert_eq!(hand(session.game()), hand(&expected), "{text}");
        assert_eq!(session.timeline().deal(), Deal::new(GameKind::Seed, seed), "{text}");
        assert!(session.announcer.take_noticed().is_empty(), "{text}");
    }
}

#[test]
fn an_invalid_seed_gets_a_notice_and_a_random_game() {
    let long = "9".repeat(5_000);
    let cases = ["", " ", "-1", "1.5", "abc", "18446744073709551616", "0x10", "7 8", "1,5", "<b>7</b>", "\u{0}", &long];
    for text in cases {
        let session = Session::open(MemoryStorage::default(), Some(text));
        let notices = session.announcer.take_noticed();
        assert!(notices.len() == 1 && notices[0].contains("is not a seed"), "{text}: {notices:?}");
        assert!(notices[0].len() < 300, "a long text is shortened");
        // The sounds take the first seed of the port, 1000.
        assert_eq!(session.timeline().deal(), Deal::new(GameKind::Classic, 1_001), "{text}");
    }
}

#[test]
fn the_archive_continues_after_a_restart() {
    let mut session = Session::new(7);
    session.play_to_end();
    let (drops, lines, score) = (session.game().drops(), session.game().lines(), session.game().score());
    let mut again = session.reopened();
    again.command(GameCommand::Request(Wanted::Another)).play_to_end();
    let totals = again.stored_archive().totals(None);
    assert_eq!((totals.games, totals.over), (2, 2));
    let sums = (2 * u64::from(drops), 2 * u64::from(lines), 2 * score);
    assert_eq!((totals.drops, totals.lines, totals.points), sums);
    assert_eq!(again.view_model().games, 2);
}

#[test]
fn a_game_ended_event_that_is_delivered_again_counts_nothing_twice() {
    let mut session = Session::new(7);
    session.play_to_end().settle();
    let before = session.storage.all();
    for group in ["statistics", "daily"] {
        session.app.world_mut().seek::<GameEnded>(group, StartAt::Earliest).unwrap();
    }
    session.settle();
    assert_eq!((session.storage.all(), session.group_stats::<GameEnded>("statistics").duplicates), (before, 1));
}

#[test]
fn a_sound_that_is_locked_is_played_within_150_ms_or_not_at_all() {
    let mut session = Session::new(7);
    session.audio.take_played();
    session.audio.lock(true);
    session.drop_at(1, 3, 4);
    assert!(!session.audio.take_played().contains(&Voice::Place { cells: 4 }));
    session.audio.lock(false);
    session.drop_at(0, 7, 7);
    let placed = |voices: Vec<Voice>| voices.into_iter().filter(|voice| matches!(voice, Voice::Place { .. })).count();
    assert_eq!(placed(session.audio.take_played()), 2, "within 150 ms");
    session.audio.lock(true);
    session.drop_at(2, 0, 0).settle();
    session.clock.advance(200.0);
    session.audio.lock(false);
    session.drop_at(0, 0, 6);
    assert_eq!(placed(session.audio.take_played()), 1, "the older sound has expired");
}

#[test]
fn only_the_newest_of_several_drops_in_a_frame_is_announced() {
    let mut session = Session::new(7);
    session.announcer.take_announced();
    for (id, refusal) in (100..).zip([Refusal::Occupied, Refusal::Occupied, Refusal::OffBoard]) {
        let (slot, source) = (Slot::ALL[0], DragSource::Mouse);
        session.publish(Dropped { id, slot, source, live: true, outcome: Err(refusal) });
    }
    session.frame();
    assert_eq!(session.announcer.take_announced(), ["Not placed: the shape would leave the board."]);
}

#[test]
fn picking_up_a_shape_announces_where_it_fits() {
    let mut session = Session::new(7);
    session.announcer.take_announced();
    session.press(slot(1));
    assert_eq!(
        session.announcer.take_announced(),
        ["Square picked up. It fits in 81 places, the first at row 1, column 1."]
    );
}

#[test]
fn the_inspector_shows_events_from_before_it_was_opened() {
    let mut session = Session::new(7);
    session.drop_at(1, 3, 4);
    assert_eq!(session.view_model().inspector, None);
    session.command(Command::ToggleInspector).settle();
    assert!(session.groups::<Dropped>().contains(&"inspector".to_owned()));
    let text = session.view_model().inspector.unwrap();
    for part in ["record changed.dead", "storage", "Square placed."] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let table = text.lines().skip_while(|line| !line.starts_with("topic "));
    let widths: Vec<_> = table.map(|line| line.chars().count()).collect();
    assert!(widths.len() > 50 && widths.iter().all(|width| *width == 45), "it fits on a phone: {text}");
    session.drop_at(0, 9, 9);
    assert!(session.view_model().inspector.unwrap().contains("Not placed"));
    session.command(Command::ToggleInspector).settle();
    assert_eq!(session.view_model().inspector, None);
    assert!(!session.groups::<Dropped>().contains(&"inspector".to_owned()));
}

#[test]
fn mute_and_volume_take_effect_and_are_stored() {
    let mut session = Session::open(MemoryStorage::default(), None);
    assert!((session.audio.volume() - 0.7).abs() < 1e-6);
    let steps = [
        (Command::from(SoundCommand::SetVolume(0.25)), 0.25, "on 0.25"),
        (SoundCommand::ToggleMute.into(), 0.0, "off 0.25"),
        (SoundCommand::ToggleMute.into(), 0.25, "on 0.25"),
        (SoundCommand::ToggleMute.into(), 0.0, "off 0.25"),
        (SoundCommand::SetVolume(0.5).into(), 0.5, "on 0.5"),
        (SoundCommand::SetVolume(7.0).into(), 1.0, "on 1"),
        (SoundCommand::SetVolume(-7.0).into(), 0.0, "on 0"),
        (SoundCommand::SetVolume(f32::NAN).into(), 0.0, "on 0"),
        (GameCommand::Request(Wanted::Another).into(), 0.0, "on 0"),
    ];
    for (command, volume, stored) in steps {
        let step = format!("{command:?}");
        session.command(command);
        assert!((session.audio.volume() - volume).abs() < 1e-6, "{step}");
        assert_eq!(session.storage.stored(SOUND).as_deref(), Some(stored), "{step}");
        assert!((session.reopened().audio.volume() - volume).abs() < 1e-6, "{step}, after a restart");
    }
}

#[test]
fn invalid_sound_settings_get_a_notice_and_are_replaced_by_the_defaults() {
    for text in ["on", "on ", "loud 1", "on 2", "on -1", "on NaN", "on inf", "on 0.5 ", "off,0.5", "\u{0}"] {
        let session = Session::open(MemoryStorage::with([(SOUND, text)]), None);
        let notices = session.announcer.take_noticed();
        assert!(notices.len() == 1 && notices[0].contains(SOUND), "{text}: {notices:?}");
        assert_eq!(*session.app.world().resource::<SoundSettings>(), SoundSettings::default(), "{text}");
    }
}

#[test]
fn drops_work_after_the_clock_was_set_back() {
    let mut session = Session::new(7);
    session.drop_at(1, 3, 4);
    session.clock.advance(-1e6);
    session.drop_at(0, 7, 7);
    let accepted: Vec<_> = session.published::<Dropped>().iter().map(|drop| drop.outcome.is_ok()).collect();
    assert_eq!(accepted, [true, true]);
    session.assert_consistent("after the second drop");
}

//! Every drop is stored, and a program that is started later resumes the game, as far as its records are intact.

use blockers::app::StartOptions;
use blockers::events::{Cause, GameCommand, SoundCommand, TableSet};
use blockers::ports::{MemoryStorage, Storage};
use blockers::records::{GAME, Records, SOUND, SavedGame, seal, set_aside_key};
use blockers::world::{Panel, Wanted};
use blockers_rules::{Deal, GameKind, Recording};

use crate::driver::{Session, cell, slot};
use crate::games::{first_drop, last_drop, recorded, snapshot};

/// Returns the generation and the number of drops in each of the game's two records.
fn generations(session: &Session) -> [Option<(u64, usize)>; 2] {
    GAME.map(|key| {
        let saved = session.storage.stored(key).map(|text| SavedGame::parse(&text).unwrap());
        saved.map(|saved| (saved.generation, saved.recording.drops.len()))
    })
}

/// Returns what a program has stored after this many drops. If it is odd, the second record is the newest.
fn stored_after(drops: u32) -> Records {
    Session::new(7).play_drops(drops).storage.all()
}

/// Returns an illegal game: its first drop is made twice.
fn illegal() -> Recording {
    let mut recording = recorded(Deal::new(GameKind::Classic, 7), first_drop, 6);
    recording.drops.insert(1, recording.drops[0]);
    recording
}

#[test]
fn after_every_drop_a_restart_resumes_the_same_game() {
    let mut session = Session::new(9);
    while session.drop_with(first_drop).is_some() {
        let mut again = session.reopened();
        assert_eq!(snapshot(again.game()), snapshot(session.game()));
        assert_eq!(again.timeline().recording(), session.timeline().recording());
        assert_eq!((again.play().own.id, again.steps()), (session.play().own.id, (true, false)));
        assert_eq!(again.last_event::<TableSet>().map(|set| set.cause), Some(Cause::Resumed));
        assert!(again.announcer.take_noticed().is_empty());
        again.assert_consistent("after a restart");
        again.undo().settle();
        assert_eq!(again.game().drops() + 1, session.game().drops(), "undo works");
    }
    assert!(session.game().is_over());
}

#[test]
fn each_write_replaces_the_older_of_the_two_records() {
    let mut session = Session::new(7);
    assert_eq!(generations(&session), [Some((1, 0)), None]);
    for drops in 1..8_usize {
        session.drop_with(first_drop);
        let (newest, before) = (Some((drops as u64 + 1, drops)), Some((drops as u64, drops - 1)));
        let expected = if drops % 2 == 0 { [newest, before] } else { [before, newest] };
        assert_eq!(generations(&session), expected, "{drops} drops");
    }
}

#[test]
fn the_changes_of_one_frame_are_written_in_one_write() {
    let mut session = Session::new(9);
    let writes = |session: &Session| session.storage.writes();
    let before = writes(&session);
    session.drop_with(last_drop);
    assert_eq!(writes(&session), before + 1, "the game");
    session.press(slot(0)).move_to(cell(9, 9)).release().settle();
    assert_eq!(writes(&session), before + 1, "a refused drop changes nothing");

    let mut session = Session::new(9);
    session.play_drops(1);
    let before = writes(&session);
    session.play_drops(1).settle();
    assert_eq!((session.game().score(), writes(&session)), (10, before + 1), "the game and the best score");
    session.command(GameCommand::Request(Wanted::Another)).settle();
    assert_eq!(writes(&session), before + 2, "the next game and the statistics");

    while !session.game().is_over() {
        let before = writes(&session);
        session.play_drops(1);
        assert_eq!(writes(&session), before + 1, "one write per drop, also for the last one");
    }
    assert_eq!(session.stored_archive().games().len(), 2);
}

/// Damages the text of a record.
type Damage = fn(&str) -> String;

const DAMAGES: [(&str, Damage); 4] = [
    ("cut off", |text| text[..text.len() - 3].to_owned()),
    ("changed", |text| text.replacen("1 ", "1 1", 1)),
    ("no record", |_| "garbage".to_owned()),
    ("an unknown version", |_| seal("2 unknown")),
];

#[test]
fn a_damaged_newest_record_loses_one_drop_with_a_notice() {
    for (name, damage) in DAMAGES {
        let mut records = stored_after(5);
        let damaged = damage(&records[GAME[1]]);
        records.insert(GAME[1].to_owned(), damaged.clone());
        let mut session = Session::open(MemoryStorage::with(records), None);
        let notices = session.announcer.take_noticed();
        assert!(notices.len() == 1 && notices[0].contains(GAME[1]), "{name}: {notices:?}");
        assert_eq!(session.game().drops(), 4, "{name}");
        assert_eq!(session.storage.stored(&set_aside_key(GAME[1])), Some(damaged), "{name}: it is set aside");
        session.play_drops(1);
        let again = session.reopened();
        assert_eq!(
            (snapshot(again.game()), again.announcer.take_noticed().len()),
            (snapshot(session.game()), 0),
            "{name}"
        );
    }
}

#[test]
fn two_damaged_records_lose_the_game_and_a_new_one_starts() {
    for (name, damage) in DAMAGES {
        let mut records = stored_after(5);
        let damaged = GAME.map(|key| damage(&records[key]));
        for (key, text) in GAME.into_iter().zip(&damaged) {
            records.insert(key.to_owned(), text.clone());
        }
        let mut session = Session::open(MemoryStorage::with(records), None);
        let notices = session.announcer.take_noticed();
        assert_eq!(notices.len(), 2, "{name}: {notices:?}");
        for ((key, text), notice) in GAME.into_iter().zip(damaged).zip(notices) {
            assert!(notice.contains(key) && notice.contains("set aside"), "{name}: {notice}");
            assert_eq!(session.storage.stored(&set_aside_key(key)), Some(text), "{name}");
        }
        assert_eq!(session.game().drops(), 0, "{name}");
        session.play_drops(3).settle().assert_consistent(name);
        let again = session.reopened();
        assert_eq!(
            (snapshot(again.game()), again.announcer.take_noticed().len()),
            (snapshot(session.game()), 0),
            "{name}"
        );
    }
}

#[test]
fn a_record_of_an_illegal_game_is_rejected_even_with_a_valid_seal() {
    let illegal = SavedGame::new(1, 99, illegal()).to_text();
    let cases: [(&[usize], u32); 3] = [(&[1], 4), (&[0], 5), (&[0, 1], 0)];
    for (slots, drops) in cases {
        let mut records = stored_after(5);
        for &slot in slots {
            records.insert(GAME[slot].to_owned(), illegal.clone());
        }
        let mut session = Session::open(MemoryStorage::with(records), None);
        let notices = session.announcer.take_noticed();
        assert_eq!(notices.len(), slots.len(), "{slots:?}: {notices:?}");
        assert!(notices.iter().all(|notice| notice.contains("drop 2, ")), "{notices:?}");
        assert_eq!(session.game().drops(), drops, "{slots:?}");
        session.play_drops(2);
        assert_eq!(snapshot(session.reopened().game()), snapshot(session.game()), "{slots:?}");
    }
}

#[test]
fn one_failed_write_loses_nothing() {
    for failing in 0..4 {
        let mut session = Session::new(9);
        for drop in 0..4 {
            session.storage.refuse((drop == failing).then_some("it is busy"));
            session.play_drops(1);
        }
        session.storage.refuse(None);
        session.wait(5_000.0);
        let again = session.reopened();
        assert_eq!(again.timeline().recording(), session.timeline().recording(), "write {failing} fails");
        assert_eq!(session.stored_bests().get(GameKind::Seed, true), 10, "write {failing} fails");
        assert!(session.announcer.take_noticed().is_empty(), "write {failing} fails");
    }
}

#[test]
fn a_failed_write_is_retried_even_if_another_record_was_stored_since() {
    let mut session = Session::new(7);
    session.storage.refuse(Some("it is busy"));
    session.command(SoundCommand::SetVolume(0.5));
    session.storage.refuse(None);
    session.play_drops(1);
    session.wait(10_000.0);
    assert_eq!(session.storage.stored(SOUND).as_deref(), Some("on 0.5"));
}

#[test]
fn a_full_storage_causes_one_notice_per_record_and_the_game_continues() {
    let mut session = Session::new(9);
    session.storage.refuse(Some("it is full"));
    session.play_to_end().wait(60_000.0);
    let mut notices = session.announcer.take_noticed();
    notices.sort();
    let notice =
        |what: &str| format!("{what} cannot be saved (it is full). Changes will be lost when you close this page.");
    assert_eq!(notices, ["Your best score", "Your game", "Your statistics"].map(notice));
    assert!(session.view_model().ended.is_some());
    session.command(GameCommand::Request(Wanted::Another)).play_drops(5).wait(60_000.0);
    assert_eq!((session.game().drops(), session.announcer.take_noticed().len()), (5, 0));

    session.storage.refuse(None);
    session.play_drops(1);
    session.command(GameCommand::Request(Wanted::Another)).settle();
    let again = session.reopened();
    assert_eq!(again.timeline().recording(), session.timeline().recording());
    assert_eq!((again.stored_bests().get(GameKind::Seed, true), again.stored_archive().games().len()), (120, 1));
}

#[test]
fn a_seed_in_the_address_resumes_its_game_or_asks_before_replacing_another() {
    let question = |seed: u64| Some(Panel::Question(Wanted::Seed(seed)));
    // The drops of the stored game (seed 9), the seed in the address; the question, the seed and the drops afterwards.
    let cases: [(u32, u64, Option<Panel>, u64, u32); 8] = [
        (5, 9, None, 9, 5),
        (0, 9, None, 9, 0),
        (5, 7, question(7), 9, 5),
        (3, 7, question(7), 9, 3),
        (2, 7, None, 7, 0),
        (0, 7, None, 7, 0),
        (29, 7, None, 7, 0),
        (29, 9, None, 9, 29),
    ];
    for (drops, asked, panel, seed, left) in cases {
        let mut before = Session::new(9);
        before.play_drops(drops);
        let options = StartOptions { seed: Some(asked.to_string()), ..StartOptions::default() };
        let mut session = before.reopened_with(&options);
        let context = format!("seed {asked} over {drops} drops");
        assert_eq!(session.view_model().panel, panel, "{context}");
        assert_eq!(
            (session.timeline().deal(), session.game().drops()),
            (Deal::new(GameKind::Seed, seed), left),
            "{context}"
        );
        session.assert_consistent(&context);
        if panel.is_some() {
            session.command(GameCommand::Confirm).settle();
            assert_eq!(
                (session.timeline().deal().seed, session.game().drops()),
                (asked, 0),
                "{context}, answered with yes"
            );
        }
        let ended = u64::from(drops == 29 || (drops > 0 && asked == 7));
        assert_eq!(session.stored_archive().totals(None).games, ended, "{context}");
        assert_eq!(session.reopened().timeline().recording(), session.timeline().recording(), "{context}");
    }
}

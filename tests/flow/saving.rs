//! The game outlives the program: every drop is stored, and what is stored is found again or told to be lost.

use blockers::app::Wishes;
use blockers::events::{Cause, CommandEvent, TableSet};
use blockers::loading::SOUND;
use blockers::ports::{MemoryStorage, Records, Storage};
use blockers::records::{GAME, SavedGame, aside, seal};
use blockers::rules::{Deal, GameKind, Recording};
use blockers::world::{Panel, Wanted};

use crate::driver::{Table, cell, slot};
use crate::games::{first_drop, last_drop, recorded, seen};

/// The generations in the two records of the game, and how many drops each has.
fn generations(table: &Table) -> [Option<(u64, usize)>; 2] {
    GAME.map(|key| {
        let saved = table.storage.stored(key).map(|text| SavedGame::parse(&text).expect("it is whole"));
        saved.map(|saved| (saved.generation, saved.recording.drops.len()))
    })
}

/// What a program has stored after so many drops. The newest record is the second one if they are odd.
fn after(drops: u32) -> Records {
    Table::new(7).play_some(drops).storage.all()
}

/// A game that the rules do not allow: its first drop is made twice.
fn illegal() -> Recording {
    let mut recording = recorded(Deal::new(GameKind::Classic, 7), first_drop, 6);
    recording.drops.insert(1, recording.drops[0]);
    recording
}

#[test]
fn after_every_drop_another_program_finds_the_same_game() {
    let mut table = Table::new(9);
    while table.drop_as(first_drop).is_some() {
        let mut again = table.reopened();
        assert_eq!(seen(again.game()), seen(table.game()));
        assert_eq!(again.timeline().recording(), table.timeline().recording());
        assert_eq!((again.play().own.id, again.mirror().steps), (table.play().own.id, [true, false]));
        assert_eq!(again.last::<TableSet>().map(|table| table.cause), Some(Cause::Resumed));
        assert!(again.announcer.take_noticed().is_empty());
        again.assert_agrees("opened again");
        again.undo().settle();
        assert_eq!(again.game().drops() + 1, table.game().drops(), "and can go back in it");
    }
    assert!(table.game().is_over());
}

#[test]
fn of_the_two_records_always_the_older_one_is_written() {
    let mut table = Table::new(7);
    assert_eq!(generations(&table), [Some((1, 0)), None]);
    for drops in 1..8_usize {
        table.drop_as(first_drop);
        let (newest, before) = (Some((drops as u64 + 1, drops)), Some((drops as u64, drops - 1)));
        let expected = if drops % 2 == 0 { [newest, before] } else { [before, newest] };
        assert_eq!(generations(&table), expected, "{drops} drops");
    }
}

#[test]
fn what_changes_in_one_frame_is_written_in_one_write_and_nothing_else_is() {
    let mut table = Table::new(9);
    let writes = |table: &Table| table.storage.writes();
    let before = writes(&table);
    table.drop_as(last_drop);
    assert_eq!(writes(&table), before + 1, "the game");
    table.press(slot(0)).move_to(cell(9, 9)).release().settle();
    assert_eq!(writes(&table), before + 1, "a refused drop changes nothing");

    let mut table = Table::new(9);
    table.play_some(1);
    let before = writes(&table);
    table.play_some(1).settle();
    assert_eq!((table.game().score(), writes(&table)), (10, before + 1), "the game and the best score");
    table.command(CommandEvent::GameRequested(Wanted::Another)).settle();
    assert_eq!(writes(&table), before + 2, "the next game and the statistics");

    while !table.game().is_over() {
        let before = writes(&table);
        table.play_some(1);
        assert_eq!(writes(&table), before + 1, "with the last drop the statistics too");
    }
    assert_eq!(table.stored_archive().games().len(), 2);
}

/// A way in which a text is spoiled.
type Spoil = fn(&str) -> String;

const SPOILS: [(&str, Spoil); 4] = [
    ("cut off", |text| text[..text.len() - 3].to_owned()),
    ("changed", |text| text.replacen("1 ", "1 1", 1)),
    ("rubbish", |_| "rubbish".to_owned()),
    ("another program's", |_| seal("2 whatever it is")),
];

#[test]
fn a_damaged_newest_record_costs_one_drop_and_a_notice() {
    for (name, spoil) in SPOILS {
        let mut records = after(5);
        let spoiled = spoil(&records[GAME[1]]);
        records.insert(GAME[1].to_owned(), spoiled.clone());
        let mut table = Table::open(MemoryStorage::with(records), None);
        let notices = table.announcer.take_noticed();
        assert!(notices.len() == 1 && notices[0].contains(GAME[1]), "{name}: {notices:?}");
        assert_eq!(table.game().drops(), 4, "{name}");
        assert_eq!(table.storage.stored(&aside(GAME[1])), Some(spoiled), "{name}: it is kept aside");
        table.play_some(1);
        let again = table.reopened();
        assert_eq!((seen(again.game()), again.announcer.take_noticed().len()), (seen(table.game()), 0), "{name}");
    }
}

#[test]
fn two_damaged_records_cost_the_game_and_play_goes_on() {
    for (name, spoil) in SPOILS {
        let mut records = after(5);
        let spoiled = GAME.map(|key| spoil(&records[key]));
        for (key, text) in GAME.into_iter().zip(&spoiled) {
            records.insert(key.to_owned(), text.clone());
        }
        let mut table = Table::open(MemoryStorage::with(records), None);
        let notices = table.announcer.take_noticed();
        assert_eq!(notices.len(), 2, "{name}: {notices:?}");
        for ((key, text), notice) in GAME.into_iter().zip(spoiled).zip(notices) {
            assert!(notice.contains(key) && notice.contains("kept aside"), "{name}: {notice}");
            assert_eq!(table.storage.stored(&aside(key)), Some(text), "{name}");
        }
        assert_eq!(table.game().drops(), 0, "{name}");
        table.play_some(3).settle().assert_agrees(name);
        let again = table.reopened();
        assert_eq!((seen(again.game()), again.announcer.take_noticed().len()), (seen(table.game()), 0), "{name}");
    }
}

#[test]
fn a_game_against_the_rules_is_not_taken_though_its_seal_is_right() {
    let tampered = SavedGame::new(1, 99, illegal()).to_text();
    let table: [(&[usize], u32); 3] = [(&[1], 4), (&[0], 5), (&[0, 1], 0)];
    for (slots, drops) in table {
        let mut records = after(5);
        for &slot in slots {
            records.insert(GAME[slot].to_owned(), tampered.clone());
        }
        let mut table = Table::open(MemoryStorage::with(records), None);
        let notices = table.announcer.take_noticed();
        assert_eq!(notices.len(), slots.len(), "{slots:?}: {notices:?}");
        assert!(notices.iter().all(|notice| notice.contains("drop 2, ")), "{notices:?}");
        assert_eq!(table.game().drops(), drops, "{slots:?}");
        table.play_some(2);
        assert_eq!(seen(table.reopened().game()), seen(table.game()), "{slots:?}");
    }
}

#[test]
fn a_storage_that_fails_at_one_write_and_then_works_loses_nothing() {
    for failing in 0..4 {
        let mut table = Table::new(9);
        for drop in 0..4 {
            table.storage.refuse((drop == failing).then_some("it is busy"));
            table.play_some(1);
        }
        table.storage.refuse(None);
        table.wait(5_000.0);
        let again = table.reopened();
        assert_eq!(again.timeline().recording(), table.timeline().recording(), "the {failing}th fails");
        assert_eq!(table.stored_bests().get(GameKind::Seed, true), 10, "the {failing}th fails");
        assert!(table.announcer.take_noticed().is_empty(), "the {failing}th fails");
    }
}

#[test]
fn what_failed_is_tried_again_although_something_else_was_stored_meanwhile() {
    let mut table = Table::new(7);
    table.storage.refuse(Some("it is busy"));
    table.command(CommandEvent::VolumeSet(0.5));
    table.storage.refuse(None);
    table.play_some(1);
    table.wait(10_000.0);
    assert_eq!(table.storage.stored(SOUND).as_deref(), Some("on 0.5"));
}

#[test]
fn a_storage_that_is_full_is_told_of_once_and_the_game_goes_on() {
    let mut table = Table::new(9);
    table.storage.refuse(Some("it is full"));
    table.play_to_the_end().wait(60_000.0);
    let mut notices = table.announcer.take_noticed();
    notices.sort();
    let about =
        |what: &str| format!("{what} cannot be stored (it is full). What you do stays until this page is closed.");
    assert_eq!(notices, ["Your best score", "Your game", "Your statistics"].map(about));
    assert!(table.mirror().ended.is_some());
    table.command(CommandEvent::GameRequested(Wanted::Another)).play_some(5).wait(60_000.0);
    assert_eq!((table.game().drops(), table.announcer.take_noticed().len()), (5, 0));

    table.storage.refuse(None);
    table.play_some(1);
    table.command(CommandEvent::GameRequested(Wanted::Another)).settle();
    let again = table.reopened();
    assert_eq!(again.timeline().recording(), table.timeline().recording());
    assert_eq!((again.stored_bests().get(GameKind::Seed, true), again.stored_archive().games().len()), (120, 1));
}

#[test]
fn a_seed_in_the_address_goes_on_with_its_game_and_asks_if_another_would_be_missed() {
    let question = |seed: u64| Some(Panel::Question(Wanted::Seed(seed)));
    // Drops of the stored game of seed 9, the seed in the address; the question, the seed and drops on the table.
    let table: [(u32, u64, Option<Panel>, u64, u32); 8] = [
        (5, 9, None, 9, 5),
        (0, 9, None, 9, 0),
        (5, 7, question(7), 9, 5),
        (3, 7, question(7), 9, 3),
        (2, 7, None, 7, 0),
        (0, 7, None, 7, 0),
        (29, 7, None, 7, 0),
        (29, 9, None, 9, 29),
    ];
    for (drops, asked, panel, seed, left) in table {
        let mut before = Table::new(9);
        before.play_some(drops);
        let wishes = Wishes { seed: Some(asked.to_string()), ..Wishes::default() };
        let mut table = before.reopened_with(&wishes);
        let context = format!("seed {asked} over {drops} drops");
        assert_eq!(table.mirror().panel, panel, "{context}");
        assert_eq!(
            (table.timeline().deal(), table.game().drops()),
            (Deal::new(GameKind::Seed, seed), left),
            "{context}"
        );
        table.assert_agrees(&context);
        if panel.is_some() {
            table.command(CommandEvent::GameConfirmed).settle();
            assert_eq!((table.timeline().deal().seed, table.game().drops()), (asked, 0), "{context}, yes");
        }
        let ended = u64::from(drops == 29 || (drops > 0 && asked == 7));
        assert_eq!(table.stored_archive().totals(None).games, ended, "{context}");
        assert_eq!(table.reopened().timeline().recording(), table.timeline().recording(), "{context}");
    }
}

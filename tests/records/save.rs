//! The saved game: its text, and the choice between two.

use blockers::records::{SavedGame, Unreadable, newest, seal};
use blockers::rules::{Cell, Deal, DropAt, GameKind, Recording, Slot, notation};
use proptest::prelude::*;

use crate::games::{against_the_rules, any_recording, endless, played};
use crate::spoiled::spoiled;

fn saved(generation: u64, drops: usize) -> SavedGame {
    SavedGame::new(77, generation, played(GameKind::Classic, 7, drops))
}

#[test]
fn a_damaged_saved_game_is_refused_and_never_taken_for_another() {
    let text = saved(12, 24).to_text();
    assert_eq!(SavedGame::parse(&text), Ok(saved(12, 24)));
    for spoiled in spoiled(&text) {
        let parsed = SavedGame::parse(&spoiled);
        assert!(matches!(parsed, Err(Unreadable::Damaged(_))), "`{spoiled}` is read as {parsed:?}");
    }
}

#[test]
fn a_sealed_text_that_is_no_saved_game_is_refused_with_a_reason() {
    let table = [
        ("", "version 1"),
        ("2 77 12 x", "version 1"),
        ("1", "the game's number"),
        ("1 ", "the game's number"),
        ("1 x 12 x", "the game's number"),
        ("1 -1 12 x", "the game's number"),
        ("1 18446744073709551616 12 x", "the game's number"),
        ("1 77", "the generation"),
        ("1 77 1.5 x", "the generation"),
        ("1 77  12 x", "the generation"),
        ("1 77 12", "the recording"),
        ("1 77 12 \u{1f9f1}", "recording"),
    ];
    for (text, expected) in table {
        let error = SavedGame::parse(&seal(text)).expect_err(text).to_string();
        assert!(error.contains(expected), "`{text}`: {error}");
    }
}

#[test]
fn a_text_without_a_position_is_of_a_game_at_its_end() {
    let link = notation::to_link(&played(GameKind::Classic, 7, 8));
    assert_eq!(SavedGame::parse(&seal(&format!("1 77 12 {link}"))), Ok(saved(12, 8)));
    for (rest, expected) in [
        ("", "a number of drops"),
        ("x", "a number of drops"),
        ("9 0", "a number of drops"),
        ("8", "it ends where a number of drops"),
        ("8 9", "a number of drops"),
        ("8 0 ", "the end"),
        ("8 0 0", "the end"),
    ] {
        let error = SavedGame::parse(&seal(&format!("1 77 12 {link} {rest}"))).expect_err(rest).to_string();
        assert!(error.contains(expected), "`{rest}`: {error}");
    }
}

#[test]
fn a_game_stands_where_it_stood_with_its_future() {
    let stood = SavedGame { position: 3, played_on_from: 2, ..saved(12, 8) };
    let text = stood.to_text();
    let (found, timeline) = newest([Some(&text), None]).game.expect("it is good");
    assert_eq!((&found, timeline.position(), timeline.whole()), (&stood, 3, stood.recording.clone()));
}

/// What lies in the two slots, which of them is taken, the slot that is written next, and which ones are damaged.
type Case<'a> = ([Option<&'a str>; 2], Option<usize>, usize, &'a [usize]);

#[test]
fn the_newest_good_game_is_taken_and_the_other_slot_is_written_next() {
    let old = saved(4, 5).to_text();
    let new = saved(5, 8).to_text();
    let last = saved(u64::MAX, 6).to_text();
    let broken = new.replace("1 77 5", "1 77 6");
    let illegal = SavedGame::new(77, 9, against_the_rules(saved(9, 8).recording)).to_text();
    let table: [Case<'_>; 15] = [
        ([None, None], None, 0, &[]),
        ([Some(&old), None], Some(0), 1, &[]),
        ([None, Some(&old)], Some(1), 0, &[]),
        ([Some(&old), Some(&new)], Some(1), 0, &[]),
        ([Some(&new), Some(&old)], Some(0), 1, &[]),
        ([Some(&new), Some(&new)], Some(0), 1, &[]),
        ([Some(&new), Some(&last)], Some(1), 0, &[]),
        ([Some(&broken), Some(&old)], Some(1), 0, &[0]),
        ([Some(&old), Some(&broken)], Some(0), 1, &[1]),
        ([Some(&illegal), Some(&old)], Some(1), 0, &[0]),
        ([Some(&old), Some(&illegal)], Some(0), 1, &[1]),
        ([Some(&broken), Some(&illegal)], None, 0, &[0, 1]),
        ([Some(&broken), None], None, 1, &[0]),
        ([None, Some(&illegal)], None, 0, &[1]),
        ([Some(""), Some("rubbish")], None, 0, &[0, 1]),
    ];
    for (case, (records, taken, slot, damaged)) in table.into_iter().enumerate() {
        let found = newest(records);
        assert_eq!(found.slot, slot, "case {case}");
        let slots: Vec<_> = found.damaged.iter().map(|(slot, ..)| *slot).collect();
        assert_eq!(slots, damaged, "case {case}");
        for (slot, text, reason) in &found.damaged {
            assert_eq!(Some(text.as_str()), records[*slot], "case {case}: it is kept as it was");
            assert!(!reason.is_empty(), "case {case}");
        }
        let expected = taken.and_then(|slot| records[slot]).map(|text| SavedGame::parse(text).expect("it is good"));
        let recordings = found.game.as_ref().map(|(saved, timeline)| (saved.recording.clone(), timeline.recording()));
        assert_eq!(found.game.map(|(saved, _)| saved), expected, "case {case}");
        assert!(
            recordings.is_none_or(|(saved, shown)| saved == shown),
            "case {case}: it can be played on from its end"
        );
    }
}

#[test]
fn a_game_against_the_rules_is_not_taken_and_the_reason_names_the_drop() {
    let recording = against_the_rules(saved(1, 4).recording);
    let text = SavedGame::new(1, 1, recording).to_text();
    let found = newest([Some(&text), None]);
    let reasons: Vec<_> = found.damaged.into_iter().map(|(.., reason)| reason).collect();
    assert!(found.game.is_none());
    assert!(matches!(reasons.as_slice(), [reason] if reason.contains("drop 2")), "{reasons:?}");
}

#[test]
fn whatever_happens_to_the_newest_game_the_one_before_is_found() {
    let (before, after) = (saved(1, 2), saved(2, 3));
    let kept = before.to_text();
    for spoiled in spoiled(&after.to_text()) {
        let found = newest([Some(&kept), Some(&spoiled)]);
        assert_eq!(found.game.map(|(saved, _)| saved).as_ref(), Some(&before), "`{spoiled}`");
        assert_eq!((found.slot, found.damaged.len()), (1, 1), "`{spoiled}`");
    }
}

/// Whether the rules allow them is not asked here, so they can be any drops.
#[test]
fn a_hundred_thousand_drops_are_saved_and_loaded() {
    let cells: Vec<_> = Cell::all().collect();
    let drops = (0..100_000).map(|n: usize| DropAt { slot: Slot::ALL[n % 3], at: cells[n * 37 % 100] });
    let recording = Recording { deal: Deal::new(GameKind::Classic, u64::MAX), undos: u32::MAX, drops: drops.collect() };
    let saved = SavedGame::new(u64::MAX, u64::MAX, recording);
    assert_eq!(SavedGame::parse(&saved.to_text()), Ok(saved));
}

fn is_played_on(drops: usize) {
    let recording = endless(7, drops);
    assert_eq!(recording.drops.len(), drops);
    let saved = SavedGame::new(1, 1, recording);
    let text = saved.to_text();
    let found = newest([None, Some(&text)]);
    let (loaded, timeline) = found.game.expect("it is a good game");
    assert_eq!(loaded, saved);
    assert_eq!((timeline.position(), timeline.recording()), (drops, saved.recording));
}

#[test]
fn a_game_of_a_hundred_thousand_drops_can_be_played_on() {
    is_played_on(99_999);
}

proptest! {
    #[test]
    fn a_saved_game_comes_back_as_it_was(id: u64, generation: u64, recording in any_recording()) {
        let saved = SavedGame::new(id, generation, recording);
        prop_assert_eq!(SavedGame::parse(&saved.to_text()), Ok(saved));
    }
}

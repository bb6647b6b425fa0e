//! The saved game: its text, and the choice between the two slots.

use blockers::records::{SavedGame, Unreadable, newest, seal};
use blockers_rules::{Cell, Deal, DropAt, GameKind, Recording, Slot, notation};
use proptest::prelude::*;

use crate::damage::damaged;
use crate::games::{any_recording, endless, played, with_illegal_drop};

fn saved(generation: u64, drops: usize) -> SavedGame {
    SavedGame::new(77, generation, played(GameKind::Classic, 7, drops))
}

#[test]
fn damage_is_always_detected() {
    let text = saved(12, 24).to_text();
    assert_eq!(SavedGame::parse(&text), Ok(saved(12, 24)));
    for text in damaged(&text) {
        let parsed = SavedGame::parse(&text);
        assert!(matches!(parsed, Err(Unreadable::Damaged(_))), "`{text}` is read as {parsed:?}");
    }
}

#[test]
fn an_invalid_text_with_a_valid_seal_is_refused_with_a_reason() {
    let table = [
        ("", "version 1"),
        ("2 77 12 x", "version 1"),
        ("1", "the game's id"),
        ("1 ", "the game's id"),
        ("1 x 12 x", "the game's id"),
        ("1 -1 12 x", "the game's id"),
        ("1 18446744073709551616 12 x", "the game's id"),
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
fn a_text_without_a_position_has_no_undone_drops() {
    let link = notation::to_link(&played(GameKind::Classic, 7, 8));
    assert_eq!(SavedGame::parse(&seal(&format!("1 77 12 {link}"))), Ok(saved(12, 8)));
    for (rest, expected) in [
        ("", "a number of drops"),
        ("x", "a number of drops"),
        ("9 0", "a number of drops"),
        ("8", "expected a number of drops in the recording, found the end"),
        ("8 9", "a number of drops"),
        ("8 0 ", "the end"),
        ("8 0 0", "the end"),
    ] {
        let error = SavedGame::parse(&seal(&format!("1 77 12 {link} {rest}"))).expect_err(rest).to_string();
        assert!(error.contains(expected), "`{rest}`: {error}");
    }
}

#[test]
fn the_position_and_the_undone_drops_are_restored() {
    let undone = SavedGame { position: 3, played_on_from: 2, ..saved(12, 8) };
    let text = undone.to_text();
    let (found, timeline) = newest([Some(&text), None]).game.unwrap();
    assert_eq!((&found, timeline.position(), timeline.whole()), (&undone, 3, undone.recording.clone()));
}

/// The texts of the two slots, the chosen slot, the slot that is written next, and the damaged slots.
type Case<'a> = ([Option<&'a str>; 2], Option<usize>, usize, &'a [usize]);

#[test]
fn the_newest_valid_game_is_chosen_and_the_other_slot_is_written_next() {
    let old = saved(4, 5).to_text();
    let new = saved(5, 8).to_text();
    let last = saved(u64::MAX, 6).to_text();
    let broken = new.replace("1 77 5", "1 77 6");
    let illegal = SavedGame::new(77, 9, with_illegal_drop(saved(9, 8).recording)).to_text();
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
    for (case, (records, chosen, slot, damaged)) in table.into_iter().enumerate() {
        let found = newest(records);
        assert_eq!(found.slot, slot, "case {case}");
        let slots: Vec<_> = found.damaged.iter().map(|(slot, ..)| *slot).collect();
        assert_eq!(slots, damaged, "case {case}");
        for (slot, text, reason) in &found.damaged {
            assert_eq!(Some(text.as_str()), records[*slot], "case {case}: the text is unchanged");
            assert!(!reason.is_empty(), "case {case}");
        }
        let expected = chosen.and_then(|slot| records[slot]).map(|text| SavedGame::parse(text).unwrap());
        let recordings = found.game.as_ref().map(|(saved, timeline)| (saved.recording.clone(), timeline.recording()));
        assert_eq!(found.game.map(|(saved, _)| saved), expected, "case {case}");
        assert!(recordings.is_none_or(|(saved, shown)| saved == shown), "case {case}: no drop is undone");
    }
}

#[test]
fn an_illegal_game_is_not_chosen_and_the_reason_names_the_drop() {
    let recording = with_illegal_drop(saved(1, 4).recording);
    let text = SavedGame::new(1, 1, recording).to_text();
    let found = newest([Some(&text), None]);
    let reasons: Vec<_> = found.damaged.into_iter().map(|(.., reason)| reason).collect();
    assert!(found.game.is_none());
    assert!(matches!(reasons.as_slice(), [reason] if reason.contains("drop 2")), "{reasons:?}");
}

#[test]
fn if_the_newest_game_is_damaged_the_previous_one_is_chosen() {
    let (before, after) = (saved(1, 2), saved(2, 3));
    let intact = before.to_text();
    for text in damaged(&after.to_text()) {
        let found = newest([Some(&intact), Some(&text)]);
        assert_eq!(found.game.map(|(saved, _)| saved).as_ref(), Some(&before), "`{text}`");
        assert_eq!((found.slot, found.damaged.len()), (1, 1), "`{text}`");
    }
}

/// `SavedGame` does not verify the drops, so they need not be legal.
#[test]
fn a_hundred_thousand_drops_are_saved_and_loaded() {
    let cells: Vec<_> = Cell::all().collect();
    let drops = (0..100_000).map(|n: usize| DropAt { slot: Slot::ALL[n % 3], at: cells[n * 37 % 100] });
    let recording = Recording { deal: Deal::new(GameKind::Classic, u64::MAX), undos: u32::MAX, drops: drops.collect() };
    let saved = SavedGame::new(u64::MAX, u64::MAX, recording);
    assert_eq!(SavedGame::parse(&saved.to_text()), Ok(saved));
}

#[test]
fn a_game_of_a_hundred_thousand_drops_can_be_continued() {
    let drops = 99_999;
    let recording = endless(7, drops);
    assert_eq!(recording.drops.len(), drops);
    let saved = SavedGame::new(1, 1, recording);
    let text = saved.to_text();
    let found = newest([None, Some(&text)]);
    let (loaded, timeline) = found.game.unwrap();
    assert_eq!(loaded, saved);
    assert_eq!((timeline.position(), timeline.recording()), (drops, saved.recording));
}

proptest! {
    #[test]
    fn a_saved_game_is_read_as_it_was_written(id: u64, generation: u64, recording in any_recording()) {
        let saved = SavedGame::new(id, generation, recording);
        prop_assert_eq!(SavedGame::parse(&saved.to_text()), Ok(saved));
    }
}

//! Merging two copies of the records, one of which is damaged, older or missing.

use std::collections::BTreeMap;

use blockers::records::{
    ARCHIVE, Archive, BESTS, Bests, DAILY, EndedGame, GAME, SavedGame, merged, newest, newest_generation,
};
use blockers_rules::GameKind;

use crate::damage::damaged;
use crate::games::{played, with_illegal_drop};

type Records = BTreeMap<String, String>;

fn game(generation: usize) -> String {
    SavedGame::new(7, generation as u64, played(GameKind::Classic, 7, generation)).to_text()
}

/// Returns the records after this many drops: both slots of the game, the best scores, an ended game, and the volume.
fn after(drops: usize) -> Records {
    let mut bests = Bests::default();
    bests.raise(GameKind::Classic, true, drops as u64);
    let mut archive = Archive::default();
    archive.enter(EndedGame::of(1, &played(GameKind::Relaxed, 1, drops)).unwrap());
    let (newest, before) = (game(drops), game(drops - 1));
    let games = if drops.is_multiple_of(2) { [newest, before] } else { [before, newest] };
    let texts = games.into_iter().chain([bests.to_text(), archive.to_text(), format!("on 0.{drops}")]);
    let keys = GAME.into_iter().chain([BESTS, ARCHIVE, "blockers.sound"]);
    keys.map(str::to_owned).zip(texts).collect()
}

fn with(mut records: Records, key: &str, text: &str) -> Records {
    records.insert(key.to_owned(), text.to_owned());
    records
}

fn without(mut records: Records, key: &str) -> Records {
    records.remove(key);
    records
}

#[test]
fn the_copy_with_the_newer_game_takes_precedence() {
    let table = [
        ("both are the same", after(6), after(6), after(6)),
        ("the spare copy is a drop behind", after(6), after(5), after(6)),
        ("the first copy was rolled back", after(3), after(6), after(6)),
        ("the first copy is lost or cannot be opened", Records::new(), after(6), after(6)),
        ("there is no spare copy", after(6), Records::new(), after(6)),
        ("both are empty", Records::new(), Records::new(), Records::new()),
    ];
    for (name, first, spare, expected) in table {
        assert_eq!(merged(&first, &spare), expected, "{name}");
    }
}

#[test]
fn a_damaged_record_is_replaced_by_the_one_of_the_other_copy() {
    for key in [GAME[0], GAME[1], BESTS, ARCHIVE] {
        for text in ["rubbish", "\u{1f9f1}", "1 2 3 00000000"] {
            let damaged = with(after(6), key, text);
            assert_eq!(merged(&damaged, &after(6)), after(6), "{key} of the first copy");
            assert_eq!(merged(&after(6), &damaged), after(6), "{key} of the spare copy");
            assert_eq!(merged(&damaged, &Records::new()), damaged, "{key}: the other copy does not have it");
            assert_eq!(merged(&damaged, &damaged), damaged, "{key}: it stays, to be set aside later");
        }
        assert_eq!(merged(&without(after(6), key), &after(6)), after(6), "{key} is missing");
    }
}

#[test]
fn an_illegal_game_is_not_newer() {
    let illegal = SavedGame::new(7, 99, with_illegal_drop(played(GameKind::Classic, 7, 6))).to_text();
    let forged = with(with(after(3), GAME[0], &illegal), GAME[1], &illegal);
    assert_eq!(merged(&forged, &after(6)), after(6));
    assert_eq!(merged(&after(6), &forged), after(6));
}

#[test]
fn a_removed_record_is_not_restored() {
    let removed = with(after(6), DAILY, "");
    assert_eq!(merged(&removed, &with(after(5), DAILY, "rubbish")), removed);
    let daily = blockers::records::DailyResults::default().to_text();
    assert_eq!(merged(&removed, &with(after(5), DAILY, &daily)), removed);
    // An older copy does not remove a damaged record.
    let damaged = with(after(6), BESTS, "rubbish");
    assert_eq!(merged(&damaged, &with(after(5), BESTS, "")), damaged);
}

#[test]
fn damage_of_one_copy_loses_no_drop() {
    let drops = |records: &Records| {
        let found = newest(GAME.map(|key| records.get(key).map(String::as_str)));
        found.game.map(|(saved, _)| saved.recording.drops.len())
    };
    for text in damaged(&game(6)) {
        let both = with(with(after(6), GAME[0], &text), GAME[1], &text);
        assert_eq!(drops(&merged(&both, &after(6))), Some(6), "`{text}`");
        assert_eq!(drops(&merged(&after(6), &both)), Some(6), "`{text}`");
    }
}

#[test]
fn the_newest_generation_is_that_of_the_newest_legal_game() {
    let illegal = SavedGame::new(7, 9, with_illegal_drop(played(GameKind::Classic, 7, 6))).to_text();
    let table = [
        ("there is no game", Records::new(), None),
        ("there are two games", after(6), Some(6)),
        ("one slot is empty", without(after(6), GAME[0]), Some(5)),
        ("the newest one is damaged", with(after(6), GAME[0], "rubbish"), Some(5)),
        ("the newest one is illegal", with(after(6), GAME[0], &illegal), Some(5)),
    ];
    for (name, records, expected) in table {
        assert_eq!(newest_generation(&records), expected, "{name}");
    }
}

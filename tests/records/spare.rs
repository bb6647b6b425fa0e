//! Two copies of what is stored, of which one is damaged, older, or not there: the better one of each record is taken.

use std::collections::BTreeMap;

use blockers::records::{ARCHIVE, Archive, BESTS, Bests, DAILY, EndedGame, GAME, SavedGame, newest, united};
use blockers::rules::GameKind;

use crate::games::{against_the_rules, played};
use crate::spoiled::spoiled;

type Records = BTreeMap<String, String>;

fn game(generation: usize) -> String {
    SavedGame::new(7, generation as u64, played(GameKind::Classic, 7, generation)).to_text()
}

/// What is stored after so many drops: the game twice, the best score, a game that ended, and how loud it is.
fn after(drops: usize) -> Records {
    let mut bests = Bests::default();
    bests.raise(GameKind::Classic, true, drops as u64);
    let mut archive = Archive::default();
    archive.enter(EndedGame::of(1, &played(GameKind::Kind, 1, drops)).expect("it was played"));
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
fn of_two_places_the_newer_one_has_the_say() {
    let table = [
        ("both the same", after(6), after(6), after(6)),
        ("the spare one is a drop behind", after(6), after(5), after(6)),
        ("the first one was rolled back", after(3), after(6), after(6)),
        ("the first one is lost, or cannot be opened", Records::new(), after(6), after(6)),
        ("there is no spare one", after(6), Records::new(), after(6)),
        ("there is none", Records::new(), Records::new(), Records::new()),
    ];
    for (name, first, spare, expected) in table {
        assert_eq!(united(&first, &spare), expected, "{name}");
    }
}

#[test]
fn a_damaged_record_gives_way_to_the_same_one_of_the_other_place() {
    for key in [GAME[0], GAME[1], BESTS, ARCHIVE] {
        for text in ["rubbish", "\u{1f9f1}", "1 2 3 00000000"] {
            let damaged = with(after(6), key, text);
            assert_eq!(united(&damaged, &after(6)), after(6), "the first one's {key}");
            assert_eq!(united(&after(6), &damaged), after(6), "the spare one's {key}");
            assert_eq!(united(&damaged, &Records::new()), damaged, "{key}: there is nothing better");
            assert_eq!(united(&damaged, &damaged), damaged, "{key}: it is left to be kept aside");
        }
        assert_eq!(united(&without(after(6), key), &after(6)), after(6), "{key} is missing");
    }
}

#[test]
fn a_game_against_the_rules_is_not_the_newer_one() {
    let illegal = SavedGame::new(7, 99, against_the_rules(played(GameKind::Classic, 7, 6))).to_text();
    let forged = with(with(after(3), GAME[0], &illegal), GAME[1], &illegal);
    assert_eq!(united(&forged, &after(6)), after(6));
    assert_eq!(united(&after(6), &forged), after(6));
}

#[test]
fn what_was_taken_away_is_not_brought_back() {
    let taken = with(after(6), DAILY, "");
    assert_eq!(united(&taken, &with(after(5), DAILY, "rubbish")), taken);
    let daily = blockers::records::DailyResults::default().to_text();
    assert_eq!(united(&taken, &with(after(5), DAILY, &daily)), taken);
    // But what is damaged is not taken away by a place that is behind.
    let damaged = with(after(6), BESTS, "rubbish");
    assert_eq!(united(&damaged, &with(after(5), BESTS, "")), damaged);
}

#[test]
fn whatever_happens_to_the_first_place_no_drop_is_lost() {
    let drops = |records: &Records| {
        let found = newest(GAME.map(|key| records.get(key).map(String::as_str)));
        found.game.map(|(saved, _)| saved.recording.drops.len())
    };
    for spoiled in spoiled(&game(6)) {
        let both = with(with(after(6), GAME[0], &spoiled), GAME[1], &spoiled);
        assert_eq!(drops(&united(&both, &after(6))), Some(6), "`{spoiled}`");
        assert_eq!(drops(&united(&after(6), &both)), Some(6), "`{spoiled}`");
    }
}

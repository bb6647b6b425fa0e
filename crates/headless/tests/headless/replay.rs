//! `headless replay`: shows a recording.

use super::*;

#[test]
fn replay_shows_the_same_game_from_a_file_a_link_and_standard_input() {
    let (recording, game) = played(Deal::new(GameKind::Seed, 42), 100);
    let text = notation::to_text(&recording);
    let file = file("replay.txt", &text);
    let shown = out(&headless(&["replay", &file], ""));
    for (drop, line) in recording.drops.iter().zip(shown.lines().skip(3)) {
        assert!(line.split_whitespace().any(|word| word == drop.to_string()), "{drop}: {line}");
    }
    let drops = game.drops();
    assert!(shown.starts_with(&format!("kind seed, seed 42, {drops} drops, 0 undos\n")), "{shown}");
    let footer = format!("score {}, {drops} drops, {} lines, over\n", game.score(), game.lines());
    assert!(shown.ends_with(&footer), "`{footer}` is missing in: {shown}");
    assert_eq!(out(&headless(&["replay", &notation::to_link(&recording)], "")), shown);
    assert_eq!(out(&headless(&["replay", "-"], &text)), shown);
    assert_eq!(out(&headless(&["replay", "-"], notation::to_link(&recording))), shown);
}

/// Returns the number of lines that are a row of a board.
fn board_rows(text: &str) -> usize {
    text.lines().filter(|line| line.len() == 10 && line.chars().all(|letter| ".rbgopy".contains(letter))).count()
}

#[test]
fn replay_shows_the_board_at_the_end_or_after_every_drop() {
    let file = file("every.txt", &notation::to_text(&played(Deal::default(), 6).0));
    assert_eq!(board_rows(&out(&headless(&["replay", &file], ""))), 10);
    assert_eq!(board_rows(&out(&headless(&["replay", &file, "--every"], ""))), 70);
}

#[test]
fn replay_stops_at_an_illegal_drop() {
    let file = file("replay-illegal.txt", &notation::to_text(&illegal()));
    let output = headless(&["replay", &file], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("is against the rules: the slot is empty"), "{}", err(&output));
    assert!(out(&output).contains("1 drop, 0 lines, not over"), "{}", out(&output));
    let value = json(&["replay", &file, "--json"]);
    assert_eq!(value["drops"].as_array().map(Vec::len), Some(1));
    assert_eq!(value["illegal"].as_str(), Some(err(&output).trim_end()));
}

#[test]
fn replay_prints_each_drop_as_json() {
    let (recording, game) = played(Deal::new(GameKind::Daily, 20_260_101), 9);
    let file = file("replay-json.txt", &notation::to_text(&recording));
    let value = json(&["--json", "replay", &file]);
    let expected = ["board", "drops", "illegal", "kind", "lines", "over", "score", "seed", "undos"];
    assert_eq!(keys(&value), BTreeSet::from(expected));
    assert_eq!((value["kind"].as_str(), value["seed"].as_u64()), (Some("daily"), Some(20_260_101)));
    assert_eq!((value["score"].as_u64(), value["illegal"].is_null()), (Some(game.score()), true));
    let drops = value["drops"].as_array().unwrap();
    assert_eq!(drops.len(), 9);
    for (number, (shown, drop)) in (1..).zip(drops.iter().zip(&recording.drops)) {
        let expected = ["col", "drop", "gained", "name", "number", "row", "score", "shape", "slot"];
        assert_eq!(keys(shown), BTreeSet::from(expected));
        assert_eq!((shown["number"].as_u64(), shown["drop"].as_str()), (Some(number), Some(drop.to_string().as_str())));
        let position = ["slot", "row", "col"].map(|key| shown[key].as_u64());
        assert_eq!(position, [drop.slot.index() as u64, drop.at.row().into(), drop.at.column().into()].map(Some));
    }
    let every = json(&["replay", "--json", "--every", &file]);
    assert_eq!(every["drops"][8]["board"], value["board"]);
}

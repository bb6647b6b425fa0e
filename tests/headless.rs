//! The program without a screen, as whoever calls it meets it: exit codes, sentences, JSON. What it says of traces is in
//! traces.rs.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, reason = "a test may fail that way")]

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use blockers::rules::{Deal, DropAt, Game, GameKind, Recording, Slot, notation};
use serde_json::Value;

const TRACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/traces/script-five-rows.json");

fn headless(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_headless"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program has been built");
    // It may have ended without reading.
    let _ = child.stdin.take().expect("it is piped").write_all(input.as_bytes());
    child.wait_with_output().expect("it ends")
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What it answers to a call that goes well, or at least runs.
fn told(arguments: &[&str]) -> Value {
    serde_json::from_str(&out(&headless(arguments, ""))).expect("with --json it prints one JSON value")
}

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// A file of this text, for one test.
fn file(name: &str, text: &str) -> String {
    std::fs::write(path(name), text).expect("the folder for such files can be written");
    path(name).to_string_lossy().into_owned()
}

/// The path of a folder that does not exist yet, for one test.
fn folder(name: &str) -> String {
    let _ = std::fs::remove_dir_all(path(name));
    path(name).to_string_lossy().into_owned()
}

/// The first drop that is possible.
fn first(game: &Game) -> Option<DropAt> {
    Slot::ALL.into_iter().find_map(|slot| game.anchors(slot).cells().next().map(|at| DropAt { slot, at }))
}

/// A game of some drops, each the first that is possible; and what it leads to.
fn played(deal: Deal, most: usize) -> (Recording, Game) {
    let mut recording = Recording { deal, undos: 0, drops: Vec::new() };
    let mut game = deal.game();
    while recording.drops.len() < most
        && let Some(drop) = first(&game)
    {
        game.play(drop.slot, drop.at.into()).expect("it is possible");
        recording.drops.push(drop);
    }
    (recording, game)
}

/// A game whose second drop takes from a slot that is empty.
fn illegal() -> Recording {
    let (mut recording, _) = played(Deal::new(GameKind::Classic, 7), 1);
    recording.drops.push(recording.drops[0]);
    recording
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().expect("it is an object").keys().map(String::as_str).collect()
}

#[test]
fn every_call_ends_with_its_exit_code_and_says_why() {
    let table: &[(&[&str], i32, &[&str])] = &[
        (&["--help"], 0, &["verify", "replay", "play", "simulate", "perft", "--json", "Exit codes"]),
        (&["help"], 0, &["Exit codes"]),
        (&["--version"], 0, &["headless"]),
        (&["verify", "--help"], 0, &["FILE", "--json", "Exit codes"]),
        (&["replay", "--help"], 0, &["LINK", "--every", "--json", "Exit codes"]),
        (&["play", "--help"], 0, &["--seed", "--kind", "--json", "Exit codes"]),
        (&["simulate", "--help"], 0, &["--games", "--player", "--max-drops", "--threads", "--json", "Exit codes"]),
        (&["perft", "--help"], 0, &["DEPTH", "--divide", "--json", "Exit codes"]),
        (&["--json"], 2, &["Usage"]),
        (&["replay"], 2, &["Usage"]),
        (&["replay", "a", "b"], 2, &["Usage"]),
        (&["replay", "no such file"], 2, &["no such file: it cannot be read as a file", "no link"]),
        (&["replay", "-"], 2, &["-: it is no recording"]),
        (&["play", "--seed", "-1"], 2, &["`-1` is not a seed"]),
        (&["play", "--seed", "18446744073709551616"], 2, &["is not a seed"]),
        (&["play", "--kind", "cruel"], 2, &["`cruel` is no kind of game"]),
        (&["simulate", "--games", "0"], 2, &["--games", "Usage"]),
        (&["simulate", "--games", "4294967296"], 2, &["--games", "Usage"]),
        (&["simulate", "--player", "best"], 2, &["random", "greedy"]),
        (&["simulate", "--max-drops", "0"], 2, &["--max-drops", "Usage"]),
        (&["simulate", "--threads", "0"], 2, &["--threads", "Usage"]),
        (&["simulate", "--seed", "one"], 2, &["`one` is not a seed"]),
        (&["perft"], 2, &["DEPTH", "Usage"]),
        (&["perft", "0"], 2, &["DEPTH", "Usage"]),
        (&["perft", "13"], 2, &["DEPTH", "Usage"]),
        (&["perft", "deep"], 2, &["DEPTH", "Usage"]),
        (&["perft", "1", "2"], 2, &["Usage"]),
    ];
    for (arguments, code, phrases) in table {
        let output = headless(arguments, "");
        assert_eq!(output.status.code(), Some(*code), "{arguments:?}: {}", err(&output));
        let (said, silent) = if *code == 0 { (out(&output), err(&output)) } else { (err(&output), out(&output)) };
        assert_eq!(silent, "", "{arguments:?} uses one of the two outputs");
        for phrase in *phrases {
            assert!(said.contains(phrase), "{arguments:?} says `{phrase}`: {said}");
        }
    }
}

#[test]
fn verify_says_of_each_file_whether_it_holds() {
    let (recording, game) = played(Deal::new(GameKind::Kind, 42), 20);
    let good = format!("20 drops, {} point{}: verified", game.score(), if game.score() == 1 { "" } else { "s" });
    let table = [
        ("good.txt", notation::to_text(&recording), 0, good.as_str()),
        ("good-link.txt", notation::to_link(&recording), 0, good.as_str()),
        ("good-page.txt", format!("https://example.org/play#g={}\n", notation::to_link(&recording)), 0, good.as_str()),
        ("illegal.txt", notation::to_text(&illegal()), 1, "is against the rules: the slot is empty"),
        ("illegal-link.txt", notation::to_link(&illegal()), 1, "is against the rules: the slot is empty"),
        ("malformed.txt", "A game of chess\n1. e4 e5\n".to_owned(), 2, "no recording"),
        ("blank.txt", " \n\n".to_owned(), 2, "no recording"),
    ];
    for (name, text, code, phrase) in table {
        let file = file(name, &text);
        let output = headless(&["verify", &file], "");
        assert_eq!(output.status.code(), Some(code), "{name}: {}{}", out(&output), err(&output));
        let said = if code == 2 { err(&output) } else { out(&output) };
        assert!(said.starts_with(&format!("{file}: ")) && said.contains(phrase), "{name}: {said}");
        let (matching, mismatching, unread) = (u8::from(code == 0), u8::from(code == 1), u8::from(code == 2));
        let total = format!("{matching} match, {mismatching} do not, {unread} could not be read\n");
        assert!(out(&output).ends_with(&total), "{name}: {}", out(&output));
    }
}

#[test]
fn verify_takes_links_beside_files() {
    let good = notation::to_link(&played(Deal::new(GameKind::Kind, 42), 20).0);
    let (page, bad) = (format!("https://example.org/play#g={good}"), notation::to_link(&illegal()));
    let output = headless(&["verify", &good, TRACE, &page, &bad, &good.replace('A', "B")], "");
    assert_eq!(output.status.code(), Some(2));
    let (said, refused) = (out(&output), err(&output));
    let lines: Vec<_> = said.lines().collect();
    for (line, (name, phrase)) in [(0, (&good, "verified")), (2, (&page, "verified")), (3, (&bad, "against the rules"))]
    {
        assert!(lines[line].starts_with(&name[..name.len().min(60)]) && lines[line].contains(phrase), "{said}");
    }
    assert_eq!(lines[4], "3 match, 1 do not, 1 could not be read");
    assert!(refused.contains("it cannot be read as a file") && refused.contains("is no link: character"), "{refused}");
}

#[test]
fn verify_goes_on_after_a_file_that_does_not_hold_and_after_one_that_cannot_be_read() {
    let good = file("mixed-good.txt", &notation::to_text(&played(Deal::default(), 5).0));
    let bad = file("mixed-bad.txt", &notation::to_text(&illegal()));
    let table: [(&[&str], i32, &str); 3] = [
        (&[TRACE, &good], 0, "2 match, 0 do not, 0 could not be read\n"),
        (&[TRACE, &bad, &good], 1, "2 match, 1 do not, 0 could not be read\n"),
        (&["missing.txt", &bad, TRACE, &good], 2, "2 match, 1 do not, 1 could not be read\n"),
    ];
    for (files, code, total) in table {
        let output = headless(&[&["verify"], files].concat(), "");
        assert_eq!(output.status.code(), Some(code), "{files:?}");
        assert!(out(&output).ends_with(total), "{files:?}: {}", out(&output));
    }
}

#[test]
fn verify_tells_programs_the_same() {
    let bad = file("told-bad.txt", &notation::to_text(&illegal()));
    let value = told(&["verify", "--json", TRACE, &bad, "missing.txt"]);
    assert_eq!(["match", "mismatch", "unusable"].map(|result| value[result].as_u64()), [Some(1); 3]);
    let files = value["files"].as_array().expect("it is a list");
    let results: Vec<_> = files.iter().map(|file| (file["file"].as_str(), file["result"].as_str())).collect();
    let expected = [(TRACE, "match"), (bad.as_str(), "mismatch"), ("missing.txt", "unusable")];
    assert_eq!(results, expected.map(|(file, result)| (Some(file), Some(result))));
    assert!(files.iter().all(|file| file["says"].is_string()), "{value}");
}

#[test]
fn replay_shows_the_same_game_from_text_link_and_standard_input() {
    let (recording, game) = played(Deal::new(GameKind::Seed, 42), 100);
    let text = notation::to_text(&recording);
    let file = file("replay.txt", &text);
    let shown = out(&headless(&["replay", &file], ""));
    for (drop, line) in recording.drops.iter().zip(shown.lines().skip(3)) {
        assert!(line.split_whitespace().any(|word| word == drop.to_string()), "{drop}: {line}");
    }
    let drops = game.drops();
    assert!(shown.starts_with(&format!("kind seed, seed 42, {drops} drops, 0 undos\n")), "{shown}");
    let end = format!("score {}, {drops} drops, {} lines, over\n", game.score(), game.lines());
    assert!(shown.ends_with(&end), "`{end}` in {shown}");
    assert_eq!(out(&headless(&["replay", &notation::to_link(&recording)], "")), shown);
    assert_eq!(out(&headless(&["replay", "-"], &text)), shown);
    assert_eq!(out(&headless(&["replay", "-"], &notation::to_link(&recording))), shown);
}

/// Lines that are a row of a board.
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
fn replay_stops_at_a_drop_against_the_rules() {
    let file = file("replay-illegal.txt", &notation::to_text(&illegal()));
    let output = headless(&["replay", &file], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("is against the rules: the slot is empty"), "{}", err(&output));
    assert!(out(&output).contains("1 drop, 0 lines, not over"), "{}", out(&output));
    let value = told(&["replay", &file, "--json"]);
    assert_eq!(value["drops"].as_array().map(Vec::len), Some(1));
    assert_eq!(value["illegal"].as_str(), Some(err(&output).trim_end()));
}

#[test]
fn replay_tells_programs_the_same() {
    let (recording, game) = played(Deal::new(GameKind::Daily, 20_260_101), 9);
    let file = file("replay-told.txt", &notation::to_text(&recording));
    let value = told(&["--json", "replay", &file]);
    let expected = ["board", "drops", "illegal", "kind", "lines", "over", "score", "seed", "undos"];
    assert_eq!(keys(&value), BTreeSet::from(expected));
    assert_eq!((value["kind"].as_str(), value["seed"].as_u64()), (Some("daily"), Some(20_260_101)));
    assert_eq!((value["score"].as_u64(), value["illegal"].is_null()), (Some(game.score()), true));
    let drops = value["drops"].as_array().expect("it is a list");
    assert_eq!(drops.len(), 9);
    for (number, (shown, drop)) in (1..).zip(drops.iter().zip(&recording.drops)) {
        let expected = ["col", "drop", "gained", "name", "number", "row", "score", "shape", "slot"];
        assert_eq!(keys(shown), BTreeSet::from(expected));
        assert_eq!((shown["number"].as_u64(), shown["drop"].as_str()), (Some(number), Some(drop.to_string().as_str())));
        let place = ["slot", "row", "col"].map(|key| shown[key].as_u64());
        assert_eq!(place, [drop.slot.index() as u64, drop.at.row().into(), drop.at.column().into()].map(Some));
    }
    let every = told(&["replay", "--json", "--every", &file]);
    assert_eq!(every["drops"][8]["board"], value["board"]);
}

#[test]
fn play_deals_the_kind_that_was_asked_for() {
    for kind in GameKind::ALL {
        let output = headless(&["play", "--seed", "11", "--kind", kind.name()], "");
        let value: Value = serde_json::from_str(&out(&output)).expect("its first line is JSON");
        let game = Deal::new(kind, 11).game();
        let hand = Slot::ALL.map(|slot| game.staged(slot).map(|piece| u64::from(piece.shape.number())));
        let dealt: Vec<_> = value["hand"].as_array().expect("it is a list").iter().map(Value::as_u64).collect();
        assert_eq!(dealt, hand, "{kind}");
    }
}

#[test]
fn simulate_comes_to_the_same_with_one_thread_and_with_two() {
    for player in ["random", "greedy"] {
        let call = ["simulate", "--games", "6", "--seed", "3", "--player", player, "--max-drops", "25", "--json"];
        let [mut one, mut two] = ["1", "2"].map(|threads| told(&[&call[..], &["--threads", threads]].concat()));
        let rates = [&mut one, &mut two].map(|value| value["games_per_second"].take());
        assert!(rates.iter().all(|rate| rate.as_f64().is_some_and(|rate| rate > 0.0)), "{rates:?}");
        assert_eq!(one, two, "{player}");
    }
}

#[test]
fn simulate_tells_programs_five_numbers_of_each_quantity() {
    let value = told(&["simulate", "--games", "4", "--kind", "kind", "--max-drops", "5", "--json"]);
    for quantity in ["drops", "lines", "points", "points_per_drop"] {
        let expected = ["interval", "maximum", "mean", "median", "minimum"];
        assert_eq!(keys(&value[quantity]), BTreeSet::from(expected), "{quantity}");
    }
    assert_eq!(
        (value["games"].as_u64(), value["cut_off"].as_u64(), value["seed"].as_u64()),
        (Some(4), Some(4), Some(0))
    );
    assert_eq!((value["kind"].as_str(), value["player"].as_str()), (Some("kind"), Some("random")));
    assert_eq!(value["drops"]["mean"].as_f64(), Some(5.0), "no game ends within five drops");
    assert_eq!(value["drops"]["interval"], serde_json::json!([5.0, 5.0]));
    let one = told(&["simulate", "--games", "1", "--json"]);
    assert!(one["drops"]["interval"].is_null(), "one game says nothing of how sure it is");
    assert_eq!(one["cut_off"].as_u64(), Some(0));
}

#[test]
fn simulate_says_how_the_games_went_in_a_table() {
    let output = headless(&["simulate", "--games", "3", "--max-drops", "4"], "");
    assert_eq!((output.status.code(), err(&output)), (Some(0), String::new()));
    let said = out(&output);
    let phrases = ["3 games", "95 % interval", "drops/game", "lines/game", "points/game", "points/drop", "games/s"];
    for phrase in phrases {
        assert!(said.contains(phrase), "{phrase}: {said}");
    }
    assert!(said.contains("3 games were cut off after 4 drops"), "{said}");
}

#[test]
fn simulate_writes_its_games_as_recordings_that_verify() {
    let folder = folder("recordings");
    let last = u64::MAX.to_string();
    let call = ["simulate", "--games", "2", "--seed", &last, "--recordings", &folder, "--json"];
    let value = told(&call);
    let files = [format!("{folder}/game-{last}.txt"), format!("{folder}/game-0.txt")];
    let output = headless(&["verify", &files[0], &files[1]], "");
    assert_eq!(output.status.code(), Some(0), "after the greatest seed comes 0: {}{}", out(&output), err(&output));
    let points: u64 = files.iter().map(|file| told(&["replay", "--json", file])["score"].as_u64().unwrap_or(0)).sum();
    assert_eq!(value["points"]["mean"].as_f64(), Some(points as f64 / 2.0));
}

#[test]
fn simulate_says_that_it_cannot_write_recordings() {
    let file = file("no-folder", "");
    let output = headless(&["simulate", "--games", "2", "--recordings", &file], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).starts_with(&format!("{file}: the folder cannot be made: ")), "{}", err(&output));
    let folder = folder("occupied");
    std::fs::create_dir_all(path("occupied").join("game-1.txt")).expect("the folder for such files can be written");
    let output = headless(&["simulate", "--games", "2", "--recordings", &folder], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("game-1.txt: it cannot be written: "), "{}", err(&output));
}

#[test]
fn perft_counts_for_each_depth_and_for_each_first_drop() {
    // The same numbers as in rules/perft.txt.
    let value = told(&["perft", "2", "--seed", "7", "--divide", "--json"]);
    assert_eq!((value["kind"].as_str(), value["seed"].as_u64()), (Some("classic"), Some(7)));
    let counted = |depth: &Value| (depth["depth"].as_u64(), depth["count"].as_u64(), depth["seconds"].is_f64());
    let depths: Vec<_> = value["depths"].as_array().expect("it is a list").iter().map(counted).collect();
    assert_eq!(depths, [(Some(1), Some(209), true), (Some(2), Some(24_592), true)]);
    let divided = value["divide"].as_array().expect("it is a list");
    assert_eq!(divided.len(), 209);
    assert_eq!(divided.iter().filter_map(|drop| drop["count"].as_u64()).sum::<u64>(), 24_592);
    let names: BTreeSet<_> = divided.iter().filter_map(|drop| drop["drop"].as_str()).collect();
    assert_eq!(names.len(), 209, "each drop has a name of its own");
    let said = out(&headless(&["perft", "1", "--seed", "7"], ""));
    assert!(said.lines().any(|line| line.split_whitespace().take(2).eq(["1", "209"])), "{said}");
}

#[cfg(unix)]
#[test]
fn arguments_that_are_not_text_exit_with_2_and_a_sentence() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let nonsense = OsStr::from_bytes(b"\xff\xfe");
    let table: &[&[&str]] =
        &[&[], &["replay"], &["simulate"], &["simulate", "--player"], &["perft"], &["perft", "1", "--seed"]];
    for words in table {
        let output = Command::new(env!("CARGO_BIN_EXE_headless")).args(*words).arg(nonsense).output();
        let output = output.expect("the program has been built");
        assert_eq!(output.status.code(), Some(2), "{words:?}: {}", err(&output));
        assert!(!err(&output).is_empty() && !err(&output).contains("panicked"), "{words:?}: {}", err(&output));
    }
}

#[cfg(unix)]
#[test]
fn a_reader_who_has_had_enough_is_no_error() {
    let file = file("enough.txt", &notation::to_text(&played(Deal::default(), 30).0));
    let table: &[&[&str]] = &[
        &["play"],
        &["verify", TRACE],
        &["replay", &file],
        &["simulate", "--games", "1"],
        &["perft", "1"],
        &["--help"],
    ];
    for arguments in table {
        let mut child = Command::new(env!("CARGO_BIN_EXE_headless"))
            .args(*arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program has been built");
        drop(child.stdout.take());
        let _ = child.stdin.take().expect("it is piped").write_all(b"0 0 0\n0 0 0\n");
        let output = child.wait_with_output().expect("it ends");
        assert_eq!((output.status.code(), err(&output).as_str()), (Some(0), ""), "{arguments:?}");
    }
}

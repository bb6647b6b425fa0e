//! The program without a screen, as whoever calls it meets it: exit codes, sentences, JSON.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, reason = "a test may fail that way")]

mod perft;
mod play;
mod replay;
mod simulate;
mod verify;

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use blockers::rules::{Deal, DropAt, Game, GameKind, Recording, Slot, notation};
use serde_json::Value;

const TRACES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/traces");
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
        (&[], 2, &["Usage"]),
        (&["--json"], 2, &["Usage"]),
        (&["fly"], 2, &["Usage"]),
        (&["verify"], 2, &["Usage"]),
        (&["replay"], 2, &["Usage"]),
        (&["replay", "a", "b"], 2, &["Usage"]),
        (&["replay", "no such file"], 2, &["no such file: it cannot be read as a file", "no link"]),
        (&["replay", "-"], 2, &["-: it is no recording"]),
        (&["play", "--seed"], 2, &["Usage"]),
        (&["play", "--seed", "seven"], 2, &["`seven` is not a seed"]),
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

#[cfg(unix)]
#[test]
fn arguments_that_are_not_text_exit_with_2_and_a_sentence() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let nonsense = OsStr::from_bytes(b"\xff\xfe");
    let table: &[&[&str]] = &[
        &[],
        &["verify"],
        &["play", "--seed"],
        &["replay"],
        &["simulate"],
        &["simulate", "--player"],
        &["perft"],
        &["perft", "1", "--seed"],
    ];
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

//! Runs the program and checks its exit codes, messages and JSON.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail that way")]

mod perft;
mod play;
mod replay;
mod simulate;
mod verify;

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use blockers_rules::{Deal, Game, GameKind, Recording, notation};
use serde_json::Value;

const TRACES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../rules/tests/traces");
const TRACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../rules/tests/traces/script-five-rows.json");

/// Runs the program with these arguments and this standard input.
fn headless(arguments: &[&str], input: impl AsRef<[u8]>) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_headless"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program has been built");
    // Writing fails if the program ends without reading its input.
    let _ = child.stdin.take().unwrap().write_all(input.as_ref());
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Runs the program with arguments that include `--json`, and returns its output.
fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&out(&headless(arguments, ""))).expect("with --json it prints one JSON value")
}

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// Writes a file for one test and returns its path.
fn file(name: &str, text: &str) -> String {
    std::fs::write(path(name), text).expect("the folder for such files can be written");
    path(name).to_string_lossy().into_owned()
}

/// Returns the path of a folder for one test. The folder does not exist.
fn folder(name: &str) -> String {
    let _ = std::fs::remove_dir_all(path(name));
    path(name).to_string_lossy().into_owned()
}

/// Returns a text as other programs pass it on, each form with its description.
fn passed_on(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let marked = format!("\u{feff}{text}");
    let units = || marked.encode_utf16();
    vec![
        ("a byte order mark", marked.clone().into_bytes()),
        ("UTF-16, little endian", units().flat_map(u16::to_le_bytes).collect()),
        ("UTF-16, big endian", units().flat_map(u16::to_be_bytes).collect()),
        ("CRLF", text.replace('\n', "\r\n").into_bytes()),
        ("CRLF and a mark", marked.replace('\n', "\r\n").into_bytes()),
        ("CR", text.replace('\n', "\r").into_bytes()),
        ("CR and a mark", marked.replace('\n', "\r").into_bytes()),
        ("no line end at the end", text.trim_end().into()),
        ("more line ends at the end", format!("{text}\n\r\n").into_bytes()),
        ("a line end at the beginning", format!("\n{text}").into_bytes()),
        ("blanks at the ends of the lines", text.replace('\n', " \t\n").into_bytes()),
        ("the end mark of DOS", format!("{text}\u{1a}").into_bytes()),
        ("invisible characters around it", format!("\u{200e}{text}\u{200f}\u{a0}").into_bytes()),
    ]
}

/// Plays the first legal drop again and again, `max_drops` times at most. Returns the recording and the game after it.
fn played(deal: Deal, max_drops: usize) -> (Recording, Game) {
    let mut recording = Recording { deal, undos: 0, drops: Vec::new() };
    let mut game = deal.game();
    while recording.drops.len() < max_drops
        && let Some(drop) = game.legal_drops().next()
    {
        game.play(drop.slot, drop.at.into()).unwrap();
        recording.drops.push(drop);
    }
    (recording, game)
}

/// Returns a recording whose second drop is from an empty slot.
fn illegal() -> Recording {
    let (mut recording, _) = played(Deal::new(GameKind::Classic, 7), 1);
    recording.drops.push(recording.drops[0]);
    recording
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn each_call_returns_its_exit_code_and_prints_the_reason() {
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
        (&["replay", "no such file"], 2, &["no such file: cannot be read as a file", "is not a link: character 1: "]),
        (&["replay", "-"], 2, &["-: neither a trace nor a recording: "]),
        (&["replay", TRACE], 2, &["script-five-rows.json: a trace, not a recording"]),
        (&["play", "--seed"], 2, &["Usage"]),
        (&["play", "--seed", "seven"], 2, &["'seven'", "expected a number from 0 to 18446744073709551615"]),
        (&["play", "--seed", "-1"], 2, &["'-1'", "expected a number from 0"]),
        (&["play", "--seed", "18446744073709551616"], 2, &["expected a number from 0"]),
        (&["play", "--kind", "cruel"], 2, &["unknown game kind `cruel`; expected classic, kind, daily or seed"]),
        (&["simulate", "--games", "0"], 2, &["--games", "Usage"]),
        (&["simulate", "--games", "4294967296"], 2, &["--games", "Usage"]),
        (&["simulate", "--player", "best"], 2, &["random", "greedy"]),
        (&["simulate", "--max-drops", "0"], 2, &["--max-drops", "Usage"]),
        (&["simulate", "--threads", "0"], 2, &["--threads", "Usage"]),
        (&["simulate", "--seed", "one"], 2, &["'one'", "expected a number from 0"]),
        (&["perft"], 2, &["DEPTH", "Usage"]),
        (&["perft", "0"], 2, &["DEPTH", "Usage"]),
        (&["perft", "13"], 2, &["DEPTH", "Usage"]),
        (&["perft", "deep"], 2, &["DEPTH", "Usage"]),
        (&["perft", "1", "2"], 2, &["Usage"]),
    ];
    for (arguments, code, phrases) in table {
        let output = headless(arguments, "");
        assert_eq!(output.status.code(), Some(*code), "{arguments:?}: {}", err(&output));
        let (printed, other) = if *code == 0 { (out(&output), err(&output)) } else { (err(&output), out(&output)) };
        assert_eq!(other, "", "{arguments:?} uses only one of the two outputs");
        for phrase in *phrases {
            assert!(printed.contains(phrase), "{arguments:?}: `{phrase}` is missing in: {printed}");
        }
    }
}

#[cfg(unix)]
#[test]
fn arguments_that_are_not_utf_8_exit_with_2_and_a_message() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let not_utf_8 = OsStr::from_bytes(b"\xff\xfe");
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
        let output = Command::new(env!("CARGO_BIN_EXE_headless")).args(*words).arg(not_utf_8).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{words:?}: {}", err(&output));
        assert!(!err(&output).is_empty() && !err(&output).contains("panicked"), "{words:?}: {}", err(&output));
    }
}

#[cfg(unix)]
#[test]
fn a_closed_output_pipe_is_not_an_error() {
    let file = file("closed-pipe.txt", &notation::to_text(&played(Deal::default(), 30).0));
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
        let _ = child.stdin.take().unwrap().write_all(b"0 0 0\n0 0 0\n");
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), err(&output).as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn standard_input_that_is_not_utf_8_exits_with_2_and_a_message() {
    for (arguments, message) in
        [(["play", "--json"], "I/O error: "), (["replay", "-"], "-: cannot read standard input: ")]
    {
        let output = headless(&arguments, b"\xff\xfe\n");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(err(&output).starts_with(message), "{arguments:?}: {}", err(&output));
    }
}

//! `headless play`: reads drops and prints the steps of a trace.

use blockers_rules::Slot;
use blockers_rules::trace::Trace;

use super::*;

#[test]
fn play_deals_hands_of_the_given_kind() {
    for kind in GameKind::ALL {
        let output = headless(&["play", "--seed", "11", "--kind", kind.name()], "");
        let value: Value = serde_json::from_str(&out(&output)).unwrap();
        let game = Deal::new(kind, 11).game();
        let hand = Slot::ALL.map(|slot| game.staged(slot).map(|piece| u64::from(piece.shape.number())));
        let dealt: Vec<_> = value["hand"].as_array().unwrap().iter().map(Value::as_u64).collect();
        assert_eq!(dealt, hand, "{kind}");
    }
}

#[test]
fn play_prints_a_step_of_a_trace_for_each_drop() {
    let output = headless(&["play", "--seed", "7"], "0 0 0\n1 5 5\n0 0 0\n");
    assert_eq!(output.status.code(), Some(0));
    let lines = out(&output);
    let lines: Vec<_> = lines.lines().collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0], r#"{"colours":["red","purple","blue"],"hand":[7,8,7]}"#);
    // Together the lines are the content of a trace that matches the rules.
    let head = &lines[0][1..lines[0].len() - 1];
    let trace = format!(r#"{{"name": "played", {head}, "steps": [{}]}}"#, lines[1..].join(","));
    assert_eq!(Trace::parse(&trace).unwrap().verify(), Ok(()));
}

#[test]
fn play_answers_a_malformed_line_with_an_error_and_continues() {
    let table = ["1", "1 2", "1 2 3 4", "a b c", "0 0 99999999999", "-1 0 0", "0,0,0", "💥"];
    for line in table {
        let output = headless(&["play"], format!("{line}\n0 0 0\n"));
        let lines = out(&output);
        let lines: Vec<_> = lines.lines().collect();
        let error: Value = serde_json::from_str(lines[1]).unwrap();
        assert_eq!(error["error"], format!("`{line}` is not a drop; expected `slot row col`"));
        assert!(lines[2].contains(r#""ok":true"#), "{line:?}: {}", lines[2]);
    }
}

#[test]
fn play_answers_the_same_in_every_encoding_and_with_any_line_ends() {
    let drops = "0 0 0\n1 5 5\n0 0 0\n";
    let expected = headless(&["play", "--seed", "7"], drops);
    for (what, input) in passed_on(drops) {
        let output = headless(&["play", "--seed", "7"], input);
        assert_eq!(output, expected, "{what}");
    }
}

#[test]
fn play_answers_a_line_before_it_gets_the_next() {
    use std::io::{BufRead, BufReader};
    let mut child = Command::new(env!("CARGO_BIN_EXE_headless"))
        .args(["play", "--seed", "7"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program has been built");
    let (mut input, mut answers) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()).lines());
    assert!(answers.next().unwrap().unwrap().contains("hand"));
    for line in ["0 0 0\r\n", "1 5 5\n"] {
        input.write_all(line.as_bytes()).unwrap();
        assert!(answers.next().unwrap().unwrap().contains(r#""ok":true"#), "{line}");
    }
    drop(input);
    assert!(answers.next().is_none() && child.wait().unwrap().success());
}

#[test]
fn play_shows_hidden_characters_of_a_malformed_line() {
    let output = headless(&["play"], "0 0\u{200b} 0x\u{1b}\n");
    let lines = out(&output);
    let error: Value = serde_json::from_str(lines.lines().nth(1).unwrap()).unwrap();
    assert_eq!(error["error"], r"`0 0\u{200b} 0x\u{1b}` is not a drop; expected `slot row col`");
}

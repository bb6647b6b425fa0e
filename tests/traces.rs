//! The games of the original, drop by drop; and the program that checks such files.

#![allow(clippy::expect_used, reason = "a test may fail that way")]

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use blockers::rules::trace::Trace;

fn traces() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/traces");
    let files = std::fs::read_dir(folder).expect("the traces are part of the project");
    let mut files: Vec<_> = files.map(|file| file.expect("it can be listed").path()).collect();
    files.sort();
    files
}

fn text(file: &PathBuf) -> String {
    std::fs::read_to_string(file).expect("a trace can be read")
}

fn headless(arguments: &[&str], input: &str) -> Output {
    use std::io::Write;
    let mut child = Command::new(env!("CARGO_BIN_EXE_headless"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program has been built");
    child.stdin.take().expect("it is piped").write_all(input.as_bytes()).expect("it reads");
    child.wait_with_output().expect("it ends")
}

fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// A file of this text, for one test.
fn file(name: &str, text: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).expect("the folder for such files can be written");
    path.to_string_lossy().into_owned()
}

#[test]
fn every_game_of_the_original_goes_the_same_here() {
    let files = traces();
    assert_eq!(files.len(), 32);
    let mut steps = 0;
    for file in files {
        let trace = Trace::parse(&text(&file)).expect("it is a trace");
        steps += trace.steps.len();
        assert_eq!(trace.verify(), Ok(()), "{}", trace.name);
    }
    assert!(steps > 1000, "the traces have steps to speak of: {steps}");
}

/// A change in any field of a step is found, with the place, what was expected and what was found.
#[test]
fn a_change_in_any_field_is_a_mismatch() {
    let good = text(&traces()[7]);
    let table = [
        (r#""ok":true"#, r#""ok":false"#, "ok"),
        (r#""gained":240"#, r#""gained":241"#, "gained"),
        (r#""score":240"#, r#""score":0"#, "score"),
        ("rr......../rr", "rb......../rr", "board"),
        (r#""hand":[null,null,8]"#, r#""hand":[null,null,9]"#, "hand"),
        (r#""colours":[null,null,"red"]"#, r#""colours":[null,null,"blue"]"#, "colours"),
        (r#""enabled":[null,true,true]"#, r#""enabled":[null,true,false]"#, "enabled"),
        (r#""sounds":["place","clear"]"#, r#""sounds":["place"]"#, "sounds"),
        (r#""over":false"#, r#""over":true"#, "over"),
    ];
    for (from, to, field) in table {
        assert!(good.contains(from), "{from}");
        let bad = Trace::parse(&good.replacen(from, to, 1)).expect("it is a trace still");
        let mismatch = bad.verify().expect_err(field);
        assert_eq!(mismatch.field, field, "{mismatch}");
        assert_ne!(mismatch.expected, mismatch.found);
    }
}

#[test]
fn verify_says_a_line_per_trace_and_a_total() {
    let files = traces();
    let files: Vec<_> = files.iter().map(|file| file.to_str().expect("the paths are plain")).collect();
    let output = headless(&[&["verify"], &files[..]].concat(), "");
    assert_eq!(output.status.code(), Some(0));
    let lines = printed(&output);
    assert_eq!(lines.lines().count(), 33);
    assert!(lines.ends_with("32 match, 0 do not, 0 could not be read\n"), "{lines}");
}

#[test]
fn verify_exits_with_1_at_a_mismatch_and_says_where() {
    let bad = text(&traces()[7]).replacen(r#""gained":240"#, r#""gained":250"#, 1);
    let path = file("mismatch.json", &bad);
    let output = headless(&["verify", &path], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        printed(&output).contains(&format!("{path}: step 8, gained: expected 250, found 240")),
        "{}",
        printed(&output)
    );
}

#[test]
fn verify_exits_with_2_and_a_sentence_for_what_is_not_a_trace() {
    let good = text(&traces()[7]);
    let table = [
        ("missing.json", None, "cannot be read"),
        ("empty.json", Some(String::new()), "not JSON"),
        ("nonsense.json", Some("}{".into()), "not JSON"),
        ("torn.json", Some(good[..good.len() / 2].into()), "not JSON"),
        ("other.json", Some(r#"{"a": 1}"#.into()), "not a trace"),
        ("list.json", Some("[]".into()), "not a trace"),
        ("shape.json", Some(good.replacen("[8, 8, 8]", "[8, 13, 8]", 1)), "shape 13"),
        ("big.json", Some(good.replacen("[8, 8, 8]", "[8, 256, 8]", 1)), "not a trace"),
        ("colour.json", Some(good.replacen(r#""red""#, r#""pink""#, 1)), "not a trace"),
        ("negative.json", Some(good.replacen(r#""slot":0"#, r#""slot":-1"#, 1)), "not a trace"),
        ("huge.json", Some(good.replacen(r#""row":0"#, r#""row":99999999999"#, 1)), "not a trace"),
    ];
    for (name, content, sentence) in table {
        let path = match content {
            Some(content) => file(name, &content),
            None => name.to_owned(),
        };
        let output = headless(&["verify", &path], "");
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(printed(&output).contains(sentence), "{name}: {}", printed(&output));
    }
}

#[test]
fn a_drop_from_a_slot_that_does_not_exist_is_refused_and_no_panic() {
    let odd = text(&traces()[7]).replacen(r#""slot":0"#, r#""slot":99"#, 1);
    let mismatch = Trace::parse(&odd).expect("it is a trace").verify().expect_err("slot 99 is empty");
    assert_eq!((mismatch.step, mismatch.field), (0, "ok"));
}

#[test]
fn play_answers_each_drop_with_a_step_of_a_trace() {
    let output = headless(&["play", "--seed", "7"], "0 0 0\n1 5 5\n0 0 0\n");
    assert_eq!(output.status.code(), Some(0));
    let lines = printed(&output);
    let lines: Vec<_> = lines.lines().collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0], r#"{"colours":["red","purple","blue"],"hand":[7,8,7]}"#);
    // Put together, what it printed is a trace, and one that is right.
    let head = &lines[0][1..lines[0].len() - 1];
    let trace = format!(r#"{{"name": "played", {head}, "steps": [{}]}}"#, lines[1..].join(","));
    assert_eq!(Trace::parse(&trace).expect("it is a trace").verify(), Ok(()));
}

#[test]
fn play_answers_what_is_not_a_drop_with_an_error_and_goes_on() {
    let table = ["", "1", "1 2", "1 2 3 4", "a b c", "0 0 99999999999", "-1 0 0", "0,0,0", "💥"];
    for line in table {
        let output = headless(&["play"], &format!("{line}\n0 0 0\n"));
        let lines = printed(&output);
        let lines: Vec<_> = lines.lines().collect();
        assert!(lines[1].contains("is not a drop"), "{line:?}: {}", lines[1]);
        assert!(lines[2].contains(r#""ok":true"#), "{line:?}: {}", lines[2]);
    }
}

#[test]
fn a_call_that_means_nothing_exits_with_2_and_says_how_to_call() {
    let table: [(&[&str], &str); 6] = [
        (&[], "Usage"),
        (&["verify"], "Usage"),
        (&["fly"], "Usage"),
        (&["play", "--seed"], "Usage"),
        (&["play", "--seed", "seven"], "is not a seed"),
        (&["play", "--seed", "18446744073709551616"], "is not a seed"),
    ];
    for (arguments, sentence) in table {
        let output = headless(arguments, "");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(printed(&output).contains(sentence), "{arguments:?}: {}", printed(&output));
    }
}

#[cfg(unix)]
#[test]
fn arguments_that_are_not_text_exit_with_2_and_no_panic() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let nonsense = OsStr::from_bytes(b"\xff\xfe");
    for first in ["verify", "play", "--seed"] {
        let output = Command::new(env!("CARGO_BIN_EXE_headless")).args([OsStr::new(first), nonsense]).output();
        let output = output.expect("the program has been built");
        assert_eq!(output.status.code(), Some(2), "{first}: {}", printed(&output));
        assert!(!printed(&output).contains("panicked"), "{first}");
    }
}

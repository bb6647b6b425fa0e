//! `headless verify`: checks recordings and traces.

use super::*;

fn printed(output: &Output) -> String {
    out(output) + &err(output)
}

/// Returns the text of a trace.
fn trace() -> String {
    std::fs::read_to_string(format!("{TRACES}/script-two-and-two.json")).unwrap()
}

#[test]
fn verify_prints_the_result_for_each_recording() {
    let (recording, game) = played(Deal::new(GameKind::Relaxed, 42), 20);
    let good = format!("20 drops, {} point{}: verified", game.score(), if game.score() == 1 { "" } else { "s" });
    let table = [
        ("good.txt", notation::to_text(&recording), 0, good.as_str()),
        ("good-link.txt", notation::to_link(&recording), 0, good.as_str()),
        ("good-page.txt", format!("https://example.org/play#g={}\n", notation::to_link(&recording)), 0, good.as_str()),
        ("illegal.txt", notation::to_text(&illegal()), 1, "is against the rules: the slot is empty"),
        ("illegal-link.txt", notation::to_link(&illegal()), 1, "is against the rules: the slot is empty"),
        ("malformed.txt", "A game of chess\n1. e4 e5\n".to_owned(), 2, "neither a trace nor a recording: character 1"),
        ("blank.txt", " \n\n".to_owned(), 2, "neither a trace nor a recording: character 1"),
    ];
    for (name, text, code, phrase) in table {
        let file = file(name, &text);
        let output = headless(&["verify", &file], "");
        assert_eq!(output.status.code(), Some(code), "{name}: {}{}", out(&output), err(&output));
        let printed = if code == 2 { err(&output) } else { out(&output) };
        assert!(printed.starts_with(&format!("{file}: ")) && printed.contains(phrase), "{name}: {printed}");
        let (matching, mismatching, unusable) = (u8::from(code == 0), u8::from(code == 1), u8::from(code == 2));
        let total = format!("{matching} match, {mismatching} do not match, {unusable} unusable\n");
        assert!(out(&output).ends_with(&total), "{name}: {}", out(&output));
    }
}

#[test]
fn verify_accepts_links_and_files_together() {
    let good = notation::to_link(&played(Deal::new(GameKind::Relaxed, 42), 20).0);
    let (page, bad) = (format!("https://example.org/play#g={good}"), notation::to_link(&illegal()));
    let output = headless(&["verify", &good, TRACE, &page, &bad, &good.replace('A', "B")], "");
    assert_eq!(output.status.code(), Some(2));
    let (printed, errors) = (out(&output), err(&output));
    let lines: Vec<_> = printed.lines().collect();
    for (line, (name, phrase)) in [(0, (&good, "verified")), (2, (&page, "verified")), (3, (&bad, "against the rules"))]
    {
        assert!(lines[line].starts_with(&name[..name.len().min(60)]) && lines[line].contains(phrase), "{printed}");
    }
    assert_eq!(lines[4], "3 match, 1 do not match, 1 unusable");
    assert!(
        errors.contains("cannot be read as a file (") && errors.contains(") and is not a link: character"),
        "{errors}"
    );
}

#[test]
fn verify_continues_after_a_mismatch_and_after_an_unusable_file() {
    let good = file("mixed-good.txt", &notation::to_text(&played(Deal::default(), 5).0));
    let bad = file("mixed-bad.txt", &notation::to_text(&illegal()));
    let table: [(&[&str], i32, &str); 3] = [
        (&[TRACE, &good], 0, "2 match, 0 do not match, 0 unusable\n"),
        (&[TRACE, &bad, &good], 1, "2 match, 1 do not match, 0 unusable\n"),
        (&["missing.txt", &bad, TRACE, &good], 2, "2 match, 1 do not match, 1 unusable\n"),
    ];
    for (files, code, total) in table {
        let output = headless(&[&["verify"], files].concat(), "");
        assert_eq!(output.status.code(), Some(code), "{files:?}");
        assert!(out(&output).ends_with(total), "{files:?}: {}", out(&output));
    }
}

#[test]
fn verify_prints_the_results_as_json() {
    let bad = file("json-bad.txt", &notation::to_text(&illegal()));
    let value = json(&["verify", "--json", TRACE, &bad, "missing.txt"]);
    assert_eq!(["match", "mismatch", "unusable"].map(|result| value[result].as_u64()), [Some(1); 3]);
    let files = value["files"].as_array().unwrap();
    let results: Vec<_> = files.iter().map(|file| (file["file"].as_str(), file["result"].as_str())).collect();
    let expected = [(TRACE, "match"), (bad.as_str(), "mismatch"), ("missing.txt", "unusable")];
    assert_eq!(results, expected.map(|(file, result)| (Some(file), Some(result))));
    assert!(files.iter().all(|file| file["says"].is_string()), "{value}");
}

#[test]
fn verify_prints_a_line_for_each_trace_and_a_total() {
    let files = std::fs::read_dir(TRACES).unwrap();
    let files: Vec<_> = files.map(|file| file.unwrap().path().display().to_string()).collect();
    let arguments: Vec<_> = ["verify"].into_iter().chain(files.iter().map(String::as_str)).collect();
    let output = headless(&arguments, "");
    assert_eq!(output.status.code(), Some(0));
    let lines = printed(&output);
    assert_eq!(lines.lines().count(), 33);
    assert!(lines.ends_with("32 match, 0 do not match, 0 unusable\n"), "{lines}");
}

#[test]
fn verify_exits_with_1_at_a_mismatch_and_prints_the_place() {
    let bad = trace().replacen(r#""gained":240"#, r#""gained":250"#, 1);
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
fn verify_exits_with_2_and_a_message_for_an_unusable_trace() {
    let table = [
        ("missing.json", None, "cannot be read"),
        ("empty.json", Some(String::new()), "neither a trace nor a recording"),
        ("incomplete.json", Some("{".into()), "not a usable trace: not JSON: EOF while parsing"),
        ("other.json", Some(r#"{"a": 1}"#.into()), "not a usable trace: JSON, but not a trace: unknown field `a`"),
        (
            "shape.json",
            Some(trace().replacen("[8, 8, 8]", "[8, 13, 8]", 1)),
            "not a usable trace: unknown shape 13; shapes are numbered 0 to 12",
        ),
    ];
    for (name, content, message) in table {
        let path = match content {
            Some(content) => file(name, &content),
            None => name.to_owned(),
        };
        let output = headless(&["verify", &path], "");
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(printed(&output).contains(message), "{name}: {}", printed(&output));
    }
}

#[test]
fn every_input_is_read_in_every_encoding_and_with_any_line_ends() {
    let recording = played(Deal::new(GameKind::Relaxed, 42), 20).0;
    let link = format!("https://example.org/#g={}\n", notation::to_link(&recording));
    let text = format!("# a comment\n{}", notation::to_text(&recording));
    for (name, input, replays) in [("text", text, true), ("link", link, true), ("trace", trace(), false)] {
        for (n, (what, bytes)) in passed_on(&input).into_iter().enumerate() {
            let file = path(&format!("passed-on-{name}-{n}"));
            std::fs::write(&file, &bytes).unwrap();
            let file = file.to_string_lossy();
            let output = headless(&["verify", &file], "");
            assert_eq!(output.status.code(), Some(0), "{name}, {what}: {}", err(&output));
            for (argument, input) in [(&*file, &b""[..]), ("-", &bytes)] {
                let output = headless(&["replay", argument], input);
                let expected = if replays { (0, "") } else { (2, "a trace, not a recording") };
                assert_eq!(output.status.code(), Some(expected.0), "{name}, {what}: {}", err(&output));
                assert!(err(&output).contains(expected.1), "{name}, {what}: {}", err(&output));
            }
        }
    }
}

#[test]
fn an_error_is_one_line_that_shows_hidden_characters() {
    let bad = file("hidden.txt", "\u{feff}blockers=1 rules=blocktser\u{1b}[31m\n");
    let unknown = file("hidden.json", "{\"\u{202e}a\\u001b\": 1}");
    let table = [
        (bad.as_str(), r"line 1, column 18: expected blocktser, found `blocktser\u{1b}[31m`"),
        (unknown.as_str(), r"unknown field `\u{202e}a\u{1b}`"),
        ("mi\u{7}ss\ning", r"mi\u{7}ss\ning: cannot be read as a file"),
    ];
    for (source, message) in table {
        for command in ["verify", "replay"] {
            let output = headless(&[command, source], "");
            assert_eq!(output.status.code(), Some(2), "{command} {source:?}");
            let printed = err(&output);
            assert!(printed.contains(message) && printed.lines().count() == 1, "{command} {source:?}: {printed}");
            assert!(!printed.trim_end().contains(char::is_control), "{command} {source:?}: {printed}");
        }
    }
}

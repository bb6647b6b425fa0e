//! `headless verify`: do recordings and traces hold?

use super::*;

fn printed(output: &Output) -> String {
    out(output) + &err(output)
}

/// A trace, to be spoilt.
fn trace() -> String {
    std::fs::read_to_string(format!("{TRACES}/script-two-and-two.json")).expect("the traces are part of the project")
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
fn verify_says_a_line_per_trace_and_a_total() {
    let files = std::fs::read_dir(TRACES).expect("the traces are part of the project");
    let files: Vec<_> = files.map(|file| file.expect("it can be listed").path().display().to_string()).collect();
    let arguments: Vec<_> = ["verify"].into_iter().chain(files.iter().map(String::as_str)).collect();
    let output = headless(&arguments, "");
    assert_eq!(output.status.code(), Some(0));
    let lines = printed(&output);
    assert_eq!(lines.lines().count(), 33);
    assert!(lines.ends_with("32 match, 0 do not, 0 could not be read\n"), "{lines}");
}

#[test]
fn verify_exits_with_1_at_a_mismatch_and_says_where() {
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
fn verify_exits_with_2_and_a_sentence_for_what_is_not_a_trace() {
    let table = [
        ("missing.json", None, "cannot be read"),
        ("empty.json", Some(String::new()), "not JSON"),
        ("other.json", Some(r#"{"a": 1}"#.into()), "not a trace"),
        ("shape.json", Some(trace().replacen("[8, 8, 8]", "[8, 13, 8]", 1)), "shape 13"),
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

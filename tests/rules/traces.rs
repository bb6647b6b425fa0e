//! The games of the original, drop by drop.

use std::path::PathBuf;

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
        assert!(mismatch.to_string().starts_with(&format!("step {}, {field}: expected ", mismatch.step)), "{mismatch}");
        assert_ne!(mismatch.expected, mismatch.found);
    }
}

#[test]
fn a_drop_from_a_slot_that_does_not_exist_is_refused_and_no_panic() {
    let odd = text(&traces()[7]).replacen(r#""slot":0"#, r#""slot":99"#, 1);
    let mismatch = Trace::parse(&odd).expect("it is a trace").verify().expect_err("slot 99 is empty");
    assert_eq!((mismatch.step, mismatch.field), (0, "ok"));
}

#[test]
fn what_is_not_a_trace_is_refused_with_a_sentence() {
    let good = text(&traces()[7]);
    let table = [
        (String::new(), "not JSON"),
        ("}{".into(), "not JSON"),
        (good[..good.len() / 2].into(), "not JSON"),
        (r#"{"a": 1}"#.into(), "not a trace"),
        ("[]".into(), "not a trace"),
        (good.replacen("[8, 8, 8]", "[8, 13, 8]", 1), "shape 13, but shapes are numbered 0 to 12"),
        (good.replacen(r#""hand":[null,null,8]"#, r#""hand":[null,null,13]"#, 1), "shape 13"),
        (good.replacen("[8, 8, 8]", "[8, 256, 8]", 1), "not a trace"),
        (good.replacen(r#""red""#, r#""pink""#, 1), "not a trace"),
        (good.replacen(r#""slot":0"#, r#""slot":-1"#, 1), "not a trace"),
        (good.replacen(r#""row":0"#, r#""row":99999999999"#, 1), "not a trace"),
    ];
    for (spoilt, sentence) in table {
        assert_ne!(spoilt, good, "{sentence}");
        let refused = Trace::parse(&spoilt).expect_err(&spoilt);
        assert!(refused.contains(sentence), "{refused}");
    }
}

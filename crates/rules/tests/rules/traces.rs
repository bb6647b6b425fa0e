//! Conformance traces: games of the original, drop by drop.

use std::error::Error;
use std::fs;
use std::path::Path;

use blockers_rules::trace::{Trace, TraceError};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/traces");

/// Returns the text of a trace in which a drop completes two rows and two columns.
fn two_and_two() -> String {
    fs::read_to_string(Path::new(FOLDER).join("script-two-and-two.json")).unwrap()
}

#[test]
fn the_rules_match_every_game_of_the_original() {
    let (mut files, mut steps) = (0, 0);
    for entry in fs::read_dir(FOLDER).unwrap() {
        let trace = Trace::parse(&fs::read_to_string(entry.unwrap().path()).unwrap()).unwrap();
        files += 1;
        steps += trace.steps.len();
        assert_eq!(trace.verify(), Ok(()), "{}", trace.name);
    }
    assert_eq!(files, 32);
    assert!(steps > 1000, "only {steps} steps");
}

#[test]
fn a_change_in_any_field_is_a_mismatch() {
    let good = two_and_two();
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
        let changed = Trace::parse(&good.replacen(from, to, 1)).unwrap();
        let mismatch = changed.verify().expect_err(field);
        assert_eq!(mismatch.field, field, "{mismatch}");
        assert!(mismatch.to_string().starts_with(&format!("step {}, {field}: expected ", mismatch.step)), "{mismatch}");
        assert_ne!(mismatch.expected, mismatch.found);
    }
}

#[test]
fn a_drop_from_a_slot_that_does_not_exist_is_refused() {
    let changed = two_and_two().replacen(r#""slot":0"#, r#""slot":99"#, 1);
    let mismatch = Trace::parse(&changed).unwrap().verify().unwrap_err();
    assert_eq!((mismatch.step, mismatch.field), (0, "ok"));
}

#[test]
fn a_text_that_is_not_a_trace_is_an_error_with_a_source() {
    let good = two_and_two();
    let unknown_slot = good.replacen(r#""slot":0"#, r#""slot":-1"#, 1);
    let table = [
        (String::new(), "not JSON", "EOF while parsing a value at line 1 column 0"),
        ("}{".into(), "not JSON", "expected value at line 1 column 1"),
        (good[..good.len() / 2].into(), "not JSON", "EOF while parsing"),
        (r#"{"a": 1}"#.into(), "JSON, but not a trace", "unknown field `a`"),
        ("[]".into(), "JSON, but not a trace", "invalid length 0"),
        (good.replacen("[8, 8, 8]", "[8, 256, 8]", 1), "JSON, but not a trace", "invalid value: integer `256`"),
        (good.replacen(r#""red""#, r#""pink""#, 1), "JSON, but not a trace", "unknown variant `pink`"),
        (unknown_slot, "JSON, but not a trace", "invalid value: integer `-1`"),
        (good.replacen(r#""row":0"#, r#""row":99999999999"#, 1), "JSON, but not a trace", "invalid value: integer"),
    ];
    for (text, message, source) in table {
        assert_ne!(text, good, "{source}");
        let error = Trace::parse(&text).expect_err(&text);
        assert_eq!(error.to_string(), message, "{error:?}");
        assert!(error.source().unwrap().to_string().starts_with(source), "{error:?}");
    }
}

#[test]
fn an_unknown_shape_is_an_error() {
    let good = two_and_two();
    for (from, to) in [("[8, 8, 8]", "[8, 13, 8]"), (r#""hand":[null,null,8]"#, r#""hand":[null,null,13]"#)] {
        let text = good.replacen(from, to, 1);
        assert_ne!(text, good, "{from}");
        let error = Trace::parse(&text).expect_err(&text);
        assert!(matches!(error, TraceError::UnknownShape(13)), "{error:?}");
        assert_eq!(error.to_string(), "unknown shape 13; shapes are numbered 0 to 12");
        assert!(error.source().is_none());
    }
}

/// `parse` never returns such a trace, but the fields are public.
#[test]
fn a_trace_whose_first_hand_has_an_unknown_shape_has_no_game() {
    let mut trace = Trace::parse(&two_and_two()).unwrap();
    trace.hand[1] = 200;
    assert!(matches!(trace.game(), Err(TraceError::UnknownShape(200))));
    let mismatch = trace.verify().unwrap_err();
    assert_eq!((mismatch.step, mismatch.field), (0, "hand"));
    assert_eq!(mismatch.found, "unknown shape 200; shapes are numbered 0 to 12");
}

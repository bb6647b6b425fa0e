//! A text or link that was damaged is not parsed as the original recording.

use blockers_rules::notation::{parse, parse_link, parse_text, to_link, to_text};

use super::{HEADER, long, sample};

/// Returns the text with each of its bits flipped, and the index of the changed byte. Invalid UTF-8 is replaced, as
/// browsers do.
fn flipped(text: &str) -> impl Iterator<Item = (usize, String)> {
    (0..text.len() * 8).map(move |bit| {
        let mut bytes = text.as_bytes().to_vec();
        bytes[bit / 8] ^= 1 << (bit % 8);
        (bit / 8, String::from_utf8_lossy(&bytes).into_owned())
    })
}

#[test]
fn a_link_with_a_flipped_bit_or_a_missing_end_is_an_error() {
    for recording in [sample(), long(0), long(8), long(25)] {
        let link = to_link(&recording);
        for (index, damaged) in flipped(&link) {
            assert!(parse_link(&damaged).is_err(), "{damaged} for {link}, byte {index}");
            assert!(parse(&damaged).is_err(), "{damaged} for {link}, byte {index}");
        }
        for end in 0..link.len() {
            assert!(parse_link(&link[..end]).is_err(), "{end} characters of {link}");
        }
    }
}

#[test]
fn a_text_with_a_flipped_bit_or_a_missing_end_is_never_parsed_as_the_same_game() {
    let comment = "# a comment\n";
    let text = format!("{HEADER}\n{comment}{}\n3@j10 2@d1\n", ["1@a1", "2@b2", "3@c10"].join(" "));
    let original = to_text(&parse_text(&text).unwrap());
    let from = HEADER.len() + 1;
    let in_comment = from..from + comment.len();
    for (index, damaged) in flipped(&text) {
        let same = parse_text(&damaged).is_ok_and(|read| to_text(&read) == original);
        let irrelevant = in_comment.contains(&index) || text.as_bytes()[index].is_ascii_whitespace();
        assert!(!same || irrelevant, "byte {index}: {damaged}");
    }
    for end in 0..text.len() {
        let same = parse_text(&text[..end]).is_ok_and(|read| to_text(&read) == original);
        assert!(!same || text[end..].trim().is_empty(), "{end} bytes");
    }
}

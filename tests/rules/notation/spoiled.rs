//! A form with a wrong bit or a lost end is never taken for what it was.

use blockers::rules::notation::{parse, parse_link, parse_text, to_link, to_text};

use super::{HEADER, long, sample};

/// What comes of a text when one bit of one byte is the other way round; what is no UTF-8 then is read as a browser would.
fn flipped(text: &str) -> impl Iterator<Item = (usize, String)> {
    (0..text.len() * 8).map(move |bit| {
        let mut bytes = text.as_bytes().to_vec();
        bytes[bit / 8] ^= 1 << (bit % 8);
        (bit / 8, String::from_utf8_lossy(&bytes).into_owned())
    })
}

#[test]
fn a_link_with_a_wrong_bit_or_a_lost_end_is_no_link() {
    for recording in [sample(), long(0), long(8), long(25)] {
        let link = to_link(&recording);
        for (place, other) in flipped(&link) {
            assert!(parse_link(&other).is_err(), "{other} for {link}, byte {place}");
            assert!(parse(&other).is_err(), "{other} for {link}, byte {place}");
        }
        for end in 0..link.len() {
            assert!(parse_link(&link[..end]).is_err(), "{end} characters of {link}");
        }
    }
}

#[test]
fn a_text_with_a_wrong_bit_or_a_lost_end_is_never_taken_for_the_same_game() {
    let comment = "# a comment\n";
    let text = format!("{HEADER}\n{comment}{}\n3@j10 2@d1\n", ["1@a1", "2@b2", "3@c10"].join(" "));
    let original = to_text(&parse_text(&text).expect("it is written as it should be"));
    let from = HEADER.len() + 1;
    let in_comment = from..from + comment.len();
    for (place, other) in flipped(&text) {
        let same = parse_text(&other).is_ok_and(|read| to_text(&read) == original);
        let between = in_comment.contains(&place) || text.as_bytes()[place].is_ascii_whitespace();
        assert!(!same || between, "byte {place}: {other}");
    }
    for end in 0..text.len() {
        let same = parse_text(&text[..end]).is_ok_and(|read| to_text(&read) == original);
        assert!(!same || text[end..].trim().is_empty(), "{end} bytes");
    }
}

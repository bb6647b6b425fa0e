//! Links in URLs that other programs have passed on: what they add, encode, break and leave out.

use blockers_rules::notation::{parse, parse_link, to_fragment, to_link};
use blockers_rules::{GameKind, Recording};

use super::{long, recording, sample};

/// Games whose links end with one and with two punctuation characters, and with a letter.
fn recordings() -> [Recording; 4] {
    let seed = |seed| recording(GameKind::Seed, seed, 0, &[]);
    let recordings = [seed(6), seed(56), seed(TWO), sample()];
    let ends = ["q2_", "j-", "__", "w"];
    for (recording, end) in recordings.iter().zip(ends) {
        assert!(to_link(recording).ends_with(end), "{}", to_link(recording));
    }
    recordings
}

/// The first seed whose link ends with two of the characters that programs leave out.
const TWO: u64 = 2_097_407;

#[test]
fn what_clings_to_a_url_is_ignored() {
    let after = [
        ".",
        ",",
        ";",
        ":",
        "!",
        "?",
        "…",
        "。",
        ")",
        "]",
        "}",
        ">",
        "\"",
        "'",
        "”",
        "»",
        "`",
        "*",
        "_",
        "-",
        "__",
        "_.",
        "~",
        "|",
        "/",
        "\\",
        "=",
        " ",
        "\n",
        "\r\n",
        "\u{a0}",
        "\u{200b}",
        "\u{200e}",
        "\u{feff}",
        ". And so on",
        " x",
        "%20",
        "%22",
        "%29",
        "%3E",
        "%2C",
        "%0A",
        "%e2%80%9d",
        "%E2%80%8B",
        "%",
        "%2",
        "&utm_source=x",
        "&amp;a=b",
        "%26a=b",
        ":~:text=Blockers",
        "#more",
        "吧",
        "é",
        "</a>",
    ];
    for recording in recordings() {
        for link in [to_link(&recording), to_fragment(&recording)] {
            for after in after {
                for before in ["", "#g=", "see <https://example.org/blockers/#g=", "\u{feff}#g=\u{200e}", "#g=%20"] {
                    let url = format!("{before}{link}{after}");
                    assert_eq!(parse_link(&url).as_ref(), Ok(&recording), "{url}");
                    assert_eq!(parse(&url).as_ref(), Ok(&recording), "{url}");
                }
            }
        }
    }
}

#[test]
fn an_encoded_or_broken_url_is_read() {
    for recording in recordings() {
        let link = to_link(&recording);
        let every = |insert: &str| link.chars().map(|letter| format!("{letter}{insert}")).collect::<String>();
        let encoded: String = link.bytes().map(|byte| format!("%{byte:02X}")).collect();
        for url in [
            format!("https://example.org/#g={}", link.replace('_', "%5F").replace('-', "%2d")),
            format!("https://example.org/#g={}", link.replace('_', "%255f").replace('-', "%252D")),
            format!("https://example.org/%23g%3D{link}"),
            format!("https://other.example/?to=https%3A%2F%2Fexample.org%2F%23g%3D{link}%26end&id=7"),
            format!("#g={encoded}"),
            format!("#g={}", every("\r\n")),
            format!("#g={}", every("\u{200b}")),
            format!("#g={}", every("%20")),
        ] {
            assert_eq!(parse_link(&url).as_ref(), Ok(&recording), "{url}");
        }
    }
}

#[test]
fn punctuation_that_was_lost_at_the_end_of_a_link_is_restored_and_nothing_else() {
    for recording in recordings() {
        let link = to_link(&recording);
        let kept = link.trim_end_matches(['-', '_']).len();
        for (end, _) in link.char_indices() {
            for after in ["", ".", " and more", "&a=b"] {
                let read = parse_link(&format!("#g={}{after}", &link[..end]));
                if end < kept {
                    assert!(read.is_err(), "{end} characters of {link}");
                } else {
                    assert_eq!(read.as_ref(), Ok(&recording), "{end} characters of {link}");
                }
            }
        }
    }
}

#[test]
fn a_written_url_ends_with_a_letter_or_a_digit_and_has_its_link_before_an_ampersand() {
    let mut ends = 0;
    for seed in 0..2_000 {
        let recording = recording(GameKind::Seed, seed, 0, &long(seed as usize % 30).drops);
        let fragment = to_fragment(&recording);
        assert!(fragment.ends_with(|letter: char| letter.is_ascii_alphanumeric()), "{fragment}");
        assert_eq!(parse_link(&format!("https://example.org/#g={fragment}")).as_ref(), Ok(&recording));
        // A program of an earlier version reads up to here.
        assert_eq!(fragment.split('&').next(), Some(to_link(&recording).as_str()));
        ends += usize::from(fragment.contains('&'));
    }
    assert!((20..200).contains(&ends), "{ends} of 2000 links end with a punctuation character");
}

#[test]
fn a_text_that_is_encoded_again_and_again_is_an_error() {
    let text = format!("#g={}", "%25".repeat(300_000));
    assert!(parse_link(&text).is_err());
}

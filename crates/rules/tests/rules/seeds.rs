//! Seeds as people type and paste them, and texts that show what cannot be seen.

use blockers_rules::characters::{is_blank, trimmed, visible};
use blockers_rules::parse_seed;

#[test]
fn a_seed_can_have_the_digits_of_any_script() {
    for (text, seed) in [
        ("7", 7),
        ("007", 7),
        ("18446744073709551615", u64::MAX),
        ("٠١٢٣٤٥٦٧٨٩", 123_456_789),
        ("۰۱۲۳۴۵۶۷۸۹", 123_456_789),
        ("०१२३४५६७८९", 123_456_789),
        ("০১২৩৪৫৬৭৮৯", 123_456_789),
        ("၀၁၂၃၄၅၆၇၈၉", 123_456_789),
        ("๐๑๒๓๔๕๖๗๘๙", 123_456_789),
        ("０１２３４５６７８９", 123_456_789),
        ("𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", 123_456_789),
        ("𞥐𞥑𞥒𞥓𞥔𞥕𞥖𞥗𞥘𞥙", 123_456_789),
        ("1٢۳४", 1234),
        ("١٨٤٤٦٧٤٤٠٧٣٧٠٩٥٥١٦١٥", u64::MAX),
    ] {
        assert_eq!(parse_seed(text), Some(seed), "{text}");
    }
}

#[test]
fn the_digits_of_each_script_are_ten_numeric_characters() {
    let value = |code: u32| char::from_u32(code).and_then(|letter| parse_seed(&letter.to_string()));
    let digits: Vec<u32> = (0..=0x10_ffff).filter(|&code| value(code).is_some()).collect();
    assert_eq!(digits.len(), 770, "the number of decimal digits in Unicode 17");
    for script in digits.chunks(10) {
        let (first, last) = (script[0], script[9]);
        assert_eq!((last - first, value(first), value(last)), (9, Some(0), Some(9)), "U+{first:X}");
        assert!(script.iter().all(|&code| char::from_u32(code).unwrap().is_numeric()), "U+{first:X}");
    }
}

#[test]
fn a_seed_can_have_blanks_and_marks_around_it_a_plus_sign_and_groups_of_three_digits() {
    let around = [" ", "\t", "\r\n", "\u{a0}", "\u{202f}", "\u{3000}", "\u{200b}", "\u{200e}", "\u{200f}", "\u{feff}"];
    for blank in around {
        for text in [format!("{blank}70"), format!("70{blank}"), format!(" {blank}+70{blank}{blank}")] {
            assert_eq!(parse_seed(&text), Some(70), "{text:?}");
        }
    }
    assert_eq!(parse_seed("\u{2068}70\u{2069}"), Some(70), "as copied from an Arabic sentence of the page");
    for separator in [' ', '\u{a0}', '\u{2009}', '\u{202f}', ',', '.', '\'', '’', '٬'] {
        let text = format!("18{separator}446{separator}744");
        assert_eq!(parse_seed(&text), Some(18_446_744), "{text}");
    }
    assert_eq!(parse_seed("١٬٢٣٤"), Some(1234));
}

#[test]
fn a_seed_can_have_the_punctuation_of_a_sentence_around_it() {
    let texts =
        r#"70.|70,|70)|(70)|[70]|<70>|"70"|'70'|“70”|„70“|« 70 »|*70*|_70_|70!|70?|70…|70。|70؟|70/|(+70).|٧٠،"#;
    for text in texts.split('|') {
        assert_eq!(parse_seed(text), Some(70), "{text}");
    }
    assert_eq!(parse_seed("1,234."), Some(1234));
}

#[test]
fn what_is_not_a_seed_is_refused_and_never_cut() {
    let texts = [
        "| |\u{200f}|abc|seed 7|#7|NaN|&|👾|...|()|七|½|²|Ⅶ|①",
        "+|-|-1|−1|--1|++1|+ 1|7-|7%|7/8|7\u{0}|7\u{200b}0|1e3|0x10",
        "1.5|1,5|1.50|.5|,123|70.5.|٢٫٥|7 8|1\t234|12,34|1,2345|1234,567|1,234.567|1,,234",
        "18446744073709551616|184467440737095516150|1 844674407370955161 5",
    ];
    for text in texts.iter().flat_map(|texts| texts.split('|')) {
        assert_eq!(parse_seed(text), None, "{text}");
    }
    assert_eq!(parse_seed(&"9".repeat(8_000)), None);
    assert_eq!(parse_seed(&format!("{}7", "0".repeat(8_000))), Some(7));
}

#[test]
fn hidden_characters_are_blank_and_shown_escaped() {
    for (letter, shown) in [
        ('\t', r"\t"),
        ('\r', r"\r"),
        ('\n', r"\n"),
        ('\u{a0}', r"\u{a0}"),
        ('\u{2028}', r"\u{2028}"),
        ('\u{1a}', r"\u{1a}"),
        ('\u{ad}', r"\u{ad}"),
        ('\u{200b}', r"\u{200b}"),
        ('\u{200f}', r"\u{200f}"),
        ('\u{202e}', r"\u{202e}"),
        ('\u{2069}', r"\u{2069}"),
        ('\u{fe0f}', r"\u{fe0f}"),
        ('\u{feff}', r"\u{feff}"),
    ] {
        assert!(is_blank(letter), "{shown}");
        assert_eq!(visible(&format!("7{letter}"), 24), format!("7{shown}"));
        assert_eq!(trimmed(&format!("{letter} 7 {letter}")), "7");
    }
    assert!(is_blank(' ') && ['7', '-', '\u{0}', 'é', '👾'].into_iter().all(|letter| !is_blank(letter)));
    assert_eq!(visible("\u{0}\u{7}\u{1b}[31m", 24), r"\u{0}\u{7}\u{1b}[31m");
}

#[test]
fn a_text_that_is_cut_for_a_message_ends_with_an_ellipsis() {
    assert_eq!([visible("seven", 5), visible("seven", 4), visible("", 0)], ["seven", "seve…", ""]);
    assert_eq!([visible("1234\r", 6), visible("1234\r", 5), visible("\r", 0)], [r"1234\r", "1234…", "…"]);
}

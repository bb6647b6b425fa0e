//! Seeds as people type and paste them.

use super::characters::is_blank;

/// The zero of each script that has decimal digits: Unicode's category Nd, version 17. The digits from 1 to 9 follow
/// it.
const ZEROS: [u32; 77] = [
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0,
    0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620,
    0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x10d40, 0x11066, 0x110f0, 0x11136,
    0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x116d0, 0x116da, 0x11730, 0x118e0, 0x11950, 0x11bf0,
    0x11c50, 0x11d50, 0x11da0, 0x11de0, 0x11f50, 0x16130, 0x16a60, 0x16ac0, 0x16b50, 0x16d70, 0x1ccf0, 0x1d7ce,
    0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e4f0, 0x1e5f1, 0x1e950, 0x1fbf0,
];

/// What separates groups of three digits in some language.
const SEPARATORS: [char; 9] = [' ', '\u{a0}', '\u{2009}', '\u{202f}', ',', '.', '\'', '’', '٬'];

/// What a sentence, quotation marks, brackets or a chat program can leave before and after a seed. A sign, or a point
/// before a number, would change its value.
const BEFORE: &str = "([{<\"'`“„‘‚«*_~";
const AFTER: &str = ".,;:!?…。،؛؟)]}>\"'`”“’‘»*_~/";

/// Reads a seed: a number from 0 to 2⁶⁴ − 1 in the decimal digits of any script. There may be a plus sign before it;
/// blanks, invisible characters and the punctuation of a sentence around it; and separators between groups of three
/// digits. Returns `None` for anything else.
///
/// ```
/// use blockers_rules::parse_seed;
///
/// assert_eq!(parse_seed(" ٧٠\u{200f}"), Some(70));
/// assert_eq!([parse_seed("1,234"), parse_seed("1.234")], [Some(1234); 2]);
/// assert_eq!(parse_seed("“7”."), Some(7));
/// assert_eq!([parse_seed("1.5"), parse_seed("18446744073709551616"), parse_seed("seed 7")], [None; 3]);
/// ```
#[must_use]
pub fn parse_seed(text: &str) -> Option<u64> {
    let around = |punctuation: &'static str| move |letter| is_blank(letter) || punctuation.contains(letter);
    let text = text.trim_start_matches(around(BEFORE)).trim_end_matches(around(AFTER));
    let text = text.strip_prefix(['+', '＋']).unwrap_or(text);
    let (mut seed, mut digits, mut separator) = (0u64, 0usize, None);
    for letter in text.chars() {
        if let Some(digit) = digit(letter) {
            seed = seed.checked_mul(10)?.checked_add(digit.into())?;
            digits += 1;
        } else {
            let ends_group = if separator.is_none() { (1..=3).contains(&digits) } else { digits == 3 };
            let is_separator = SEPARATORS.contains(&letter) && separator.is_none_or(|other| other == letter);
            if !ends_group || !is_separator {
                return None;
            }
            (separator, digits) = (Some(letter), 0);
        }
    }
    let is_complete = if separator.is_none() { digits > 0 } else { digits == 3 };
    is_complete.then_some(seed)
}

/// Returns the value of a decimal digit of any script.
fn digit(letter: char) -> Option<u32> {
    let code = u32::from(letter);
    let after = ZEROS.partition_point(|&zero| zero <= code);
    let zero = ZEROS.get(after.checked_sub(1)?)?;
    Some(code - zero).filter(|&digit| digit < 10)
}

//! How a [`Recording`] is written down: as a text that people read, and as a link that they pass on.
//!
//! Comes in: a recording, or what somebody wrote. Goes out: the writing, or the recording, or the first place where the writing
//! is wrong. The rules are not asked: [`Recording::verify`] says whether a game could go so. What is said here is the
//! specification of both forms; their version is 1.
//!
//! ```
//! use blockers::rules::notation::{parse, to_link, to_text};
//!
//! let text = "blockers=1 rules=blocktser dealer=classic game=daily seed=20261123 undos=0\n2@d7 1@a1 3@j10\n";
//! let recording = parse(text).expect("it is written as it should be");
//! assert_eq!(recording.drops.len(), 3);
//! assert_eq!(to_text(&recording), text);
//! assert_eq!(to_link(&recording), "AQIAg9LUCQNRgCVgnLAaqw");
//! assert_eq!(parse("https://example.org/#g=AQIAg9LUCQNRgCVgnLAaqw"), Ok(recording));
//!
//! let error = parse("blockers=1 rules=blocktser dealer=classic game=daily seed=1 undos=0\n2@k7").expect_err("there is no k");
//! assert_eq!(error.to_string(), "line 2, column 3: expected a column from a to j, found `k`");
//! ```
//!
//! # The text
//!
//! UTF-8: words, and blanks, tabs and line ends (LF or CRLF) between them, any number of these. A line that begins with `#` is
//! a comment. The first six words are the header. Each is a key, `=` and a value, and they stand in this order:
//!
//! | key | value |
//! |---|---|
//! | `blockers` | the version of this notation, `1` |
//! | `rules` | `blocktser` |
//! | `dealer` | the [dealer](super::GameKind::dealer_name) of that kind of game, `classic` or `kind` |
//! | `game` | the [kind of game](super::GameKind::name), `classic`, `kind`, `daily` or `seed` |
//! | `seed` | what it was dealt from, 0 to 2⁶⁴ − 1 |
//! | `undos` | how often the player went back, 0 to 2³² − 1 |
//!
//! Every word after them is a drop, at most [`MAX_DROPS`]: the slot, `1` to `3`; then `@`; then where the piece's top-left cell
//! went, the column `a` to `j` from the left and the row `1` to `10` from the top. A number has decimal digits, no sign, and no
//! zero before it.
//!
//! The writer makes one line of the header, then lines of twelve drops, with one blank between words and LF after each line.
//!
//! # The link
//!
//! These bytes in base64url (RFC 4648, section 5) without padding:
//!
//! | bytes | what |
//! |---|---|
//! | 1 | the version of this notation, 1 |
//! | 1 | the kind of game, as its place in [`GameKind::ALL`](super::GameKind::ALL) |
//! | 1 to 5 | how often the player went back, below 2³²; unsigned LEB128 |
//! | 1 to 10 | the seed, below 2⁶⁴; unsigned LEB128 |
//! | 1 to 3 | the number of drops, at most [`MAX_DROPS`]; unsigned LEB128 |
//! | as many as it takes | the drops, nine bits each, the most significant bit first: 100 × slot + 10 × row + column, all from 0; then zero bits up to a whole byte |
//! | 4 | CRC-32 (that of gzip and PNG) of all bytes before, the least significant byte first |
//!
//! A recording has one link and no other. A number takes as few bytes as it can, the bits that are left over in the last
//! character are zero, and nothing comes after. In an address the link stands after `#g=`, and ends there or before `&`.

mod link;
mod text;

use std::fmt;

use super::recording::Recording;

pub use link::{checksum, parse_link, to_link};
pub use text::{parse_text, to_text};

/// A recording of more drops than this is refused. Of one that has more these are written, so that what is written can be read.
pub const MAX_DROPS: usize = 200_000;

const AT_MOST: &str = "at most 200000 drops";

/// The version of both forms.
const VERSION: u8 = 1;

const THIS_VERSION: &str = "version 1, the only one that this program reads";

/// So many characters of foreign text are quoted in an error.
const QUOTED: usize = 24;

/// Reads either form: it is a text if its first word that is not in a comment begins with `blockers=`, else a link. Blanks and
/// line ends around a link do not count.
///
/// # Errors
/// The first place where it is wrong.
pub fn parse(written: &str) -> Result<Recording, NotationError> {
    if text::is_text(written) { parse_text(written) } else { parse_link(written.trim()) }
}

/// A place in something written. Everything is counted from 1, in characters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// In a text.
    Text {
        /// The line.
        line: usize,
        /// The character of that line.
        column: usize,
    },
    /// In a link.
    Link {
        /// The character after `#g=`, or from the beginning if there is no `#g=`.
        character: usize,
    },
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text { line, column } => write!(f, "line {line}, column {column}"),
            Self::Link { character } => write!(f, "character {character}"),
        }
    }
}

/// Something that is not written as it should be: the first place where that shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotationError {
    /// Where it is.
    pub place: Place,
    /// What should be there, in a few words.
    pub expected: &'static str,
    /// What is there, in a few words.
    pub found: String,
}

impl fmt::Display for NotationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: expected {}, found {}", self.place, self.expected, self.found)
    }
}

impl std::error::Error for NotationError {}

/// Foreign text as an error quotes it: not too much of it, and no control character.
fn quoted(text: &str) -> String {
    if text.is_empty() {
        return "nothing".to_owned();
    }
    let mut letters = text.chars();
    let mut quote = String::from('`');
    let shown = letters.by_ref().take(QUOTED);
    quote.extend(shown.map(|letter| if letter.is_control() { char::REPLACEMENT_CHARACTER } else { letter }));
    quote.push_str(if letters.next().is_some() { "…`" } else { "`" });
    quote
}

/// The first character of a text, or nothing if it has none.
fn first(text: &str) -> &str {
    text.chars().next().and_then(|letter| text.get(..letter.len_utf8())).unwrap_or_default()
}

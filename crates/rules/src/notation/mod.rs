//! Reads and writes a [`Recording`] in two forms: as a text for people, and as a link to share.
//!
//! This page specifies both forms; their version is 1. The parsers do not check whether drops are legal;
//! [`Recording::verify`] does.
//!
//! ```
//! use blockers_rules::notation::{parse, to_link, to_text};
//!
//! let text = "blockers=1 rules=blocktser dealer=classic game=daily seed=20261123 undos=0\n2@d7 1@a1 3@j10\n";
//! let recording = parse(text).unwrap();
//! assert_eq!(recording.drops.len(), 3);
//! assert_eq!(to_text(&recording), text);
//! assert_eq!(to_link(&recording), "AQIAg9LUCQNRgCVgnLAaqw");
//! assert_eq!(parse("https://example.org/#g=AQIAg9LUCQNRgCVgnLAaqw"), Ok(recording));
//!
//! let error = parse("blockers=1 rules=blocktser dealer=classic game=daily seed=1 undos=0\n2@k7").unwrap_err();
//! assert_eq!(error.to_string(), "line 2, column 3: expected a column from a to j, found `k`");
//! ```
//!
//! # The text
//!
//! The text is UTF-8. It consists of words, separated by any number of blanks: white space, line ends, and invisible
//! characters such as a byte order mark (see [`is_blank`](super::characters::is_blank)). A line ends with LF, CRLF or
//! CR. A line that starts with `#` is a comment. The first six words are the header. Each is a key, `=` and a value, in
//! this order:
//!
//! | key | value |
//! |---|---|
//! | `blockers` | the version of this notation, `1` |
//! | `rules` | `blocktser` |
//! | `dealer` | the [dealer](super::GameKind::dealer_name) of this game kind, `classic` or `kind` |
//! | `game` | the [game kind](super::GameKind::name), `classic`, `kind`, `daily` or `seed` |
//! | `seed` | the seed of the dealer, 0 to 2⁶⁴ − 1 |
//! | `undos` | the number of undos, 0 to 2³² − 1 |
//!
//! Every further word is a drop, [`MAX_DROPS`] at most: the slot, `1` to `3`; then `@`; then the cell of the piece's
//! top-left cell, with the column `a` to `j` from the left and the row `1` to `10` from the top. Numbers are decimal,
//! without sign and without leading zeros.
//!
//! The writer puts the header on one line and then twelve drops on each line, with one space between words and LF after
//! each line.
//!
//! # The link
//!
//! The link is these bytes in base64url (RFC 4648, section 5) without padding:
//!
//! | bytes | content |
//! |---|---|
//! | 1 | the version of this notation, 1 |
//! | 1 | the game kind, as its position in [`GameKind::ALL`](super::GameKind::ALL) |
//! | 1 to 5 | the number of undos, below 2³²; unsigned LEB128 |
//! | 1 to 10 | the seed, below 2⁶⁴; unsigned LEB128 |
//! | 1 to 3 | the number of drops, at most [`MAX_DROPS`]; unsigned LEB128 |
//! | as needed | the drops, nine bits each, most significant bit first; then zero bits up to a whole byte |
//! | 4 | the CRC-32 (that of gzip and PNG) of all bytes before it, least significant byte first |
//!
//! A drop is the number 100 × slot + 10 × row + column, all counted from 0.
//!
//! Each recording has exactly one link: numbers take as few bytes as possible, and the unused bits of the last
//! character are zero.
//!
//! # The link in a URL
//!
//! In a URL the link follows `#g=`, and ends at `&` or at the end of the URL. Many programs leave `-` and `_` out at
//! the end of a URL, so [`to_fragment`] writes `&end` after a link that ends with one of them. All programs that read
//! version 1 of the link stop at the `&`.
//!
//! [`parse_link`] also reads what other programs have made of a URL, as far as the checksum leaves no doubt:
//!
//! - Percent-encoded characters are decoded, up to twice.
//! - Blanks before the link and within it are skipped. Some programs break long lines.
//! - What follows the link is ignored: any `-` and `_`, and then everything from the first character that is neither a
//!   letter nor a digit of ASCII. Often this is punctuation of the sentence around the URL.
//! - One or two `-` or `_` that were lost at the end are restored.

mod error;
mod limits;
mod link;
mod text;
mod url;

use super::recording::Recording;

pub use error::{NotationError, Place};
pub use limits::MAX_DROPS;
pub use link::to_link;
pub use text::{parse_text, to_text};
pub use url::{parse_link, to_fragment};

/// Reads either form. The input is a text if its first word outside comments starts with `blockers=`, else a link.
///
/// # Errors
/// Returns the first place where the input is wrong.
pub fn parse(input: &str) -> Result<Recording, NotationError> {
    if text::is_text(input) { parse_text(input) } else { parse_link(input) }
}

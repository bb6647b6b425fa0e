//! Finds a link in a URL, also after other programs have changed the URL, and writes it so that they change it less.

use std::borrow::Cow;

use super::error::NotationError;
use super::link::{PUNCTUATION, is_letter, read, to_link};
use crate::characters::is_blank;
use crate::recording::Recording;

/// The text before a link in a URL.
const KEY: &str = "#g=";

/// What follows a link in a URL if the link ends with a punctuation character.
const END: &str = "&end";

/// The characters that may be lost at the end of a link.
const LOST: [&str; 6] = ["-", "_", "--", "-_", "_-", "__"];

/// Writes a recording as the part of a URL after `#g=`. It never ends with a punctuation character.
///
/// ```
/// use blockers_rules::notation::{parse_link, to_fragment};
/// use blockers_rules::{Deal, GameKind, Recording};
///
/// let recording = Recording { deal: Deal::new(GameKind::Seed, 6), ..Recording::default() };
/// assert_eq!(to_fragment(&recording), "AQMABgDF1q2_&end");
/// assert_eq!(parse_link("https://example.org/#g=AQMABgDF1q2"), Ok(recording));
/// ```
#[must_use]
pub fn to_fragment(recording: &Recording) -> String {
    let mut link = to_link(recording);
    if link.ends_with(PUNCTUATION) {
        link.push_str(END);
    }
    link
}

/// Reads a link from a URL: the part between `#g=` and `&` or the end, or the whole text if there is no `#g=`. Repairs
/// what other programs do to a URL; see [the module](super#the-link-in-a-url).
///
/// # Errors
/// Returns the first place where the link is wrong. For a damaged link that may be its checksum.
pub fn parse_link(url: &str) -> Result<Recording, NotationError> {
    // A URL inside of another one is encoded twice.
    let url = decoded(&decoded(url)).into_owned();
    let after = url.split_once(KEY).map(|(_, after)| after.split_once('&').map_or(after, |(link, _)| link));
    let link = after.unwrap_or(&url).trim_start_matches(is_blank);
    read(link).or_else(|error| {
        let rest = link.trim_start_matches(is_letter);
        let letters = &link[..link.len() - rest.len()];
        LOST.iter().find_map(|lost| read(&format!("{letters}{lost}")).ok()).ok_or(error)
    })
}

/// Returns the text with its percent-encoded characters decoded. A `%` without two hexadecimal digits stays.
fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return text.into();
    }
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let digits = part.get(..2).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => bytes.push(byte),
            None => bytes.push(b'%'),
        }
        bytes.extend(&part.as_bytes()[digits.map_or(0, str::len)..]);
    }
    String::from_utf8_lossy(&bytes).into_owned().into()
}

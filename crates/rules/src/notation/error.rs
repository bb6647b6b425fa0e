//! What is wrong with a text or a link, and where.

use std::fmt;

use crate::characters::visible;

/// The maximum number of characters of the input that an error quotes.
const MAX_QUOTED: usize = 24;

/// A place in a text or a link. Everything is counted from 1, in characters.
///
/// ```
/// use blockers_rules::notation::{Place, parse};
///
/// let error = parse("AQ=").unwrap_err();
/// assert_eq!(error.place, Place::Link { character: 3 });
/// assert_eq!(error.place.to_string(), "character 3");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// In a text.
    Text {
        /// The line.
        line: usize,
        /// The character in that line.
        column: usize,
    },
    /// In a link.
    Link {
        /// The character, counted from `#g=`, or from the start if there is no `#g=`; without blanks before the link,
        /// and with percent-encoded characters decoded.
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

/// The error for a text or a link that is malformed.
///
/// ```
/// use blockers_rules::notation::parse;
///
/// let error = parse("blockers=1 rules=chess").unwrap_err();
/// assert_eq!((error.expected, error.found.as_str()), ("blocktser", "`chess`"));
/// assert_eq!(error.to_string(), "line 1, column 18: expected blocktser, found `chess`");
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotationError {
    /// The first place that is wrong.
    pub place: Place,
    /// What should be there.
    pub expected: &'static str,
    /// What is there.
    pub found: String,
}

impl fmt::Display for NotationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: expected {}, found {}", self.place, self.expected, self.found)
    }
}

impl std::error::Error for NotationError {}

/// Quotes a part of the input for an error: [`MAX_QUOTED`] characters at most, with hidden characters escaped.
pub(super) fn quoted(text: &str) -> String {
    if text.is_empty() { "nothing".to_owned() } else { format!("`{}`", visible(text, MAX_QUOTED)) }
}

/// Returns the first character of a text, or an empty text if it has none.
pub(super) fn first(text: &str) -> &str {
    text.chars().next().and_then(|letter| text.get(..letter.len_utf8())).unwrap_or_default()
}

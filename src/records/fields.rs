//! The common form of the texts of all records: words separated by single spaces, of which the first is the version.

use std::fmt;
use std::str::FromStr;

use super::seal::{Damaged, unseal};
use blockers_rules::characters::visible;
use blockers_rules::{Recording, notation};

/// The version that is written, and the only one that is read.
pub(super) const VERSION: &str = "1";

/// The maximum number of characters of foreign text in an error message.
const MAX_QUOTED: usize = 40;

/// Why a record's text could not be parsed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unreadable {
    /// The seal is missing or wrong.
    Damaged(Damaged),
    /// The text ends where this was expected.
    Missing(&'static str),
    /// Something else was found.
    Unexpected {
        /// What was expected.
        expected: &'static str,
        /// The beginning of what was found.
        found: String,
    },
    /// Something appears twice that must appear once.
    Repeated(&'static str),
    /// The recording is invalid, for this reason.
    Recording(String),
}

impl Unreadable {
    /// Returns the error for `found` where something else was expected.
    pub(super) fn unexpected(expected: &'static str, found: &str) -> Self {
        Self::Unexpected { expected, found: clipped(found) }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged(damaged) => fmt::Display::fmt(damaged, f),
            Self::Missing(expected) => write!(f, "expected {expected}, found the end"),
            Self::Unexpected { expected, found } => write!(f, "expected {expected}, found `{found}`"),
            Self::Repeated(what) => write!(f, "{what} appears twice"),
            Self::Recording(reason) => write!(f, "invalid recording: {reason}"),
        }
    }
}

impl std::error::Error for Unreadable {}

/// Returns the beginning of a text, short enough for an error message and with hidden characters escaped.
pub(super) fn clipped(text: &str) -> String {
    visible(text, MAX_QUOTED)
}

/// Appends numbers to a text, each after a space.
pub(super) fn with_numbers(mut text: String, numbers: impl IntoIterator<Item = u64>) -> String {
    for number in numbers {
        text.push(' ');
        text.push_str(&number.to_string());
    }
    text
}

/// The words of a text that have not been read yet.
pub(super) struct Fields<'a> {
    /// `None` after the last word. After a trailing space there is an empty word.
    rest: Option<&'a str>,
}

impl<'a> Fields<'a> {
    /// Checks the seal and the version, and returns the words after the version.
    pub(super) fn unsealed(text: &'a str) -> Result<Self, Unreadable> {
        let mut fields = Self { rest: Some(unseal(text).map_err(Unreadable::Damaged)?) };
        let version = fields.word("the version")?;
        if version == VERSION { Ok(fields) } else { Err(Unreadable::unexpected("version 1", version)) }
    }

    /// Returns the next word. `expected` describes it in an error.
    pub(super) fn word(&mut self, expected: &'static str) -> Result<&'a str, Unreadable> {
        let rest = self.rest.ok_or(Unreadable::Missing(expected))?;
        let (word, rest) = rest.split_once(' ').map_or((rest, None), |(word, rest)| (word, Some(rest)));
        self.rest = rest;
        Ok(word)
    }

    /// Parses the next word as a number.
    pub(super) fn number<T: FromStr>(&mut self, expected: &'static str) -> Result<T, Unreadable> {
        let word = self.word(expected)?;
        word.parse().map_err(|_| Unreadable::unexpected(expected, word))
    }

    /// Parses the next word as the link of a recording.
    pub(super) fn recording(&mut self) -> Result<Recording, Unreadable> {
        let link = self.word("the recording")?;
        notation::parse_link(link).map_err(|error| Unreadable::Recording(error.to_string()))
    }

    /// Returns `true` if all words have been read.
    pub(super) fn is_at_end(&self) -> bool {
        self.rest.is_none()
    }

    /// Returns an error if there are more words.
    pub(super) fn end(&self) -> Result<(), Unreadable> {
        self.rest.map_or(Ok(()), |rest| Err(Unreadable::unexpected("the end", rest)))
    }
}

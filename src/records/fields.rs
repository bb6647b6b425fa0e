//! What the texts of all records have in common: words with a blank between, the version first; and what can be wrong with one.
//!
//! Comes in: a sealed text, or the numbers to write. Goes out: its words one after the other, numbers as numbers; or an
//! [`Unreadable`], which says what was expected and what was found.

use std::fmt;
use std::str::FromStr;

use super::seal::{Damaged, unseal};
use crate::rules::{Recording, notation};

/// The first word of every text that is written, and the only one with which a text is read.
pub(super) const VERSION: &str = "1";

/// So many letters of what was found are said.
const SAID: usize = 40;

/// Why a record's text was not read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unreadable {
    /// It is not as it was written.
    Damaged(Damaged),
    /// It ends where this was expected.
    Missing(&'static str),
    /// Something else stands where this was expected.
    Unexpected {
        /// What was expected.
        expected: &'static str,
        /// The beginning of what was found.
        found: String,
    },
    /// This, of which there is one, is there again.
    Repeated(&'static str),
    /// The recording in it is not one; the sentence says why.
    Recording(String),
}

impl Unreadable {
    /// This was found where that was expected.
    pub(super) fn unexpected(expected: &'static str, found: &str) -> Self {
        Self::Unexpected { expected, found: clipped(found) }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged(damaged) => fmt::Display::fmt(damaged, f),
            Self::Missing(expected) => write!(f, "it ends where {expected} was expected"),
            Self::Unexpected { expected, found } => write!(f, "{expected} was expected, and `{found}` was found"),
            Self::Repeated(what) => write!(f, "{what} is there a second time"),
            Self::Recording(why) => write!(f, "its recording cannot be read: {why}"),
        }
    }
}

impl std::error::Error for Unreadable {}

/// The beginning of a text, short enough for a sentence.
pub(super) fn clipped(text: &str) -> String {
    text.chars().take(SAID).collect()
}

/// The text with these numbers after it.
pub(super) fn with_numbers(mut text: String, numbers: impl IntoIterator<Item = u64>) -> String {
    for number in numbers {
        text.push(' ');
        text.push_str(&number.to_string());
    }
    text
}

/// The words of a text that have not been read yet.
pub(super) struct Fields<'a> {
    /// `None` after the last one: what follows a blank at the end is an empty word.
    rest: Option<&'a str>,
}

impl<'a> Fields<'a> {
    /// The words of a sealed text, after the version.
    pub(super) fn unsealed(text: &'a str) -> Result<Self, Unreadable> {
        let mut fields = Self { rest: Some(unseal(text).map_err(Unreadable::Damaged)?) };
        let version = fields.word("the version")?;
        if version == VERSION { Ok(fields) } else { Err(Unreadable::unexpected("version 1", version)) }
    }

    /// The next word.
    pub(super) fn word(&mut self, expected: &'static str) -> Result<&'a str, Unreadable> {
        let rest = self.rest.ok_or(Unreadable::Missing(expected))?;
        let (word, rest) = rest.split_once(' ').map_or((rest, None), |(word, rest)| (word, Some(rest)));
        self.rest = rest;
        Ok(word)
    }

    /// The next word, a number.
    pub(super) fn number<T: FromStr>(&mut self, expected: &'static str) -> Result<T, Unreadable> {
        let word = self.word(expected)?;
        word.parse().map_err(|_| Unreadable::unexpected(expected, word))
    }

    /// The next word, a recording.
    pub(super) fn recording(&mut self) -> Result<Recording, Unreadable> {
        let link = self.word("the recording")?;
        notation::parse_link(link).map_err(|error| Unreadable::Recording(error.to_string()))
    }

    /// Has the last word been read?
    pub(super) fn is_at_end(&self) -> bool {
        self.rest.is_none()
    }

    /// Makes sure of it.
    pub(super) fn end(&self) -> Result<(), Unreadable> {
        self.rest.map_or(Ok(()), |rest| Err(Unreadable::unexpected("the end", rest)))
    }
}

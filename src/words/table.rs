//! The messages of l10n/ as methods, which `build.rs` writes: one per message. Its variables are the parameters, in the
//! order in which the English message names them.
//!
//! It is a compile error if a language lacks a message or has other variables in it than English, and if code uses a
//! message that does not exist. The program contains the English messages; it loads the others when they are wanted,
//! and natively it contains them, too.

use std::cell::RefCell;

use super::fluent::{self, Category, Variables};
use super::language::{self, Language};
use super::{numbers, plurals};

const ENGLISH: &str = include_str!(concat!(env!("OUT_DIR"), "/en.ftl"));

/// All messages of one language.
pub(super) struct Words {
    language: Language,
    /// The id and the pattern of each, in the order of the files.
    messages: Vec<(&'static str, &'static str)>,
}

include!(concat!(env!("OUT_DIR"), "/methods.rs"));

impl Words {
    fn new(language: Language, file: &'static str) -> Self {
        Self { language, messages: fluent::messages(file) }
    }

    fn say(&self, number: usize, values: &[(&str, Value)]) -> String {
        let mut text = String::new();
        let (_, pattern) = self.messages.get(number).copied().unwrap_or_default();
        fluent::write(pattern, &Values { language: self.language, values }, &mut text);
        text
    }

    /// Returns the message with this id, which must have no variables.
    pub(super) fn fixed(&self, id: &str) -> Option<&'static str> {
        self.messages.iter().find(|(name, _)| *name == id).map(|(_, pattern)| *pattern)
    }
}

thread_local! {
    /// The languages that have been loaded. They stay for ever, and there are only a few.
    static LOADED: RefCell<Vec<&'static Words>> = RefCell::new(vec![Box::leak(Box::new(Words::new(Language::English, ENGLISH)))]);
}

fn find(language: Language) -> Option<&'static Words> {
    LOADED.with_borrow(|loaded| loaded.iter().copied().find(|words| words.language == language))
}

/// Sets the language of all texts from now on; if its messages are not there, from when they are added. Existing texts
/// do not change.
pub fn speak(language: Language) {
    if cfg!(not(target_arch = "wasm32")) && find(language).is_none() {
        add_built_in(language);
    }
    language::set(language, find(language).is_some());
}

/// The messages are not in a file that has been loaded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotMessages;

/// Adds the messages of a language, and speaks it if it is the wanted one.
///
/// # Errors
/// The file does not have the messages of this version of the program.
pub fn add(language: Language, file: &str) -> Result<(), NotMessages> {
    let ids = |file| fluent::messages(file).into_iter().map(|(id, _)| id);
    if !ids(file).eq(ids(ENGLISH)) {
        return Err(NotMessages);
    }
    if find(language).is_none() {
        let words = Words::new(language, String::leak(file.to_owned()));
        LOADED.with_borrow_mut(|loaded| loaded.push(Box::leak(Box::new(words))));
    }
    speak(language::wanted());
    Ok(())
}

#[cfg(target_arch = "wasm32")]
fn add_built_in(_: Language) {}

#[cfg(not(target_arch = "wasm32"))]
fn add_built_in(language: Language) {
    let file = match language {
        Language::English => ENGLISH,
        Language::German => include_str!("../../l10n/de.ftl"),
        Language::Spanish => include_str!("../../l10n/es.ftl"),
        Language::Arabic => include_str!("../../l10n/ar.ftl"),
    };
    LOADED.with_borrow_mut(|loaded| loaded.push(Box::leak(Box::new(Words::new(language, file)))));
}

/// Returns the messages of the current language.
pub(super) fn spoken() -> &'static Words {
    // Only a language that is loaded is spoken.
    find(language::language()).unwrap_or_else(|| LOADED.with_borrow(|loaded| loaded[0]))
}

/// A variable of a message.
pub(super) enum Value {
    Text(String),
    Number(u64),
    /// A number in plain digits in every language, for texts that leave the page.
    Plain(u64),
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u8> for Value {
    fn from(number: u8) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::Number(number as u64)
    }
}

/// The variables of a message, by name.
struct Values<'a> {
    language: Language,
    values: &'a [(&'a str, Value)],
}

impl Values<'_> {
    fn get(&self, name: &str) -> Option<&Value> {
        self.values.iter().find(|(other, _)| *other == name).map(|(_, value)| value)
    }
}

impl Variables for Values<'_> {
    fn write(&self, name: &str, out: &mut String) {
        match self.get(name) {
            Some(Value::Text(text)) if self.language.is_right_to_left() && is_foreign(text) => {
                out.extend(["\u{2068}", text, "\u{2069}"]);
            }
            Some(Value::Text(text)) => out.push_str(text),
            Some(Value::Number(number)) => out.push_str(&numbers::number(*number)),
            Some(Value::Plain(number)) => out.push_str(&number.to_string()),
            None => {}
        }
    }

    fn category(&self, name: &str) -> Category {
        match self.get(name) {
            Some(Value::Number(number) | Value::Plain(number)) => plurals::category(self.language, *number),
            _ => Category::Other,
        }
    }
}

/// Returns `true` if the text has Latin letters or digits, and no Arabic letters. Within Arabic such a text (a seed, a
/// date like 2026-11-23, an error of the browser) must be isolated, or its parts are displayed in the wrong order.
fn is_foreign(text: &str) -> bool {
    let is_latin = text.chars().any(|letter| letter.is_ascii_alphanumeric());
    is_latin && !text.chars().any(|letter| ('\u{600}'..='\u{6ff}').contains(&letter))
}

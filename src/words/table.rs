//! The sentences of l10n/, as functions that the compiler makes of them: one per message, with its variables as parameters in the
//! order in which the English message names them.
//!
//! A message that a language lacks, and one with other variables than in English, is an error of the compiler; so is a function
//! that is called and has no message. No file is read when the program runs.

#![allow(
    missing_docs,
    unreachable_pub,
    unused,
    clippy::all,
    clippy::allow_attributes_without_reason,
    clippy::unwrap_used,
    reason = "most of this is written by the macro, which serves libraries too"
)]

use std::fmt;

use fluent_static::value::number::format::GroupingStyle;
use fluent_static::value::{Number, NumberFormat, Value};
use fluent_static::{MessageBundle, message_bundle};

use super::language::language;
use super::numbers;

/// All messages, in the language that it was got for.
#[message_bundle(
    resources = [("l10n/en.ftl", "en"), ("l10n/de.ftl", "de"), ("l10n/es.ftl", "es"), ("l10n/ar.ftl", "ar")],
    default_language = "en",
    formatter = "crate::words::table::write"
)]
pub struct Words;

/// The messages in the language that is spoken.
pub(super) fn spoken() -> Words {
    let mut words = Words::get(language().code()).unwrap_or_default();
    // By itself it would put marks of direction around every variable. What needs them gets them below.
    words.set_use_isolating(false);
    words
}

/// A number that is written with plain digits in every language, for texts that leave the page.
pub(super) fn plain(number: u64) -> Value<'static> {
    let format = NumberFormat { use_grouping: GroupingStyle::Off, ..NumberFormat::default() };
    Value::Number { value: Number::U64(number), format: Some(format) }
}

/// Writes a variable into its message: the macro's code calls it.
pub(super) fn write(_language: &str, value: &Value<'_>, out: &mut impl fmt::Write) -> fmt::Result {
    match value {
        Value::String(text) if language().is_right_to_left() && is_foreign(text) => {
            write!(out, "\u{2068}{text}\u{2069}")
        }
        Value::String(text) => out.write_str(text),
        Value::Number { value: Number::U64(number), format: None } => out.write_str(&numbers::number(*number)),
        Value::Number { value, .. } => out.write_str(&value.as_string()),
        Value::Empty | Value::Error => Ok(()),
    }
}

/// Is it written from left to right, or of digits and signs alone? Within Arabic a seed, a day like 2026-11-23 or a reason of the
/// browser's must be kept apart, or its parts would change places.
fn is_foreign(text: &str) -> bool {
    let is_latin = text.chars().any(|letter| letter.is_ascii_alphanumeric());
    is_latin && !text.chars().any(|letter| ('\u{600}'..='\u{6ff}').contains(&letter))
}

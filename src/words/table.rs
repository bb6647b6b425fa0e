//! The messages of l10n/ as methods, generated at compile time: one per message. Its variables are the parameters, in
//! the order in which the English message names them.
//!
//! It is a compile error if a language lacks a message or has other variables in it than English, and if code uses a
//! message that does not exist. No file is read at run time.

#![allow(
    missing_docs,
    unreachable_pub,
    unused,
    clippy::all,
    clippy::allow_attributes_without_reason,
    clippy::unwrap_used,
    reason = "the macro writes most of this, for libraries too; tests/words.rs finds unused messages"
)]

use std::fmt;

use fluent_static::value::number::format::GroupingStyle;
use fluent_static::value::{Number, NumberFormat, Value};
use fluent_static::{MessageBundle, message_bundle};

use super::language::language;
use super::numbers;

/// All messages of one language.
#[message_bundle(
    resources = [("l10n/en.ftl", "en"), ("l10n/de.ftl", "de"), ("l10n/es.ftl", "es"), ("l10n/ar.ftl", "ar")],
    default_language = "en",
    formatter = "crate::words::table::write"
)]
pub struct Words;

/// Returns the messages of the current language.
pub(super) fn spoken() -> Words {
    let mut words = Words::get(language().code()).unwrap_or_default();
    // By default every variable is wrapped in direction marks. `write` adds them only where they are needed.
    words.set_use_isolating(false);
    words
}

/// A number in plain digits in every language, for texts that leave the page.
pub(super) fn plain(number: u64) -> Value<'static> {
    let format = NumberFormat { use_grouping: GroupingStyle::Off, ..NumberFormat::default() };
    Value::Number { value: Number::U64(number), format: Some(format) }
}

/// Writes a variable into its message. The generated code calls this.
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

/// Returns `true` if the text has Latin letters or digits, and no Arabic letters. Within Arabic such a text (a seed, a
/// date like 2026-11-23, an error of the browser) must be isolated, or its parts are displayed in the wrong order.
fn is_foreign(text: &str) -> bool {
    let is_latin = text.chars().any(|letter| letter.is_ascii_alphanumeric());
    is_latin && !text.chars().any(|letter| ('\u{600}'..='\u{6ff}').contains(&letter))
}

//! Numbers and dates in the format of the current language.
//!
//! The browser formats them, through [`Formats`]. Without it, natively and in browsers that lack `Intl`, numbers are
//! plain digits with a decimal point and dates are ISO 8601.

use std::cell::Cell;

use super::language::language;
use crate::records::Date;

/// The greatest integer that JavaScript represents exactly. Greater numbers are written in plain digits.
const EXACT: u64 = 1 << 53;

/// The least number whose digits are grouped.
const GROUPED: u64 = 10_000;

/// Formatters for a number with `decimals` decimals, and for a date, by the code of a language. `None` if unsupported.
#[derive(Clone, Copy)]
#[expect(missing_docs, reason = "the line above says it")]
pub struct Formats {
    pub number: fn(language: &str, number: f64, decimals: u8) -> Option<String>,
    pub date: fn(language: &str, date: Date) -> Option<String>,
}

thread_local! {
    static FORMATS: Cell<Option<Formats>> = const { Cell::new(None) };
}

/// Sets the formatters of numbers and dates from now on.
pub fn format_with(formats: Formats) {
    FORMATS.set(Some(formats));
}

/// Replaces the formatters and returns the previous ones.
pub(super) fn exchange(formats: Option<Formats>) -> Option<Formats> {
    FORMATS.replace(formats)
}

/// Formats a whole number. The browser needs some 25 ms for its first number, so the short ones, which every start
/// has, are written here.
#[must_use]
pub fn number(number: u64) -> String {
    let is_plain = number > EXACT || (number < GROUPED && language().has_latin_digits());
    let written = if is_plain { None } else { written(number as f64, 0) };
    written.unwrap_or_else(|| number.to_string())
}

/// Formats a number with one decimal.
#[must_use]
pub fn tenths(number: f64) -> String {
    let tenths = (number * 10.0).round() as u64;
    written(tenths as f64 / 10.0, 1).unwrap_or_else(|| in_tenths(tenths))
}

/// Formats a speed, as a multiple of the normal one.
#[must_use]
pub fn pace(pace: f32) -> String {
    let decimals = u8::from(pace.fract() != 0.0);
    let plain = || if decimals == 0 { (pace as u64).to_string() } else { in_tenths((pace * 10.0).round() as u64) };
    format!("{}×", written(f64::from(pace), decimals).unwrap_or_else(plain))
}

fn in_tenths(tenths: u64) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// Formats a date.
#[must_use]
pub fn date(date: Date) -> String {
    let written = FORMATS.get().and_then(|formats| (formats.date)(language().code(), date));
    written.unwrap_or_else(|| date.to_string())
}

fn written(number: f64, decimals: u8) -> Option<String> {
    FORMATS.get().and_then(|formats| (formats.number)(language().code(), number, decimals))
}

//! Numbers and days, as the spoken language writes them.
//!
//! Comes in: values. Goes out: text. How a language writes them the browser knows, and says it through [`Formats`]; without it,
//! natively and where there is no `Intl`, they are plain digits with a point, and days are written as ISO 8601 does.

use std::cell::Cell;

use super::language::language;
use crate::records::Date;

/// Up to here a number of JavaScript is exact. What is greater is written plainly.
const EXACT: u64 = 1 << 53;

/// How somebody who knows a language, by its code, writes a number with so many decimals, and a day. `None`, if he cannot.
#[derive(Clone, Copy)]
#[expect(missing_docs, reason = "the line above says it")]
pub struct Formats {
    pub number: fn(language: &str, number: f64, decimals: u8) -> Option<String>,
    pub date: fn(language: &str, date: Date) -> Option<String>,
}

thread_local! {
    static FORMATS: Cell<Option<Formats>> = const { Cell::new(None) };
}

/// Has numbers and days written like this from now on.
pub fn format_with(formats: Formats) {
    FORMATS.set(Some(formats));
}

/// Puts these formats into the place of those that there are, which it returns.
pub(super) fn exchange(formats: Option<Formats>) -> Option<Formats> {
    FORMATS.replace(formats)
}

/// A whole number.
#[must_use]
pub fn number(number: u64) -> String {
    let written = if number <= EXACT { written(number as f64, 0) } else { None };
    written.unwrap_or_else(|| number.to_string())
}

/// A number with one digit behind the point.
#[must_use]
pub fn tenths(number: f64) -> String {
    let tenths = (number * 10.0).round() as u64;
    written(tenths as f64 / 10.0, 1).unwrap_or_else(|| format!("{}.{}", tenths / 10, tenths % 10))
}

/// How many times as fast as usual.
#[must_use]
pub fn pace(pace: f32) -> String {
    let decimals = u8::from(pace.fract() != 0.0);
    format!("{}×", written(f64::from(pace), decimals).unwrap_or_else(|| pace.to_string()))
}

/// A day.
#[must_use]
pub fn date(date: Date) -> String {
    let written = FORMATS.get().and_then(|formats| (formats.date)(language().code(), date));
    written.unwrap_or_else(|| date.to_string())
}

fn written(number: f64, decimals: u8) -> Option<String> {
    FORMATS.get().and_then(|formats| (formats.number)(language().code(), number, decimals))
}

//! Dates of the Gregorian calendar.
//!
//! The arithmetic is that of Howard Hinnant's `civil_from_days` and `days_from_civil`. Years begin in March there, so
//! that the leap day is the last day of a year.

use std::fmt;

const MS_PER_DAY: f64 = 86_400_000.0;
/// The number of days from 1 March of the year 0 to 1 January 1970.
const EPOCH: u32 = 719_468;
/// The number of days in 400 years, after which the calendar repeats.
const ERA: u32 = 146_097;

/// A date from 1970-01-01 to 9999-12-31.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(u32);

impl Date {
    /// 1970-01-01.
    pub const FIRST: Self = Self(0);
    /// 9999-12-31.
    pub const LAST: Self = Self(2_932_896);

    /// Returns the date this many days after [`Self::FIRST`], but at most [`Self::LAST`].
    #[must_use]
    pub const fn from_days(days: u32) -> Self {
        if days < Self::LAST.0 { Self(days) } else { Self::LAST }
    }

    /// Returns the date at this time, in milliseconds since the beginning of 1970 in the same time zone. The result is
    /// clamped between [`Self::FIRST`] and [`Self::LAST`]; NaN gives [`Self::FIRST`].
    #[must_use]
    pub fn from_unix_ms(ms: f64) -> Self {
        // The cast saturates, and turns NaN into 0.
        Self::from_days((ms / MS_PER_DAY) as u32)
    }

    /// Returns the date with this year, month and day, such as 20261123; `None` if there is no such date.
    #[must_use]
    pub fn from_yyyymmdd(number: u32) -> Option<Self> {
        let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
        if !(1970..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let of_era = year % 400;
        let of_year = (153 * month + 2) / 5 + day - 1;
        let days = year / 400 * ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year;
        // A day past the end of its month, such as 31 April, became a day of the next month.
        Some(Self(days - EPOCH)).filter(|date| date.yyyymmdd() == number)
    }

    /// Returns year, month and day as one number, such as 20261123.
    #[must_use]
    pub const fn yyyymmdd(self) -> u32 {
        let (year, month, day) = self.civil();
        year * 10_000 + month * 100 + day
    }

    /// Returns the number of days since [`Self::FIRST`].
    #[must_use]
    pub const fn days(self) -> u32 {
        self.0
    }

    /// Returns the day before; `None` for [`Self::FIRST`].
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        self.0.checked_sub(1).map(Self)
    }

    /// Returns year, month and day. Month and day start at 1.
    const fn civil(self) -> (u32, u32, u32) {
        let days = self.0 + EPOCH;
        let of_era = days % ERA;
        let years = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * years + years / 4 - years / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let year = days / ERA * 400 + years;
        if month < 10 { (year, month + 3, day) } else { (year + 1, month - 9, day) }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year}-{month:02}-{day:02}")
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

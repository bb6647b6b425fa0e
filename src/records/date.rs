//! A day of the calendar.
//!
//! Comes in: days or milliseconds since 1 January 1970, or a number like 20261123. Goes out: such a number, and the day before.
//! The arithmetic is Howard Hinnant's (`civil_from_days` and back): it counts years from March on, so that the day that is
//! there only in leap years is the last one.

use std::fmt;

const MS_PER_DAY: f64 = 86_400_000.0;
/// Days from 1 March of the year 0 to 1 January 1970.
const EPOCH: u32 = 719_468;
/// Days of four hundred years, after which the calendar repeats.
const ERA: u32 = 146_097;

/// A day from 1970-01-01 to 9999-12-31.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(u32);

impl Date {
    /// 1970-01-01.
    pub const FIRST: Self = Self(0);
    /// 9999-12-31.
    pub const LAST: Self = Self(2_932_896);

    /// The day so many days after [`Self::FIRST`]; [`Self::LAST`], if it would be later.
    #[must_use]
    pub const fn from_days(days: u32) -> Self {
        if days < Self::LAST.0 { Self(days) } else { Self::LAST }
    }

    /// The day at this moment, in milliseconds since 1970 began, where that is counted from (UTC, or a place's own time). What
    /// is before the first day, or no number, is the first day; what is after the last one, the last one.
    #[must_use]
    pub fn from_unix_ms(ms: f64) -> Self {
        // The cast brings everything into range; what is not a number becomes 0.
        Self::from_days((ms / MS_PER_DAY) as u32)
    }

    /// The day that is written like this, year, month and day: 20261123. `None` if there is no such day.
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
        // The 31st of a month with thirty days is the first of the next one now, which is written otherwise.
        Some(Self(days - EPOCH)).filter(|date| date.yyyymmdd() == number)
    }

    /// Year, month and day in one number: 20261123.
    #[must_use]
    pub const fn yyyymmdd(self) -> u32 {
        let (year, month, day) = self.civil();
        year * 10_000 + month * 100 + day
    }

    /// Days since [`Self::FIRST`].
    #[must_use]
    pub const fn days(self) -> u32 {
        self.0
    }

    /// The day before; `None` before the first.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        self.0.checked_sub(1).map(Self)
    }

    /// Year, month from 1, day from 1.
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

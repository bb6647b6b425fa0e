//! The time: a monotonic clock for durations, and the calendar.

use std::cell::Cell;
use std::rc::Rc;

use crate::records::Date;
use blockers_event_bus::Timestamp;

const MS_PER_DAY: f64 = 86_400_000.0;

/// How far the earliest time zone is ahead of UTC, that of the Line Islands.
const EARLIEST_ZONE_MS: f64 = 14.0 * 3_600_000.0;

/// Returns the current time.
pub trait Clock {
    /// Returns the milliseconds since a fixed moment before the program started.
    fn now(&self) -> f64;

    /// Returns the milliseconds since the beginning of 1970, UTC, by the system clock. It can jump in either direction.
    fn unix_ms(&self) -> f64;

    /// Returns the milliseconds by which the player's time zone is ahead of UTC now. It changes with summer time, and
    /// when the player travels.
    fn zone_ms(&self) -> f64;

    /// Returns the date of the player's own calendar.
    fn today(&self) -> Date {
        Date::from_unix_ms(self.unix_ms() + self.zone_ms())
    }

    /// Returns the latest date that has begun somewhere on Earth.
    fn latest_date(&self) -> Date {
        Date::from_unix_ms(self.unix_ms() + EARLIEST_ZONE_MS)
    }

    /// Returns the milliseconds until the player's date changes.
    fn until_tomorrow(&self) -> f64 {
        MS_PER_DAY - (self.unix_ms() + self.zone_ms()).rem_euclid(MS_PER_DAY)
    }
}

/// Returns a time of [`Clock::now`] as the event bus counts it, in whole milliseconds.
#[must_use]
pub fn timestamp(now: f64) -> Timestamp {
    // A negative time becomes 0.
    Timestamp::from_millis(now as u64)
}

/// A clock that changes only when it is set. Its calendar starts in 1970, in UTC. Clones share the time.
#[derive(Clone, Default)]
pub struct MemoryClock(Rc<Cell<f64>>, Rc<Cell<f64>>, Rc<Cell<f64>>);

impl MemoryClock {
    /// Advances both the clock and the calendar.
    pub fn advance(&self, milliseconds: f64) {
        self.0.set(self.0.get() + milliseconds);
    }

    /// Sets the calendar only.
    pub fn set_calendar(&self, unix_ms: f64) {
        self.1.set(unix_ms - self.0.get());
    }

    /// Sets the time zone of the calendar, in hours ahead of UTC.
    pub fn set_zone(&self, hours: f64) {
        self.2.set(hours * 3_600_000.0);
    }
}

impl Clock for MemoryClock {
    fn now(&self) -> f64 {
        self.0.get()
    }

    fn unix_ms(&self) -> f64 {
        self.1.get() + self.0.get()
    }

    fn zone_ms(&self) -> f64 {
        self.2.get()
    }
}

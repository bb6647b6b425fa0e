//! The clock of the page.

use web_sys::Performance;

use crate::ports::Clock;

const MS_PER_MINUTE: f64 = 60_000.0;

/// Counts milliseconds since the page began to load. It is monotonic.
pub struct WebClock(pub Performance);

impl Clock for WebClock {
    fn now(&self) -> f64 {
        self.0.now()
    }

    fn unix_ms(&self) -> f64 {
        js_sys::Date::now()
    }

    fn zone_ms(&self) -> f64 {
        // It is the offset at that time, so that it also holds on the day on which summer time begins.
        let now = js_sys::Date::new(&self.unix_ms().into());
        -now.get_timezone_offset() * MS_PER_MINUTE
    }
}

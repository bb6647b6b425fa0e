//! The clock of the page.

use web_sys::Performance;

use crate::ports::Clock;

/// Counts milliseconds since the page began to load. It is monotonic.
pub struct WebClock(pub Performance);

impl Clock for WebClock {
    fn now(&self) -> f64 {
        self.0.now()
    }

    fn unix_ms(&self) -> f64 {
        js_sys::Date::now()
    }
}

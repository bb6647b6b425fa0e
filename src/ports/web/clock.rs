//! The page's own clock.

use web_sys::Performance;

use crate::ports::Clock;

/// Milliseconds since the page began to load; it never goes back.
pub struct WebClock(pub Performance);

impl Clock for WebClock {
    fn now(&self) -> f64 {
        self.0.now()
    }

    fn unix_ms(&self) -> f64 {
        js_sys::Date::now()
    }
}

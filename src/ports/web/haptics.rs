//! The device's motor.

use js_sys::Reflect;
use web_sys::Navigator;

use crate::ports::{Haptics, Tick};

/// Shakes the device for some milliseconds, where the browser can.
pub struct WebHaptics(pub Navigator);

impl Haptics for WebHaptics {
    fn tick(&mut self, tick: Tick) {
        let knows = |name: &str| Reflect::has(&self.0, &name.into()).unwrap_or(false);
        // Before the first touch has ended it is forbidden, and Chromium would say so in the console.
        if knows("vibrate") && knows("userActivation") && self.0.user_activation().has_been_active() {
            // Whether it did is nothing that the game depends on.
            let _ = self.0.vibrate_with_duration(milliseconds(tick));
        }
    }
}

/// As short as can be felt; longer for what is worth more.
fn milliseconds(tick: Tick) -> u32 {
    match tick {
        Tick::PickUp => 8,
        Tick::Placed => 14,
        Tick::Cleared => 28,
    }
}

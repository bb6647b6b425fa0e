//! Vibration with `navigator.vibrate`.

use js_sys::Reflect;
use web_sys::Navigator;

use crate::ports::{Haptics, Tick};

/// Vibrates the device, if the browser supports it.
pub struct WebHaptics(pub Navigator);

impl Haptics for WebHaptics {
    fn tick(&mut self, tick: Tick) {
        let has = |name: &str| Reflect::has(&self.0, &name.into()).unwrap_or(false);
        // Before the end of the first touch it is forbidden, and Chromium would log a message.
        if has("vibrate") && has("userActivation") && self.0.user_activation().has_been_active() {
            // The game does not depend on the result.
            let _ = self.0.vibrate_with_duration(milliseconds(tick));
        }
    }
}

/// Returns the duration of a vibration. The shortest one is barely noticeable.
fn milliseconds(tick: Tick) -> u32 {
    match tick {
        Tick::PickUp => 8,
        Tick::Placed => 14,
        Tick::Cleared => 28,
    }
}

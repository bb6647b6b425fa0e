//! Vibration with `navigator.vibrate`.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use web_sys::Navigator;

use crate::ports::{Haptics, Tick};

#[wasm_bindgen]
extern "C" {
    /// A navigator that may not be able to vibrate. In web-sys, a call that fails ends the program.
    type Vibrator;

    #[wasm_bindgen(method, catch)]
    fn vibrate(this: &Vibrator, milliseconds: u32) -> Result<JsValue, JsValue>;
}

/// Vibrates the device, if the browser supports it.
pub struct WebHaptics(pub Navigator);

impl Haptics for WebHaptics {
    fn tick(&mut self, tick: Tick) {
        // Before the end of the first touch it is forbidden, and Chromium would log a message.
        if self.has_been_active() == Ok(true) {
            // The game does not depend on the result.
            let _ = self.0.unchecked_ref::<Vibrator>().vibrate(milliseconds(tick));
        }
    }
}

impl WebHaptics {
    fn has_been_active(&self) -> Result<bool, JsValue> {
        let activation = Reflect::get(&self.0, &"userActivation".into())?;
        Ok(Reflect::get(&activation, &"hasBeenActive".into())?.is_truthy())
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

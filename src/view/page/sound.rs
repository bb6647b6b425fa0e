//! The controls of the sound: a button and a slider in the top bar, and a checkbox and a slider in the dialog of
//! settings.

use std::mem;

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlInputElement};

use super::changed::Changed;
use super::element::element;
use crate::ports::Announcer;
use crate::ports::web::announcer::WebAnnouncer;
use crate::words;

/// The controls.
pub struct SoundControls {
    mute: Element,
    sound: HtmlInputElement,
    volumes: [HtmlInputElement; 2],
    announcer: WebAnnouncer,
    /// Whether a key has muted or unmuted the sound since the last `show`.
    switched_by_key: bool,
}

impl SoundControls {
    /// Finds the controls.
    ///
    /// # Errors
    /// An element is missing.
    pub fn new(document: &Document, announcer: WebAnnouncer) -> Result<Self, JsValue> {
        Ok(Self {
            mute: element(document, "mute")?,
            sound: element(document, "settings-sound")?,
            volumes: [element(document, "volume")?, element(document, "settings-volume")?],
            announcer,
            switched_by_key: false,
        })
    }

    /// Notes that a key is about to mute or unmute the sound. The next `show` announces it.
    pub fn switch_by_key(&mut self) {
        self.switched_by_key = true;
    }

    /// Shows whether there is sound, and its volume.
    ///
    /// # Errors
    /// The browser refuses to change an element.
    pub fn show(&mut self, change: Changed) -> Result<(), JsValue> {
        if !change.changed(|model| &model.sound) {
            return Ok(());
        }
        let sound = &change.now.sound;
        // A screen reader announces the button's new state by itself if the button has the focus.
        if mem::take(&mut self.switched_by_key) && !self.mute.matches(":focus")? {
            self.announcer.announce(&words::sound(sound.muted));
        }
        self.mute.set_attribute("aria-pressed", if sound.muted { "true" } else { "false" })?;
        self.sound.set_checked(!sound.muted);
        let percent = f64::from(sound.volume() * 100.0).round();
        for slider in &self.volumes {
            slider.set_value_as_number(percent);
        }
        Ok(())
    }
}

//! The controls of a replay.

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlElement, HtmlInputElement};

use super::element;
use crate::rules::Deal;
use crate::view::mirror::Shown;
use crate::words;

/// The elements of the replay's bar.
pub struct ReplayBar {
    root: HtmlElement,
    whole: HtmlElement,
    text: Element,
    toggle: HtmlElement,
    bar: HtmlInputElement,
    speed: Element,
}

impl ReplayBar {
    /// Finds them.
    ///
    /// # Errors
    /// A sentence, if an element is missing.
    pub fn new(document: &Document) -> Result<Self, JsValue> {
        Ok(Self {
            root: element(document, "app")?,
            whole: element(document, "replay")?,
            text: element(document, "replay-text")?,
            toggle: element(document, "replay-toggle")?,
            bar: element(document, "replay-bar")?,
            speed: element(document, "replay-speed")?,
        })
    }

    /// Shows where the replay is, or nothing without one. One that begins takes the focus. Returns whether one that is over had it.
    ///
    /// # Errors
    /// What the browser says.
    pub fn show(&self, replay: Option<Shown>, deal: Deal) -> Result<bool, JsValue> {
        let (was_hidden, had_focus) = (self.whole.hidden(), self.whole.matches(":focus-within")?);
        self.whole.set_hidden(replay.is_none());
        self.root.toggle_attribute_with_force("data-replay", replay.is_some())?;
        let Some(shown) = replay else { return Ok(had_focus) };
        self.text.set_text_content(Some(&words::replay(&shown.at, deal)));
        self.toggle.set_attribute("aria-label", &words::toggle(shown.playing))?;
        self.toggle.toggle_attribute_with_force("data-playing", shown.playing)?;
        self.bar.set_max(&shown.at.total.to_string());
        self.bar.set_value(&shown.at.position.to_string());
        self.bar.set_attribute("aria-valuetext", &words::place(shown.at.position, shown.at.total))?;
        self.speed.set_text_content(Some(&words::pace(shown.pace)));
        if was_hidden {
            self.toggle.focus()?;
        }
        Ok(false)
    }
}

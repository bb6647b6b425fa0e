//! The controls of a replay.

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlElement, HtmlInputElement};

use super::changed::Changed;
use super::element::{element, focus_shown};
use crate::view::view_model::ShownReplay;
use crate::words;
use blockers_rules::Deal;

/// The elements of the bar.
pub struct ReplayBar {
    root: HtmlElement,
    controls: HtmlElement,
    text: HtmlElement,
    toggle: HtmlElement,
    bar: HtmlInputElement,
    speed: Element,
}

impl ReplayBar {
    /// Finds the elements.
    ///
    /// # Errors
    /// An element is missing.
    pub fn new(document: &Document) -> Result<Self, JsValue> {
        Ok(Self {
            root: element(document, "app")?,
            controls: element(document, "replay")?,
            text: element(document, "replay-text")?,
            toggle: element(document, "replay-toggle")?,
            bar: element(document, "replay-bar")?,
            speed: element(document, "replay-speed")?,
        })
    }

    /// Shows the position of the replay, or hides the controls if there is none. A replay that begins takes the focus.
    /// Returns `true` if the controls had the focus when they were hidden.
    ///
    /// # Errors
    /// The browser refuses to change or focus an element.
    pub fn show(&self, change: Changed) -> Result<bool, JsValue> {
        if !change.changed(|model| (model.replay, model.deal)) {
            return Ok(false);
        }
        let replay = change.now.replay;
        let (was_hidden, had_focus) = (self.controls.hidden(), self.controls.matches(":focus-within")?);
        self.controls.set_hidden(replay.is_none());
        self.text.set_hidden(replay.is_none());
        self.root.toggle_attribute_with_force("data-replay", replay.is_some())?;
        let Some(shown) = replay else { return Ok(had_focus) };
        self.fill(&shown, change.now.deal)?;
        if was_hidden {
            focus_shown(&self.toggle)?;
        }
        Ok(false)
    }

    #[inline(never)] // Late, see ARCHITECTURE.md.
    fn fill(&self, shown: &ShownReplay, deal: Deal) -> Result<(), JsValue> {
        self.text.set_text_content(Some(&words::replay(&shown.at, deal)));
        self.toggle.set_attribute("aria-label", &words::toggle(shown.playing))?;
        self.toggle.toggle_attribute_with_force("data-playing", shown.playing)?;
        self.bar.set_max(&shown.at.total.to_string());
        self.bar.set_value(&shown.at.position.to_string());
        self.bar.set_attribute("aria-valuetext", &words::place(shown.at.position, shown.at.total))?;
        self.speed.set_text_content(Some(&words::pace(shown.pace)));
        Ok(())
    }
}

//! The keys that screen readers name for buttons and slots. They leave out those that the player has turned off.

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element};

use super::changed::Changed;
use super::texts::named;

const ATTRIBUTE: &str = "aria-keyshortcuts";

/// The elements with keys, and all keys of each.
pub struct Shortcuts(Vec<(Element, String)>);

impl Shortcuts {
    /// Finds the elements.
    ///
    /// # Errors
    /// The browser refuses to search.
    pub fn new(document: &Document) -> Result<Self, JsValue> {
        named(document, ATTRIBUTE).map(Self)
    }

    /// Names the keys that have an effect.
    ///
    /// # Errors
    /// The browser refuses to change an element.
    pub fn show(&self, change: Changed) -> Result<(), JsValue> {
        if !change.changed(|model| model.settings.shortcuts) {
            return Ok(());
        }
        for (element, all) in &self.0 {
            let has_effect = |key: &&str| change.now.settings.shortcuts.is_on() || key.len() > 1;
            let keys: Vec<_> = all.split(' ').filter(has_effect).collect();
            if keys.is_empty() {
                element.remove_attribute(ATTRIBUTE)?;
            } else {
                element.set_attribute(ATTRIBUTE, &keys.join(" "))?;
            }
        }
        Ok(())
    }
}

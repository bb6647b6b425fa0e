//! The theme and the motion of the page: attributes for the style sheet, and a colour for the bars of the browser.

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element};

use super::changed::Changed;

/// The elements that depend on the theme.
pub struct PageTheme {
    root: Element,
    /// The `meta` elements with the colour for the browser.
    colours: Vec<Element>,
}

impl PageTheme {
    /// Finds the elements.
    ///
    /// # Errors
    /// The document is empty.
    pub fn new(document: &Document) -> Result<Self, JsValue> {
        let found = document.query_selector_all("meta[name='theme-color']")?;
        let colours = (0..found.length()).filter_map(|n| found.get(n)).map(JsCast::unchecked_into);
        Ok(Self { root: document.document_element().ok_or("The document is empty.")?, colours: colours.collect() })
    }

    /// Shows the theme and the motion.
    ///
    /// # Errors
    /// The browser refuses to change an element.
    pub fn show(&self, change: Changed) -> Result<(), JsValue> {
        if !change.changed(|model| (model.look, model.motion)) {
            return Ok(());
        }
        let theme = change.now.look.theme;
        self.root.set_attribute("data-motion", change.now.motion.name())?;
        self.root.set_attribute("data-theme", theme.name())?;
        self.colours.iter().try_for_each(|meta| meta.set_attribute("content", &theme.ground().css()))
    }
}

//! The fixed texts of index.html, which change only with the language.
//!
//! An element names the key of its text in `data-word`, and that of its label in `data-label`. The file contains the
//! English texts, so that there are texts before the program runs. If the language is English, nothing is replaced.

use std::cell::Cell;

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element};

use crate::words::{Language, page};

thread_local! {
    /// The language in which the program has written the document; at first that of the file. The document's own `lang`
    /// says something else after a translator in the browser has changed it.
    static WRITTEN: Cell<Language> = const { Cell::new(Language::English) };
}

/// The elements with fixed texts, each with its key.
pub struct Texts {
    root: Element,
    texts: Vec<(Element, String)>,
    labels: Vec<(Element, String)>,
}

impl Texts {
    /// Finds the elements.
    ///
    /// # Errors
    /// The document is empty.
    pub fn new(document: &Document) -> Result<Self, JsValue> {
        Ok(Self {
            root: document.document_element().ok_or("The document is empty.")?,
            texts: named(document, "data-word")?,
            labels: named(document, "data-label")?,
        })
    }

    /// Writes every text in this language, which must be the current one of `words`, and sets the language and the
    /// direction of the document. An element with an unknown key keeps its text.
    ///
    /// # Errors
    /// The browser refuses to change an element.
    pub fn translate(&self, language: Language) -> Result<(), JsValue> {
        if WRITTEN.get() == language {
            return Ok(());
        }
        self.root.set_attribute("lang", language.code())?;
        self.root.set_attribute("dir", if language.is_right_to_left() { "rtl" } else { "ltr" })?;
        for (element, key) in &self.texts {
            if let Some(text) = page::text(key) {
                element.set_text_content(Some(text));
            }
        }
        for (element, key) in &self.labels {
            if let Some(text) = page::text(key) {
                element.set_attribute("aria-label", text)?;
            }
        }
        WRITTEN.set(language);
        Ok(())
    }
}

/// Returns every element with this attribute, and the value of the attribute.
///
/// # Errors
/// The browser refuses to search.
pub(super) fn named(document: &Document, attribute: &str) -> Result<Vec<(Element, String)>, JsValue> {
    let found = document.query_selector_all(&format!("[{attribute}]"))?;
    let named = |n: u32| {
        let element: Element = found.item(n)?.dyn_into().ok()?;
        let key = element.get_attribute(attribute)?;
        Some((element, key))
    };
    Ok((0..found.length()).filter_map(named).collect())
}

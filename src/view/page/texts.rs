//! The words of the page that never change while one language is spoken: those of index.html.
//!
//! An element names its text by `data-word` and its label by `data-label`. Index.html has the English ones itself, so that there
//! are some before the program runs, and in a page of English players nothing is replaced.

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element};

use crate::words::{Language, page};

/// The elements with fixed words, each with its key.
pub struct Texts {
    root: Element,
    words: Vec<(Element, String)>,
    labels: Vec<(Element, String)>,
}

impl Texts {
    /// Finds them.
    ///
    /// # Errors
    /// What the browser says, or a sentence, if there is no document.
    pub fn new(document: &Document) -> Result<Self, JsValue> {
        Ok(Self {
            root: document.document_element().ok_or("The page is empty.")?,
            words: named(document, "data-word")?,
            labels: named(document, "data-label")?,
        })
    }

    /// Says everything in the language that is spoken, which is this one, and says which it is and how it is written. What has
    /// no such words keeps those that it has.
    ///
    /// # Errors
    /// What the browser says, if it does not let an element be changed.
    pub fn speak(&self, language: Language) -> Result<(), JsValue> {
        if self.root.get_attribute("lang").as_deref() == Some(language.code()) {
            return Ok(());
        }
        self.root.set_attribute("lang", language.code())?;
        self.root.set_attribute("dir", if language.is_right_to_left() { "rtl" } else { "ltr" })?;
        for (element, key) in &self.words {
            if let Some(text) = page::text(key) {
                element.set_text_content(Some(&text));
            }
        }
        for (element, key) in &self.labels {
            if let Some(text) = page::text(key) {
                element.set_attribute("aria-label", &text)?;
            }
        }
        Ok(())
    }
}

/// Every element with this attribute, and what it has there.
fn named(document: &Document, attribute: &str) -> Result<Vec<(Element, String)>, JsValue> {
    let found = document.query_selector_all(&format!("[{attribute}]"))?;
    let named = |n: u32| {
        let element: Element = found.item(n)?.dyn_into().ok()?;
        let key = element.get_attribute(attribute)?;
        Some((element, key))
    };
    Ok((0..found.length()).filter_map(named).collect())
}

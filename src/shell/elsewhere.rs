//! The panel of a page that does not have the game, because another page has it.

use wasm_bindgen::prelude::*;
use web_sys::{Document, HtmlElement, Window, console};

use crate::input::browser::Listener;
use crate::ports::web::lock;
use crate::view::page::{element, focus_shown};

/// The panel with the text that the game is open in another page.
#[derive(Clone)]
pub(super) struct ElsewherePanel {
    panel: HtmlElement,
    app: HtmlElement,
    take: HtmlElement,
}

impl ElsewherePanel {
    /// Finds the elements of the panel.
    ///
    /// # Errors
    /// An element is missing.
    pub(super) fn new(document: &Document) -> Result<Self, JsValue> {
        Ok(Self {
            panel: element(document, "elsewhere")?,
            app: element(document, "app")?,
            take: element(document, "take")?,
        })
    }

    /// Binds the button that takes the game into this page.
    pub(super) fn listen(&self, window: &Window) -> Result<Listener, JsValue> {
        let window = window.clone();
        Listener::new(&self.take, "click", move |_| lock::take(&window))
    }

    /// Shows the panel. Keys and screen readers cannot reach the table behind it.
    pub(super) fn show(&self) {
        self.panel.set_hidden(false);
        if let Err(error) = self.app.set_attribute("inert", "").and_then(|()| focus_shown(&self.take)) {
            console::error_1(&error);
        }
    }
}

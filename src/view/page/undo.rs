//! The buttons that need drops: undo, redo, and the replay of the game.

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element};

use super::changed::Changed;
use super::element::element;

/// The buttons.
pub struct UndoButtons {
    undo: Element,
    redo: Element,
    watch: Element,
}

impl UndoButtons {
    /// Finds the buttons.
    ///
    /// # Errors
    /// An element is missing.
    pub fn new(document: &Document) -> Result<Self, JsValue> {
        Ok(Self {
            undo: element(document, "undo")?,
            redo: element(document, "redo")?,
            watch: element(document, "watch")?,
        })
    }

    /// Shows which of them can be used.
    ///
    /// # Errors
    /// The browser refuses to change an element.
    pub fn show(&self, change: Changed) -> Result<(), JsValue> {
        if change.changed(|model| model.steps) {
            let steps = change.now.steps;
            // With the attribute `disabled`, a button would lose the focus when it is pressed for the last time.
            // A game with nothing to undo has nothing to replay.
            let buttons = [(&self.undo, steps.undo), (&self.redo, steps.redo), (&self.watch, steps.undo)];
            for (button, enabled) in buttons {
                button.set_attribute("aria-disabled", if enabled { "false" } else { "true" })?;
            }
        }
        Ok(())
    }
}

//! The score and the best scores in the top bar.

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlElement};

use super::changed::Changed;
use super::element::element;
use crate::words;

/// The elements of the numbers.
pub struct ScoreBar {
    score: Element,
    best: Element,
    undone: HtmlElement,
    undone_best: Element,
}

impl ScoreBar {
    /// Finds the elements.
    ///
    /// # Errors
    /// An element is missing.
    pub fn new(document: &Document) -> Result<Self, JsValue> {
        Ok(Self {
            score: element(document, "score")?,
            best: element(document, "best")?,
            undone: element(document, "undone")?,
            undone_best: element(document, "undone-best")?,
        })
    }

    /// Shows the numbers. The best score of games with undo is shown only in such a game.
    pub fn show(&self, change: Changed) {
        if change.changed(|model| &model.score) {
            let score = &change.now.score;
            self.score.set_text_content(Some(&words::number(score.points)));
            self.best.set_text_content(Some(&words::number(score.best)));
            self.undone.set_hidden(score.undone_best.is_none());
            self.undone_best.set_text_content(score.undone_best.map(words::number).as_deref());
        }
    }
}

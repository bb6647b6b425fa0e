//! The panel at the end of a game.

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlElement};

use super::changed::Changed;
use super::element::{element, focus_shown};
use super::tray::Tray;
use crate::words;
use crate::world::Ended;

/// The elements of the panel.
pub struct GameOverPanel {
    panel: HtmlElement,
    verdict: Element,
    best_name: Element,
    totals: [Element; 5],
    play_again: HtmlElement,
}

impl GameOverPanel {
    /// Finds the elements.
    ///
    /// # Errors
    /// An element is missing.
    pub fn new(document: &Document) -> Result<Self, JsValue> {
        Ok(Self {
            panel: element(document, "over")?,
            verdict: element(document, "verdict")?,
            best_name: element(document, "over-best-name")?,
            totals: [
                element(document, "over-score")?,
                element(document, "over-best")?,
                element(document, "over-drops")?,
                element(document, "over-lines")?,
                element(document, "over-games")?,
            ],
            play_again: element(document, "play-again")?,
        })
    }

    /// Shows the panel with the totals of the game, or hides it. If it had the focus, that goes to the table.
    ///
    /// # Errors
    /// The browser refuses to change or focus an element.
    pub fn show(&self, change: Changed, tray: &Tray) -> Result<(), JsValue> {
        if !change.changed(|model| &model.ended) {
            return Ok(());
        }
        let had_focus = self.panel.matches(":focus-within")?;
        self.panel.set_hidden(change.now.ended.is_none());
        let Some(ended) = change.now.ended else {
            // If a replay follows, its bar has taken the focus already.
            return if had_focus { tray.take_focus(change.now) } else { Ok(()) };
        };
        self.fill(&ended, change.now.games);
        Ok(())
    }

    #[inline(never)] // Late, see ARCHITECTURE.md.
    fn fill(&self, ended: &Ended, games: u64) {
        self.verdict.set_text_content(Some(&words::verdict(ended)));
        self.best_name.set_text_content(Some(&words::best(ended.clean)));
        let totals = [ended.score, ended.best, ended.drops.into(), ended.lines.into(), games];
        for (element, total) in self.totals.iter().zip(totals) {
            element.set_text_content(Some(&words::number(total)));
        }
    }

    /// Focuses the button for another game when a game has ended.
    ///
    /// # Errors
    /// The browser refuses to focus the button.
    pub fn take_focus(&self, change: Changed) -> Result<(), JsValue> {
        let has_ended = change.now.ended.is_some() && change.changed(|model| &model.ended);
        if has_ended { focus_shown(&self.play_again) } else { Ok(()) }
    }
}

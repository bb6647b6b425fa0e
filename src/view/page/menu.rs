//! The menu with the kinds of game, the questions whether to leave one or all, and the other dialogs' coming and going.

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlDialogElement};

use super::element;
use crate::rules::{Deal, GameKind};
use crate::view::mirror::Menu;
use crate::words;
use crate::world::{Panel, Wanted};

/// The dialogs that are opened and closed with the panel of the world, and their texts.
pub struct Dialogs {
    dialogs: [(HtmlDialogElement, Shows); 6],
    kinds: [(GameKind, Element, Element); 3],
    about_seed: Element,
    no_seed: Element,
    question: Element,
}

/// Is it this panel?
type Shows = fn(Panel) -> bool;

impl Dialogs {
    /// Finds them.
    ///
    /// # Errors
    /// A sentence, if an element is missing.
    pub fn new(document: &Document) -> Result<Self, JsValue> {
        let kind = |kind: GameKind| {
            let about = element(document, &format!("about-{kind}"))?;
            Ok::<_, JsValue>((kind, element(document, &format!("kind-{kind}"))?, about))
        };
        Ok(Self {
            dialogs: [
                (element(document, "menu")?, |panel| panel == Panel::Menu),
                (element(document, "statistics")?, |panel| panel == Panel::Statistics),
                (element(document, "settings")?, |panel| panel == Panel::Settings),
                (element(document, "help")?, |panel| panel == Panel::Help),
                (element(document, "question")?, |panel| matches!(panel, Panel::Question(_))),
                (element(document, "replacing")?, |panel| panel == Panel::Replacing),
            ],
            kinds: [kind(GameKind::Classic)?, kind(GameKind::Kind)?, kind(GameKind::Daily)?],
            about_seed: element(document, "about-seed")?,
            no_seed: element(document, "no-seed")?,
            question: element(document, "question-text")?,
        })
    }

    /// Opens the dialog of this panel and closes the others.
    ///
    /// # Errors
    /// What the browser says.
    pub fn open(&self, panel: Option<Panel>) -> Result<(), JsValue> {
        if let Some(Panel::Question(wanted)) = panel {
            self.question.set_text_content(Some(&words::question(wanted)));
        }
        for (dialog, shows) in &self.dialogs {
            match (dialog.open(), panel.is_some_and(shows)) {
                (false, true) => dialog.show_modal()?,
                (true, false) => dialog.close(),
                _ => {}
            }
        }
        Ok(())
    }

    /// Says what there is to say of each kind of game.
    ///
    /// # Errors
    /// What the browser says.
    pub fn fill(&self, menu: &Menu, deal: Deal) -> Result<(), JsValue> {
        for (kind, button, about) in &self.kinds {
            about.set_text_content(Some(&words::about(*kind, menu.bests.get(*kind, true), menu.today, menu.result)));
            button.set_attribute("aria-current", if deal.kind == *kind { "true" } else { "false" })?;
        }
        let best = menu.bests.get(GameKind::Seed, true);
        self.about_seed.set_text_content(Some(&words::about(GameKind::Seed, best, menu.today, None)));
        self.no_seed.set_text_content(None);
        Ok(())
    }
}

/// The game that a typed seed asks for.
#[must_use]
pub fn typed_seed(text: &str) -> Option<Wanted> {
    text.trim().parse().ok().map(Wanted::Seed)
}

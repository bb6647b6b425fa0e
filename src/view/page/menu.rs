//! The dialogs: which one is open, and the texts of the menu and of the questions. `settings` and `statistics` fill
//! their own.

use std::cell::Cell;

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlDialogElement, HtmlElement};

use super::changed::Changed;
use super::element::{element, focus_shown};
use crate::view::view_model::Menu;
use crate::words;
use crate::world::{Panel, Wanted};
use blockers_rules::{Deal, GameKind, parse_seed};

/// The dialogs and their texts.
pub struct Dialogs {
    dialogs: [PanelDialog; 6],
    kinds: [KindEntry; 3],
    about_seed: Element,
    seed_error: Element,
    question: Element,
    open_statistics: HtmlElement,
    open_settings: HtmlElement,
    /// The panel that was open before.
    last: Cell<Option<Panel>>,
}

/// The dialog of a panel.
struct PanelDialog {
    dialog: HtmlDialogElement,
    shows: fn(Panel) -> bool,
}

/// A kind of game in the menu.
struct KindEntry {
    kind: GameKind,
    button: Element,
    about: Element,
}

impl Dialogs {
    /// Finds the elements.
    ///
    /// # Errors
    /// An element is missing.
    pub fn new(document: &Document) -> Result<Self, JsValue> {
        let entry = |kind: GameKind| {
            let about = element(document, &format!("about-{kind}"))?;
            Ok::<_, JsValue>(KindEntry { kind, button: element(document, &format!("kind-{kind}"))?, about })
        };
        let dialog = |id: &str, shows: fn(Panel) -> bool| {
            Ok::<_, JsValue>(PanelDialog { dialog: element(document, id)?, shows })
        };
        Ok(Self {
            dialogs: [
                dialog("menu", |panel| panel == Panel::Menu)?,
                dialog("statistics", |panel| panel == Panel::Statistics)?,
                dialog("settings", |panel| panel == Panel::Settings)?,
                dialog("help", |panel| panel == Panel::Help)?,
                dialog("question", |panel| matches!(panel, Panel::Question(_)))?,
                dialog("replacing", |panel| panel == Panel::Replacing)?,
            ],
            kinds: [entry(GameKind::Classic)?, entry(GameKind::Relaxed)?, entry(GameKind::Daily)?],
            about_seed: element(document, "about-seed")?,
            seed_error: element(document, "no-seed")?,
            question: element(document, "question-text")?,
            open_statistics: element(document, "open-statistics")?,
            open_settings: element(document, "open-settings")?,
            last: Cell::default(),
        })
    }

    /// Fills the menu if it is open, and opens the dialog of the open panel.
    ///
    /// # Errors
    /// The browser refuses to change or open an element.
    pub fn show(&self, change: Changed) -> Result<(), JsValue> {
        let now = change.now;
        if let Some(menu) = &now.menu
            && (change.changed(|model| &model.menu) || change.changed(|model| &model.deal))
        {
            self.fill(menu, now.deal)?;
        }
        if change.changed(|model| model.panel) { self.open(now.panel) } else { Ok(()) }
    }

    /// Returns `true` if the dialog of this panel is open.
    #[must_use]
    pub fn is_open(&self, panel: Panel) -> bool {
        self.dialogs.iter().any(|PanelDialog { dialog, shows }| shows(panel) && dialog.open())
    }

    /// Opens the dialog of this panel and closes the others. If it is the menu again, the focus goes to the button that
    /// has opened the dialog before.
    ///
    /// # Errors
    /// The browser refuses to open a dialog or to focus a button.
    pub fn open(&self, panel: Option<Panel>) -> Result<(), JsValue> {
        if let Some(Panel::Question(wanted)) = panel {
            self.question.set_text_content(Some(&words::question(wanted)));
        }
        // First the dialogs that close, because each gives the focus back.
        for PanelDialog { dialog, shows } in &self.dialogs {
            if dialog.open() && !panel.is_some_and(shows) {
                dialog.close();
            }
        }
        for PanelDialog { dialog, shows } in &self.dialogs {
            if !dialog.open() && panel.is_some_and(shows) {
                dialog.show_modal()?;
            }
        }
        match (self.last.replace(panel), panel) {
            (Some(Panel::Statistics), Some(Panel::Menu)) => focus_shown(&self.open_statistics),
            (Some(Panel::Settings), Some(Panel::Menu)) => focus_shown(&self.open_settings),
            _ => Ok(()),
        }
    }

    /// Describes each kind of game, and marks the current one.
    #[inline(never)] // Late, see ARCHITECTURE.md.
    fn fill(&self, menu: &Menu, deal: Deal) -> Result<(), JsValue> {
        for KindEntry { kind, button, about } in &self.kinds {
            about.set_text_content(Some(&words::about(*kind, menu.bests.get(*kind, true), menu.today, menu.result)));
            button.set_attribute("aria-current", if deal.kind == *kind { "true" } else { "false" })?;
        }
        let best = menu.bests.get(GameKind::Seed, true);
        self.about_seed.set_text_content(Some(&words::about(GameKind::Seed, best, menu.today, None)));
        self.seed_error.set_text_content(None);
        Ok(())
    }
}

/// Returns the game of a typed seed; `None` if it is no seed.
#[must_use]
pub fn typed_seed(text: &str) -> Option<Wanted> {
    parse_seed(text).map(Wanted::Seed)
}

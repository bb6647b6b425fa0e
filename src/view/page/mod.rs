//! Writes the [`ViewModel`] into the document: each widget changes only the elements whose content differs.

pub mod board;
pub mod changed;
mod element;
pub mod game_over;
pub mod menu;
pub mod replay;
pub mod score;
pub mod settings;
pub mod shortcuts;
pub mod sound;
pub mod statistics;
pub mod texts;
pub mod theme;
pub mod tray;
pub mod undo;

pub use element::{element, focus_shown};

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlCanvasElement, HtmlElement};

use crate::ports::web::announcer::WebAnnouncer;
use crate::view::view_model::ViewModel;
use crate::world::decimals;
use crate::world::geometry::Rect;
use blockers_rules::Slot;
use board::Board;
use changed::Changed;
use game_over::GameOverPanel;
use menu::Dialogs;
use replay::ReplayBar;
use score::ScoreBar;
use settings::SettingsPanel;
use shortcuts::Shortcuts;
use sound::SoundControls;
use statistics::StatisticsPanel;
use texts::Texts;
use theme::PageTheme;
use tray::{SLOT_IDS, Tray};
use undo::UndoButtons;

/// The widgets of the page, and what they show.
pub struct Page {
    root: HtmlElement,
    board: Board,
    tray: Tray,
    score: ScoreBar,
    undo: UndoButtons,
    sound: SoundControls,
    game_over: GameOverPanel,
    announcer: WebAnnouncer,
    inspector: HtmlElement,
    dialogs: Dialogs,
    replay: ReplayBar,
    statistics: StatisticsPanel,
    settings: SettingsPanel,
    shortcuts: Shortcuts,
    theme: PageTheme,
    texts: Texts,
    shown: Option<ViewModel>,
}

impl Page {
    /// Finds the elements of the page, and fills its grid with rows and cells. Changes that a screen reader would miss
    /// go to the announcer.
    ///
    /// # Errors
    /// An element is missing.
    pub fn new(document: &Document, announcer: WebAnnouncer) -> Result<Self, JsValue> {
        Ok(Self {
            root: element(document, "app")?,
            board: Board::new(document)?,
            tray: Tray::new(document)?,
            score: ScoreBar::new(document)?,
            undo: UndoButtons::new(document)?,
            sound: SoundControls::new(document, announcer.clone())?,
            announcer,
            game_over: GameOverPanel::new(document)?,
            inspector: element(document, "inspector")?,
            dialogs: Dialogs::new(document)?,
            replay: ReplayBar::new(document)?,
            statistics: StatisticsPanel::new(document)?,
            settings: SettingsPanel::new(document)?,
            shortcuts: Shortcuts::new(document)?,
            theme: PageTheme::new(document)?,
            texts: Texts::new(document)?,
            shown: None,
        })
    }

    /// Shows a view model: what differs from the last one, or everything if the language has changed.
    ///
    /// # Errors
    /// The browser refuses to change or focus an element. The next call then writes everything.
    pub fn show(&mut self, now: ViewModel) -> Result<(), JsValue> {
        let last = self.shown.take();
        let in_any_language = Changed { before: last.as_ref(), now: &now };
        let change = in_any_language.in_one_language();
        if change.before.is_none() {
            self.texts.translate(now.language)?;
        }
        self.board.show(change)?;
        self.tray.show(change)?;
        self.score.show(change);
        self.show_progress(change)?;
        self.undo.show(change)?;
        self.statistics.show(change)?;
        self.dialogs.show(change)?;
        // After the dialogs: a dialog that closes gives the focus back to the button that has opened it.
        if self.replay.show(change)? {
            self.tray.take_focus(&now)?;
        }
        self.sound.show(change)?;
        self.theme.show(change)?;
        self.settings.show(change)?;
        self.shortcuts.show(change)?;
        self.show_layout(change)?;
        self.game_over.show(change, &self.tray)?;
        self.show_inspector(change);
        // The focus does not depend on the language. Last, because a panel gives it to the table before it moves on.
        self.game_over.take_focus(in_any_language)?;
        self.tray.show_held(in_any_language)?;
        self.shown = Some(now);
        Ok(())
    }

    /// Returns the elements of the board's cells, in reading order.
    #[must_use]
    pub fn cells(&self) -> &[Element] {
        self.board.cells()
    }

    /// Focuses this slot.
    ///
    /// # Errors
    /// The browser refuses to change or focus an element.
    pub fn focus(&self, slot: Slot) -> Result<(), JsValue> {
        self.tray.focus(slot)
    }

    /// Closes the notices, and focuses the table.
    ///
    /// # Errors
    /// The browser refuses to change or focus an element.
    pub fn close_notices(&self) -> Result<(), JsValue> {
        self.announcer.close();
        self.shown.as_ref().map_or(Ok(()), |model| self.tray.take_focus(model))
    }

    /// Returns the canvases of the dialogs.
    #[must_use]
    pub fn canvases(&self) -> [HtmlCanvasElement; 2] {
        self.settings.canvases()
    }

    /// Draws on these canvases again, after the browser has emptied them.
    pub fn redraw(&self) {
        if let Some(model) = &self.shown {
            self.settings.redraw(model);
        }
    }

    /// Notes that a key is about to mute or unmute the sound, which is then announced.
    pub fn switch_sound_by_key(&mut self) {
        self.sound.switch_by_key();
    }

    /// Returns `true`, once, if the browser has closed the dialog of the open panel. The dialog is opened again if the
    /// panel is.
    #[must_use]
    pub fn has_closed_dialog(&mut self) -> bool {
        let Some(shown) = &mut self.shown else { return false };
        let closed = shown.panel.is_some_and(|panel| !self.dialogs.is_open(panel));
        if closed {
            shown.panel = None;
        }
        closed
    }

    /// Closes every dialog.
    ///
    /// # Errors
    /// The browser refuses to close a dialog.
    pub fn close_dialogs(&self) -> Result<(), JsValue> {
        self.dialogs.open(None)
    }

    /// Sets an attribute that tells whether a game is in progress. The style sheet shows an update only between games.
    fn show_progress(&self, change: Changed) -> Result<(), JsValue> {
        if !change.changed(ViewModel::is_between_games) {
            return Ok(());
        }
        self.root.set_attribute("data-game", if change.now.is_between_games() { "none" } else { "going-on" })
    }

    /// Sets the properties from which the style sheet places everything.
    fn show_layout(&self, change: Changed) -> Result<(), JsValue> {
        if !change.changed(|model| &model.layout) {
            return Ok(());
        }
        let layout = &change.now.layout;
        for (name, rect) in [("bar", layout.bar), ("board", layout.board), ("buttons", layout.buttons)] {
            self.set_rect(name, rect)?;
        }
        for (name, rect) in SLOT_IDS.into_iter().zip(layout.slots) {
            self.set_rect(name, rect)?;
        }
        self.tray.show_orientation(layout.landscape)?;
        self.root.toggle_attribute_with_force("data-compact", layout.is_compact())?;
        self.root.set_attribute("data-layout", if layout.landscape { "landscape" } else { "portrait" })
    }

    fn set_rect(&self, name: &str, rect: Rect) -> Result<(), JsValue> {
        let style = self.root.style();
        for (side, length) in [("x", rect.x), ("y", rect.y), ("w", rect.width), ("h", rect.height)] {
            style.set_property(&format!("--{name}-{side}"), &format!("{}px", decimals::write(length)))?;
        }
        Ok(())
    }

    fn show_inspector(&self, change: Changed) {
        if change.changed(|model| &model.inspector) {
            self.inspector.set_hidden(change.now.inspector.is_none());
            self.inspector.set_text_content(change.now.inspector.as_deref());
        }
    }
}

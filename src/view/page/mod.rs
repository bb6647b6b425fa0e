//! The browser's half of the [`Mirror`]: the page's own elements, changed only where the mirror changed.

pub mod hand;
pub mod menu;
pub mod replay;
pub mod settings;
pub mod statistics;
pub mod texts;

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlElement, HtmlInputElement};

use hand::HandFocus;
use menu::Dialogs;
use replay::ReplayBar;
use settings::SettingsPanel;
use statistics::StatisticsPanel;
use texts::Texts;

use super::animation::Motion;
use super::mirror::Mirror;
use crate::ports::Announcer;
use crate::ports::web::announcer::WebAnnouncer;
use crate::rules::{Cell, SIZE, Slot};
use crate::view::theme::Theme;
use crate::words;
use crate::world::Panel;
use crate::world::geometry::Rect;

/// The page's elements that change, and what they show.
pub struct Page {
    root: HtmlElement,
    cells: Vec<Element>,
    slots: Vec<HtmlElement>,
    hand: HandFocus,
    score: Element,
    best: Element,
    mute: Element,
    volume: HtmlInputElement,
    panel: HtmlElement,
    verdict: Element,
    best_name: Element,
    totals: [Element; 5],
    inspector: HtmlElement,
    play_again: HtmlElement,
    undone: HtmlElement,
    undone_best: Element,
    steps: [Element; 2],
    announcer: WebAnnouncer,
    dialogs: Dialogs,
    replay: ReplayBar,
    statistics: StatisticsPanel,
    settings: SettingsPanel,
    themed: Themed,
    texts: Texts,
    /// Was the sound switched by a key, and is not shown yet?
    switched_by_key: bool,
    shown: Option<Mirror>,
}

/// The element of this id.
///
/// # Errors
/// A sentence, if the document has none of this id and kind.
pub fn element<T: JsCast>(document: &Document, id: &str) -> Result<T, JsValue> {
    let found = document.get_element_by_id(id).and_then(|element| element.dyn_into().ok());
    found.ok_or_else(|| JsValue::from_str(&format!("The page lacks its element `{id}`.")))
}

impl Page {
    /// Finds the page's elements and fills its grid with rows and cells. What changes on no element that has the focus is told to
    /// the announcer.
    ///
    /// # Errors
    /// A sentence, if an element is missing.
    pub fn new(document: &Document, announcer: WebAnnouncer) -> Result<Self, JsValue> {
        Ok(Self {
            root: element(document, "app")?,
            cells: fill_grid(document, &element(document, "grid")?)?,
            slots: ["slot-1", "slot-2", "slot-3"]
                .into_iter()
                .map(|id| element(document, id))
                .collect::<Result<_, _>>()?,
            hand: HandFocus::new(document)?,
            score: element(document, "score")?,
            best: element(document, "best")?,
            mute: element(document, "mute")?,
            volume: element(document, "volume")?,
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
            inspector: element(document, "inspector")?,
            play_again: element(document, "play-again")?,
            undone: element(document, "undone")?,
            undone_best: element(document, "undone-best")?,
            steps: [element(document, "undo")?, element(document, "redo")?],
            announcer,
            dialogs: Dialogs::new(document)?,
            replay: ReplayBar::new(document)?,
            statistics: StatisticsPanel::new(document)?,
            settings: SettingsPanel::new(document)?,
            themed: Themed::new(document)?,
            texts: Texts::new(document)?,
            switched_by_key: false,
            shown: None,
        })
    }

    /// Shows a mirror: what differs from the one before, or everything, if that was in another language.
    ///
    /// # Errors
    /// What the browser says, if it does not let an element be changed.
    pub fn show(&mut self, mirror: Mirror) -> Result<(), JsValue> {
        let last = self.shown.take();
        let last = last.as_ref();
        let before = last.filter(|last| last.language == mirror.language);
        if before.is_none() {
            self.texts.speak(mirror.language)?;
        }
        for cell in Cell::all() {
            let filled = mirror.cells[cell.index()];
            if before.is_none_or(|before| before.cells[cell.index()] != filled) {
                self.cells[cell.index()].set_attribute("aria-label", &words::cell(cell, filled))?;
            }
        }
        for (n, slot) in self.slots.iter().enumerate() {
            let staged = mirror.slots[n].as_ref();
            if before.is_none_or(|before| before.slots[n] != mirror.slots[n]) {
                slot.set_attribute("aria-label", &words::staged(staged))?;
                let disabled = staged.is_none_or(|staged| !staged.fits);
                slot.set_attribute("aria-disabled", if disabled { "true" } else { "false" })?;
            }
        }
        if before.is_none_or(|before| before.score != mirror.score) {
            self.score.set_text_content(Some(&words::number(mirror.score.points)));
            self.best.set_text_content(Some(&words::number(mirror.score.best)));
            self.undone.set_hidden(mirror.score.undone_best.is_none());
            self.undone_best.set_text_content(mirror.score.undone_best.map(words::number).as_deref());
        }
        if before.is_none_or(|before| before.is_between_games() != mirror.is_between_games()) {
            self.root.set_attribute("data-game", if mirror.is_between_games() { "none" } else { "going-on" })?;
        }
        if before.is_none_or(|before| before.steps != mirror.steps) {
            // One that is really disabled loses the focus, just when it was pressed for the last time.
            for (button, possible) in self.steps.iter().zip(mirror.steps) {
                button.set_attribute("aria-disabled", if possible { "false" } else { "true" })?;
            }
        }
        if let Some(menu) = &mirror.menu
            && before.is_none_or(|before| before.menu != mirror.menu || before.deal != mirror.deal)
        {
            self.dialogs.fill(menu, mirror.deal)?;
        }
        if let Some(shown) = &mirror.statistics
            && before.is_none_or(|before| before.statistics != mirror.statistics)
        {
            self.statistics.show(&shown.statistics, shown.of, shown.days)?;
        }
        if before.is_none_or(|before| before.panel != mirror.panel) {
            self.dialogs.open(mirror.panel)?;
        }
        // After the dialogs, which give the focus back to what was pressed to open them.
        if before.is_none_or(|before| (before.replay, before.deal) != (mirror.replay, mirror.deal))
            && self.replay.show(mirror.replay, mirror.deal)?
        {
            self.hand.take_focus(mirror.hovering, &mirror.slots)?;
        }
        if before.is_none_or(|before| before.sound != mirror.sound) {
            // Who has the button hears it from the button.
            if std::mem::take(&mut self.switched_by_key) && !self.mute.matches(":focus")? {
                self.announcer.announce(&words::sound(mirror.sound.muted));
            }
            self.mute.set_attribute("aria-pressed", if mirror.sound.muted { "true" } else { "false" })?;
            let percent = f64::from(mirror.sound.volume() * 100.0).round();
            self.volume.set_value_as_number(percent);
            self.settings.show_sound(mirror.sound.muted, percent);
        }
        if before.is_none_or(|before| (before.look, before.motion) != (mirror.look, mirror.motion)) {
            self.themed.show(mirror.look.theme, mirror.motion)?;
        }
        if mirror.panel == Some(Panel::Settings)
            && before.is_none_or(|before| {
                (before.panel, before.settings, before.look) != (mirror.panel, mirror.settings, mirror.look)
            })
        {
            self.settings.show(&mirror.settings)?;
            self.settings.draw(mirror.look, &mirror.settings, mirror.layout.viewport.pixel_ratio.into());
        }
        if before.is_none_or(|before| before.layout != mirror.layout) {
            self.lay_out(&mirror)?;
        }
        if before.is_none_or(|before| before.ended != mirror.ended) {
            self.show_end(&mirror)?;
        }
        if before.is_none_or(|before| before.inspector != mirror.inspector) {
            self.inspector.set_hidden(mirror.inspector.is_none());
            self.inspector.set_text_content(mirror.inspector.as_deref());
        }
        // Where the focus goes is no matter of language. Last, because the panels have it before the table has.
        if mirror.ended.is_some() && last.is_none_or(|last| last.ended != mirror.ended) {
            self.play_again.focus()?;
        }
        if last.is_none_or(|last| last.hovering != mirror.hovering) {
            self.hand.show(last.and_then(|last| last.hovering), mirror.hovering, &mirror.slots)?;
        }
        self.shown = Some(mirror);
        Ok(())
    }

    /// The cells of the grid, in reading order.
    #[must_use]
    pub fn cells(&self) -> &[Element] {
        &self.cells
    }

    /// Gives the shape in this slot the focus.
    ///
    /// # Errors
    /// What the browser says.
    pub fn focus(&self, slot: Slot) -> Result<(), JsValue> {
        self.hand.focus(slot)
    }

    /// Gives the table the focus that something else had which is gone.
    ///
    /// # Errors
    /// What the browser says.
    pub fn take_focus(&self) -> Result<(), JsValue> {
        self.shown.as_ref().map_or(Ok(()), |mirror| self.hand.take_focus(mirror.hovering, &mirror.slots))
    }

    /// The sound is being switched by a key, which says nothing by itself.
    pub fn switching_by_key(&mut self) {
        self.switched_by_key = true;
    }

    /// Closes what is open over the table.
    ///
    /// # Errors
    /// What the browser says.
    pub fn close(&self) -> Result<(), JsValue> {
        self.dialogs.open(None)
    }

    /// The style sheet places everything by these properties.
    fn lay_out(&self, mirror: &Mirror) -> Result<(), JsValue> {
        let layout = &mirror.layout;
        for (name, rect) in [("bar", layout.bar), ("board", layout.board), ("buttons", layout.buttons)] {
            self.set_rect(name, rect)?;
        }
        for (name, rect) in ["slot-1", "slot-2", "slot-3"].into_iter().zip(layout.slots) {
            self.set_rect(name, rect)?;
        }
        self.hand.lay_out(layout.landscape)?;
        self.root.set_attribute("data-layout", if layout.landscape { "landscape" } else { "portrait" })
    }

    fn set_rect(&self, name: &str, rect: Rect) -> Result<(), JsValue> {
        let style = self.root.style();
        for (side, length) in [("x", rect.x), ("y", rect.y), ("w", rect.width), ("h", rect.height)] {
            style.set_property(&format!("--{name}-{side}"), &format!("{length}px"))?;
        }
        Ok(())
    }

    fn show_end(&self, mirror: &Mirror) -> Result<(), JsValue> {
        let had_focus = self.panel.matches(":focus-within")?;
        self.panel.set_hidden(mirror.ended.is_none());
        let Some(ended) = mirror.ended else {
            // A replay has taken it already.
            return if had_focus { self.hand.take_focus(mirror.hovering, &mirror.slots) } else { Ok(()) };
        };
        self.verdict.set_text_content(Some(&words::verdict(&ended)));
        self.best_name.set_text_content(Some(&words::best(ended.clean)));
        let totals = [ended.score, ended.best, ended.drops.into(), ended.lines.into(), mirror.games];
        for (element, total) in self.totals.iter().zip(totals) {
            element.set_text_content(Some(&words::number(total)));
        }
        Ok(())
    }
}

/// What knows the theme: the style sheet by an attribute, as it knows the motion, and the browser, which draws around the page.
struct Themed {
    root: Element,
    colours: Vec<Element>,
}

impl Themed {
    fn new(document: &Document) -> Result<Self, JsValue> {
        let found = document.query_selector_all("meta[name='theme-color']")?;
        let colours = (0..found.length()).filter_map(|n| found.get(n)).map(JsCast::unchecked_into);
        Ok(Self { root: document.document_element().ok_or("The document is empty.")?, colours: colours.collect() })
    }

    fn show(&self, theme: Theme, motion: Motion) -> Result<(), JsValue> {
        self.root.set_attribute("data-motion", motion.name())?;
        self.root.set_attribute("data-theme", theme.name())?;
        self.colours.iter().try_for_each(|meta| meta.set_attribute("content", &theme.ground().css()))
    }
}

/// Ten rows of ten cells, each with its name to come.
fn fill_grid(document: &Document, grid: &Element) -> Result<Vec<Element>, JsValue> {
    let mut cells = Vec::new();
    for _ in 0..SIZE {
        let row = document.create_element("div")?;
        row.set_attribute("role", "row")?;
        for _ in 0..SIZE {
            let cell = document.create_element("div")?;
            cell.set_attribute("role", "gridcell")?;
            row.append_child(&cell)?;
            cells.push(cell);
        }
        grid.append_child(&row)?;
    }
    for (cell, element) in Cell::all().zip(&cells) {
        element.set_id(&hand::cell_id(cell));
    }
    Ok(cells)
}

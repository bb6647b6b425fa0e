//! The slots of the staging area: what is in them, which one is held by keys, and where the focus goes meanwhile.

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlElement};

use super::board::cell_id;
use super::changed::Changed;
use super::element::element;
use crate::view::view_model::ViewModel;
use crate::words;
use crate::world::Staged;
use blockers_rules::{SLOTS, Slot};

/// The ids of the slots in index.html. The style sheet uses the same names for their rectangles.
pub const SLOT_IDS: [&str; SLOTS] = ["slot-1", "slot-2", "slot-3"];

/// The elements of the slots, the tray around them, and the grid of the board.
pub struct Tray {
    grid: HtmlElement,
    tray: Element,
    slots: [HtmlElement; SLOTS],
}

impl Tray {
    /// Finds the elements.
    ///
    /// # Errors
    /// An element is missing.
    pub fn new(document: &Document) -> Result<Self, JsValue> {
        Ok(Self { grid: element(document, "grid")?, tray: element(document, "tray")?, slots: slots(document)? })
    }

    /// Shows the pieces in the slots.
    ///
    /// # Errors
    /// The browser refuses to change an element.
    pub fn show(&self, change: Changed) -> Result<(), JsValue> {
        for (n, slot) in self.slots.iter().enumerate() {
            if change.changed(|model| model.slots[n]) {
                let staged = change.now.slots[n].as_ref();
                slot.set_attribute("aria-label", &words::staged(staged))?;
                let disabled = staged.is_none_or(|staged| !staged.fits);
                slot.set_attribute("aria-disabled", if disabled { "true" } else { "false" })?;
            }
        }
        Ok(())
    }

    /// Shows which shape is held by keys, and where it is. The focus moves to the board when a shape is picked up, and
    /// from the board to the next shape that fits when it is released. If the focus is elsewhere by then, it stays
    /// there.
    ///
    /// # Errors
    /// The browser refuses to change or focus an element.
    pub fn show_held(&self, change: Changed) -> Result<(), JsValue> {
        if !change.changed(|model| model.hovering) {
            return Ok(());
        }
        let (before, now) = (change.before.and_then(|model| model.hovering), change.now.hovering);
        let held = now.map(|hovering| hovering.slot.index());
        for (n, slot) in self.slots.iter().enumerate() {
            slot.set_attribute("aria-selected", if held == Some(n) { "true" } else { "false" })?;
        }
        match (before, now) {
            (_, Some(hovering)) => {
                self.grid.set_attribute("tabindex", "0")?;
                self.grid.set_attribute("aria-activedescendant", &cell_id(hovering.at))?;
                self.grid.set_attribute("data-fits", if hovering.fits { "true" } else { "false" })?;
                if before.is_none_or(|before| before.slot != hovering.slot) { self.grid.focus() } else { Ok(()) }
            }
            (Some(before), None) => {
                if self.grid.matches(":focus")? {
                    self.focus(first_fitting(before.slot, &change.now.slots))?;
                }
                ["tabindex", "aria-activedescendant", "data-fits"]
                    .into_iter()
                    .try_for_each(|name| self.grid.remove_attribute(name))
            }
            (None, None) => Ok(()),
        }
    }

    /// Focuses this slot. From then on it is the one that Tab leads to.
    ///
    /// # Errors
    /// The browser refuses to change or focus an element.
    pub fn focus(&self, slot: Slot) -> Result<(), JsValue> {
        for (n, element) in self.slots.iter().enumerate() {
            element.set_attribute("tabindex", if n == slot.index() { "0" } else { "-1" })?;
        }
        self.slots[slot.index()].focus()
    }

    /// Focuses the board while a shape is held, and otherwise the first shape that fits.
    ///
    /// # Errors
    /// The browser refuses to change or focus an element.
    pub fn take_focus(&self, model: &ViewModel) -> Result<(), JsValue> {
        if model.hovering.is_some() { self.grid.focus() } else { self.focus(first_fitting(Slot::ALL[0], &model.slots)) }
    }

    /// Sets the orientation of the tray, for screen readers.
    ///
    /// # Errors
    /// The browser refuses to change the element.
    pub fn show_orientation(&self, landscape: bool) -> Result<(), JsValue> {
        self.tray.set_attribute("aria-orientation", if landscape { "vertical" } else { "horizontal" })
    }
}

/// Returns the elements of the slots.
///
/// # Errors
/// An element is missing.
pub fn slots<T: JsCast>(document: &Document) -> Result<[T; SLOTS], JsValue> {
    let [first, second, third] = SLOT_IDS;
    Ok([element(document, first)?, element(document, second)?, element(document, third)?])
}

/// Returns the first slot from this one on, in a circle, whose shape fits; this slot if none does.
fn first_fitting(slot: Slot, staged: &[Option<Staged>; SLOTS]) -> Slot {
    let from = slot.index();
    let fits = |n: &usize| staged[*n].is_some_and(|staged| staged.fits);
    (from..from + SLOTS).map(|n| n % SLOTS).find(fits).and_then(Slot::new).unwrap_or(slot)
}

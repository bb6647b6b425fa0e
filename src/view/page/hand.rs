//! The focus follows the hand that is led by keys: to the board while it holds a shape, and back to the shapes.

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlElement};

use super::element;
use crate::rules::{Cell, SLOTS, Slot};
use crate::view::mirror::Hovering;
use crate::world::Staged;

/// The board and the shapes, as far as they have the focus.
pub struct HandFocus {
    grid: HtmlElement,
    tray: Element,
    shapes: [HtmlElement; SLOTS],
}

impl HandFocus {
    /// Finds them.
    ///
    /// # Errors
    /// A sentence, if an element is missing.
    pub fn new(document: &Document) -> Result<Self, JsValue> {
        Ok(Self {
            grid: element(document, "grid")?,
            tray: element(document, "tray")?,
            shapes: [element(document, "slot-1")?, element(document, "slot-2")?, element(document, "slot-3")?],
        })
    }

    /// Shows what is held, and where. A shape that is picked up takes the focus with it; the board gives it back to the next one
    /// that fits. Who has put the focus elsewhere keeps it there.
    ///
    /// # Errors
    /// What the browser says.
    pub fn show(
        &self,
        before: Option<Hovering>,
        now: Option<Hovering>,
        staged: &[Option<Staged>; SLOTS],
    ) -> Result<(), JsValue> {
        let slot = now.map(|hovering| hovering.slot.index());
        for (n, shape) in self.shapes.iter().enumerate() {
            shape.set_attribute("aria-selected", if slot == Some(n) { "true" } else { "false" })?;
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
                    self.focus(next(before.slot, staged))?;
                }
                ["tabindex", "aria-activedescendant", "data-fits"]
                    .into_iter()
                    .try_for_each(|name| self.grid.remove_attribute(name))
            }
            (None, None) => Ok(()),
        }
    }

    /// Gives the shape in this slot the focus. It is also the one that Tab leads to from now on.
    ///
    /// # Errors
    /// What the browser says.
    pub fn focus(&self, slot: Slot) -> Result<(), JsValue> {
        for (n, shape) in self.shapes.iter().enumerate() {
            shape.set_attribute("tabindex", if n == slot.index() { "0" } else { "-1" })?;
        }
        self.shapes[slot.index()].focus()
    }

    /// Gives the board the focus while a shape is held, and else the first shape that fits.
    ///
    /// # Errors
    /// What the browser says.
    pub fn take_focus(&self, held: Option<Hovering>, staged: &[Option<Staged>; SLOTS]) -> Result<(), JsValue> {
        if held.is_some() { self.grid.focus() } else { self.focus(next(Slot::ALL[0], staged)) }
    }

    /// Says how the shapes lie.
    ///
    /// # Errors
    /// What the browser says.
    pub fn lay_out(&self, landscape: bool) -> Result<(), JsValue> {
        self.tray.set_attribute("aria-orientation", if landscape { "vertical" } else { "horizontal" })
    }
}

/// The id of a cell of the board. Rows and columns count from 1.
pub(super) fn cell_id(cell: Cell) -> String {
    format!("cell-{}-{}", cell.row() + 1, cell.column() + 1)
}

/// The slot itself if its shape fits, or the next one whose shape does.
fn next(slot: Slot, staged: &[Option<Staged>; SLOTS]) -> Slot {
    let from = slot.index();
    let fits = |n: &usize| staged[*n].is_some_and(|staged| staged.fits);
    (from..from + SLOTS).map(|n| n % SLOTS).find(fits).and_then(Slot::new).unwrap_or(slot)
}

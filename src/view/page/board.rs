//! The grid of the board for screen readers: an element for each cell, with its content as its label.

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element};

use super::changed::Changed;
use super::element::element;
use crate::words;
use blockers_rules::{Cell, SIZE};

/// The elements of the cells, in reading order.
pub struct Board(Vec<Element>);

impl Board {
    /// Fills the page's empty grid with rows and cells. Their labels follow with the first `show`.
    ///
    /// # Errors
    /// An element is missing or cannot be created.
    pub fn new(document: &Document) -> Result<Self, JsValue> {
        let grid: Element = element(document, "grid")?;
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
            element.set_id(&cell_id(cell));
        }
        Ok(Self(cells))
    }

    /// Returns the elements of the cells, in reading order.
    #[must_use]
    pub fn cells(&self) -> &[Element] {
        &self.0
    }

    /// Shows the cells that have changed.
    ///
    /// # Errors
    /// The browser refuses to change an element.
    pub fn show(&self, change: Changed) -> Result<(), JsValue> {
        for (cell, element) in Cell::all().zip(&self.0) {
            if change.changed(|model| model.cells[cell.index()]) {
                element.set_attribute("aria-label", &words::cell(cell, change.now.cells[cell.index()]))?;
            }
        }
        Ok(())
    }
}

/// Returns the id of a cell of the board. Rows and columns count from 1.
pub(super) fn cell_id(cell: Cell) -> String {
    format!("cell-{}-{}", cell.row() + 1, cell.column() + 1)
}

//! What the painter draws on: one layer for things at rest and one for things in motion, and the operations on them.

use std::mem;

use super::theme::Look;
use crate::world::geometry::{Point, Rect};
use crate::world::layout::Layout;
use blockers_rules::Colour;

/// The side of a tile at rest, as a share of a cell. The rest is the gap between tiles.
pub const TILE: f32 = 0.94;

/// How a tile looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Face {
    /// In one of the six colours.
    Colour(Colour),
    /// The preview of a drop: a rim in this colour around a well with a tint of it.
    Phantom(Colour),
    /// Hollow and grey, for a shape that cannot be dragged.
    Disabled,
}

/// One of the two layers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Layer {
    /// Things at rest. They are drawn once, and again only where they change.
    Rest,
    /// Things in motion. The layer is wiped before each frame.
    Moving,
}

/// Something to draw on, in CSS pixels.
pub trait Surface {
    /// Starts again with this layout and look: an empty board, empty slots, an empty moving layer.
    fn reset(&mut self, layout: &Layout, look: Look);

    /// Draws an empty cell on the resting layer.
    fn empty_cell(&mut self, cell: Rect);

    /// Clears an area of the resting layer.
    fn erase(&mut self, area: Rect);

    /// Clears the moving layer.
    fn wipe(&mut self);

    /// Draws a tile into this square, with an opacity from 0 to 1.
    fn tile(&mut self, layer: Layer, square: Rect, face: Face, opacity: f32);

    /// Highlights an area on the moving layer in this colour.
    fn light(&mut self, area: Rect, colour: Colour);

    /// Darkens the part of an area that is within the board and its frame, on the moving layer.
    fn shade(&mut self, area: Rect, opacity: f32);

    /// Writes a text on the moving layer, centred at `middle`, with a height in CSS pixels.
    fn text(&mut self, text: &str, middle: Point, height: f32, opacity: f32);
}

/// One call of a [`Surface`] method, as [`MemorySurface`] records it.
#[derive(Clone, PartialEq, Debug)]
#[expect(missing_docs, reason = "each is a method of `Surface`")]
pub enum Stroke {
    Reset,
    EmptyCell(Rect),
    Erase(Rect),
    Wipe,
    Tile(Layer, Rect, Face, f32),
    Light(Rect),
    Shade(Rect, f32),
    Text(String, Point, f32, f32),
}

/// A surface that records the calls, for tests.
#[derive(Default)]
pub struct MemorySurface(Vec<Stroke>);

impl MemorySurface {
    /// Returns the calls since the last `take`.
    pub fn take(&mut self) -> Vec<Stroke> {
        mem::take(&mut self.0)
    }
}

impl Surface for MemorySurface {
    fn reset(&mut self, _: &Layout, _: Look) {
        self.0.push(Stroke::Reset);
    }
    fn empty_cell(&mut self, cell: Rect) {
        self.0.push(Stroke::EmptyCell(cell));
    }
    fn erase(&mut self, area: Rect) {
        self.0.push(Stroke::Erase(area));
    }
    fn wipe(&mut self) {
        self.0.push(Stroke::Wipe);
    }
    fn tile(&mut self, layer: Layer, square: Rect, face: Face, opacity: f32) {
        self.0.push(Stroke::Tile(layer, square, face, opacity));
    }
    fn light(&mut self, area: Rect, _: Colour) {
        self.0.push(Stroke::Light(area));
    }
    fn shade(&mut self, area: Rect, opacity: f32) {
        self.0.push(Stroke::Shade(area, opacity));
    }
    fn text(&mut self, text: &str, middle: Point, height: f32, opacity: f32) {
        self.0.push(Stroke::Text(text.to_owned(), middle, height, opacity));
    }
}

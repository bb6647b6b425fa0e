//! What the painter draws on: two layers, one of what rests and one of what moves, and the few things that can be drawn.

use std::mem;

use super::theme::Look;
use crate::rules::Colour;
use crate::world::geometry::{Point, Rect};
use crate::world::layout::Layout;

/// Share of a cell that a tile fills at rest. The gap between tiles is what is left of it.
pub const TILE: f32 = 0.94;

/// How a tile looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Face {
    /// In one of the six colours.
    Colour(Colour),
    /// What would lie there: a rim in this colour, around a well with a tinge of it.
    Phantom(Colour),
    /// Hollow and grey: of a shape that cannot be dragged.
    Disabled,
}

/// One of the two layers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Layer {
    /// What rests: it is drawn once, and again only where it changes.
    Rest,
    /// What moves: it is wiped before each frame.
    Moving,
}

/// Something to draw on, in CSS pixels.
pub trait Surface {
    /// Makes everything anew for a layout and a look: an empty board, empty slots, nothing moving.
    fn reset(&mut self, layout: &Layout, look: Look);

    /// Makes a cell of the resting board empty.
    fn empty_cell(&mut self, cell: Rect);

    /// Makes a part of the resting layer blank.
    fn erase(&mut self, area: Rect);

    /// Wipes what was drawn on the moving layer.
    fn wipe(&mut self);

    /// Stamps a tile into this square.
    fn tile(&mut self, layer: Layer, square: Rect, face: Face, opacity: f32);

    /// Lights an area of the moving layer up, in this colour.
    fn light(&mut self, area: Rect, colour: Colour);

    /// Darkens an area of the moving layer, as far as it lies within the board and its frame.
    fn shade(&mut self, area: Rect, opacity: f32);

    /// Writes on the moving layer: the middle of the text, and its height in pixels.
    fn text(&mut self, text: &str, middle: Point, height: f32, opacity: f32);
}

/// One call of a [`Surface`], as [`MemorySurface`] remembers it.
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

/// A surface that remembers what was drawn.
#[derive(Default)]
pub struct MemorySurface(Vec<Stroke>);

impl MemorySurface {
    /// What was drawn since this was last asked.
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

//! What the painter draws on: one layer for things at rest, one for things in motion, and a shape that is held above
//! both; and the operations on them.

use std::mem;

use super::theme::Look;
use crate::world::geometry::{Point, Rect};
use crate::world::layout::Layout;
use blockers_rules::{Anchor, Colour, Piece};

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
    /// Things in motion. The layer is wiped before each frame in which they change.
    Moving,
}

/// A piece, and how it is drawn.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Stamp {
    /// The piece.
    pub piece: Piece,
    /// The face of its tiles.
    pub face: Face,
    /// The top-left corner of the box around it.
    pub corner: Point,
    /// The side of its cells.
    pub side: f32,
    /// The side of a tile, as a share of a cell.
    pub share: f32,
    /// From 0 to 1.
    pub opacity: f32,
}

impl Stamp {
    /// Returns where the tiles are.
    pub fn tiles(self) -> impl Iterator<Item = Rect> {
        let Self { piece, corner, side, share, .. } = self;
        piece.shape.mask().cells().map(move |cell| {
            let Anchor { row, column } = cell.into();
            Rect::square(corner + Point::new(column as f32, row as f32) * side, side).scaled(share)
        })
    }
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

    /// Shows a shape above both layers, or none. It is cheap if only the corner is another one than before.
    fn hold(&mut self, held: Option<Stamp>);
}

/// One call of a [`Surface`] method, as [`Recording`] keeps it.
#[derive(Clone, PartialEq, Debug)]
#[expect(missing_docs, reason = "each is a method of `Surface`")]
pub enum Stroke {
    Reset(Box<Layout>, Look),
    EmptyCell(Rect),
    Erase(Rect),
    Wipe,
    Tile(Layer, Rect, Face, f32),
    Light(Rect, Colour),
    Shade(Rect, f32),
    Text(String, Point, f32, f32),
    Hold(Option<Stamp>),
}

impl Stroke {
    /// Calls the method.
    pub fn draw(&self, surface: &mut dyn Surface) {
        match self {
            Self::Reset(layout, look) => surface.reset(layout, *look),
            Self::EmptyCell(cell) => surface.empty_cell(*cell),
            Self::Erase(area) => surface.erase(*area),
            Self::Wipe => surface.wipe(),
            Self::Tile(layer, square, face, opacity) => surface.tile(*layer, *square, *face, *opacity),
            Self::Light(area, colour) => surface.light(*area, *colour),
            Self::Shade(area, opacity) => surface.shade(*area, *opacity),
            Self::Text(text, middle, height, opacity) => surface.text(text, *middle, *height, *opacity),
            Self::Hold(held) => surface.hold(*held),
        }
    }
}

/// A surface that keeps the calls, to compare them with others.
#[derive(Default)]
pub struct Recording(Vec<Stroke>);

impl Recording {
    /// Returns the calls since the last `take`.
    pub fn take(&mut self) -> Vec<Stroke> {
        mem::take(&mut self.0)
    }
}

impl Surface for Recording {
    fn reset(&mut self, layout: &Layout, look: Look) {
        self.0.push(Stroke::Reset(Box::new(layout.clone()), look));
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
    fn light(&mut self, area: Rect, colour: Colour) {
        self.0.push(Stroke::Light(area, colour));
    }
    fn shade(&mut self, area: Rect, opacity: f32) {
        self.0.push(Stroke::Shade(area, opacity));
    }
    fn text(&mut self, text: &str, middle: Point, height: f32, opacity: f32) {
        self.0.push(Stroke::Text(text.to_owned(), middle, height, opacity));
    }
    fn hold(&mut self, held: Option<Stamp>) {
        self.0.push(Stroke::Hold(held));
    }
}

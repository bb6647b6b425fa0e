//! A world with a painter, and helpers to read what it has drawn.

use bevy_ecs::prelude::*;
use blockers::view::painter::Painter;
use blockers::view::surface::{Layer, Recording, Stroke};
use blockers::world::geometry::{BoardPosition, Rect};
use blockers::world::layout::Layout;
use blockers::world::{Ended, Grip, Settings, Staged, SystemPreferences, Tile};
use blockers_rules::{Cell, Colour, Piece, Shape, Slot};

use crate::layout::viewport;

/// A world, and a painter that draws it on a surface in memory.
pub(crate) struct Easel {
    pub(crate) world: World,
    pub(crate) painter: Painter,
    surface: Recording,
    /// The content of the moving layer, and what is held above it.
    moving: Vec<Stroke>,
    held: Vec<Stroke>,
}

impl Easel {
    pub(crate) fn new() -> Self {
        let mut world = World::new();
        world.insert_resource(Layout::new(viewport(390.0, 844.0, 2.0)));
        world.init_resource::<Settings>();
        world.init_resource::<SystemPreferences>();
        let painter = Painter::new(&mut world);
        Self { world, painter, surface: Recording::default(), moving: Vec::new(), held: Vec::new() }
    }

    /// Ends the game at time 0, without a point.
    pub(crate) fn end(&mut self) {
        self.world.insert_resource(Ended {
            score: 0,
            best: 0,
            clean: true,
            raised: false,
            drops: 0,
            lines: 0,
            all_own: true,
            since: 0,
        });
    }

    /// Draws the world at this time, in milliseconds. Returns the calls of the surface.
    pub(crate) fn calls(&mut self, now: f64) -> Vec<Stroke> {
        self.painter.paint(&self.world, now, &mut self.surface);
        self.surface.take()
    }

    /// The same, but returns what is drawn on the resting layer, and everything that is on the moving layer then. The
    /// shape that is held counts as part of that.
    pub(crate) fn paint(&mut self, now: f64) -> Vec<Stroke> {
        let mut calls = self.calls(now);
        if let Some(Stroke::Hold(held)) = calls.pop_if(|last| matches!(last, Stroke::Hold(_))) {
            let tiles = held.into_iter().flat_map(|stamp| {
                stamp.tiles().map(move |tile| Stroke::Tile(Layer::Moving, tile, stamp.face, stamp.opacity))
            });
            self.held = tiles.collect();
        }
        if let Some(wiped) = calls.iter().position(|call| *call == Stroke::Wipe) {
            self.moving = calls.split_off(wiped).split_off(1);
        } else if matches!(calls.first(), Some(Stroke::Reset(..))) {
            self.moving.clear();
        }
        calls.iter().chain(&self.moving).chain(&self.held).cloned().collect()
    }

    pub(crate) fn cell_rect(&self, cell: Cell) -> Rect {
        self.world.resource::<Layout>().cell_rect(cell.into())
    }
}

pub(crate) fn cell(row: i32, column: i32) -> Cell {
    Cell::new(row, column).unwrap()
}

pub(crate) fn tile(row: i32, column: i32) -> Tile {
    Tile { cell: cell(row, column), colour: Colour::Blue }
}

pub(crate) fn square() -> Piece {
    Piece { shape: Shape::ALL[8], colour: Colour::Green }
}

/// Returns where the tiles of a layer are drawn.
pub(crate) fn tiles_on(layer: Layer, strokes: &[Stroke]) -> Vec<Rect> {
    let tile = |stroke: &Stroke| match stroke {
        Stroke::Tile(drawn_on, rect, ..) if *drawn_on == layer => Some(*rect),
        _ => None,
    };
    strokes.iter().filter_map(tile).collect()
}

/// Returns a square in the first slot.
pub(crate) fn staged() -> Staged {
    Staged { slot: Slot::ALL[0], piece: square(), fits: true }
}

/// Returns a grip that holds the square by its middle, with its top-left corner at this position of the board.
pub(crate) fn over(easel: &Easel, row: f32, column: f32) -> Grip {
    let half = BoardPosition { row: 1.0, column: 1.0 };
    let middle = BoardPosition { row: row + half.row, column: column + half.column };
    Grip { pointer: easel.world.resource::<Layout>().point_at(middle), grab: half }
}

/// Returns where the tiles of the moving layer are drawn, and their opacities.
pub(crate) fn moving(strokes: &[Stroke]) -> Vec<(Rect, f32)> {
    let moving = |stroke: &Stroke| match *stroke {
        Stroke::Tile(Layer::Moving, rect, _, opacity) => Some((rect, opacity)),
        _ => None,
    };
    strokes.iter().filter_map(moving).collect()
}

/// Returns the area and the opacity of every shade.
pub(crate) fn shades(strokes: &[Stroke]) -> Vec<(Rect, f32)> {
    let shade =
        |stroke: &Stroke| if let Stroke::Shade(area, opacity) = stroke { Some((*area, *opacity)) } else { None };
    strokes.iter().filter_map(shade).collect()
}

/// Returns every text with the y coordinate of its middle and its opacity.
pub(crate) fn texts(strokes: &[Stroke]) -> Vec<(&str, f32, f32)> {
    let mut texts = Vec::new();
    for stroke in strokes {
        if let Stroke::Text(text, middle, _, opacity) = stroke {
            texts.push((text.as_str(), middle.y, *opacity));
        }
    }
    texts
}

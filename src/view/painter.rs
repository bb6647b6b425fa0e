//! From the world to a picture.
//!
//! Comes in: the entities on the table, the layout, the time. Goes out: calls to a [`Surface`]. It keeps what it has drawn of
//! what rests and draws only the difference, so nobody needs to tell it what changed. It knows no rule.

use bevy_ecs::prelude::*;

use super::animation::{
    ARRIVE, BUMP, Coming, LEAVE, Motion, PICK_UP, RETURN, SETTLE, ease_out, ease_out_back, progress,
};
use super::surface::{Face, Layer, Surface, TILE};
use super::theme::Look;
use crate::rules::{Anchor, CELLS, Cell, Colour, Piece, SIZE, SLOTS, Slot};
use crate::words;
use crate::world::geometry::{Point, Rect};
use crate::world::layout::Layout;
use crate::world::{
    Arriving, Carried, Ended, Grip, Leaving, Phantom, Returning, ScoreBump, Settings, Settling, Staged, SystemWishes,
    Tile,
};

/// Side of a dragged shape's squares, as a share of a cell.
pub const DRAGGED: f32 = 0.85;
/// How far a tile that settles goes beyond its size, of which it has not far to go: some 4 % of a cell, nearly to its neighbours.
const GIVE: f32 = 4.0;
/// How far a shape that springs back goes beyond its place: some 4 % of its way.
const SPRING: f32 = 1.0;
/// Opacity of a shape that hangs over the board where it does not fit.
pub const UNFIT: f32 = 0.55;
/// How far the shade of the end goes beyond the board's cells, over its frame and the lip below, in cells.
const SHADED: f32 = 0.25;

/// What a slot's resting picture depends on.
type SlotFace = Option<(Piece, bool)>;

/// What the resting layer shows.
#[derive(Clone, PartialEq)]
struct Rest {
    layout: Layout,
    look: Look,
    tiles: [Option<Colour>; CELLS],
    slots: [SlotFace; SLOTS],
}

/// Draws the world.
pub struct Painter {
    drawn: Option<Rest>,
    resting_tiles: QueryState<&'static Tile, Without<Settling>>,
    settling: QueryState<(&'static Tile, &'static Settling)>,
    leaving: QueryState<&'static Leaving>,
    staged: QueryState<StagedParts>,
    phantom: QueryState<&'static Phantom>,
    bumps: QueryState<&'static ScoreBump>,
}

type StagedParts = (&'static Staged, Option<&'static Carried>, Option<&'static Returning>, Option<&'static Arriving>);

impl Painter {
    /// A painter for this world, who has not drawn anything.
    #[must_use]
    pub fn new(world: &mut World) -> Self {
        Self {
            drawn: None,
            resting_tiles: QueryState::new(world),
            settling: QueryState::new(world),
            leaving: QueryState::new(world),
            staged: QueryState::new(world),
            phantom: QueryState::new(world),
            bumps: QueryState::new(world),
        }
    }

    /// Draws the world as it is at this moment.
    pub fn paint(&mut self, world: &World, now: f64, surface: &mut dyn Surface) {
        let layout = world.resource::<Layout>();
        let (settings, system) = (world.resource::<Settings>(), *world.resource::<SystemWishes>());
        self.paint_rest(world, layout, Look::of(settings, system), surface);
        surface.wipe();
        let motion = Motion::of(settings, system);
        let fits = self.phantom.iter(world).next().is_some();
        let brush = Brush { layout, motion, now, fits, surface };
        self.paint_moving(world, brush);
    }

    fn paint_rest(&mut self, world: &World, layout: &Layout, look: Look, surface: &mut dyn Surface) {
        let mut rest = Rest { layout: layout.clone(), look, tiles: [None; CELLS], slots: [None; SLOTS] };
        for tile in self.resting_tiles.iter(world) {
            rest.tiles[tile.cell.index()] = Some(tile.colour);
        }
        for (staged, carried, returning, arriving) in self.staged.iter(world) {
            if carried.is_none() && returning.is_none() && arriving.is_none() {
                rest.slots[staged.slot.index()] = Some((staged.piece, staged.fits));
            }
        }
        let before = match self.drawn.take() {
            Some(drawn) if drawn.layout == rest.layout && drawn.look == rest.look => drawn,
            _ => {
                surface.reset(layout, look);
                Rest { tiles: [None; CELLS], slots: [None; SLOTS], ..rest.clone() }
            }
        };
        for cell in Cell::all().filter(|cell| before.tiles[cell.index()] != rest.tiles[cell.index()]) {
            let rect = layout.cell_rect(cell.into());
            surface.empty_cell(rect);
            if let Some(colour) = rest.tiles[cell.index()] {
                surface.tile(Layer::Rest, rect.scaled(TILE), Face::Colour(colour), 1.0);
            }
        }
        for slot in Slot::ALL {
            let (was, is) = (before.slots[slot.index()], rest.slots[slot.index()]);
            if was != is {
                surface.erase(layout.slots[slot.index()]);
            }
            if let Some((piece, fits)) = is.filter(|_| was != is) {
                let corner = layout.staged_corner(slot, piece);
                let stamping = Stamp { layer: Layer::Rest, face: face(piece, fits), share: TILE, opacity: 1.0 };
                stamp(surface, piece, corner, layout.tray_cell, stamping);
            }
        }
        self.drawn = Some(rest);
    }

    fn paint_moving(&mut self, world: &World, mut brush: Brush) {
        for phantom in self.phantom.iter(world) {
            brush.phantom(phantom);
        }
        for (tile, settling) in self.settling.iter(world) {
            brush.settling(tile, settling.since);
        }
        for leaving in self.leaving.iter(world) {
            brush.leaving(leaving);
        }
        if let Some(ended) = world.get_resource::<Ended>() {
            brush.fade(ended.since);
        }
        for (staged, carried, returning, arriving) in self.staged.iter(world) {
            match (carried, returning, arriving) {
                (Some(carried), ..) => brush.carried(staged, carried),
                (None, Some(returning), _) => brush.returning(staged, returning),
                (None, None, Some(arriving)) => brush.arriving(staged, arriving.since),
                (None, None, None) => {}
            }
        }
        for bump in self.bumps.iter(world) {
            brush.bump(bump);
        }
    }
}

/// What drawing one moving thing needs.
struct Brush<'a> {
    layout: &'a Layout,
    motion: Motion,
    now: f64,
    /// Does what is carried fit where it is?
    fits: bool,
    surface: &'a mut dyn Surface,
}

impl Brush<'_> {
    fn phantom(&mut self, phantom: &Phantom) {
        let (cell, board) = (self.layout.cell, self.layout.board);
        let colour = phantom.piece.colour;
        for row in phantom.complete.rows.numbers() {
            self.surface.light(Rect::new(board.x, board.y + f32::from(row) * cell, board.width, cell), colour);
        }
        for column in phantom.complete.columns.numbers() {
            self.surface.light(Rect::new(board.x + f32::from(column) * cell, board.y, cell, board.height), colour);
        }
        let stamping = Stamp { layer: Layer::Moving, face: Face::Phantom(colour), share: TILE, opacity: 1.0 };
        stamp(self.surface, phantom.piece, self.layout.cell_rect(phantom.at).corner(), cell, stamping);
    }

    fn settling(&mut self, tile: &Tile, since: u64) {
        let t = progress(self.now, since, SETTLE);
        let Coming { way, opacity } = self.motion.coming(t, ease_out_back(t, GIVE));
        let share = DRAGGED + (TILE - DRAGGED) * way;
        let rect = self.layout.cell_rect(tile.cell.into());
        self.surface.tile(Layer::Moving, rect.scaled(share), Face::Colour(tile.colour), opacity);
    }

    fn leaving(&mut self, leaving: &Leaving) {
        let t = progress(self.now, self.motion.leaves_at(leaving), LEAVE);
        let share = match self.motion {
            // It swells, so that one sees which go, and then shrinks faster and faster.
            Motion::Full => TILE * (1.0 + 0.12 * (t * 6.0).min(1.0) - t * t),
            Motion::Reduced => TILE,
        };
        let rect = self.layout.cell_rect(leaving.cell.into());
        self.surface.tile(Layer::Moving, rect.scaled(share), Face::Colour(leaving.colour), 1.0 - t * t);
    }

    fn carried(&mut self, staged: &Staged, carried: &Carried) {
        let t = progress(self.now, carried.since, PICK_UP);
        let Coming { way, opacity } = self.motion.coming(t, ease_out(t));
        let unfit = !self.fits && self.layout.board.contains(self.middle(staged, carried.grip));
        self.between(staged, carried.grip, way, if unfit { opacity * UNFIT } else { opacity });
    }

    fn returning(&mut self, staged: &Staged, returning: &Returning) {
        let t = progress(self.now, returning.since, RETURN);
        let Coming { way, opacity } = self.motion.coming(t, ease_out_back(t, SPRING));
        self.between(staged, returning.grip, 1.0 - way, opacity);
    }

    /// The top-left corner of a piece that hangs at a pointer.
    fn held(&self, grip: Grip) -> Point {
        grip.pointer - Point::new(grip.grab.column, grip.grab.row) * self.layout.cell
    }

    /// The middle of a piece that hangs at a pointer.
    fn middle(&self, staged: &Staged, grip: Grip) -> Point {
        let shape = staged.piece.shape;
        self.held(grip) + Point::new(shape.columns().into(), shape.rows().into()) * (self.layout.cell / 2.0)
    }

    /// A piece at share `t` of the way from its slot to the pointer.
    fn between(&mut self, staged: &Staged, grip: Grip, t: f32, opacity: f32) {
        let Layout { cell, tray_cell, .. } = *self.layout;
        let corner = self.layout.staged_corner(staged.slot, staged.piece).towards(self.held(grip), t);
        let share = TILE + (DRAGGED - TILE) * t;
        let side = tray_cell + (cell - tray_cell) * t;
        let stamping = Stamp { layer: Layer::Moving, face: face(staged.piece, staged.fits), share, opacity };
        stamp(self.surface, staged.piece, corner, side, stamping);
    }

    fn arriving(&mut self, staged: &Staged, since: u64) {
        let opacity = progress(self.now, since, ARRIVE);
        let away = self.layout.slots[0].width * 0.5 * (1.0 - self.motion.travelled(ease_out(opacity)));
        let from = if self.layout.landscape { Point::new(away, 0.0) } else { Point::new(0.0, away) };
        let corner = self.layout.staged_corner(staged.slot, staged.piece) + from;
        let stamping = Stamp { layer: Layer::Moving, face: face(staged.piece, staged.fits), share: TILE, opacity };
        stamp(self.surface, staged.piece, corner, self.layout.tray_cell, stamping);
    }

    /// The board darkens from the bottom, row by row, and its frame with it.
    fn fade(&mut self, since: u64) {
        let t = progress(self.now, since, self.motion.fade());
        let Layout { board, cell, .. } = *self.layout;
        let beyond = SHADED * cell;
        for row in 0..SIZE {
            let begin = f32::from(SIZE - 1 - row) / f32::from(SIZE) * 0.7;
            let own = match self.motion {
                Motion::Full => ((t - begin) / 0.3).clamp(0.0, 1.0),
                Motion::Reduced => t,
            };
            let above = if row == 0 { beyond } else { 0.0 };
            let below = if row == SIZE - 1 { beyond } else { 0.0 };
            let top = board.y + f32::from(row) * cell - above;
            let area = Rect::new(board.x - beyond, top, board.width + 2.0 * beyond, above + cell + below);
            self.surface.shade(area, 0.62 * own);
        }
    }

    fn bump(&mut self, bump: &ScoreBump) {
        let t = progress(self.now, bump.since, BUMP);
        let cell = self.layout.cell;
        let rise = self.motion.travelled(ease_out(t));
        let opacity = ((1.0 - t) / 0.3).min(1.0);
        let grow = self.motion.travelled(ease_out_back((t * 6.0).min(1.0), 1.6));
        let (points, lines) = words::bump(bump.points, bump.lines);
        // Near an edge the text stays on the board.
        let board = self.layout.board;
        let at = self.layout.point_at(bump.at);
        let middle = Point::new(
            at.x.clamp(board.x + 1.5 * cell, board.x + board.width - 1.5 * cell),
            at.y.clamp(board.y + 1.2 * cell, board.y + board.height - 1.2 * cell) - rise * 0.8 * cell,
        );
        self.surface.text(&points, middle, cell * 1.05 * grow, opacity);
        if let Some(lines) = lines {
            let below = middle + Point::new(0.0, cell * 0.85);
            self.surface.text(&lines, below, cell * 0.5 * grow, opacity);
        }
    }
}

/// How the tiles of one piece are stamped.
#[derive(Clone, Copy)]
struct Stamp {
    layer: Layer,
    face: Face,
    share: f32,
    opacity: f32,
}

/// Stamps a piece with its top-left corner here, its cells being so large, each tile filling a share of its cell.
fn stamp(surface: &mut dyn Surface, piece: Piece, corner: Point, side: f32, how: Stamp) {
    for cell in piece.shape.mask().cells() {
        let Anchor { row, column } = cell.into();
        let rect = Rect::square(corner + Point::new(column as f32, row as f32) * side, side);
        surface.tile(how.layer, rect.scaled(how.share), how.face, how.opacity);
    }
}

fn face(piece: Piece, fits: bool) -> Face {
    if fits { Face::Colour(piece.colour) } else { Face::Disabled }
}

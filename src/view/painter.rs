//! Draws the entities of the world on a [`Surface`].
//!
//! The painter remembers what it has drawn. On the resting layer it draws only the difference, on the moving layer only
//! if something there has changed, and a shape that is held is only moved. So no caller has to report a change.

use bevy_ecs::prelude::*;

use super::animation::{
    ARRIVE, Arrival, BUMP, LEAVE, Motion, PICK_UP, RETURN, SETTLE, ease_out, ease_out_back, progress,
};
use super::surface::{Face, Layer, Recording, Stamp, Stroke, Surface, TILE};
use super::theme::Look;
use crate::words;
use crate::world::geometry::{Point, Rect, between};
use crate::world::layout::Layout;
use crate::world::{
    Arriving, Carried, Ended, Grip, Leaving, Phantom, Returning, ScoreBump, Settings, Settling, Staged,
    SystemPreferences, Tile,
};
use blockers_rules::{CELLS, Cell, Colour, Piece, SIZE, SLOTS, Slot};

/// The side of a dragged tile, as a share of a cell.
pub const DRAGGED: f32 = 0.85;
/// The overshoot of a tile that settles, for [`ease_out_back`]. The size changes by little, so this is about 4 % of a
/// cell: nearly to the neighbours.
const SETTLE_OVERSHOOT: f32 = 4.0;
/// The overshoot of a shape that returns to its slot: about 4 % of the distance.
const RETURN_OVERSHOOT: f32 = 1.0;
/// Opacity of a shape over the board where it does not fit.
pub const UNFIT_OPACITY: f32 = 0.55;
/// Opacity of the shade over the board when the game is over.
const SHADE_OPACITY: f32 = 0.62;
/// How far that shade extends beyond the cells, over the board's frame and the lip below it, in cells.
const SHADE_MARGIN: f32 = 0.25;

/// What the picture of a slot at rest depends on: the piece, and whether it fits.
type SlotFace = Option<(Piece, bool)>;

/// The content of the resting layer.
#[derive(Clone, PartialEq)]
struct Rest {
    layout: Layout,
    look: Look,
    tiles: [Option<Colour>; CELLS],
    slots: [SlotFace; SLOTS],
}

/// Draws the world. It keeps the queries for that.
pub struct Painter {
    drawn: Option<Rest>,
    /// The content of the moving layer.
    moving: Vec<Stroke>,
    held: Option<Stamp>,
    resting_tiles: QueryState<&'static Tile, Without<Settling>>,
    settling: QueryState<(&'static Tile, &'static Settling)>,
    leaving: QueryState<&'static Leaving>,
    staged: QueryState<StagedParts>,
    phantom: QueryState<&'static Phantom>,
    bumps: QueryState<&'static ScoreBump>,
}

type StagedParts = (&'static Staged, Option<&'static Carried>, Option<&'static Returning>, Option<&'static Arriving>);

impl Painter {
    /// Prepares the queries for this world. Nothing is drawn yet.
    #[must_use]
    pub fn new(world: &mut World) -> Self {
        Self {
            drawn: None,
            moving: Vec::new(),
            held: None,
            resting_tiles: QueryState::new(world),
            settling: QueryState::new(world),
            leaving: QueryState::new(world),
            staged: QueryState::new(world),
            phantom: QueryState::new(world),
            bumps: QueryState::new(world),
        }
    }

    /// Forgets what is drawn, because the surface has lost it. The next `paint` draws everything.
    pub fn forget(&mut self) {
        self.drawn = None;
    }

    /// Draws the world at this time, in milliseconds.
    pub fn paint(&mut self, world: &World, now: f64, surface: &mut dyn Surface) {
        let layout = world.resource::<Layout>();
        let (settings, system) = (world.resource::<Settings>(), *world.resource::<SystemPreferences>());
        self.paint_rest(world, layout, Look::of(settings, system), surface);
        let motion = Motion::of(settings, system);
        let fits = self.phantom.iter(world).next().is_some();
        let mut brush = Brush { layout, motion, now, fits, surface: Recording::default(), held: None };
        self.paint_moving(world, &mut brush);
        let moving = brush.surface.take();
        if moving != self.moving {
            surface.wipe();
            moving.iter().for_each(|stroke| stroke.draw(surface));
            self.moving = moving;
        }
        if brush.held != self.held {
            surface.hold(brush.held);
            self.held = brush.held;
        }
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
                self.moving.clear();
                self.held = None;
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
                let face = face(piece, fits);
                stamp(
                    surface,
                    Layer::Rest,
                    Stamp { piece, face, corner, side: layout.tray_cell, share: TILE, opacity: 1.0 },
                );
            }
        }
        self.drawn = Some(rest);
    }

    fn paint_moving(&mut self, world: &World, brush: &mut Brush) {
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

/// Draws things in motion.
struct Brush<'a> {
    layout: &'a Layout,
    motion: Motion,
    now: f64,
    /// Whether the carried shape fits where it is.
    fits: bool,
    /// Keeps what is drawn on the moving layer.
    surface: Recording,
    /// The shape that is held above it.
    held: Option<Stamp>,
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
        let (piece, corner) = (phantom.piece, self.layout.cell_rect(phantom.at).corner());
        self.stamp(Stamp { piece, face: Face::Phantom(colour), corner, side: cell, share: TILE, opacity: 1.0 });
    }

    fn settling(&mut self, tile: &Tile, since: u64) {
        let t = progress(self.now, since, SETTLE);
        let Arrival { travelled, opacity } = self.motion.arrival(t, ease_out_back(t, SETTLE_OVERSHOOT));
        let share = DRAGGED + (TILE - DRAGGED) * travelled;
        let rect = self.layout.cell_rect(tile.cell.into());
        self.surface.tile(Layer::Moving, rect.scaled(share), Face::Colour(tile.colour), opacity);
    }

    fn leaving(&mut self, leaving: &Leaving) {
        let t = progress(self.now, self.motion.leaves_at(leaving), LEAVE);
        let share = match self.motion {
            // It grows first, to show which tiles disappear, and then shrinks faster and faster.
            Motion::Full => TILE * (1.0 + 0.12 * (t * 6.0).min(1.0) - t * t),
            Motion::Reduced => TILE,
        };
        let rect = self.layout.cell_rect(leaving.cell.into());
        self.surface.tile(Layer::Moving, rect.scaled(share), Face::Colour(leaving.colour), 1.0 - t * t);
    }

    fn carried(&mut self, staged: &Staged, carried: &Carried) {
        let t = progress(self.now, carried.since, PICK_UP);
        let Arrival { travelled, opacity } = self.motion.arrival(t, ease_out(t));
        let unfit = !self.fits && self.layout.board.contains(self.middle(staged, carried.grip));
        let opacity = if unfit { opacity * UNFIT_OPACITY } else { opacity };
        let stamp = self.between(staged, carried.grip, travelled, opacity);
        if t < 1.0 {
            self.stamp(stamp);
        } else {
            self.held = Some(stamp);
        }
    }

    fn returning(&mut self, staged: &Staged, returning: &Returning) {
        let t = progress(self.now, returning.since, RETURN);
        let Arrival { travelled, opacity } = self.motion.arrival(t, ease_out_back(t, RETURN_OVERSHOOT));
        let stamp = self.between(staged, returning.grip, 1.0 - travelled, opacity);
        self.stamp(stamp);
    }

    /// Returns the top-left corner of a piece that is held by this grip.
    fn held(&self, grip: Grip) -> Point {
        grip.pointer - Point::new(grip.grab.column, grip.grab.row) * self.layout.cell
    }

    /// Returns the middle of a piece that is held by this grip.
    fn middle(&self, staged: &Staged, grip: Grip) -> Point {
        let shape = staged.piece.shape;
        self.held(grip) + Point::new(shape.columns().into(), shape.rows().into()) * (self.layout.cell / 2.0)
    }

    /// Returns a piece between its slot (`t` = 0) and the pointer (`t` = 1).
    fn between(&self, staged: &Staged, grip: Grip, t: f32, opacity: f32) -> Stamp {
        let Layout { cell, tray_cell, .. } = *self.layout;
        let corner = self.layout.staged_corner(staged.slot, staged.piece).towards(self.held(grip), t);
        let share = TILE + (DRAGGED - TILE) * t;
        let side = tray_cell + (cell - tray_cell) * t;
        Stamp { piece: staged.piece, face: face(staged.piece, staged.fits), corner, side, share, opacity }
    }

    fn stamp(&mut self, stamp: Stamp) {
        self::stamp(&mut self.surface, Layer::Moving, stamp);
    }

    fn arriving(&mut self, staged: &Staged, since: u64) {
        let opacity = progress(self.now, since, ARRIVE);
        let distance = self.layout.slots[0].width * 0.5 * (1.0 - self.motion.travelled(ease_out(opacity)));
        let offset = if self.layout.landscape { Point::new(distance, 0.0) } else { Point::new(0.0, distance) };
        let corner = self.layout.staged_corner(staged.slot, staged.piece) + offset;
        let (piece, face, side) = (staged.piece, face(staged.piece, staged.fits), self.layout.tray_cell);
        self.stamp(Stamp { piece, face, corner, side, share: TILE, opacity });
    }

    /// Darkens the board and its frame from the bottom, row by row; with reduced motion all rows at once.
    fn fade(&mut self, since: u64) {
        let t = progress(self.now, since, self.motion.fade());
        let Layout { board, cell, .. } = *self.layout;
        let margin = SHADE_MARGIN * cell;
        for row in 0..SIZE {
            // Each row takes 0.3 of the time. The top row starts last, at 0.63.
            let start = f32::from(SIZE - 1 - row) / f32::from(SIZE) * 0.7;
            let row_progress = match self.motion {
                Motion::Full => ((t - start) / 0.3).clamp(0.0, 1.0),
                Motion::Reduced => t,
            };
            let above = if row == 0 { margin } else { 0.0 };
            let below = if row == SIZE - 1 { margin } else { 0.0 };
            let top = board.y + f32::from(row) * cell - above;
            let area = Rect::new(board.x - margin, top, board.width + 2.0 * margin, above + cell + below);
            self.surface.shade(area, SHADE_OPACITY * row_progress);
        }
    }

    fn bump(&mut self, bump: &ScoreBump) {
        let t = progress(self.now, bump.since, BUMP);
        let cell = self.layout.cell;
        let rise = self.motion.travelled(ease_out(t));
        let opacity = ((1.0 - t) / 0.3).min(1.0);
        let growth = self.motion.travelled(ease_out_back((t * 6.0).min(1.0), 1.6));
        let (points, lines) = words::bump(bump.points, bump.lines);
        // The text stays on the board even near an edge.
        let board = self.layout.board;
        let at = self.layout.point_at(bump.at);
        let middle = Point::new(
            between(at.x, board.x + 1.5 * cell, board.x + board.width - 1.5 * cell),
            between(at.y, board.y + 1.2 * cell, board.y + board.height - 1.2 * cell) - rise * 0.8 * cell,
        );
        self.surface.text(&points, middle, cell * 1.05 * growth, opacity);
        if let Some(lines) = lines {
            let below = middle + Point::new(0.0, cell * 0.85);
            self.surface.text(&lines, below, cell * 0.5 * growth, opacity);
        }
    }
}

fn stamp(surface: &mut dyn Surface, layer: Layer, stamp: Stamp) {
    stamp.tiles().for_each(|tile| surface.tile(layer, tile, stamp.face, stamp.opacity));
}

fn face(piece: Piece, fits: bool) -> Face {
    if fits { Face::Colour(piece.colour) } else { Face::Disabled }
}

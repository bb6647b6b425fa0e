//! Where everything is: one function from the size of the window.
//!
//! Comes in: a [`Viewport`]. Goes out: a [`Layout`]. Nothing else of the program knows where anything lies, so a resize or a
//! turn of the device is a new layout and no more.

use bevy_ecs::prelude::*;

use super::geometry::{BoardPosition, Point, Rect};
use crate::rules::{Anchor, Cell, Piece, SIZE, SLOTS, Slot};

/// The window.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Viewport {
    /// CSS pixels.
    pub width: f32,
    /// CSS pixels.
    pub height: f32,
    /// Device pixels per CSS pixel.
    pub pixel_ratio: f32,
}

/// Where everything is, in CSS pixels from the window's top-left corner. Cells and the board's corner lie on whole device
/// pixels, so that the picture is sharp.
#[derive(Resource, Clone, PartialEq, Debug)]
pub struct Layout {
    /// The window it was made for.
    pub viewport: Viewport,
    /// Is the tray beside the board, instead of below it?
    pub landscape: bool,
    /// Title, score and best.
    pub bar: Rect,
    /// The board's cells.
    pub board: Rect,
    /// The slots of the staging area.
    pub slots: [Rect; SLOTS],
    /// The buttons.
    pub buttons: Rect,
    /// The side of a board cell.
    pub cell: f32,
    /// The side of a cell of a shape that lies in its slot.
    pub tray_cell: f32,
}

/// Side of a slot, as a share of the board's.
const SLOT: f32 = 0.31;
/// Height of a row of buttons: a finger's width.
const BUTTONS: f32 = 48.0;
/// Least height of the bar when it stands beside the board.
const BAR: f32 = 60.0;
/// Width of a button and the gap beside it.
const BUTTON: f32 = 52.0;
/// Buttons beside the slider of the volume, which is as good as one of them.
const CONTROLS: f32 = 6.0;
/// A board from this height on has room beside it for a button with words in it.
const ROOMY: f32 = 420.0;
/// Least width of the bar when it stands beside the board.
const SIDE: f32 = 124.0;
/// Cells across a slot: the longest shape has five, and needs air around it.
const CELLS_ACROSS_SLOT: f32 = 5.6;

impl Layout {
    /// Lays the table out for a window, upright or lying down, whichever gives the larger board.
    #[must_use]
    pub fn new(viewport: Viewport) -> Self {
        let usable = |length: f32| if length.is_finite() { length.max(100.0) } else { 100.0 };
        let ratio = if viewport.pixel_ratio.is_finite() { viewport.pixel_ratio.clamp(0.25, 8.0) } else { 1.0 };
        let viewport = Viewport { width: usable(viewport.width), height: usable(viewport.height), pixel_ratio: ratio };
        let (portrait, landscape) = (Self::portrait(viewport), Self::landscape(viewport));
        // Beside a very small board there is no room for title and numbers.
        if landscape.cell > portrait.cell && landscape.bar.height >= BAR { landscape } else { portrait }
    }

    /// Bar, board, tray and buttons, from top to bottom.
    fn portrait(viewport: Viewport) -> Self {
        let Viewport { width, height, .. } = viewport;
        let margin = margin(viewport);
        let bar = (height * 0.1).clamp(48.0, 104.0);
        let room = height - bar - BUTTONS - 4.0 * margin;
        let (cell, board) = cells(viewport, (width - 2.0 * margin).min(room / (1.0 + SLOT)));
        let slot = board * SLOT;
        let spare = (height - bar - board - slot - BUTTONS - 4.0 * margin).max(0.0);
        let gap = margin + (spare / 5.0).min(28.0);
        let top = (spare - 3.0 * (gap - margin)) / 2.0;

        let x = snap(viewport, (width - board) / 2.0);
        let board_y = snap(viewport, top + margin / 2.0 + bar + gap);
        let slots_y = board_y + board + gap;
        let apart = (board - slot * SLOTS as f32) / (SLOTS - 1) as f32;
        Self {
            viewport,
            landscape: false,
            bar: Rect::new(x, top + margin / 2.0, board, bar),
            board: Rect::new(x, board_y, board, board),
            slots: std::array::from_fn(|n| Rect::new(x + n as f32 * (slot + apart), slots_y, slot, slot)),
            buttons: Rect::new(margin, slots_y + slot + gap, width - 2.0 * margin, BUTTONS),
            cell,
            tray_cell: slot / CELLS_ACROSS_SLOT,
        }
    }

    /// Bar and buttons, board, tray, from left to right; the board in the middle, as far as there is room for the others beside it.
    fn landscape(viewport: Viewport) -> Self {
        let Viewport { width, height, .. } = viewport;
        let margin = margin(viewport);
        let room = width - SIDE - 4.0 * margin;
        let (cell, board) = cells(viewport, (height - 2.0 * margin).min(room / (1.0 + SLOT)));
        let slot = board * SLOT;
        let left = ((width - board) / 2.0).max(SIDE + 2.0 * margin).min(width - board - slot - 2.0 * margin);
        let side = (left - 2.0 * margin).clamp(SIDE, 300.0);
        let across = ((side + 8.0) / BUTTON).floor().max(1.0);
        let rows =
            if board < ROOMY { (CONTROLS / across).ceil() } else { 1.0 + ((CONTROLS - 2.0) / across).ceil() + 1.0 };
        let buttons = rows * BUTTONS;
        let gap = margin * 1.5;
        let x = snap(viewport, left);
        let y = snap(viewport, (height - board) / 2.0);
        let apart = (board - slot * SLOTS as f32) / (SLOTS - 1) as f32;
        let bar_x = (x - gap - side).max(margin);
        Self {
            viewport,
            landscape: true,
            bar: Rect::new(bar_x, y, side, board - buttons - margin),
            board: Rect::new(x, y, board, board),
            slots: std::array::from_fn(|n| {
                Rect::new(x + board + gap.min(width - x - board - slot), y + n as f32 * (slot + apart), slot, slot)
            }),
            buttons: Rect::new(bar_x, (y + board - buttons).max(0.0), side, buttons),
            cell,
            tray_cell: slot / CELLS_ACROSS_SLOT,
        }
    }

    /// The rectangle of the cell at this anchor, which may lie off the board.
    #[must_use]
    pub fn cell_rect(&self, at: Anchor) -> Rect {
        Rect::square(self.point_at(BoardPosition { row: at.row as f32, column: at.column as f32 }), self.cell)
    }

    /// The point at this place of the board.
    #[must_use]
    pub fn point_at(&self, at: BoardPosition) -> Point {
        self.board.corner() + Point::new(at.column, at.row) * self.cell
    }

    /// The middle of a piece whose top-left cell lies on this one.
    #[must_use]
    pub fn middle(&self, piece: Piece, at: Cell) -> Point {
        let middle = |start: u8, length: u8| f32::from(start) + f32::from(length) / 2.0;
        self.point_at(BoardPosition {
            row: middle(at.row(), piece.shape.rows()),
            column: middle(at.column(), piece.shape.columns()),
        })
    }

    /// The place of the board that lies under this point, on the board or off it.
    #[must_use]
    pub fn board_position(&self, point: Point) -> BoardPosition {
        let way = (point - self.board.corner()) * (1.0 / self.cell);
        BoardPosition { row: way.y, column: way.x }
    }

    /// The cell of the board that lies under this point.
    #[must_use]
    pub fn cell_at(&self, point: Point) -> Option<Cell> {
        let BoardPosition { row, column } = self.board_position(point);
        Cell::new(row.floor() as i32, column.floor() as i32)
    }

    /// The top-left corner of a piece that lies in the middle of its slot.
    #[must_use]
    pub fn staged_corner(&self, slot: Slot, piece: Piece) -> Point {
        let size = Point::new(piece.shape.columns().into(), piece.shape.rows().into()) * self.tray_cell;
        self.slots[slot.index()].centre() - size * 0.5
    }
}

/// It has room for the frame around the board.
fn margin(viewport: Viewport) -> f32 {
    (viewport.width.min(viewport.height) * 0.03).max(6.0)
}

/// A cell's side, on whole device pixels, and the board's, for at most this much room.
fn cells(viewport: Viewport, room: f32) -> (f32, f32) {
    let across = f32::from(SIZE);
    let cell = ((room / across) * viewport.pixel_ratio).floor().max(1.0) / viewport.pixel_ratio;
    (cell, cell * across)
}

/// The nearest whole device pixel.
fn snap(viewport: Viewport, length: f32) -> f32 {
    (length * viewport.pixel_ratio).round() / viewport.pixel_ratio
}

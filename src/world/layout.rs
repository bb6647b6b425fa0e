//! Computes the positions of everything on the screen from the size of the window.
//!
//! All positions are in [`Layout`], so resizing the window or rotating the device only needs a new layout.

use bevy_ecs::prelude::*;

use super::geometry::{BoardPosition, Point, Rect};
use blockers_rules::{Anchor, Cell, Piece, SIZE, SLOTS, Slot};

/// The window.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Viewport {
    /// The width in CSS pixels.
    pub width: f32,
    /// The height in CSS pixels.
    pub height: f32,
    /// The number of device pixels for each CSS pixel.
    pub pixel_ratio: f32,
}

/// The positions of everything, in CSS pixels from the top-left corner of the window. The board and its cells are
/// aligned to device pixels, so that their edges are sharp.
#[derive(Resource, Clone, PartialEq, Debug)]
#[component(clone_behavior = Ignore)]
pub struct Layout {
    /// The window that the layout is for.
    pub viewport: Viewport,
    /// `true` if the tray is beside the board, `false` if it is below.
    pub landscape: bool,
    /// The bar with the title and the scores.
    pub bar: Rect,
    /// The cells of the board.
    pub board: Rect,
    /// The slots of the staging area.
    pub slots: [Rect; SLOTS],
    /// The buttons.
    pub buttons: Rect,
    /// The side of a cell of the board.
    pub cell: f32,
    /// The side of a cell of a shape in its slot.
    pub tray_cell: f32,
}

/// The side of a slot as a fraction of the board's side.
const SLOT: f32 = 0.31;
/// The height of a row of buttons: the width of a finger.
const BUTTONS: f32 = 48.0;
/// The minimum height of the bar beside the board.
const MIN_BAR: f32 = 60.0;
/// The width of a button with its gap.
const BUTTON: f32 = 52.0;
/// The number of buttons, counting the volume slider as one.
const CONTROLS: f32 = 6.0;
/// The minimum height of a board that has space beside it for a button with text.
const TEXT_BUTTON_BOARD: f32 = 420.0;
/// The minimum width of a row of buttons with text.
const TEXT_BUTTON_ROW: f32 = 420.0;
/// The minimum width of the bar above the board, if the window is as wide.
const MIN_BAR_WIDTH: f32 = 304.0;
/// The minimum width of the bar beside the board.
const MIN_SIDE: f32 = 124.0;
/// The number of tray cells across a slot: the longest shape has five, and there is a margin.
const CELLS_ACROSS_SLOT: f32 = 5.6;

impl Layout {
    /// Computes the layout of a window: portrait or landscape, whichever has the larger board.
    #[must_use]
    pub fn new(viewport: Viewport) -> Self {
        let usable = |length: f32| if length.is_finite() { length.max(100.0) } else { 100.0 };
        let ratio = if viewport.pixel_ratio.is_finite() { viewport.pixel_ratio.clamp(0.25, 8.0) } else { 1.0 };
        let viewport = Viewport { width: usable(viewport.width), height: usable(viewport.height), pixel_ratio: ratio };
        let (portrait, landscape) = (Self::portrait(viewport), Self::landscape(viewport));
        // Beside a very small board there is no space for the title and the scores.
        if landscape.cell > portrait.cell && landscape.bar.height >= MIN_BAR { landscape } else { portrait }
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

        let bar_width = board.max(MIN_BAR_WIDTH.min(width - 2.0 * margin));
        let x = snap(viewport, (width - board) / 2.0);
        let board_y = snap(viewport, top + margin / 2.0 + bar + gap);
        let slots_y = board_y + board + gap;
        let apart = (board - slot * SLOTS as f32) / (SLOTS - 1) as f32;
        Self {
            viewport,
            landscape: false,
            bar: Rect::new((width - bar_width) / 2.0, top + margin / 2.0, bar_width, bar),
            board: Rect::new(x, board_y, board, board),
            slots: std::array::from_fn(|n| Rect::new(x + n as f32 * (slot + apart), slots_y, slot, slot)),
            buttons: Rect::new(margin, slots_y + slot + gap, width - 2.0 * margin, BUTTONS),
            cell,
            tray_cell: slot / CELLS_ACROSS_SLOT,
        }
    }

    /// Bar and buttons, board, tray, from left to right. The board is centred if the other parts leave enough space.
    fn landscape(viewport: Viewport) -> Self {
        let Viewport { width, height, .. } = viewport;
        let margin = margin(viewport);
        let room = width - MIN_SIDE - 4.0 * margin;
        let (cell, board) = cells(viewport, (height - 2.0 * margin).min(room / (1.0 + SLOT)));
        let slot = board * SLOT;
        let left = ((width - board) / 2.0).max(MIN_SIDE + 2.0 * margin).min(width - board - slot - 2.0 * margin);
        let side = (left - 2.0 * margin).clamp(MIN_SIDE, 300.0);
        let across = ((side + 8.0) / BUTTON).floor().max(1.0);
        let rows = if board < TEXT_BUTTON_BOARD {
            (CONTROLS / across).ceil()
        } else {
            1.0 + ((CONTROLS - 2.0) / across).ceil() + 1.0
        };
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

    /// Returns `true` if the buttons have no space for text.
    #[must_use]
    pub fn is_compact(&self) -> bool {
        if self.landscape { self.board.height < TEXT_BUTTON_BOARD } else { self.buttons.width < TEXT_BUTTON_ROW }
    }

    /// Returns the rectangle of the cell at this anchor, which may be outside the board.
    #[must_use]
    pub fn cell_rect(&self, at: Anchor) -> Rect {
        Rect::square(self.point_at(BoardPosition { row: at.row as f32, column: at.column as f32 }), self.cell)
    }

    /// Returns the point of this position on the board.
    #[must_use]
    pub fn point_at(&self, at: BoardPosition) -> Point {
        self.board.corner() + Point::new(at.column, at.row) * self.cell
    }

    /// Returns the centre of a piece whose top-left cell is at this cell.
    #[must_use]
    pub fn middle(&self, piece: Piece, at: Cell) -> Point {
        let middle = |start: u8, length: u8| f32::from(start) + f32::from(length) / 2.0;
        self.point_at(BoardPosition {
            row: middle(at.row(), piece.shape.rows()),
            column: middle(at.column(), piece.shape.columns()),
        })
    }

    /// Returns the board position of this point, which may be outside the board.
    #[must_use]
    pub fn board_position(&self, point: Point) -> BoardPosition {
        let cells = (point - self.board.corner()) * (1.0 / self.cell);
        BoardPosition { row: cells.y, column: cells.x }
    }

    /// Returns the cell of the board at this point.
    #[must_use]
    pub fn cell_at(&self, point: Point) -> Option<Cell> {
        let BoardPosition { row, column } = self.board_position(point);
        Cell::new(row.floor() as i32, column.floor() as i32)
    }

    /// Returns the top-left corner of a piece that is centred in its slot.
    #[must_use]
    pub fn staged_corner(&self, slot: Slot, piece: Piece) -> Point {
        let size = Point::new(piece.shape.columns().into(), piece.shape.rows().into()) * self.tray_cell;
        self.slots[slot.index()].centre() - size * 0.5
    }
}

/// Returns the margin, which is large enough for the frame around the board.
fn margin(viewport: Viewport) -> f32 {
    (viewport.width.min(viewport.height) * 0.03).max(6.0)
}

/// Returns the sides of a cell and of the board, for at most this side of the board. The side of a cell is a whole
/// number of device pixels.
fn cells(viewport: Viewport, room: f32) -> (f32, f32) {
    let across = f32::from(SIZE);
    let cell = ((room / across) * viewport.pixel_ratio).floor().max(1.0) / viewport.pixel_ratio;
    (cell, cell * across)
}

/// Rounds to the nearest device pixel.
fn snap(viewport: Viewport, length: f32) -> f32 {
    (length * viewport.pixel_ratio).round() / viewport.pixel_ratio
}

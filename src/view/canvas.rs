//! The [`Surface`] in the browser: two canvases on top of each other, a small one for a shape that is held, and a
//! sprite sheet from which tiles are copied.

mod drawable;
pub mod enamel;
mod held;

use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, Document, HtmlCanvasElement};

use super::surface::{Face, Layer, Stamp, Surface, TILE};
use super::theme::{BLACK, Look, Theme, WHITE, rim, tile};
use crate::world::decimals;
use crate::world::geometry::{Point, Rect};
use crate::world::layout::Layout;
use blockers_rules::{Cell, Colour};
pub(super) use drawable::Canvas;
use enamel::{ROUND, draw_hollow, draw_mark, draw_phantom, draw_tile, draw_well, fill_round, ink, path_round};
use held::Held;

/// The number of faces on the sheet: the six colours, their phantoms, and the grey of shapes that cannot be dragged.
const FACES: usize = 2 * Colour::ALL.len() + 1;
/// Device pixels between the tiles of the sheet, so that a scaled tile has no pixels of its neighbour at the edge.
const SHEET_GAP: f64 = 4.0;
/// The width of the board's frame, in cells.
const FRAME: f32 = 0.16;
/// The radius of the frame's corners, in cells.
const FRAME_ROUND: f32 = 0.3;
/// The height of the lip below the frame, in cells.
const LIP: f64 = 0.05;

/// Three canvases in the document, and one outside of it for the sheet. All lengths inside are device pixels.
pub struct CanvasSurface {
    rest: Canvas,
    moving: Canvas,
    held: Held,
    sheet: Canvas,
    sides: SheetSides,
    look: Look,
    ratio: f64,
    frame: Frame,
    /// The bounding box of everything on the moving layer, in CSS pixels.
    drawn: Option<Rect>,
}

/// The sides of the tiles on the sheet. They are those of tiles at rest, which are copied without scaling.
#[derive(Clone, Copy)]
struct SheetSides {
    board: f64,
    tray: f64,
}

/// The frame of the board, with its lip.
#[derive(Clone, Copy, Default)]
struct Frame {
    area: [f64; 4],
    round: f64,
}

impl CanvasSurface {
    /// Creates a surface on these canvases of the document.
    ///
    /// # Errors
    /// The browser cannot create a canvas or its context.
    pub fn new(document: &Document, canvases: [HtmlCanvasElement; 3]) -> Result<Self, JsValue> {
        let [rest, moving, held] = canvases;
        let sheet = document.create_element("canvas")?.unchecked_into();
        Ok(Self {
            rest: Canvas::new(rest)?,
            moving: Canvas::new(moving)?,
            held: Held::new(Canvas::new(held)?),
            sheet: Canvas::new(sheet)?,
            sides: SheetSides { board: 1.0, tray: 1.0 },
            look: Look { theme: Theme::Light, marks: false },
            ratio: 1.0,
            frame: Frame::default(),
            drawn: None,
        })
    }

    /// Returns the canvases, each of which the browser may empty.
    pub fn elements(&self) -> [HtmlCanvasElement; 4] {
        [&self.rest, &self.moving, self.held.canvas(), &self.sheet].map(|canvas| canvas.element.clone())
    }

    fn device(&self, length: f32) -> f64 {
        f64::from(length) * self.ratio
    }

    /// Converts a rectangle from CSS pixels to whole device pixels: x, y, width, height.
    fn pixels(&self, rect: Rect) -> [f64; 4] {
        let (left, top) = (self.device(rect.x).round(), self.device(rect.y).round());
        let (right, bottom) = (self.device(rect.x + rect.width).round(), self.device(rect.y + rect.height).round());
        [left, top, right - left, bottom - top]
    }

    /// Adds an area to what `wipe` will clear.
    fn mark_drawn(&mut self, area: Rect) {
        self.drawn = Some(self.drawn.map_or(area, |drawn| drawn.union(area)));
    }

    /// Returns the left edge of a column of the sheet.
    fn column(&self, face: usize) -> f64 {
        face as f64 * (self.sides.board + SHEET_GAP)
    }

    fn draw_sheet(&self) {
        self.sheet.resize(self.column(FACES), self.sides.board + SHEET_GAP + self.sides.tray);
        let mut top = 0.0;
        for side in [self.sides.board, self.sides.tray] {
            for colour in Colour::ALL {
                let corners =
                    [Face::Colour(colour), Face::Phantom(colour)].map(|face| [self.column(column(face)), top]);
                // The outline is at least one CSS pixel wide, so that it is visible on small tiles, too.
                draw_tile(&self.sheet.context, corners[0], side, self.ratio, colour);
                draw_phantom(&self.sheet.context, corners[1], side, self.look.theme, colour);
                if self.look.marks {
                    draw_mark(&self.sheet.context, corners[0], side, colour, ink(colour));
                    draw_mark(&self.sheet.context, corners[1], side, colour, rim(colour));
                }
            }
            let corner = [self.column(column(Face::Disabled)), top];
            draw_hollow(&self.sheet.context, corner, side, self.look.theme.disabled());
            top += side + SHEET_GAP;
        }
    }

    /// Copies a tile from the sheet into this area.
    fn copy_tile(&self, context: &CanvasRenderingContext2d, face: Face, area: [f64; 4]) {
        let [x, y, width, height] = area;
        // The nearer one of the two sizes on the sheet.
        let SheetSides { board, tray } = self.sides;
        let small = (width - tray).abs() < (width - board).abs();
        let (top, from) = if small { (board + SHEET_GAP, tray) } else { (0.0, board) };
        // It throws only if the sheet has no pixels, and then nothing is visible anyway.
        let _ = context.draw_image_with_html_canvas_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
            &self.sheet.element,
            self.column(column(face)),
            top,
            from,
            from,
            x,
            y,
            width,
            height,
        );
    }

    fn draw_empty(&self, cell: Rect) {
        let [x, y, width, height] = self.pixels(cell);
        let context = &self.rest.context;
        context.set_fill_style_str(&self.look.theme.board().css());
        context.fill_rect(x, y, width, height);
        let [x, y, side, _] = self.pixels(cell.scaled(TILE));
        draw_well(context, [x, y], side, self.look.theme);
    }
}

impl Surface for CanvasSurface {
    fn reset(&mut self, layout: &Layout, look: Look) {
        self.look = look;
        self.ratio = f64::from(layout.viewport.pixel_ratio);
        self.drawn = None;
        let (width, height) = (self.device(layout.viewport.width).round(), self.device(layout.viewport.height).round());
        self.rest.resize(width, height);
        self.moving.resize(width, height);
        self.held.forget();
        let side = |cell: f32| self.device(cell * TILE).round().max(1.0);
        self.sides = SheetSides { board: side(layout.cell), tray: side(layout.tray_cell) };
        self.draw_sheet();
        let frame = self.pixels(layout.board.inset(-FRAME * layout.cell));
        let round = self.device(layout.cell * FRAME_ROUND);
        let lip = (self.device(layout.cell) * LIP).max(1.0).round();
        let [x, y, w, h] = frame;
        self.frame = Frame { area: [x, y, w, h + lip], round };
        let board = look.theme.board();
        fill_round(&self.rest.context, [x, y + lip, w, h], round, &board.towards(BLACK, 0.4).css_with(0.6));
        fill_round(&self.rest.context, frame, round, &board.css());
        for cell in Cell::all() {
            self.draw_empty(layout.cell_rect(cell.into()));
        }
    }

    fn empty_cell(&mut self, cell: Rect) {
        self.draw_empty(cell);
    }

    fn erase(&mut self, area: Rect) {
        let [x, y, width, height] = self.pixels(area);
        self.rest.context.clear_rect(x, y, width, height);
    }

    fn wipe(&mut self) {
        if let Some(drawn) = self.drawn.take() {
            let [x, y, width, height] = self.pixels(drawn);
            self.moving.context.clear_rect(x - 2.0, y - 2.0, width + 4.0, height + 4.0);
        }
    }

    fn tile(&mut self, layer: Layer, square: Rect, face: Face, opacity: f32) {
        let context = match layer {
            Layer::Rest => &self.rest.context,
            Layer::Moving => &self.moving.context,
        };
        context.set_global_alpha(opacity.into());
        self.copy_tile(context, face, self.pixels(square));
        context.set_global_alpha(1.0);
        if layer == Layer::Moving {
            self.mark_drawn(square);
        }
    }

    fn light(&mut self, area: Rect, colour: Colour) {
        let short = area.width.min(area.height);
        let pixels = self.pixels(area.inset(short * 0.02));
        let round = pixels[2].min(pixels[3]) * ROUND;
        let context = &self.moving.context;
        fill_round(context, pixels, round, &WHITE.css_with(0.14));
        context.set_line_width(self.device(short * 0.07).max(1.5));
        context.set_stroke_style_str(&tile(colour).towards(WHITE, 0.55).css());
        context.stroke();
        self.mark_drawn(area);
    }

    fn shade(&mut self, area: Rect, opacity: f32) {
        let [x, y, width, height] = self.pixels(area);
        let context = &self.moving.context;
        context.save();
        path_round(context, self.frame.area, self.frame.round);
        context.clip();
        context.set_fill_style_str(&self.look.theme.shade().css_with(opacity));
        context.fill_rect(x, y, width, height);
        context.restore();
        self.mark_drawn(area);
    }

    fn text(&mut self, text: &str, middle: Point, height: f32, opacity: f32) {
        let context = &self.moving.context;
        let size = self.device(height);
        let (x, y) = (self.device(middle.x), self.device(middle.y));
        context.set_font(&format!("800 {}px system-ui, sans-serif", decimals::write(size)));
        context.set_text_align("center");
        context.set_text_baseline("middle");
        context.set_line_join("round");
        context.set_line_width(size * 0.16);
        context.set_global_alpha(opacity.into());
        context.set_stroke_style_str(&Theme::Dark.well().css());
        context.set_fill_style_str(&WHITE.css());
        // The game does not depend on this text, so an error is ignored.
        let _ = context.stroke_text(text, x, y);
        let _ = context.fill_text(text, x, y);
        context.set_global_alpha(1.0);
        let width = height * 0.75 * text.chars().count() as f32 + height;
        self.mark_drawn(Rect::new(middle.x - width / 2.0, middle.y - height, width, height * 2.0));
    }

    fn hold(&mut self, held: Option<Stamp>) {
        let Some(stamp) = held else { return self.held.hide() };
        if self.held.needs(stamp) {
            let [columns, rows] = [stamp.piece.shape.columns(), stamp.piece.shape.rows()].map(f32::from);
            let [.., width, height] = self.pixels(Rect::new(0.0, 0.0, columns * stamp.side, rows * stamp.side));
            self.held.resize(width, height, self.ratio);
            let context = &self.held.canvas().context;
            for tile in (Stamp { corner: Point::default(), ..stamp }).tiles() {
                self.copy_tile(context, stamp.face, self.pixels(tile));
            }
        }
        let [x, y, ..] = self.pixels(Rect::new(stamp.corner.x, stamp.corner.y, 0.0, 0.0));
        self.held.show(stamp, x / self.ratio, y / self.ratio);
    }
}

/// Returns the column of a face on the sheet.
fn column(face: Face) -> usize {
    match face {
        Face::Colour(colour) => colour.index(),
        Face::Phantom(colour) => Colour::ALL.len() + colour.index(),
        Face::Disabled => FACES - 1,
    }
}

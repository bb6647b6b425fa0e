//! The browser's half of a [`Surface`]: two canvases on top of each other, and a sheet of tiles that is stamped from.

use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, Document, HtmlCanvasElement};

use super::surface::{Face, Layer, Surface, TILE};
use super::theme::{BLACK, Look, Rgb, Theme, WHITE, tile};
use crate::rules::{Cell, Colour};
use crate::world::geometry::{Point, Rect};
use crate::world::layout::Layout;

/// Faces on the sheet: the six colours, and the grey of what cannot be dragged.
const FACES: usize = Colour::ALL.len() + 1;
/// Pixels between the tiles of the sheet, so that none is seen at the edge of another one that is scaled.
const APART: f64 = 4.0;
/// Rounding of a tile's corners, as a share of its side.
const ROUND: f64 = 0.2;

/// Two canvases in the document and one beside it. All lengths inside are device pixels.
pub struct CanvasSurface {
    rest: Canvas,
    moving: Canvas,
    sheet: Canvas,
    /// The sides of the sheet's tiles, for the board and for the tray: those of tiles at rest, so that they are stamped one to one.
    sides: [f64; 2],
    look: Look,
    ratio: f64,
    /// What is drawn on the moving layer, as one rectangle.
    drawn: Option<Rect>,
}

struct Canvas {
    element: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
}

impl Canvas {
    fn new(element: HtmlCanvasElement) -> Result<Self, JsValue> {
        let context = element.get_context("2d")?.ok_or("This browser gives no canvas to draw on.")?;
        Ok(Self { element, context: context.unchecked_into() })
    }

    /// Sets the size, which also wipes it.
    fn resize(&self, width: f64, height: f64) {
        self.element.set_width(width as u32);
        self.element.set_height(height as u32);
    }
}

impl CanvasSurface {
    /// A surface on these two canvases of the document.
    ///
    /// # Errors
    /// What the browser says if it has no canvas.
    pub fn new(document: &Document, rest: HtmlCanvasElement, moving: HtmlCanvasElement) -> Result<Self, JsValue> {
        let sheet = document.create_element("canvas")?.unchecked_into();
        Ok(Self {
            rest: Canvas::new(rest)?,
            moving: Canvas::new(moving)?,
            sheet: Canvas::new(sheet)?,
            sides: [1.0; 2],
            look: Look { theme: Theme::Light, marks: false },
            ratio: 1.0,
            drawn: None,
        })
    }

    fn device(&self, length: f32) -> f64 {
        f64::from(length) * self.ratio
    }

    /// The rectangle in whole device pixels.
    fn pixels(&self, rect: Rect) -> [f64; 4] {
        let (left, top) = (self.device(rect.x).round(), self.device(rect.y).round());
        let (right, bottom) = (self.device(rect.x + rect.width).round(), self.device(rect.y + rect.height).round());
        [left, top, right - left, bottom - top]
    }

    fn mark(&mut self, area: Rect) {
        self.drawn = Some(self.drawn.map_or(area, |drawn| drawn.union(area)));
    }

    /// Where a column of the sheet begins.
    fn column(&self, face: usize) -> f64 {
        face as f64 * (self.sides[0] + APART)
    }

    fn draw_sheet(&self) {
        self.sheet.resize(self.column(FACES), self.sides[0] + APART + self.sides[1]);
        let mut top = 0.0;
        for side in self.sides {
            for (n, colour) in Colour::ALL.into_iter().enumerate() {
                draw_tile(&self.sheet.context, [self.column(n), top], side, tile(colour));
                if self.look.marks {
                    draw_mark(&self.sheet.context, [self.column(n), top], side, colour);
                }
            }
            draw_tile(&self.sheet.context, [self.column(FACES - 1), top], side, self.look.theme.disabled());
            top += side + APART;
        }
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
        self.sides = [layout.cell, layout.tray_cell].map(|cell| self.device(cell * TILE).round().max(1.0));
        self.draw_sheet();
        let frame = self.pixels(layout.board.inset(-0.16 * layout.cell));
        let round = self.device(layout.cell * 0.3);
        let lip = (self.device(layout.cell) * 0.05).max(1.0);
        let [x, y, w, h] = frame;
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
        let column = match face {
            Face::Colour(colour) => colour.index(),
            Face::Disabled => FACES - 1,
        };
        let [x, y, width, height] = self.pixels(square);
        // Of the two sizes on the sheet, the one that is nearer.
        let [board, tray] = self.sides;
        let small = (width - tray).abs() < (width - board).abs();
        let (top, from) = if small { (board + APART, tray) } else { (0.0, board) };
        let context = match layer {
            Layer::Rest => &self.rest.context,
            Layer::Moving => &self.moving.context,
        };
        context.set_global_alpha(opacity.into());
        // It throws only if the sheet has no pixels, and then there is nothing to be seen.
        let _ = context.draw_image_with_html_canvas_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
            &self.sheet.element,
            self.column(column),
            top,
            from,
            from,
            x,
            y,
            width,
            height,
        );
        context.set_global_alpha(1.0);
        if layer == Layer::Moving {
            self.mark(square);
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
        self.mark(area);
    }

    fn shade(&mut self, area: Rect, opacity: f32) {
        let [x, y, width, height] = self.pixels(area);
        self.moving.context.set_fill_style_str(&self.look.theme.shade().css_with(opacity));
        self.moving.context.fill_rect(x, y, width, height);
        self.mark(area);
    }

    fn text(&mut self, text: &str, middle: Point, height: f32, opacity: f32) {
        let context = &self.moving.context;
        let size = self.device(height);
        let (x, y) = (self.device(middle.x), self.device(middle.y));
        context.set_font(&format!("800 {size}px system-ui, sans-serif"));
        context.set_text_align("center");
        context.set_text_baseline("middle");
        context.set_line_join("round");
        context.set_line_width(size * 0.16);
        context.set_global_alpha(opacity.into());
        context.set_stroke_style_str(&Theme::Dark.well().css());
        context.set_fill_style_str(&WHITE.css());
        // Text that cannot be drawn is missed, and the game goes on.
        let _ = context.stroke_text(text, x, y);
        let _ = context.fill_text(text, x, y);
        context.set_global_alpha(1.0);
        let width = height * 0.75 * text.chars().count() as f32 + height;
        self.mark(Rect::new(middle.x - width / 2.0, middle.y - height, width, height * 2.0));
    }
}

/// An enamel tile: a hair-fine outline, a light upper edge, a darker lower one, and a face that is a little lighter above.
pub fn draw_tile(context: &CanvasRenderingContext2d, [x, y]: [f64; 2], side: f64, colour: Rgb) {
    let hair = (side * 0.022).max(1.0);
    let edge = (side * 0.075).max(1.0);
    let round = side * ROUND;
    fill_round(context, [x, y, side, side], round, &colour.towards(BLACK, 0.38).css());
    let inner = [x + hair, y + hair, side - 2.0 * hair, side - 2.0 * hair];
    fill_round(context, inner, round - hair, &colour.towards(BLACK, 0.2).css());
    let [ix, iy, width, height] = inner;
    fill_round(context, [ix, iy, width, height - edge], round - hair, &colour.towards(WHITE, 0.42).css());
    let face = [ix, iy + edge * 0.7, width, height - edge * 1.7];
    let gradient = context.create_linear_gradient(0.0, face[1], 0.0, face[1] + face[3]);
    // Its arguments are right, so it does not throw.
    let _ = gradient.add_color_stop(0.0, &colour.towards(WHITE, 0.13).css());
    let _ = gradient.add_color_stop(1.0, &colour.towards(BLACK, 0.05).css());
    context.set_fill_style_canvas_gradient(&gradient);
    path_round(context, face, round - hair);
    context.fill();
}

/// An empty cell: a shadow along the upper edge and a light along the lower one, as if it were sunk into the board.
pub fn draw_well(context: &CanvasRenderingContext2d, [x, y]: [f64; 2], side: f64, theme: Theme) {
    let edge = (side * 0.045).max(1.0);
    fill_round(context, [x, y, side, side], side * ROUND, &BLACK.css_with(0.32));
    fill_round(context, [x, y + edge, side, side - edge], side * ROUND, &WHITE.css_with(0.09));
    fill_round(context, [x, y + edge, side, side - 2.0 * edge], side * ROUND, &theme.well().css());
}

/// The mark of a colour, for eyes that do not tell it from the others: dot, ring, bar, cross, diamond, wave.
pub fn draw_mark(context: &CanvasRenderingContext2d, [x, y]: [f64; 2], side: f64, colour: Colour) {
    let at = |across: f64, down: f64| (x + side * across, y + side * down);
    let line = |points: &[(f64, f64)]| {
        for (n, &(across, down)) in points.iter().enumerate() {
            let (x, y) = at(across, down);
            if n == 0 { context.move_to(x, y) } else { context.line_to(x, y) }
        }
    };
    let circle = |radius: f64| {
        let (x, y) = at(0.5, 0.5);
        // It throws only for a negative radius.
        let _ = context.arc(x, y, side * radius, 0.0, std::f64::consts::TAU);
    };
    let ink = tile(colour).towards(BLACK, 0.68).css();
    context.set_stroke_style_str(&ink);
    context.set_fill_style_str(&ink);
    context.set_line_width((side * 0.09).max(1.0));
    context.set_line_cap("round");
    context.set_line_join("round");
    context.begin_path();
    match colour {
        Colour::Red => {
            circle(0.13);
            context.fill();
            return;
        }
        Colour::Blue => circle(0.18),
        Colour::Green => line(&[(0.3, 0.5), (0.7, 0.5)]),
        Colour::Orange => {
            line(&[(0.35, 0.35), (0.65, 0.65)]);
            line(&[(0.65, 0.35), (0.35, 0.65)]);
        }
        Colour::Purple => {
            line(&[(0.5, 0.28), (0.72, 0.5), (0.5, 0.72), (0.28, 0.5)]);
            context.close_path();
        }
        Colour::Yellow => line(&[(0.27, 0.54), (0.38, 0.42), (0.5, 0.54), (0.62, 0.42), (0.73, 0.54)]),
    }
    context.stroke();
}

fn fill_round(context: &CanvasRenderingContext2d, rect: [f64; 4], round: f64, style: &str) {
    context.set_fill_style_str(style);
    path_round(context, rect, round);
    context.fill();
}

fn path_round(context: &CanvasRenderingContext2d, [x, y, width, height]: [f64; 4], round: f64) {
    let round = round.min(width / 2.0).min(height / 2.0).max(0.0);
    let (right, bottom) = (x + width, y + height);
    context.begin_path();
    context.move_to(x + round, y);
    for (to, then) in
        [((right, y), (right, bottom)), ((right, bottom), (x, bottom)), ((x, bottom), (x, y)), ((x, y), (right, y))]
    {
        // It throws only for a negative radius.
        let _ = context.arc_to(to.0, to.1, then.0, then.1, round);
    }
    context.close_path();
}

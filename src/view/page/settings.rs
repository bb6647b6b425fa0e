//! The dialog of settings: its fields, and a strip of a board that previews the choices.

use wasm_bindgen::prelude::*;
use web_sys::{
    CanvasRenderingContext2d, Document, HtmlCanvasElement, HtmlElement, HtmlInputElement, HtmlSelectElement,
};

use super::changed::Changed;
use super::element::element;
use crate::ports::web::place::Place;
use crate::view::canvas::Canvas;
use crate::view::canvas::enamel::{draw_mark, draw_phantom, draw_tile, draw_well, ink};
use crate::view::painter::{DRAGGED, UNFIT_OPACITY};
use crate::view::surface::TILE;
use crate::view::theme::{BLACK, Look, WHITE};
use crate::view::view_model::ViewModel;
use crate::world::{Choice, Panel, Setting, Settings, Switch};
use blockers_rules::Colour;

/// The columns of the strip: six tiles, and a gap beside them. The style sheet has its width and its aspect ratio.
const COLUMNS: u32 = 8;
/// The rows of the strip: enough for the finger at its largest distance below the shape.
const ROWS: u32 = 5;
/// The length of the dragged shape in cells, which is that of the gap.
const HELD_CELLS: u32 = 2;
const HELD_COLOUR: Colour = Colour::Green;
/// The row of the dragged shape, in cells.
const HELD_ROW: f64 = 0.3;
/// The column of the dragged shape, in cells. It is off the gap, so that the shape fits only with the magnet.
const HELD_COLUMN: f64 = 5.4;

/// The elements of the preview: a strip of a board, and over it a shape with the finger that drags it. The style sheet
/// lets the latter slide in when the motion changes.
pub struct SettingsPanel {
    document: Document,
    strip: Canvas,
    hand: Canvas,
}

impl SettingsPanel {
    /// Finds the elements.
    ///
    /// # Errors
    /// An element is missing.
    pub fn new(document: &Document) -> Result<Self, JsValue> {
        let canvas = |id: &str| Canvas::new(element(document, id)?);
        Ok(Self { document: document.clone(), strip: canvas("settings-strip")?, hand: canvas("settings-hand")? })
    }

    /// Shows the settings, while the dialog is open.
    ///
    /// # Errors
    /// A field is missing.
    pub fn show(&self, change: Changed) -> Result<(), JsValue> {
        let now = change.now;
        let part = |model: &ViewModel| (model.panel, model.settings, model.look, model.layout.viewport);
        if now.panel == Some(Panel::Settings) && change.changed(part) {
            self.fill(&now.settings)?;
            self.redraw(now);
        }
        Ok(())
    }

    /// Returns the canvases, each of which the browser may empty.
    #[must_use]
    pub fn canvases(&self) -> [HtmlCanvasElement; 2] {
        [&self.strip, &self.hand].map(|canvas| canvas.element.clone())
    }

    /// Draws the preview again if the dialog is open.
    pub fn redraw(&self, model: &ViewModel) {
        if model.panel == Some(Panel::Settings) {
            self.draw(model.look, &model.settings);
        }
    }

    /// Sets every field to its value.
    fn fill(&self, settings: &Settings) -> Result<(), JsValue> {
        for (key, value) in settings.all().map(Setting::texts) {
            let field: HtmlElement = element(&self.document, &field(key))?;
            match field.dyn_ref::<HtmlInputElement>() {
                Some(checkbox) => checkbox.set_checked(value == Switch::On.text()),
                None => field.unchecked_ref::<HtmlSelectElement>().set_value(value),
            }
        }
        Ok(())
    }

    /// Draws the preview: all six tiles, and a shape that a finger drags to the gap beside them, at the chosen distance
    /// from the finger. The shape is a little beside the gap: with the magnet its phantom fills the gap, without it the
    /// shape does not fit.
    #[inline(never)] // Late, see ARCHITECTURE.md.
    fn draw(&self, look: Look, settings: &Settings) {
        // Exactly the pixels that the canvases cover on the screen.
        let ratio = web_sys::window().map_or(1.0, |window| window.device_pixel_ratio());
        let (width, height) = Place::of(&self.strip.element).device_pixels(ratio);
        for canvas in [&self.strip, &self.hand] {
            canvas.resize(width, height);
        }
        let side = width / f64::from(COLUMNS);
        let board = &self.strip.context;
        board.set_fill_style_str(&look.theme.board().css());
        board.fill_rect(0.0, 0.0, width, height);
        // The corner and the side of a square that fills this share of its cell, in whole pixels.
        let square = |row: f64, column: f64, share: f32| {
            let (share, gap) = (f64::from(share), (1.0 - f64::from(share)) / 2.0);
            ([(column + gap) * side, (row + gap) * side].map(f64::round), (side * share).round())
        };
        for (row, column) in (0..ROWS).flat_map(|row| (0..COLUMNS).map(move |column| (row, column))) {
            let (corner, inner) = square(row.into(), column.into(), TILE);
            draw_well(board, corner, inner, look.theme);
        }
        for (n, colour) in Colour::ALL.into_iter().enumerate() {
            let (corner, inner) = square(0.0, n as f64, TILE);
            draw_tile(board, corner, inner, ratio, colour);
            if look.marks {
                draw_mark(board, corner, inner, colour, ink(colour));
            }
        }
        let hand = &self.hand.context;
        for n in 0..HELD_CELLS {
            if settings.magnet.is_on() {
                let (corner, inner) = square(0.0, f64::from(COLUMNS - HELD_CELLS + n), TILE);
                draw_phantom(board, corner, inner, look.theme, HELD_COLOUR);
            }
            let (corner, inner) = square(HELD_ROW, HELD_COLUMN + f64::from(n), DRAGGED);
            draw_tile(hand, corner, inner, ratio, HELD_COLOUR);
            if look.marks {
                draw_mark(hand, corner, inner, HELD_COLOUR, ink(HELD_COLOUR));
            }
        }
        if !settings.magnet.is_on() {
            // A tile is drawn in several layers, so it can be made transparent only as a whole. The calls do not fail:
            // a browser ignores a name that it does not support.
            let _ = hand.set_global_composite_operation("destination-out");
            hand.set_fill_style_str(&BLACK.css_with(1.0 - UNFIT_OPACITY));
            hand.fill_rect(0.0, 0.0, width, height);
            let _ = hand.set_global_composite_operation("source-over");
        }
        let finger_row = HELD_ROW + 1.0 + f64::from(settings.lift.cells());
        let finger_column = HELD_COLUMN + f64::from(HELD_CELLS) / 2.0;
        draw_finger(hand, [finger_column * side, finger_row * side], side * 0.42);
    }
}

/// Draws the spot that a finger touches.
fn draw_finger(context: &CanvasRenderingContext2d, [x, y]: [f64; 2], radius: f64) {
    context.begin_path();
    // It throws only for a negative radius.
    let _ = context.arc(x, y, radius, 0.0, std::f64::consts::TAU);
    context.set_fill_style_str(&WHITE.css_with(0.3));
    context.fill();
    context.set_line_width(radius * 0.16);
    context.set_stroke_style_str(&WHITE.css_with(0.85));
    context.stroke();
}

/// Returns the id of the field of a setting.
#[must_use]
pub fn field(key: &str) -> String {
    format!("setting-{key}")
}

/// Returns the value of a field; `None` if the document has no such field, or the value is unknown.
#[must_use]
pub fn chosen(document: &Document, key: &str) -> Option<Setting> {
    let found = document.get_element_by_id(&field(key))?;
    let value = match found.dyn_ref::<HtmlInputElement>() {
        Some(input) => if input.checked() { Switch::On } else { Switch::Off }.text().to_owned(),
        None => found.dyn_ref::<HtmlSelectElement>()?.value(),
    };
    Setting::parse(key, &value)
}

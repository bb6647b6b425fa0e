//! The dialog of settings: its fields show what was chosen, and a corner of a board how that looks.

use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, Document, HtmlInputElement, HtmlSelectElement};

use super::element;
use crate::rules::Colour;
use crate::view::canvas::Canvas;
use crate::view::canvas::enamel::{draw_mark, draw_phantom, draw_tile, draw_well, ink};
use crate::view::painter::{DRAGGED, UNFIT};
use crate::view::surface::TILE;
use crate::view::theme::{BLACK, Look, WHITE};
use crate::world::{Setting, Settings, Switch};

/// The side of a cell of the strip, in CSS pixels.
const CELL: f64 = 30.0;
/// The cells of the strip: room for the six tiles and a gap beside them, and for the finger that hangs farthest below.
const COLUMNS: u32 = 8;
const ROWS: u32 = 5;
/// The shape that is carried, as long as the gap; and where it is, in rows and columns: nearer to the last tile than to the gap.
const HELD_CELLS: u32 = 2;
const HELD_COLOUR: Colour = Colour::Green;
const HELD: (f64, f64) = (0.3, 5.4);

/// The fields, and the strip with the hand over it, which comes in when the motion is another one: the style sheet lets it.
pub struct SettingsPanel {
    document: Document,
    strip: Canvas,
    hand: Canvas,
    sound: HtmlInputElement,
    volume: HtmlInputElement,
}

impl SettingsPanel {
    /// Finds them.
    ///
    /// # Errors
    /// A sentence, if an element is missing.
    pub fn new(document: &Document) -> Result<Self, JsValue> {
        let canvas = |id: &str| Canvas::new(element(document, id)?);
        let (strip, hand) = (canvas("settings-strip")?, canvas("settings-hand")?);
        let (sound, volume) = (element(document, "settings-sound")?, element(document, "settings-volume")?);
        Ok(Self { document: document.clone(), strip, hand, sound, volume })
    }

    /// Shows what was chosen.
    ///
    /// # Errors
    /// A sentence, if the document lacks a field.
    pub fn show(&self, settings: &Settings) -> Result<(), JsValue> {
        for setting in settings.all() {
            let (key, value) = setting.texts();
            match setting {
                Setting::Marks(switch) | Setting::Magnet(switch) => {
                    element::<HtmlInputElement>(&self.document, &field(key))?.set_checked(switch.is_on());
                }
                _ => element::<HtmlSelectElement>(&self.document, &field(key))?.set_value(value),
            }
        }
        Ok(())
    }

    /// Shows whether there is sound, and how loud it is.
    pub fn show_sound(&self, muted: bool, percent: f64) {
        self.sound.set_checked(!muted);
        self.volume.set_value_as_number(percent);
    }

    /// Draws a corner of a board as it looks now: all six tiles, and a shape that a finger carries to the gap beside them. It hangs as
    /// far above the finger as was chosen, and beside the gap: only with the magnet it would fall into it.
    pub fn draw(&self, look: Look, settings: &Settings, ratio: f64) {
        let side = (CELL * ratio).round();
        for Canvas { element, .. } in [&self.strip, &self.hand] {
            element.set_width(side as u32 * COLUMNS);
            element.set_height(side as u32 * ROWS);
        }
        let board = &self.strip.context;
        board.set_fill_style_str(&look.theme.board().css());
        board.fill_rect(0.0, 0.0, side * f64::from(COLUMNS), side * f64::from(ROWS));
        // Where a square lies that fills this share of its cell, and its side.
        let square = |row: f64, column: f64, share: f32| {
            let (share, gap) = (f64::from(share), (1.0 - f64::from(share)) / 2.0);
            ([(column + gap) * side, (row + gap) * side], side * share)
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
        let (row, column) = HELD;
        let hand = &self.hand.context;
        for n in 0..HELD_CELLS {
            if settings.magnet.is_on() {
                let (corner, inner) = square(0.0, f64::from(COLUMNS - HELD_CELLS + n), TILE);
                draw_phantom(board, corner, inner, look.theme, HELD_COLOUR);
            }
            let (corner, inner) = square(row, column + f64::from(n), DRAGGED);
            draw_tile(hand, corner, inner, ratio, HELD_COLOUR);
            if look.marks {
                draw_mark(hand, corner, inner, HELD_COLOUR, ink(HELD_COLOUR));
            }
        }
        if !settings.magnet.is_on() {
            // A tile is drawn in layers, so only the whole of it can be made pale.
            // The browser takes these names, and would have said nothing of others.
            let _ = hand.set_global_composite_operation("destination-out");
            hand.set_fill_style_str(&BLACK.css_with(1.0 - UNFIT));
            hand.fill_rect(0.0, 0.0, side * f64::from(COLUMNS), side * f64::from(ROWS));
            let _ = hand.set_global_composite_operation("source-over");
        }
        let below = row + 1.0 + f64::from(settings.lift.cells());
        draw_finger(hand, [(column + f64::from(HELD_CELLS) / 2.0) * side, below * side], side * 0.42);
    }
}

/// Where a finger touches.
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

/// The id of a setting's field.
#[must_use]
pub fn field(key: &str) -> String {
    format!("setting-{key}")
}

/// What was chosen in a field.
#[must_use]
pub fn chosen(document: &Document, key: &str) -> Option<Setting> {
    let found = document.get_element_by_id(&field(key))?;
    let value = match found.dyn_ref::<HtmlInputElement>() {
        Some(input) => if input.checked() { Switch::On } else { Switch::Off }.text().to_owned(),
        None => found.dyn_ref::<HtmlSelectElement>()?.value(),
    };
    Setting::parse(key, &value)
}

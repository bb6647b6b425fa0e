//! The dialog of settings: its fields show what was chosen, and a strip of tiles how that looks.

use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, Document, HtmlCanvasElement, HtmlInputElement, HtmlSelectElement};

use super::element;
use crate::rules::Colour;
use crate::view::canvas::{draw_mark, draw_tile, draw_well};
use crate::view::surface::TILE;
use crate::view::theme::{Look, tile};
use crate::world::{Setting, Settings, Switch};

/// The side of a cell of the strip, in CSS pixels.
const CELL: f64 = 40.0;

/// The fields, and the strip.
pub struct SettingsPanel {
    document: Document,
    strip: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    sound: HtmlInputElement,
    volume: HtmlInputElement,
}

impl SettingsPanel {
    /// Finds them.
    ///
    /// # Errors
    /// A sentence, if an element is missing.
    pub fn new(document: &Document) -> Result<Self, JsValue> {
        let strip: HtmlCanvasElement = element(document, "settings-strip")?;
        let context = strip.get_context("2d")?.ok_or("This browser gives no canvas to draw on.")?.unchecked_into();
        let (sound, volume) = (element(document, "settings-sound")?, element(document, "settings-volume")?);
        Ok(Self { document: document.clone(), strip, context, sound, volume })
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

    /// Draws the strip: all six tiles on a board.
    pub fn draw(&self, look: Look, ratio: f64) {
        let side = (CELL * ratio).round();
        self.strip.set_width((side * Colour::ALL.len() as f64) as u32);
        self.strip.set_height(side as u32);
        self.context.set_fill_style_str(&look.theme.board().css());
        self.context.fill_rect(0.0, 0.0, side * Colour::ALL.len() as f64, side);
        let (inner, gap) = (side * f64::from(TILE), side * f64::from(1.0 - TILE) / 2.0);
        for (n, colour) in Colour::ALL.into_iter().enumerate() {
            let corner = [n as f64 * side + gap, gap];
            draw_well(&self.context, corner, inner, look.theme);
            draw_tile(&self.context, corner, inner, tile(colour));
            if look.marks {
                draw_mark(&self.context, corner, inner, colour);
            }
        }
    }
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

//! The canvas of a shape that is held. It is as large as the shape, so that a move needs no drawing: the browser moves
//! its picture.

use super::drawable::Canvas;
use crate::view::surface::Stamp;
use crate::world::decimals;
use crate::world::geometry::Point;

/// The canvas, and what is on it.
pub(super) struct Held {
    canvas: Canvas,
    shown: Option<Stamp>,
    drawn: Option<Stamp>,
}

impl Held {
    pub(super) fn new(canvas: Canvas) -> Self {
        Self { canvas, shown: None, drawn: None }
    }

    pub(super) fn canvas(&self) -> &Canvas {
        &self.canvas
    }

    /// Forgets what is drawn, because it has another look now, or the browser has emptied the canvas.
    pub(super) fn forget(&mut self) {
        self.hide();
        self.drawn = None;
    }

    /// Returns `true` if this has to be drawn, because something else is on the canvas.
    pub(super) fn needs(&self, stamp: Stamp) -> bool {
        self.drawn != Some(picture(stamp))
    }

    /// Empties the canvas, and gives it this size in device pixels.
    pub(super) fn resize(&self, width: f64, height: f64, ratio: f64) {
        self.canvas.resize(width, height);
        self.set("width", &pixels(width / ratio));
        self.set("height", &pixels(height / ratio));
    }

    /// Shows what is drawn, with its corner at this place in CSS pixels.
    pub(super) fn show(&mut self, stamp: Stamp, x: f64, y: f64) {
        self.set("transform", &format!("translate({},{})", pixels(x), pixels(y)));
        if self.shown.is_none_or(|shown| shown.opacity != stamp.opacity) {
            self.set("opacity", &decimals::write(stamp.opacity));
        }
        if self.shown.is_none() {
            self.canvas.element.set_hidden(false);
        }
        self.shown = Some(stamp);
        self.drawn = Some(picture(stamp));
    }

    pub(super) fn hide(&mut self) {
        if self.shown.take().is_some() {
            self.canvas.element.set_hidden(true);
        }
    }

    fn set(&self, property: &str, value: &str) {
        // The browser ignores values that it does not know, and throws nothing.
        let _ = self.canvas.element.style().set_property(property, value);
    }
}

/// Returns what the picture depends on.
fn picture(stamp: Stamp) -> Stamp {
    Stamp { corner: Point::default(), opacity: 1.0, ..stamp }
}

fn pixels(length: f64) -> String {
    format!("{}px", decimals::write(length))
}

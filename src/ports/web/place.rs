//! Where an element is in the window. Its own lengths can differ from those of the window: the page may be zoomed by
//! the CSS property `zoom`, or scaled, by an extension or by the program that shows the page.

use js_sys::{Number, Reflect};
use web_sys::Element;

/// The place of an element, in CSS pixels of the window.
pub struct Place {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
    /// The pixels of the window for each pixel of the element.
    pub scale: f64,
}

impl Place {
    /// Returns the current place of this element.
    #[must_use]
    pub fn of(element: &Element) -> Self {
        let (rect, zoom) = (element.get_bounding_client_rect(), legacy_zoom(element));
        let [left, top, width, height] =
            [rect.left(), rect.top(), rect.width(), rect.height()].map(|length| length * zoom);
        // It is a whole number, so a small difference is due to rounding.
        let own = f64::from(element.client_width());
        let scale = if own < 1.0 || (width - own).abs() < 1.0 { 1.0 } else { width / own };
        Self { left, top, width, height, scale }
    }

    /// Converts a point of the window to lengths of the element, from its top-left corner.
    #[must_use]
    pub fn inside(&self, x: f64, y: f64) -> (f64, f64) {
        ((x - self.left) / self.scale, (y - self.top) / self.scale)
    }

    /// Returns `true` if this point of the window is in the element.
    #[must_use]
    pub fn contains(&self, x: f64, y: f64) -> bool {
        (self.left..self.left + self.width).contains(&x) && (self.top..self.top + self.height).contains(&y)
    }

    /// Returns the width and the height in whole device pixels. The browser moves every edge to the nearest one.
    /// `ratio` is the number of device pixels for each pixel of the window.
    #[must_use]
    pub fn device_pixels(&self, ratio: f64) -> (f64, f64) {
        let length = |start: f64, length: f64| ((start + length) * ratio).round() - (start * ratio).round();
        (length(self.left, self.width), length(self.top, self.height))
    }
}

/// Returns the zoom that the rectangle of an element does not contain. Browsers with `currentCSSZoom` return
/// rectangles of the window. In older ones, and in WebKit, they are divided by the zoom of the element and of all
/// elements around it.
fn legacy_zoom(element: &Element) -> f64 {
    if Reflect::has(element, &"currentCSSZoom".into()) == Ok(true) {
        return 1.0;
    }
    let Some(window) = web_sys::window() else { return 1.0 };
    let zoom = |element: &Element| -> Option<f64> {
        let style = window.get_computed_style(element).ok()??;
        let zoom = Number::parse_float(&style.get_property_value("zoom").ok()?);
        zoom.is_finite().then_some(zoom)
    };
    let around = std::iter::successors(Some(element.clone()), |inner| inner.parent_element());
    around.filter_map(|element| zoom(&element)).product()
}

//! A canvas element with its drawing context.

use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// A canvas and its drawing context.
pub(in crate::view) struct Canvas {
    pub(in crate::view) element: HtmlCanvasElement,
    pub(in crate::view) context: CanvasRenderingContext2d,
}

impl Canvas {
    pub(in crate::view) fn new(element: HtmlCanvasElement) -> Result<Self, JsValue> {
        let context = element.get_context("2d")?.ok_or("This browser cannot draw on a canvas.")?;
        Ok(Self { element, context: context.unchecked_into() })
    }

    /// Sets the size in device pixels, which also clears the canvas.
    pub(in crate::view) fn resize(&self, width: f64, height: f64) {
        self.element.set_width(width as u32);
        self.element.set_height(height as u32);
        // WebKit shows that a canvas is empty only after something was drawn.
        self.context.clear_rect(0.0, 0.0, width, height);
    }
}

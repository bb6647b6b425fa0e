//! A frame that only provides a window of its own.

use js_sys::Promise;
use js_sys::futures::JsFuture;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlIFrameElement, Window};

/// A frame without content, which is removed when it is dropped. It is not displayed, so it can be neither seen,
/// focused nor read out.
pub(super) struct Frame(HtmlIFrameElement);

impl Frame {
    /// Adds a frame to the document. Returns it and its window.
    ///
    /// # Errors
    /// The browser's exception.
    pub(super) async fn new(parent: &Window) -> Result<(Self, Window), JsValue> {
        let document = parent.document().ok_or(JsValue::NULL)?;
        let frame = Self(document.create_element("iframe")?.unchecked_into());
        frame.0.set_hidden(true);
        // Firefox replaces the document of the frame before this event.
        let loaded = Promise::new(&mut |resolve, _| frame.0.set_onload(Some(&resolve)));
        document.body().ok_or(JsValue::NULL)?.append_child(&frame.0)?;
        JsFuture::from(loaded).await?;
        let window = frame.0.content_window().ok_or(JsValue::NULL)?;
        Ok((frame, window))
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        self.0.remove();
    }
}

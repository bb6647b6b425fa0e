//! What happens when the page is hidden, shown or closed.

use wasm_bindgen::prelude::*;
use web_sys::Document;

use super::Shell;
use crate::input::browser::Listener;
use crate::ports::web::audio::WebAudio;

impl Shell {
    /// Binds what happens to the page. From when it is hidden it may be closed at any time without a further event, so
    /// everything that waits for a frame or for the storage is done at once.
    ///
    /// # Errors
    /// The browser refuses to bind a listener.
    pub(super) fn listen_to_lifecycle(&self, document: &Document, audio: &WebAudio) -> Result<[Listener; 2], JsValue> {
        let (shell, output) = (self.clone(), audio.clone());
        let changed = move |_| {
            if shell.is_hidden() {
                shell.flush();
                output.suspend();
            } else {
                shell.wake_again();
            }
        };
        let (shell, output) = (self.clone(), audio.clone());
        let window = self.0.borrow().window.clone();
        Ok([
            Listener::new(document, "visibilitychange", changed)?,
            Listener::new(&window, "pagehide", move |_| {
                shell.flush();
                output.suspend();
            })?,
        ])
    }

    /// Runs a frame, and begins to write everything that it has changed.
    fn flush(&self) {
        self.frame();
        let inner = &mut *self.0.borrow_mut();
        if inner.is_active() {
            inner.app.flush();
        }
    }
}

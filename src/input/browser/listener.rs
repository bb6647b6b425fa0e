//! Binds functions to events of the page.

use wasm_bindgen::prelude::*;
use web_sys::{AddEventListenerOptions, Event, EventTarget};

/// A listener that is bound until it is dropped.
#[must_use = "a listener is unbound when it is dropped"]
pub struct Listener {
    target: EventTarget,
    kind: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Binds a function to a kind of event. The function may prevent the default action.
    ///
    /// # Errors
    /// The browser refuses to bind it.
    pub fn new(
        target: &EventTarget,
        kind: &'static str,
        function: impl FnMut(Event) + 'static,
    ) -> Result<Self, JsValue> {
        let closure = Closure::<dyn FnMut(Event)>::new(function);
        let options = AddEventListenerOptions::new();
        options.set_passive(false);
        let callback = closure.as_ref().unchecked_ref();
        target.add_event_listener_with_callback_and_add_event_listener_options(kind, callback, &options)?;
        Ok(Self { target: target.clone(), kind, closure })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let callback = self.closure.as_ref().unchecked_ref();
        // It fails only if the target is gone, and then the listener is gone, too.
        let _ = self.target.remove_event_listener_with_callback(self.kind, callback);
    }
}

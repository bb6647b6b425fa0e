//! Loads the texts of the player's language, if it is not English, which is in the program.

use std::rc::Rc;

use js_sys::futures::{JsFuture, spawn_local};
use web_sys::Window;

use super::Shell;
use crate::ports::web::{pause, within};
use crate::words::{self, Language};

/// The time that the start of the program waits for the texts, in milliseconds. After it everything is in English until
/// they come.
const START_TIMEOUT: i32 = 4_000;

/// The pauses before the texts are requested again, in milliseconds: the first, and the longest.
const PAUSES: (i32, i32) = (1_000, 60_000);

mod script {
    use js_sys::Promise;
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        /// Requests the texts of a language, or takes them from an earlier visit.
        #[wasm_bindgen(js_namespace = boot, catch)]
        pub(super) fn words(code: &str) -> Result<Promise, JsValue>;

        /// Keeps the texts of a language for later visits.
        #[wasm_bindgen(js_namespace = boot, js_name = keepWords, catch)]
        pub(super) fn keep(code: &str, text: &str) -> Result<(), JsValue>;
    }
}

fn is_missing() -> bool {
    words::wanted() != words::language()
}

/// Requests the texts of a language once. Returns `true` if they are there.
async fn request(language: Language) -> bool {
    let Ok(answer) = script::words(language.code()) else { return false };
    let file = JsFuture::from(answer).await.ok().and_then(|file| file.as_string());
    let Some(file) = file.filter(|file| words::add(language, file).is_ok()) else { return false };
    // If that fails, they are requested again in the next visit.
    let _ = script::keep(language.code(), &file);
    true
}

/// Sets the language, and waits for its texts for some seconds; if it was the wanted one before, they have had that
/// time.
pub(super) async fn speak(window: &Window, language: Language) {
    let is_new = language != words::wanted();
    words::speak(language);
    if is_new && is_missing() {
        // What comes later is used then.
        let _ = within(window, START_TIMEOUT, Box::pin(request(language))).await;
    }
}

impl Shell {
    /// Requests the texts of the language that the player has chosen until they are there.
    pub(super) fn follow_language(&self) {
        if !is_missing() || self.0.borrow().is_loading_words {
            return;
        }
        self.0.borrow_mut().is_loading_words = true;
        let (weak, window) = (Rc::downgrade(&self.0), self.0.borrow().window.clone());
        spawn_local(async move {
            let (mut next, longest) = PAUSES;
            while is_missing() && !request(words::wanted()).await {
                pause(&window, next).await;
                next = longest.min(2 * next);
            }
            if let Some(inner) = weak.upgrade() {
                inner.borrow_mut().is_loading_words = false;
                Self(inner).request_frame();
            }
        });
    }
}

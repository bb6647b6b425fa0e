//! What the program and `www/boot.js` say to each other. The script is outside the program, because a program that has
//! stopped cannot show anything.

use std::cell::{OnceCell, RefCell};
use std::rc::Weak;

use js_sys::futures::JsFuture;
use wasm_bindgen::prelude::*;
use web_sys::Window;

use super::{Inner, Shell};
use crate::ports::web::within;

/// The time that the start of a stored game waits for the late part of the program, in milliseconds.
const START_TIMEOUT: i32 = 10_000;

mod script {
    use js_sys::Promise;
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = boot, catch)]
        pub(super) fn fail(reason: &JsValue) -> Result<(), JsValue>;

        #[wasm_bindgen(js_namespace = boot, catch)]
        pub(super) fn ready() -> Result<(), JsValue>;

        #[wasm_bindgen(js_namespace = boot, catch)]
        pub(super) fn whole() -> Result<Promise, JsValue>;
    }
}

thread_local! {
    static SHELL: OnceCell<Weak<RefCell<Inner>>> = const { OnceCell::new() };
}

/// Shows the panel that says that the game has stopped, with an error or a text as the reason.
pub fn fail(reason: &JsValue) {
    // It fails only in tests, which have no such script.
    let _ = script::fail(reason);
}

/// Reports that the game is there.
pub fn ready() {
    let _ = script::ready();
}

/// Waits until the late part of the program is there, because a stored game needs more than the early part. If it does
/// not come in time, its first call loads it at once.
pub(super) async fn whole(window: &Window) {
    if let Ok(loaded) = script::whole() {
        let _ = within(window, START_TIMEOUT, Box::pin(JsFuture::from(loaded))).await;
    }
}

/// Lets [`is_locked`] look at this shell.
pub(super) fn watch(shell: &Shell) {
    // A page starts one shell, so the cell is empty.
    SHELL.with(|cell| drop(cell.set(std::rc::Rc::downgrade(&shell.0))));
}

/// Returns `true` if the program cannot go on: it has not started, or an exception went through it while it was using
/// its state. Nothing is unwound then, so the state stays locked.
#[wasm_bindgen(js_name = isLocked)]
#[must_use]
pub fn is_locked() -> bool {
    let shell = SHELL.with(|cell| cell.get().and_then(Weak::upgrade));
    shell.is_none_or(|inner| inner.try_borrow_mut().is_err())
}

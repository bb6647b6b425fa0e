//! What the program and `www/boot.js` say to each other. The script is outside the program, because a program that has
//! stopped cannot show anything.

use std::cell::{OnceCell, RefCell};
use std::rc::Weak;

use wasm_bindgen::prelude::*;

use super::{Inner, Shell};

mod script {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = boot, catch)]
        pub(super) fn fail(reason: &JsValue) -> Result<(), JsValue>;

        #[wasm_bindgen(js_namespace = boot, catch)]
        pub(super) fn ready() -> Result<(), JsValue>;
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

//! The ports in the browser.

pub mod announcer;
pub mod audio;
pub mod clock;
pub mod database;
mod frame;
pub mod haptics;
pub mod intl;
pub mod lock;
pub mod outlet;
pub mod place;
pub mod seed;
pub mod storage;

use futures_lite::future;
use js_sys::futures::JsFuture;
use js_sys::{Promise, Reflect};
use wasm_bindgen::JsValue;
use web_sys::Window;

/// The name of the databases and of the lock in the root folder of an origin. Earlier versions used it in every folder.
const NAME: &str = "blockers";

/// Returns the name of the databases and of the lock in the folder of this page. Pages in other folders of the same
/// origin are other games.
fn name_here(window: &Window) -> String {
    let path = window.location().pathname().unwrap_or_default();
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("{NAME}{folder}")
}

/// Returns the name of a browser exception, such as `AbortError`.
fn error_name(error: &JsValue) -> String {
    Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string()).unwrap_or_default()
}

/// Waits for this many milliseconds. If there is no timer, it continues at once.
pub async fn pause(window: &Window, milliseconds: i32) {
    let passed = Promise::new(&mut |resolve, _| {
        if window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds).is_err() {
            // A promise's own function does not throw.
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    });
    // It is never rejected, and its value is not used.
    let _ = JsFuture::from(passed).await;
}

/// Waits for the output of this future, for at most this many milliseconds.
///
/// # Errors
/// The future, if it has no output by then. The browser may never answer, or answer later.
pub async fn within<F: Future + Unpin>(window: &Window, milliseconds: i32, mut work: F) -> Result<F::Output, F> {
    let output = async { Some((&mut work).await) };
    let timeout = async {
        pause(window, milliseconds).await;
        None
    };
    future::or(output, timeout).await.ok_or(work)
}

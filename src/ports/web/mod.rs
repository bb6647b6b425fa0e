//! The ports in the browser.

pub mod announcer;
pub mod audio;
pub mod clock;
pub mod database;
pub mod haptics;
pub mod intl;
pub mod lock;
pub mod outlet;
pub mod place;
pub mod seed;
pub mod storage;

use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// Returns the name of a browser exception, such as `AbortError`.
fn error_name(error: &JsValue) -> String {
    Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string()).unwrap_or_default()
}

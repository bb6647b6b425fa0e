//! The browser's local storage. It may be forbidden, full, or not there at all.

use wasm_bindgen::JsValue;
use web_sys::Window;

use crate::ports::{Storage, StorageError};

/// The local storage of a window. It is looked up at every use, because it can be forbidden at any time.
pub struct WebStorage(pub Window);

impl WebStorage {
    fn storage(&self) -> Result<web_sys::Storage, StorageError> {
        let found = self.0.local_storage().map_err(|error| sentence(&error))?;
        found.ok_or_else(|| StorageError("this browser has no local storage".to_owned()))
    }
}

impl Storage for WebStorage {
    fn read(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.storage()?.get_item(key).map_err(|error| sentence(&error))
    }

    fn write(&mut self, key: &str, text: &str) -> Result<(), StorageError> {
        self.storage()?.set_item(key, text).map_err(|error| sentence(&error))
    }
}

/// What an exception of the browser says.
fn sentence(error: &JsValue) -> StorageError {
    let message = js_sys::Reflect::get(error, &"message".into()).ok().and_then(|message| message.as_string());
    StorageError(message.unwrap_or_else(|| "the browser does not say why".to_owned()))
}

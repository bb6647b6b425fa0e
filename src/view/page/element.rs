//! Finds elements of the document by their ids.

use wasm_bindgen::prelude::*;
use web_sys::Document;

/// Returns the element with this id.
///
/// # Errors
/// The document has no such element, or one of another type. The message names the id.
pub fn element<T: JsCast>(document: &Document, id: &str) -> Result<T, JsValue> {
    let found = document.get_element_by_id(id).and_then(|element| element.dyn_into().ok());
    found.ok_or_else(|| JsValue::from_str(&format!("The page lacks its element `{id}`.")))
}

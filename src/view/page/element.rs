//! Finds elements of the document by their ids.

use wasm_bindgen::prelude::*;
use web_sys::{Document, HtmlElement};

/// Returns the element with this id.
///
/// # Errors
/// The document has no such element, or one of another type. The message names the id.
pub fn element<T: JsCast>(document: &Document, id: &str) -> Result<T, JsValue> {
    let found = document.get_element_by_id(id).and_then(|element| element.dyn_into().ok());
    found.ok_or_else(|| JsValue::from_str(&format!("The page lacks its element `{id}`.")))
}

/// Focuses an element that may have been hidden until now. WebKit 2.38, the generation of Safari 16, does not focus an
/// element before it has laid it out. To read its place makes it do that.
///
/// # Errors
/// The browser refuses to focus the element.
pub fn focus_shown(element: &HtmlElement) -> Result<(), JsValue> {
    let _ = element.get_bounding_client_rect();
    element.focus()
}

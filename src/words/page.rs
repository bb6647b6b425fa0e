//! The fixed texts of the page. An element of index.html names its text by the id of a message without variables, and
//! contains the English one.

use super::table::spoken;

/// Returns the text with this id in the current language; `None` if there is none.
#[must_use]
pub fn text(id: &str) -> Option<&'static str> {
    spoken().fixed(id)
}

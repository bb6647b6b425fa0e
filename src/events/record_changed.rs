//! A record that must not be lost has changed.

/// A record has a new text. Publishing this event is the only way to write to the storage.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecordChanged {
    /// The key of the record; see [`records`](crate::records).
    pub key: String,
    /// Its whole new text.
    pub text: String,
}

impl RecordChanged {
    /// Returns the event for a record's key and its new text.
    pub fn new(key: impl Into<String>, text: String) -> Self {
        Self { key: key.into(), text }
    }
}

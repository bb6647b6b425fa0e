//! Something that must not be lost has changed.

/// A record has a new text. The storage hears of it here, and nowhere else.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecordChanged {
    /// Which record; see [`records`](crate::records).
    pub key: String,
    /// All of it.
    pub text: String,
}

impl RecordChanged {
    /// The record of this key has this text now.
    pub fn new(key: impl Into<String>, text: String) -> Self {
        Self { key: key.into(), text }
    }
}

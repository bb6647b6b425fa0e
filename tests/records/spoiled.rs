//! Everything that can become of a text when a bit of it is flipped, or its end is lost.

/// The text without its last letter, without its last two… down to nothing.
pub(crate) fn truncated(text: &str) -> impl Iterator<Item = String> {
    (0..text.len()).rev().filter_map(move |length| text.get(..length).map(str::to_owned))
}

/// The text with one bit flipped, each in turn, where that is a text still.
pub(crate) fn flipped(text: &str) -> impl Iterator<Item = String> {
    (0..text.len() * 8).filter_map(move |bit| {
        let mut bytes = text.as_bytes().to_vec();
        bytes[bit / 8] ^= 1_u8 << (bit % 8);
        String::from_utf8(bytes).ok()
    })
}

/// Both.
pub(crate) fn spoiled(text: &str) -> impl Iterator<Item = String> {
    truncated(text).chain(flipped(text))
}

//! Damaged texts: with one flipped bit, or truncated.

/// Returns the text without its last byte, without its last two bytes, and so on, down to the empty text. Truncations
/// inside a character are left out.
pub(crate) fn truncated(text: &str) -> impl Iterator<Item = String> {
    (0..text.len()).rev().filter_map(move |length| text.get(..length).map(str::to_owned))
}

/// Returns the text with each of its bits flipped in turn. Results that are not valid UTF-8 are left out.
pub(crate) fn flipped(text: &str) -> impl Iterator<Item = String> {
    (0..text.len() * 8).filter_map(move |bit| {
        let mut bytes = text.as_bytes().to_vec();
        bytes[bit / 8] ^= 1_u8 << (bit % 8);
        String::from_utf8(bytes).ok()
    })
}

/// Returns all truncated texts and all texts with a flipped bit.
pub(crate) fn damaged(text: &str) -> impl Iterator<Item = String> {
    truncated(text).chain(flipped(text))
}

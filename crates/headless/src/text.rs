//! Helpers for messages.

use std::error::Error;

/// Returns a number with the singular or the plural of what it counts: `1 drop`, `2 drops`.
pub(crate) fn count(number: impl Into<u64>, singular: &str, plural: &str) -> String {
    let number = number.into();
    format!("{number} {}", if number == 1 { singular } else { plural })
}

/// Returns the message of an error and those of its sources, separated by colons.
pub(crate) fn with_sources(error: &dyn Error) -> String {
    let mut message = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        message.push_str(": ");
        message.push_str(&error.to_string());
        source = error.source();
    }
    message
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn only_one_is_singular() {
        assert_eq!([0u32, 1, 2].map(|number| count(number, "drop", "drops")), ["0 drops", "1 drop", "2 drops"]);
    }
}

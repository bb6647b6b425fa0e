//! A seal at the end of a text: a blank and its CRC-32 as eight digits.
//!
//! Comes in: a text. Goes out: the same with its seal; or, the other way, the text that was sealed, or what is [`Damaged`].
//! A single flipped bit changes the checksum for certain, so it is always found; anything else passes once in four thousand
//! million times. It is no signature: who wants to write a false text can.

use std::fmt;

use crate::rules::notation::checksum;

/// The blank and the eight digits.
const LENGTH: usize = 9;

/// The text with its seal.
#[must_use]
pub fn seal(text: &str) -> String {
    format!("{text} {}", digits(text))
}

/// The text without its seal.
///
/// # Errors
/// [`Damaged`] if it has no seal, or another text's.
pub fn unseal(text: &str) -> Result<&str, Damaged> {
    let cut = text.len().checked_sub(LENGTH).ok_or(Damaged::NoSeal)?;
    let (text, seal) = text.split_at_checked(cut).ok_or(Damaged::NoSeal)?;
    let found = seal.strip_prefix(' ').filter(|found| found.bytes().all(is_digit)).ok_or(Damaged::NoSeal)?;
    let expected = digits(text);
    if found == expected { Ok(text) } else { Err(Damaged::WrongSeal { expected, found: found.to_owned() }) }
}

fn digits(text: &str) -> String {
    format!("{:08x}", checksum(text.as_bytes()))
}

/// Only small letters: a large one differs from it by one bit, and must not pass.
fn is_digit(byte: u8) -> bool {
    byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)
}

/// A text that is not as it was sealed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Damaged {
    /// It does not end with a seal: it was cut off, or never had one.
    NoSeal,
    /// It ends with a seal that is not its own.
    WrongSeal {
        /// The checksum of the text that is there, in eight digits.
        expected: String,
        /// The checksum that stands there.
        found: String,
    },
}

impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSeal => f.write_str("it does not end with a checksum, so it was cut off"),
            Self::WrongSeal { expected, found } => {
                write!(f, "it says that its checksum is {found}, but it is {expected}, so it was changed")
            }
        }
    }
}

impl std::error::Error for Damaged {}

//! Seals: a space and a CRC-32 as eight hexadecimal digits, at the end of a text.
//!
//! A CRC-32 detects every single flipped bit, and misses other damage once in 2³² cases. It is not a signature: anyone
//! can write a valid seal.

use std::fmt;

use blockers_rules::characters::is_blank;
use blockers_rules::checksum;

/// The length of a seal in bytes: the space and eight digits.
const LENGTH: usize = 9;

/// Returns the text with its seal.
#[must_use]
pub fn seal(text: &str) -> String {
    format!("{text} {}", digits(text))
}

/// Checks the seal, and returns the text without it. Blanks after the seal are ignored, because other programs add and
/// change line ends.
///
/// # Errors
/// [`Damaged`] if the seal is missing or wrong.
pub fn unseal(text: &str) -> Result<&str, Damaged> {
    let text = text.trim_end_matches(is_blank);
    let cut = text.len().checked_sub(LENGTH).ok_or(Damaged::NoSeal)?;
    let (text, seal) = text.split_at_checked(cut).ok_or(Damaged::NoSeal)?;
    let found = seal.strip_prefix(' ').filter(|found| found.bytes().all(is_digit)).ok_or(Damaged::NoSeal)?;
    let expected = digits(text);
    if found == expected { Ok(text) } else { Err(Damaged::WrongSeal { expected, found: found.to_owned() }) }
}

fn digits(text: &str) -> String {
    format!("{:08x}", checksum(text.as_bytes()))
}

/// Accepts lowercase only: an uppercase letter differs by one bit, and a flipped bit must be detected.
fn is_digit(byte: u8) -> bool {
    byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)
}

/// Why a seal is invalid.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Damaged {
    /// The text does not end with a seal: it was cut off, or never had one.
    NoSeal,
    /// The checksum is wrong.
    WrongSeal {
        /// The checksum of the text, as eight digits.
        expected: String,
        /// The checksum in the seal.
        found: String,
    },
}

impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSeal => f.write_str("the checksum at the end is missing; the text was cut off"),
            Self::WrongSeal { expected, found } => {
                write!(f, "the checksum is {found} instead of {expected}; the text was changed")
            }
        }
    }
}

impl std::error::Error for Damaged {}

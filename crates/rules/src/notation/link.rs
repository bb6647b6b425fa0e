//! Reads and writes a recording as a link: few bytes, in characters that a URL can contain. `url` finds it in a URL.

use std::str::Chars;

use super::error::{NotationError, Place, first, quoted};
use super::limits::{AT_MOST, MAX_DROPS, THIS_VERSION, VERSION};
use crate::bitboard::{CELLS, Cell};
use crate::characters::is_blank;
use crate::checksum::checksum;
use crate::deal::{Deal, GameKind};
use crate::drop_at::DropAt;
use crate::hand::Slot;
use crate::recording::Recording;

/// The characters of base64url, by value.
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The characters of links that are punctuation. Many programs take them for the end of a sentence at the end of a URL.
pub(super) const PUNCTUATION: [char; 2] = ['-', '_'];

/// Bits in a character.
const LETTER: u32 = 6;
/// Bits in a byte.
const BYTE: u32 = 8;
/// Bits in a drop.
const DROP: u32 = 9;

/// Writes a recording as a link, without a URL before it.
#[must_use]
pub fn to_link(recording: &Recording) -> String {
    let mut bytes = content(recording);
    let checksum = checksum(&bytes);
    bytes.extend(checksum.to_le_bytes());
    let mut link = String::new();
    regroup(bytes.into_iter().map(u32::from), BYTE, LETTER, |six| link.push(char::from(LETTERS[six as usize])));
    link
}

/// Returns `true` for a character of links.
pub(super) fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || PUNCTUATION.contains(&letter)
}

/// Reads the link at the beginning of a text. Blanks within it are skipped. What follows it must not begin with a
/// letter or a digit, apart from [`PUNCTUATION`].
pub(super) fn read(link: &str) -> Result<Recording, NotationError> {
    let mut reader = Reader { rest: link.chars(), read: 0, last: "", held: 0, bits: 0 };
    let version = reader.take(BYTE)?;
    if version != u32::from(VERSION) {
        return Err(wrong(1, THIS_VERSION, format!("version {version}")));
    }
    let from = reader.character();
    let number = reader.take(BYTE)?;
    let Some(&kind) = GameKind::ALL.get(number as usize) else {
        return Err(wrong(from, "a kind of game from 0 to 3", number.to_string()));
    };
    let undos = reader.number("a number of undos up to 4294967295", u32::MAX.into())? as u32;
    let seed = reader.number("a seed", u64::MAX)?;
    let count = reader.number(AT_MOST, MAX_DROPS as u64)?;
    let mut drops = Vec::new();
    for _ in 0..count {
        drops.push(reader.drop_at()?);
    }
    let recording = Recording { deal: Deal { kind, seed }, undos, drops };
    reader.finish(&recording)?;
    Ok(recording)
}

/// Returns the bytes of a link without the checksum.
fn content(recording: &Recording) -> Vec<u8> {
    let Deal { kind, seed } = recording.deal;
    let drops = &recording.drops[..recording.drops.len().min(MAX_DROPS)];
    let mut bytes = vec![VERSION, kind.index() as u8];
    for mut number in [u64::from(recording.undos), seed, drops.len() as u64] {
        while number >= 0x80 {
            bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        bytes.push(number as u8);
    }
    let drops = drops.iter().map(|drop| (drop.slot.index() * CELLS + drop.at.index()) as u32);
    regroup(drops, DROP, BYTE, |byte| bytes.push(byte as u8));
    bytes
}

/// Regroups numbers of `from` bits into numbers of `to` bits, most significant bit first. The last number is padded
/// with zero bits.
fn regroup(numbers: impl Iterator<Item = u32>, from: u32, to: u32, mut put: impl FnMut(u32)) {
    let mask = (1u32 << to) - 1;
    let (mut held, mut bits) = (0u32, 0u32);
    for number in numbers {
        // Bits that have been written are shifted out at the top, so `held` does not overflow.
        held = (held << from) | number;
        bits += from;
        while bits >= to {
            bits -= to;
            put((held >> bits) & mask);
        }
    }
    if bits > 0 {
        put((held << (to - bits)) & mask);
    }
}

fn wrong(character: usize, expected: &'static str, found: String) -> NotationError {
    NotationError { place: Place::Link { character }, expected, found }
}

/// Reads a link bit by bit.
struct Reader<'a> {
    /// The characters that have not been read.
    rest: Chars<'a>,
    /// The number of characters that have been read, with blanks.
    read: usize,
    /// The last of them.
    last: &'a str,
    /// The bits that have been read and not yet taken.
    held: u32,
    /// The number of these bits.
    bits: u32,
}

impl<'a> Reader<'a> {
    /// Returns the number of the character that contains the next bit, counted from 1.
    fn character(&self) -> usize {
        self.read + usize::from(self.bits == 0)
    }

    /// Takes the next bits, nine at most.
    fn take(&mut self, bits: u32) -> Result<u32, NotationError> {
        while self.bits < bits {
            let letter = first(self.rest.as_str());
            let six = LETTERS.iter().position(|&other| letter.as_bytes() == [other]);
            if six.is_none() && !letter.chars().any(is_blank) {
                let expected = if letter.is_empty() { "more of the link" } else { "a letter, a digit, - or _" };
                return Err(wrong(self.read + 1, expected, quoted(letter)));
            }
            self.rest.next();
            self.read += 1;
            if let Some(six) = six {
                self.held = (self.held << LETTER) | six as u32;
                self.bits += LETTER;
                self.last = letter;
            }
        }
        self.bits -= bits;
        let taken = self.held >> self.bits;
        self.held &= (1 << self.bits) - 1;
        Ok(taken)
    }

    /// Takes a number in LEB128, which must be as short as possible and `max` at most.
    fn number(&mut self, expected: &'static str, max: u64) -> Result<u64, NotationError> {
        let from = self.character();
        let mut number = 0u64;
        for shift in (0..u64::BITS).step_by(7) {
            let byte = u64::from(self.take(BYTE)?);
            let part = byte & 0x7f;
            number |= part << shift;
            if byte < 0x80 {
                let fits = (part << shift) >> shift == part;
                let shortest = byte > 0 || shift == 0;
                if !fits || !shortest {
                    break;
                }
                return if number > max { Err(wrong(from, expected, number.to_string())) } else { Ok(number) };
            }
        }
        Err(wrong(from, expected, "a number that is too long".to_owned()))
    }

    fn drop_at(&mut self) -> Result<DropAt, NotationError> {
        let from = self.character();
        let number = self.take(DROP)?;
        let at = Cell::new((number / 10 % 10) as i32, (number % 10) as i32);
        match (Slot::new(number as usize / CELLS), at) {
            (Some(slot), Some(at)) => Ok(DropAt { slot, at }),
            _ => Err(wrong(from, "a drop below 300", number.to_string())),
        }
    }

    /// Checks the end of the link after these drops: the unused bits of the last byte, the checksum, the unused bits of
    /// the last character, and what follows.
    fn finish(&mut self, recording: &Recording) -> Result<(), NotationError> {
        let from = self.character();
        let begun = recording.drops.len() as u32 * DROP % BYTE;
        if self.take((BYTE - begun) % BYTE)? != 0 {
            return Err(wrong(from, "zero bits after the last drop", "other bits".to_owned()));
        }
        let from = self.character();
        for byte in checksum(&content(recording)).to_le_bytes() {
            if self.take(BYTE)? != u32::from(byte) {
                return Err(wrong(from, "the correct checksum", "a different one".to_owned()));
            }
        }
        if self.held != 0 {
            return Err(wrong(self.read, "a character whose spare bits are zero", quoted(self.last)));
        }
        let rest = self.rest.as_str();
        if rest.trim_start_matches(PUNCTUATION).starts_with(|letter: char| letter.is_ascii_alphanumeric()) {
            return Err(wrong(self.read + 1, "the end of the link", quoted(rest)));
        }
        Ok(())
    }
}

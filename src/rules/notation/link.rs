//! A recording as a link: few bytes, in letters that an address may have.

use crc::{CRC_32_ISO_HDLC, Crc, NoTable};

use super::{AT_MOST, MAX_DROPS, NotationError, Place, THIS_VERSION, VERSION, first, quoted};
use crate::rules::bitboard::{CELLS, Cell};
use crate::rules::deal::{Deal, GameKind};
use crate::rules::game::Slot;
use crate::rules::recording::{DropAt, Recording};

/// What stands before a link in an address.
const KEY: &str = "#g=";

/// The characters of base64url, by what they stand for.
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Bits of a character, of a byte, and of a drop.
const LETTER: u32 = 6;
const BYTE: u32 = 8;
const DROP: u32 = 9;

/// A table would be as large as half of the rules.
const CRC: Crc<u32, NoTable> = Crc::<u32, NoTable>::new(&CRC_32_ISO_HDLC);

/// The CRC-32 of these bytes, as zip files have it.
#[must_use]
pub fn checksum(bytes: &[u8]) -> u32 {
    CRC.checksum(bytes)
}

/// Writes a recording as a link, without anything before it.
#[must_use]
pub fn to_link(recording: &Recording) -> String {
    let mut bytes = content(recording);
    let checksum = checksum(&bytes);
    bytes.extend(checksum.to_le_bytes());
    let mut link = String::new();
    regroup(bytes.into_iter().map(u32::from), BYTE, LETTER, |six| link.push(char::from(LETTERS[six as usize])));
    link
}

/// Reads a link: what is between `#g=` and `&` or the end, or all of it if there is no `#g=`.
///
/// # Errors
/// The first place where it is wrong. A link that was damaged on its way may look right up to its checksum.
pub fn parse_link(address: &str) -> Result<Recording, NotationError> {
    let after = address.split_once(KEY).map(|(_, after)| after.split_once('&').map_or(after, |(link, _)| link));
    let mut reader = Reader { link: after.unwrap_or(address), read: 0, held: 0, bits: 0 };

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

/// The bytes of a link without the checksum.
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

/// Cuts numbers of `from` bits into numbers of `to` bits, the most significant bit first, with zero bits after the last one.
fn regroup(numbers: impl Iterator<Item = u32>, from: u32, to: u32, mut put: impl FnMut(u32)) {
    let mask = (1u32 << to) - 1;
    let (mut held, mut bits) = (0u32, 0u32);
    for number in numbers {
        // What has been put is shifted out at the top, sooner or later.
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

/// Takes a link apart, bit by bit.
struct Reader<'a> {
    link: &'a str,
    /// How many characters have been read. All of them were letters of the alphabet, so they are as many bytes.
    read: usize,
    /// The bits that have been read and not yet taken, and how many they are.
    held: u32,
    bits: u32,
}

impl<'a> Reader<'a> {
    /// The character that the next bit is in, from 1.
    fn character(&self) -> usize {
        self.read + usize::from(self.bits == 0)
    }

    /// What is in the link after so many characters.
    fn after(&self, characters: usize) -> &'a str {
        self.link.get(characters..).unwrap_or_default()
    }

    /// The next bits, nine at most.
    fn take(&mut self, bits: u32) -> Result<u32, NotationError> {
        while self.bits < bits {
            let letter = self.link.as_bytes().get(self.read);
            let Some(six) = letter.and_then(|letter| LETTERS.iter().position(|other| other == letter)) else {
                let expected = if letter.is_some() { "a letter, a digit, - or _" } else { "more of the link" };
                return Err(wrong(self.read + 1, expected, quoted(first(self.after(self.read)))));
            };
            self.held = (self.held << LETTER) | six as u32;
            self.bits += LETTER;
            self.read += 1;
        }
        self.bits -= bits;
        let taken = self.held >> self.bits;
        self.held &= (1 << self.bits) - 1;
        Ok(taken)
    }

    /// A number in LEB128, in as few bytes as it can be.
    fn number(&mut self, expected: &'static str, most: u64) -> Result<u64, NotationError> {
        let from = self.character();
        let mut number = 0u64;
        for shift in (0..u64::BITS).step_by(7) {
            let byte = u64::from(self.take(BYTE)?);
            let part = byte & 0x7f;
            number |= part << shift;
            if byte < 0x80 {
                let whole = (part << shift) >> shift == part;
                let shortest = byte > 0 || shift == 0;
                if !whole || !shortest {
                    break;
                }
                return if number > most { Err(wrong(from, expected, number.to_string())) } else { Ok(number) };
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

    /// What comes after the drops of this recording: the rest of a byte, the checksum, the rest of a character, and the end.
    fn finish(&mut self, recording: &Recording) -> Result<(), NotationError> {
        let from = self.character();
        let begun = recording.drops.len() as u32 * DROP % BYTE;
        if self.take((BYTE - begun) % BYTE)? != 0 {
            return Err(wrong(from, "zero bits after the last drop", "others".to_owned()));
        }
        let from = self.character();
        for byte in checksum(&content(recording)).to_le_bytes() {
            if self.take(BYTE)? != u32::from(byte) {
                return Err(wrong(from, "the checksum of what is before it", "another one".to_owned()));
            }
        }
        if self.held != 0 {
            let found = quoted(first(self.after(self.read - 1)));
            return Err(wrong(self.read, "a character whose spare bits are zero", found));
        }
        match self.after(self.read) {
            "" => Ok(()),
            rest => Err(wrong(self.read + 1, "the end of the link", quoted(rest))),
        }
    }
}

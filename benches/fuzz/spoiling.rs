//! Spoils bytes by chance, and puts right checksums on what was spoiled.

use rand::RngExt;
use rand_pcg::Pcg32;

/// Bytes of the longest input.
const LONGEST: usize = 1 << 16;

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Pieces of text that mean something to the parsers.
const WORDS: [&str; 16] = [
    "#",
    "#g=",
    "&",
    "\n",
    "\r\n",
    "\t",
    " ",
    "@",
    "1@a1",
    "3@j10",
    "0",
    "9",
    "blockers=",
    "seed=",
    "18446744073709551616",
    "é",
];

/// One of these, all as likely. There must be one.
pub(crate) fn pick<'a, T>(dice: &mut Pcg32, these: &'a [T]) -> &'a T {
    &these[below(dice, these.len())]
}

/// A number below this one.
pub(crate) fn below(dice: &mut Pcg32, end: usize) -> usize {
    dice.random_range(0..end as u32) as usize
}

/// One of these with a few changes.
pub(crate) fn spoil(dice: &mut Pcg32, these: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = pick(dice, these).clone();
    for _ in 0..dice.random_range(0..5u32) {
        let at = below(dice, bytes.len() + 1);
        match dice.random_range(0..9u32) {
            0 | 1 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1u8 << dice.random_range(0..8u32);
                }
            }
            2 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = dice.random();
                }
            }
            3 => {
                let end = bytes.len().min(at + 1 + below(dice, 3));
                bytes.drain(at..end);
            }
            4 => insert(&mut bytes, at, pick(dice, &WORDS).as_bytes()),
            5 => {
                let noise: Vec<u8> = (0..below(dice, 20)).map(|_| dice.random()).collect();
                insert(&mut bytes, at, &noise);
            }
            6 => {
                let end = bytes.len().min(at + below(dice, 60));
                let chunk = bytes[at..end].repeat(1 + below(dice, 30));
                insert(&mut bytes, at, &chunk);
            }
            7 => {
                let other = pick(dice, these);
                bytes.truncate(at);
                bytes.extend_from_slice(&other[below(dice, other.len() + 1)..]);
            }
            _ => bytes.truncate(at),
        }
        bytes.truncate(LONGEST);
    }
    bytes
}

fn insert(bytes: &mut Vec<u8>, at: usize, what: &[u8]) {
    let rest = bytes.split_off(at);
    bytes.extend_from_slice(what);
    bytes.extend(rest);
}

/// The bytes in a link that this program wrote, without the four of the checksum.
pub(crate) fn content(link: &str) -> Vec<u8> {
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0u32, 0u32);
    for letter in link.bytes() {
        let six = LETTERS.iter().position(|&other| other == letter).unwrap_or_default();
        held = (held << 6) | six as u32;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
        }
    }
    bytes.truncate(bytes.len().saturating_sub(4));
    bytes
}

/// A link with this in it, and the checksum that belongs to it.
pub(crate) fn sealed(content: &[u8]) -> String {
    let checksum = blockers::rules::notation::checksum(content).to_le_bytes();
    let (mut link, mut held, mut bits) = (String::new(), 0u32, 0u32);
    for &byte in content.iter().chain(&checksum) {
        held = (held << 8) | u32::from(byte);
        bits += 8;
        while bits >= 6 {
            bits -= 6;
            link.push(char::from(LETTERS[(held >> bits & 63) as usize]));
        }
    }
    if bits > 0 {
        link.push(char::from(LETTERS[(held << (6 - bits) & 63) as usize]));
    }
    link
}

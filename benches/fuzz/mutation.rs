//! Random mutations of bytes, and checksums for mutated links.

use rand::RngExt;
use rand_pcg::Pcg32;

/// The maximum length of an input in bytes.
const MAX_LENGTH: usize = 1 << 16;

/// The alphabet of base64url.
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Tokens of the formats.
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

/// Returns a random item. There must be at least one.
pub(crate) fn pick<'a, T>(rng: &mut Pcg32, items: &'a [T]) -> &'a T {
    &items[below(rng, items.len())]
}

/// Returns a random number below `end`.
pub(crate) fn below(rng: &mut Pcg32, end: usize) -> usize {
    rng.random_range(0..end as u32) as usize
}

/// Returns a random input with up to four mutations.
pub(crate) fn mutate(rng: &mut Pcg32, inputs: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = pick(rng, inputs).clone();
    for _ in 0..rng.random_range(0..5u32) {
        let at = below(rng, bytes.len() + 1);
        match rng.random_range(0..9u32) {
            0 | 1 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1u8 << rng.random_range(0..8u32);
                }
            }
            2 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = rng.random();
                }
            }
            3 => {
                let end = bytes.len().min(at + 1 + below(rng, 3));
                bytes.drain(at..end);
            }
            4 => insert(&mut bytes, at, pick(rng, &WORDS).as_bytes()),
            5 => {
                let noise: Vec<u8> = (0..below(rng, 20)).map(|_| rng.random()).collect();
                insert(&mut bytes, at, &noise);
            }
            6 => {
                let end = bytes.len().min(at + below(rng, 60));
                let chunk = bytes[at..end].repeat(1 + below(rng, 30));
                insert(&mut bytes, at, &chunk);
            }
            7 => {
                let other = pick(rng, inputs);
                bytes.truncate(at);
                bytes.extend_from_slice(&other[below(rng, other.len() + 1)..]);
            }
            _ => bytes.truncate(at),
        }
        bytes.truncate(MAX_LENGTH);
    }
    bytes
}

fn insert(bytes: &mut Vec<u8>, at: usize, inserted: &[u8]) {
    let rest = bytes.split_off(at);
    bytes.extend_from_slice(inserted);
    bytes.extend(rest);
}

/// Returns the bytes in a valid link, without the four bytes of the checksum.
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

/// Returns a link with this content and a valid checksum.
pub(crate) fn with_checksum(content: &[u8]) -> String {
    let checksum = blockers_rules::checksum(content).to_le_bytes();
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

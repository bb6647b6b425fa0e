//! A naive encoder of links, bit by bit.

use blockers_rules::Recording;

fn bits(number: usize, width: usize) -> Vec<bool> {
    (0..width).rev().map(|bit| number >> bit & 1 == 1).collect()
}

fn grouped(mut bits: Vec<bool>, width: usize) -> Vec<u8> {
    while !bits.len().is_multiple_of(width) {
        bits.push(false);
    }
    bits.chunks(width).map(|group| group.iter().fold(0u8, |number, &bit| number * 2 + u8::from(bit))).collect()
}

fn letter(six: u8) -> char {
    char::from(match six {
        0..=25 => b'A' + six,
        26..=51 => b'a' + (six - 26),
        52..=61 => b'0' + (six - 52),
        62 => b'-',
        _ => b'_',
    })
}

pub(super) fn base64(bytes: &[u8]) -> String {
    let bits = bytes.iter().flat_map(|&byte| bits(usize::from(byte), 8)).collect();
    grouped(bits, 6).into_iter().map(letter).collect()
}

pub(super) fn checksum(bytes: &[u8]) -> u32 {
    let mut rest = u32::MAX;
    for &byte in bytes {
        rest ^= u32::from(byte);
        for _ in 0..8 {
            let odd = rest & 1 == 1;
            rest >>= 1;
            if odd {
                rest ^= 0xedb8_8320;
            }
        }
    }
    !rest
}

/// Returns the link with this content and the correct checksum.
pub(super) fn sealed(content: &[u8]) -> String {
    base64(&[content, &checksum(content).to_le_bytes()].concat())
}

pub(super) fn number(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number > 127 {
        bytes.push((number % 128) as u8 + 128);
        number /= 128;
    }
    bytes.push(number as u8);
    bytes
}

pub(super) fn content(recording: &Recording) -> Vec<u8> {
    let mut bytes = vec![1, recording.deal.kind.index() as u8];
    bytes.extend(number(recording.undos.into()));
    bytes.extend(number(recording.deal.seed));
    bytes.extend(number(recording.drops.len() as u64));
    let drops = recording.drops.iter().map(|drop| drop.slot.index() * 100 + drop.at.index());
    bytes.extend(grouped(drops.flat_map(|drop| bits(drop, 9)).collect(), 8));
    bytes
}

#[test]
fn the_naive_checksum_has_the_check_value_of_crc_32() {
    assert_eq!(checksum(b"123456789"), 0xcbf4_3926);
}

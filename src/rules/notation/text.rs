//! A recording as a text: six words of header, and a word for each drop.

use std::fmt;

use super::{AT_MOST, MAX_DROPS, NotationError, Place, THIS_VERSION, VERSION, first, quoted};
use crate::rules::bitboard::Cell;
use crate::rules::deal::{Deal, GameKind};
use crate::rules::game::Slot;
use crate::rules::recording::{DropAt, Recording};

/// What a text begins with.
const VERSION_KEY: &str = "blockers=";

/// The name of the only rules that there are.
const RULES: &str = "blocktser";

/// So many drops are written in a line.
const A_LINE: usize = 12;

impl fmt::Display for DropAt {
    /// As in a text: `2@d7`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let column = char::from(b'a' + self.at.column());
        write!(f, "{}@{column}{}", self.slot.index() + 1, self.at.row() + 1)
    }
}

/// Writes a recording as a text.
#[must_use]
pub fn to_text(recording: &Recording) -> String {
    let Deal { kind, seed } = recording.deal;
    let (dealer, undos) = (kind.dealer_name(), recording.undos);
    let mut text =
        format!("{VERSION_KEY}{VERSION} rules={RULES} dealer={dealer} game={kind} seed={seed} undos={undos}");
    for (number, drop) in recording.drops.iter().take(MAX_DROPS).enumerate() {
        text.push(if number.is_multiple_of(A_LINE) { '\n' } else { ' ' });
        text.push_str(&drop.to_string());
    }
    text.push('\n');
    text
}

/// Reads a text.
///
/// # Errors
/// The first place where it is wrong.
pub fn parse_text(text: &str) -> Result<Recording, NotationError> {
    let wrong = |at: usize, expected: &'static str, found: String| {
        let place = place(text, at);
        NotationError { place, expected, found }
    };
    let mut words = words(text);
    let mut value = |key: &'static str| {
        let (at, word) = words.next().unwrap_or((text.len(), ""));
        word.strip_prefix(key).map(|value| (at + key.len(), value)).ok_or_else(|| wrong(at, key, quoted(word)))
    };

    let (at, version) = value(VERSION_KEY)?;
    if number(version) != Some(u64::from(VERSION)) {
        return Err(wrong(at, THIS_VERSION, format!("version {}", quoted(version))));
    }
    let (at, rules) = value("rules=")?;
    if rules != RULES {
        return Err(wrong(at, RULES, quoted(rules)));
    }
    let (dealer_at, dealer) = value("dealer=")?;
    let (at, game) = value("game=")?;
    let kind = game.parse::<GameKind>().map_err(|_| wrong(at, "classic, kind, daily or seed", quoted(game)))?;
    if dealer != kind.dealer_name() {
        return Err(wrong(dealer_at, kind.dealer_name(), quoted(dealer)));
    }
    let (at, seed) = value("seed=")?;
    let seed = number(seed).ok_or_else(|| wrong(at, "a number from 0 to 18446744073709551615", quoted(seed)))?;
    let (at, undos) = value("undos=")?;
    let undos = number(undos)
        .and_then(|undos| u32::try_from(undos).ok())
        .ok_or_else(|| wrong(at, "a number from 0 to 4294967295", quoted(undos)))?;

    let mut drops = Vec::new();
    for (at, word) in words {
        if drops.len() == MAX_DROPS {
            return Err(wrong(at, AT_MOST, "one more".to_owned()));
        }
        drops.push(drop_at(word).map_err(|(from, expected, found)| wrong(at + from, expected, quoted(found)))?);
    }
    Ok(Recording { deal: Deal { kind, seed }, undos, drops })
}

/// Does it begin as a text does?
pub(super) fn is_text(written: &str) -> bool {
    words(written).next().is_some_and(|(_, word)| word.starts_with(VERSION_KEY))
}

/// Reads a drop. Of one that is wrong it says at which byte, what should be there, and what is.
fn drop_at(word: &str) -> Result<DropAt, (usize, &'static str, &str)> {
    let rest = |from: usize| word.get(from..).unwrap_or_default();
    let wrong = |from: usize, expected: &'static str| (from, expected, first(rest(from)));
    // No byte at all is as wrong as a zero byte.
    let sign = |place: usize| word.as_bytes().get(place).copied().unwrap_or_default();

    let slot = usize::from(sign(0).wrapping_sub(b'1'));
    let slot = Slot::new(slot).ok_or_else(|| wrong(0, "a slot from 1 to 3"))?;
    if sign(1) != b'@' {
        return Err(wrong(1, "@"));
    }
    let column = i32::from(sign(2)) - i32::from(b'a');
    if Cell::new(0, column).is_none() {
        return Err(wrong(2, "a column from a to j"));
    }
    let row = number(rest(3)).and_then(|row| i32::try_from(row).ok());
    let at = row.and_then(|row| Cell::new(row - 1, column)).ok_or_else(|| (3usize, "a row from 1 to 10", rest(3)))?;
    Ok(DropAt { slot, at })
}

/// A number in decimal digits, without a sign and without a zero before it.
fn number(digits: &str) -> Option<u64> {
    let other_form = digits.starts_with('+') || digits.len() > 1 && digits.starts_with('0');
    if other_form { None } else { digits.parse().ok() }
}

/// The words of a text that are not in comments, each with the byte where it begins.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    pieces(text, 0, &['\n'])
        .filter(|(_, line)| !line.starts_with('#'))
        .flat_map(|(from, line)| pieces(line, from, &[' ', '\t', '\r']))
        .filter(|(_, word)| !word.is_empty())
}

/// What is between these separators of one byte each, with the byte where it begins if the text begins at `from`.
fn pieces<'a>(text: &'a str, from: usize, separators: &'static [char]) -> impl Iterator<Item = (usize, &'a str)> {
    text.split(separators).scan(from, |next, piece| {
        let begin = *next;
        *next += piece.len() + 1;
        Some((begin, piece))
    })
}

/// Where a byte of a text is.
fn place(text: &str, at: usize) -> Place {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|&letter| letter != '\n').count() + 1;
    Place::Text { line, column }
}

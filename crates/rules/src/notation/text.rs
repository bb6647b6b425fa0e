//! Reads and writes a recording as a text: six words of header, then one word for each drop.

use super::error::{NotationError, Place, first, quoted};
use super::limits::{AT_MOST, MAX_DROPS, THIS_VERSION, VERSION};
use crate::bitboard::Cell;
use crate::characters::is_blank;
use crate::deal::{Deal, GameKind};
use crate::drop_at::DropAt;
use crate::hand::Slot;
use crate::recording::Recording;

/// The key of the first word, which identifies a text.
const VERSION_KEY: &str = "blockers=";

/// The line ends of today, of Windows and of old Macintosh programs. That of Windows makes an empty line, too, which
/// has no words.
const LINE_ENDS: [char; 2] = ['\n', '\r'];

const BYTE_ORDER_MARK: char = '\u{feff}';

/// The name of the rules. There is only this one.
const RULES: &str = "blocktser";

/// The number of drops that are written on each line.
const DROPS_PER_LINE: usize = 12;

/// Writes a recording as a text.
#[must_use]
pub fn to_text(recording: &Recording) -> String {
    let Deal { kind, seed } = recording.deal;
    let (dealer, undos) = (kind.dealer_name(), recording.undos);
    let mut text =
        format!("{VERSION_KEY}{VERSION} rules={RULES} dealer={dealer} game={kind} seed={seed} undos={undos}");
    for (number, drop) in recording.drops.iter().take(MAX_DROPS).enumerate() {
        text.push(if number.is_multiple_of(DROPS_PER_LINE) { '\n' } else { ' ' });
        text.push_str(&drop.to_string());
    }
    text.push('\n');
    text
}

/// Reads a text.
///
/// # Errors
/// Returns the first place where the text is wrong.
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

/// Returns `true` if the input starts like a text.
pub(super) fn is_text(input: &str) -> bool {
    words(input).next().is_some_and(|(_, word)| word.starts_with(VERSION_KEY))
}

/// Reads a drop. The error contains the byte that is wrong, what should be there, and what is there.
fn drop_at(word: &str) -> Result<DropAt, (usize, &'static str, &str)> {
    let rest = |from: usize| word.get(from..).unwrap_or_default();
    let wrong = |from: usize, expected: &'static str| (from, expected, first(rest(from)));
    // A zero byte stands for a missing one; both are invalid.
    let byte = |index: usize| word.as_bytes().get(index).copied().unwrap_or_default();

    let slot = usize::from(byte(0).wrapping_sub(b'1'));
    let slot = Slot::new(slot).ok_or_else(|| wrong(0, "a slot from 1 to 3"))?;
    if byte(1) != b'@' {
        return Err(wrong(1, "@"));
    }
    let column = i32::from(byte(2)) - i32::from(b'a');
    if Cell::new(0, column).is_none() {
        return Err(wrong(2, "a column from a to j"));
    }
    let row = number(rest(3)).and_then(|row| i32::try_from(row).ok());
    let at = row.and_then(|row| Cell::new(row - 1, column)).ok_or_else(|| (3usize, "a row from 1 to 10", rest(3)))?;
    Ok(DropAt { slot, at })
}

/// Reads a decimal number without sign and without leading zeros.
fn number(digits: &str) -> Option<u64> {
    let signed_or_padded = digits.starts_with('+') || digits.len() > 1 && digits.starts_with('0');
    if signed_or_padded { None } else { digits.parse().ok() }
}

/// Returns the words of a text outside comments, each with the index of its first byte.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    // Files that were joined can have a byte order mark at the beginning of any line.
    let is_comment = |line: &str| line.trim_start_matches(BYTE_ORDER_MARK).starts_with('#');
    text.split(LINE_ENDS)
        .filter(move |line| !is_comment(line))
        .flat_map(|line| line.split(is_blank))
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr().addr() - text.as_ptr().addr(), word))
}

/// Returns the line and the column of a byte of the text.
fn place(text: &str, at: usize) -> Place {
    let before = text.get(..at).unwrap_or(text).replace("\r\n", "\n");
    let mut lines = before.split(LINE_ENDS).rev();
    // An editor does not show the mark.
    let column = lines.next().unwrap_or_default().chars().filter(|&letter| letter != BYTE_ORDER_MARK).count() + 1;
    Place::Text { line: lines.count() + 1, column }
}

//! Reads, writes and checks conformance traces: games of the original, with the visible state after each drop.
//!
//! The feature `serde` enables this module. The page does not need it.

use std::error::Error;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::error::Category;

use super::bitboard::{Cell, SIZE};
use super::board::Board;
use super::dealer::Dealer;
use super::game::{Game, Refusal, Turn};
use super::hand::{Hand, SLOTS, Slot};
use super::placement::Anchor;
use super::shape::{Colour, Piece, Shape};

/// A game: its first hand and its drops.
///
/// ```
/// use blockers_rules::trace::Trace;
///
/// let colours = r#"["red", "blue", "green"]"#;
/// let text = format!(r#"{{ "name": "three dots", "hand": [3, 3, 3], "colours": {colours}, "steps": [] }}"#);
/// let trace = Trace::parse(&text).unwrap();
/// assert_eq!(trace.name, "three dots");
/// assert_eq!(trace.verify(), Ok(()));
/// ```
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trace {
    /// The name of the game in reports.
    pub name: String,
    /// The shape numbers of the first hand.
    pub hand: [u8; SLOTS],
    /// The colours of the first hand.
    pub colours: [Colour; SLOTS],
    /// The drops, in order.
    pub steps: Vec<Step>,
}

/// A drop, accepted or not, and everything that can be seen after it.
///
/// ```
/// use blockers_rules::trace;
/// use blockers_rules::{Dealer, Game};
///
/// let mut game = Game::new(Dealer::classic(7));
/// let step = trace::step(&mut game, 0, 0, 10);
/// assert!(!step.ok, "column 10 is off the board");
/// assert_eq!((step.score, step.sounds), (0, vec!["place-fail".to_owned()]));
/// ```
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The slot that the piece was dragged from.
    pub slot: usize,
    /// The row at which the shape's top-left cell was dropped. It may be off the board.
    pub row: i32,
    /// The column, likewise.
    pub col: i32,
    /// `true` if the drop was accepted.
    pub ok: bool,
    /// The points for this drop.
    pub gained: u64,
    /// The points so far.
    pub score: u64,
    /// The rows from the top, joined by `/`. `.` is an empty cell; a letter is the first letter of a colour.
    pub board: String,
    /// The shape number in each slot, `null` for an empty one.
    pub hand: [Option<u8>; SLOTS],
    /// The colour in each slot, `null` for an empty one.
    pub colours: [Option<Colour>; SLOTS],
    /// For each slot, `true` if its shape still fits somewhere, `null` for an empty one.
    pub enabled: [Option<bool>; SLOTS],
    /// The sounds that were played, in order.
    pub sounds: Vec<String>,
    /// `true` if the game ended with this drop.
    pub over: bool,
}

/// The error for a text that is not a trace.
///
/// ```
/// use std::error::Error;
///
/// use blockers_rules::trace::{Trace, TraceError};
///
/// let error = Trace::parse("{}").unwrap_err();
/// assert!(matches!(error, TraceError::NotATrace(_)));
/// assert_eq!(error.to_string(), "JSON, but not a trace");
/// assert!(error.source().unwrap().to_string().starts_with("missing field `name`"));
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum TraceError {
    /// The text is not JSON. The [source](Error::source) contains the place.
    NotJson(serde_json::Error),
    /// The text is JSON, but it does not have the form of a trace. The [source](Error::source) contains the place.
    NotATrace(serde_json::Error),
    /// A hand contains the number of a shape that does not exist.
    UnknownShape(u8),
}

impl fmt::Display for TraceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson(_) => f.write_str("not JSON"),
            Self::NotATrace(_) => f.write_str("JSON, but not a trace"),
            Self::UnknownShape(number) => {
                write!(f, "unknown shape {number}; shapes are numbered 0 to {}", Shape::ALL.len() - 1)
            }
        }
    }
}

impl Error for TraceError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NotJson(error) | Self::NotATrace(error) => Some(error),
            Self::UnknownShape(_) => None,
        }
    }
}

/// The first difference between a trace and the rules.
///
/// ```
/// use blockers_rules::trace::{self, Trace};
///
/// let text = r#"{ "name": "dots", "hand": [3, 3, 3], "colours": ["red", "red", "red"], "steps": [] }"#;
/// let mut trace = Trace::parse(text).unwrap();
/// let mut step = trace::step(&mut trace.game().unwrap(), 0, 4, 4);
/// step.gained = 10;
/// trace.steps.push(step);
/// assert_eq!(trace.verify().unwrap_err().to_string(), "step 0, gained: expected 10, found 0");
/// ```
#[derive(Clone, PartialEq, Debug)]
pub struct Mismatch {
    /// The number of the step, counted from 0.
    pub step: usize,
    /// The name of the field.
    pub field: &'static str,
    /// The value in the trace.
    pub expected: String,
    /// The value according to the rules.
    pub found: String,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "step {}, {}: expected {}, found {}", self.step, self.field, self.expected, self.found)
    }
}

impl Error for Mismatch {}

impl Trace {
    /// Reads a trace.
    ///
    /// # Errors
    /// Returns a [`TraceError`] if the text is not a trace.
    pub fn parse(text: &str) -> Result<Self, TraceError> {
        let trace: Self = serde_json::from_str(text).map_err(|error| match error.classify() {
            Category::Data => TraceError::NotATrace(error),
            Category::Io | Category::Syntax | Category::Eof => TraceError::NotJson(error),
        })?;
        let in_steps = trace.steps.iter().flat_map(|step| step.hand.iter().flatten());
        match trace.hand.iter().chain(in_steps).find(|&&number| Shape::new(number).is_none()) {
            Some(&number) => Err(TraceError::UnknownShape(number)),
            None => Ok(trace),
        }
    }

    /// Returns the game before its first drop, with a dealer that deals the hands of the trace.
    ///
    /// # Errors
    /// Returns [`TraceError::UnknownShape`] if the first hand has a shape that does not exist.
    pub fn game(&self) -> Result<Game, TraceError> {
        let first = self.first_hand()?;
        let mut previous = self.hand.map(Some);
        let mut dealt = Vec::new();
        for step in &self.steps {
            let emptied = step.ok && previous.iter().flatten().count() == 1;
            if emptied && let Some(hand) = hand(step.hand, step.colours) {
                dealt.push(hand);
            }
            previous = step.hand;
        }
        Ok(Game::new(Dealer::scripted(first, dealt)))
    }

    fn first_hand(&self) -> Result<Hand, TraceError> {
        let piece = |slot: usize| {
            let number = self.hand[slot];
            let shape = Shape::new(number).ok_or(TraceError::UnknownShape(number))?;
            Ok(Piece { shape, colour: self.colours[slot] })
        };
        Ok([piece(0)?, piece(1)?, piece(2)?])
    }

    /// Plays the drops and compares every field after each of them.
    ///
    /// # Errors
    /// Returns the first [`Mismatch`].
    pub fn verify(&self) -> Result<(), Mismatch> {
        let mut game = self.game().map_err(|error| Mismatch {
            step: 0,
            field: "hand",
            expected: "a hand".to_owned(),
            found: error.to_string(),
        })?;
        for (number, expected) in self.steps.iter().enumerate() {
            let found = step(&mut game, expected.slot, expected.row, expected.col);
            if let Some(mismatch) = difference(number, expected, &found) {
                return Err(mismatch);
            }
        }
        Ok(())
    }
}

/// Makes a drop and returns everything that can be seen after it. A drop from a slot that does not exist is refused.
pub fn step(game: &mut Game, slot: usize, row: i32, col: i32) -> Step {
    let at = Anchor { row, column: col };
    let outcome = Slot::new(slot).ok_or(Refusal::EmptySlot).and_then(|slot| game.play(slot, at));
    let (hand, colours) = staged(game);
    Step {
        slot,
        row,
        col,
        ok: outcome.is_ok(),
        gained: outcome.map_or(0, |turn| turn.points),
        score: game.score(),
        board: picture(game.board()),
        hand,
        colours,
        enabled: Slot::ALL.map(|slot| game.staged(slot).map(|_| game.fits()[slot.index()])),
        sounds: sounds(&outcome).into_iter().map(str::to_owned).collect(),
        over: outcome.is_ok_and(|turn| turn.over),
    }
}

/// Returns the shape number and the colour in each slot.
#[must_use]
pub fn staged(game: &Game) -> ([Option<u8>; SLOTS], [Option<Colour>; SLOTS]) {
    let pieces = Slot::ALL.map(|slot| game.staged(slot));
    (pieces.map(|piece| piece.map(|piece| piece.shape.number())), pieces.map(|piece| piece.map(|piece| piece.colour)))
}

/// Returns a picture of the board in one line; see [`Step::board`].
#[must_use]
pub fn picture(board: &Board) -> String {
    let mut text = String::new();
    for cell in Cell::all() {
        if cell.column() == 0 && cell.row() > 0 {
            text.push('/');
        }
        text.push(letter(board.colour(cell)));
    }
    debug_assert_eq!(text.len(), usize::from(SIZE) * usize::from(SIZE + 1) - 1);
    text
}

/// Returns the letter of a cell in the picture of a board.
#[must_use]
pub fn letter(colour: Option<Colour>) -> char {
    match colour {
        None => '.',
        Some(Colour::Red) => 'r',
        Some(Colour::Blue) => 'b',
        Some(Colour::Green) => 'g',
        Some(Colour::Orange) => 'o',
        Some(Colour::Purple) => 'p',
        Some(Colour::Yellow) => 'y',
    }
}

/// Returns the sounds that the original game plays after a drop.
fn sounds(outcome: &Result<Turn, Refusal>) -> Vec<&'static str> {
    match outcome {
        Err(_) => vec!["place-fail"],
        Ok(turn) => {
            let all = [("place", true), ("clear", turn.points > 0), ("game-over", turn.over)];
            all.into_iter().filter(|(_, played)| *played).map(|(name, _)| name).collect()
        }
    }
}

/// Returns the pieces with these shapes and colours, if every slot holds one.
fn hand(shapes: [Option<u8>; SLOTS], colours: [Option<Colour>; SLOTS]) -> Option<Hand> {
    let piece = |n: usize| Some(Piece { shape: Shape::new(shapes[n]?)?, colour: colours[n]? });
    Some([piece(0)?, piece(1)?, piece(2)?])
}

/// Returns the first field that differs.
fn difference(step: usize, expected: &Step, found: &Step) -> Option<Mismatch> {
    macro_rules! first_of {
        ($($field:ident),*) => {$(
            if expected.$field != found.$field {
                let (expected, found) = (format!("{:?}", expected.$field), format!("{:?}", found.$field));
                return Some(Mismatch { step, field: stringify!($field), expected, found });
            }
        )*};
    }
    first_of!(ok, gained, score, board, hand, colours, enabled, sounds, over);
    None
}

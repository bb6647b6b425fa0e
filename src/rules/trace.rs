//! A game written down drop by drop, in the form of the conformance traces of the original.
//!
//! Comes in: the text of such a file. Goes out: the steps of a game in that form, and the first difference between what a
//! file says and what the rules do. Native only: the page has no use for it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Anchor, Board, Cell, Colour, Dealer, Game, Hand, Piece, Refusal, SIZE, SLOTS, Shape, Slot, Turn};

/// A game: its first hand and its drops.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trace {
    /// What the game is called in reports.
    pub name: String,
    /// Shape numbers of the first hand.
    pub hand: [u8; SLOTS],
    /// Colours of the first hand.
    pub colours: [Colour; SLOTS],
    /// The drops in the order in which they were made.
    pub steps: Vec<Step>,
}

/// One drop, and everything that can be seen after it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The slot that was dragged from.
    pub slot: usize,
    /// The row that the shape's top-left cell was let go over; it may lie off the board.
    pub row: i32,
    /// The column, likewise.
    pub col: i32,
    /// Was the drop accepted?
    pub ok: bool,
    /// Points of this drop.
    pub gained: u64,
    /// Points so far.
    pub score: u64,
    /// Rows from the top joined by `/`; `.` is empty, else the colour's first letter.
    pub board: String,
    /// Shape numbers in the slots, `null` for an empty one.
    pub hand: [Option<u8>; SLOTS],
    /// Colours in the slots, `null` for an empty one.
    pub colours: [Option<Colour>; SLOTS],
    /// Per slot: can the shape in it still be placed? `null` for an empty one.
    pub enabled: [Option<bool>; SLOTS],
    /// The groups of sounds that were played, in order.
    pub sounds: Vec<String>,
    /// Did the game end with this drop?
    pub over: bool,
}

/// The first place where a trace and the rules disagree.
#[derive(Clone, PartialEq, Debug)]
pub struct Mismatch {
    /// Number of the step, from 0.
    pub step: usize,
    /// Name of the field.
    pub field: &'static str,
    /// What the trace says.
    pub expected: String,
    /// What the rules say.
    pub found: String,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "step {}, {}: expected {}, found {}", self.step, self.field, self.expected, self.found)
    }
}

impl Trace {
    /// Reads a trace.
    ///
    /// # Errors
    /// A sentence that says what is wrong and where: not JSON, not of the form, or a shape number that does not exist.
    pub fn parse(text: &str) -> Result<Self, String> {
        let trace: Self = serde_json::from_str(text).map_err(|error| match error.classify() {
            serde_json::error::Category::Data => format!("it is JSON, but not a trace: {error}"),
            _ => format!("it is not JSON: {error}"),
        })?;
        let in_steps = trace.steps.iter().flat_map(|step| step.hand.iter().flatten());
        if let Some(number) = trace.hand.iter().chain(in_steps).find(|&&number| Shape::new(number).is_none()) {
            return Err(format!("it names shape {number}, but shapes are numbered 0 to {}", Shape::ALL.len() - 1));
        }
        Ok(trace)
    }

    /// The game at its beginning, with a dealer that deals what the trace says was dealt.
    ///
    /// # Errors
    /// A sentence, if a hand is not one.
    pub fn game(&self) -> Result<Game, String> {
        let first = hand(self.hand.map(Some), self.colours.map(Some)).ok_or("its first hand is not a hand")?;
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

    /// Plays the drops by the rules and compares every field after each.
    ///
    /// # Errors
    /// The first [`Mismatch`].
    pub fn verify(&self) -> Result<(), Mismatch> {
        let mut game =
            self.game().map_err(|found| Mismatch { step: 0, field: "hand", expected: "three pieces".into(), found })?;
        for (number, expected) in self.steps.iter().enumerate() {
            let found = step(&mut game, expected.slot, expected.row, expected.col);
            if let Some(mismatch) = difference(number, expected, &found) {
                return Err(mismatch);
            }
        }
        Ok(())
    }
}

/// Makes one drop and writes down what can be seen after it. A slot that does not exist refuses.
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

/// Shape numbers and colours of what is in the slots.
#[must_use]
pub fn staged(game: &Game) -> ([Option<u8>; SLOTS], [Option<Colour>; SLOTS]) {
    let pieces = Slot::ALL.map(|slot| game.staged(slot));
    (pieces.map(|piece| piece.map(|piece| piece.shape.number())), pieces.map(|piece| piece.map(|piece| piece.colour)))
}

/// The board in one line.
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

/// A cell in a picture of the board.
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

fn sounds(outcome: &Result<Turn, Refusal>) -> Vec<&'static str> {
    match outcome {
        Err(_) => vec!["place-fail"],
        Ok(turn) => {
            let all = [("place", true), ("clear", turn.points > 0), ("game-over", turn.over)];
            all.into_iter().filter(|(_, played)| *played).map(|(name, _)| name).collect()
        }
    }
}

fn hand(shapes: [Option<u8>; SLOTS], colours: [Option<Colour>; SLOTS]) -> Option<Hand> {
    let piece = |n: usize| Some(Piece { shape: Shape::new(shapes[n]?)?, colour: colours[n]? });
    Some([piece(0)?, piece(1)?, piece(2)?])
}

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

//! The thirteen shapes and the six colours, and a piece, which is one of each.
//!
//! Goes out: masks, sizes, and the numbers and letters that traces use. Names that people read are in `words`.

use super::bitboard::{Bitboard, Cell};

/// The pictures of the shapes, `X` a cell; the index is the shape's number. Every shape has its top-left cell.
const PICTURES: [&[&str]; 13] = [
    &["XX", ".X", ".X"],
    &["X..", "XXX"],
    &["XXX", "XXX", "XXX"],
    &["X"],
    &["X", "X", "X"],
    &["XXX"],
    &["X..", "X..", "XXX"],
    &["XXX", "..X", "..X"],
    &["XX", "XX"],
    &["X", "X", "X", "X", "X"],
    &["XXXXX"],
    &["XX.", ".XX"],
    &["X.", "XX", ".X"],
];

/// One of the thirteen shapes. Shapes do not rotate.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Shape(u8);

impl Shape {
    /// Every shape, by number.
    pub const ALL: [Self; PICTURES.len()] = {
        let mut all = [Self(0); PICTURES.len()];
        let mut number = 0;
        while number < all.len() {
            all[number] = Self(number as u8);
            number += 1;
        }
        all
    };

    /// The smallest shape, a single cell.
    pub const DOT: Self = Self(3);

    /// The shape with this number, `None` past the last.
    #[must_use]
    pub fn new(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }

    /// The shape's number, 0 to 12.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }

    /// The shape's cells when its top-left cell lies on the board's.
    #[must_use]
    pub const fn mask(self) -> Bitboard {
        MASKS[self.0 as usize]
    }

    /// Height in cells.
    #[must_use]
    pub const fn rows(self) -> u8 {
        PICTURES[self.0 as usize].len() as u8
    }

    /// Width in cells.
    #[must_use]
    pub const fn columns(self) -> u8 {
        PICTURES[self.0 as usize][0].len() as u8
    }
}

/// The pictures as bitboards, made at compile time.
const MASKS: [Bitboard; PICTURES.len()] = {
    let mut masks = [Bitboard::EMPTY; PICTURES.len()];
    let mut shape = 0;
    while shape < PICTURES.len() {
        let mut row = 0;
        while row < PICTURES[shape].len() {
            let line = PICTURES[shape][row].as_bytes();
            let mut column = 0;
            while column < line.len() {
                if line[column] == b'X'
                    && let Some(cell) = Cell::new(row as i32, column as i32)
                {
                    masks[shape].add(cell);
                }
                column += 1;
            }
            row += 1;
        }
        shape += 1;
    }
    masks
};

/// One of the six colours of a piece. A colour means nothing to the rules.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(not(target_arch = "wasm32"), derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
#[expect(missing_docs, reason = "a colour's name says it")]
pub enum Colour {
    Red,
    Blue,
    Green,
    Orange,
    Purple,
    Yellow,
}

impl Colour {
    /// Every colour, in the order in which they are dealt from.
    pub const ALL: [Self; 6] = [Self::Red, Self::Blue, Self::Green, Self::Orange, Self::Purple, Self::Yellow];

    /// Place in [`Self::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// A shape in a colour: what lies in a slot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the types say it")]
pub struct Piece {
    pub shape: Shape,
    pub colour: Colour,
}

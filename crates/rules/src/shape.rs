//! The thirteen shapes, the six colours, and pieces, which have one of each.

use super::bitboard::{Bitboard, Cell};

/// The pictures of the shapes, by number. `X` is a cell. Every shape has its top-left cell.
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

/// The English names of the shapes, by number.
const NAMES: [&str; PICTURES.len()] = [
    "hook",
    "J",
    "big square",
    "dot",
    "upright three",
    "flat three",
    "L",
    "turned L",
    "square",
    "upright five",
    "flat five",
    "Z",
    "upright Z",
];

/// One of the thirteen shapes. Shapes do not rotate.
///
/// ```
/// use blockers_rules::Shape;
///
/// let shape = Shape::new(7).unwrap();
/// assert_eq!((shape.number(), shape.name()), (7, "turned L"));
/// assert_eq!((shape.rows(), shape.columns(), shape.mask().count()), (3, 3, 5));
/// assert_eq!(Shape::new(13), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Shape(u8);

impl Shape {
    /// Every shape, ordered by number.
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

    /// Returns the shape with this number, or `None` if there is no such shape.
    #[must_use]
    pub fn new(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }

    /// Returns the shape's number, 0 to 12. Traces use it.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }

    /// Returns the shape's English name, for terminals and logs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        NAMES[self.0 as usize]
    }

    /// Returns the shape's cells when its top-left cell is on the top-left cell of the board.
    #[must_use]
    pub const fn mask(self) -> Bitboard {
        MASKS[self.0 as usize]
    }

    /// Returns the height in cells.
    #[must_use]
    pub const fn rows(self) -> u8 {
        PICTURES[self.0 as usize].len() as u8
    }

    /// Returns the width in cells.
    #[must_use]
    pub const fn columns(self) -> u8 {
        PICTURES[self.0 as usize][0].len() as u8
    }
}

/// The pictures as bitboards, computed at compile time.
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

/// One of the six colours of a piece. Colours have no effect on the rules.
///
/// ```
/// use blockers_rules::Colour;
///
/// assert_eq!(Colour::ALL[4], Colour::Purple);
/// assert_eq!((Colour::Purple.index(), Colour::Purple.name()), (4, "purple"));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
pub enum Colour {
    /// Red.
    Red,
    /// Blue.
    Blue,
    /// Green.
    Green,
    /// Orange.
    Orange,
    /// Purple.
    Purple,
    /// Yellow.
    Yellow,
}

impl Colour {
    /// Every colour. The dealers draw positions in this list.
    pub const ALL: [Self; 6] = [Self::Red, Self::Blue, Self::Green, Self::Orange, Self::Purple, Self::Yellow];

    /// Returns the position in [`Self::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// Returns the colour's English name, for terminals and logs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Blue => "blue",
            Self::Green => "green",
            Self::Orange => "orange",
            Self::Purple => "purple",
            Self::Yellow => "yellow",
        }
    }
}

/// A shape with a colour. A slot holds one piece or none.
///
/// ```
/// use blockers_rules::{Colour, Piece, Shape};
///
/// let piece = Piece { shape: Shape::DOT, colour: Colour::Red };
/// assert_eq!(format!("{} {}", piece.colour.name(), piece.shape.name()), "red dot");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Piece {
    /// The shape.
    pub shape: Shape,
    /// The colour.
    pub colour: Colour,
}

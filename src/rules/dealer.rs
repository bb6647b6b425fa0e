//! Where hands come from: a seeded generator, or a list of hands that somebody else dealt.
//!
//! Goes out: hands. The seeded dealer is the same on every machine and in every build, because the generator is a named
//! one (PCG32), its seeding is part of `rand_core`'s specification, and only 32-bit ranges are drawn.

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg32;

use super::bitboard::Bitboard;
use super::kindness;
use super::shape::{Colour, Piece, Shape};

/// Slots of the staging area, and pieces of a hand.
pub const SLOTS: usize = 3;

/// Three pieces, dealt together.
pub type Hand = [Piece; SLOTS];

/// Deals one hand after another, without end.
#[derive(Clone, Debug)]
pub enum Dealer {
    /// Shape and colour uniformly at random, independently, as in the original.
    Classic(Pcg32),
    /// As the classic one, but what could not be placed in any order is not dealt.
    Kind(Pcg32),
    /// The hands of this list, in its order; the last one again when it has run out.
    Scripted {
        /// The hand that comes next.
        next: Hand,
        /// Those after it.
        rest: std::vec::IntoIter<Hand>,
    },
}

impl Dealer {
    /// The original's dealer; every seed is a game of its own.
    #[must_use]
    pub fn classic(seed: u64) -> Self {
        Self::Classic(Pcg32::seed_from_u64(seed))
    }

    /// The dealer whose hands can be placed; every seed is a game of its own.
    #[must_use]
    pub fn kind(seed: u64) -> Self {
        Self::Kind(Pcg32::seed_from_u64(seed))
    }

    /// A dealer of known hands: a trace's, or a test's.
    #[must_use]
    pub fn scripted(first: Hand, rest: Vec<Hand>) -> Self {
        Self::Scripted { next: first, rest: rest.into_iter() }
    }

    /// The next hand, for a board with these cells taken.
    pub fn deal(&mut self, occupied: Bitboard) -> Hand {
        match self {
            Self::Classic(generator) => draw_hand(generator),
            Self::Kind(generator) => draw_kindly(generator, occupied),
            Self::Scripted { next, rest } => {
                let hand = *next;
                *next = rest.next().unwrap_or(hand);
                hand
            }
        }
    }
}

/// How many hands the kind dealer looks at before it makes one fit.
const LOOKS: u32 = 100;

/// The first hand that can be placed. On a very full board that may take too many looks: then the last one's shapes become dots,
/// one after the other. Three dots can always be placed, because a board without complete lines has ten empty cells at least,
/// and a dot that completes a line empties more.
fn draw_kindly(generator: &mut Pcg32, occupied: Bitboard) -> Hand {
    let mut hand = draw_hand(generator);
    for _ in 1..LOOKS {
        if kindness::way(occupied, hand).is_some() {
            return hand;
        }
        hand = draw_hand(generator);
    }
    for slot in 0..SLOTS {
        if kindness::way(occupied, hand).is_some() {
            break;
        }
        hand[slot].shape = Shape::DOT;
    }
    hand
}

fn draw_hand(generator: &mut Pcg32) -> Hand {
    std::array::from_fn(|_| draw(generator))
}

fn draw(generator: &mut Pcg32) -> Piece {
    let shape = generator.random_range(0..Shape::ALL.len() as u32);
    let colour = generator.random_range(0..Colour::ALL.len() as u32);
    Piece { shape: Shape::ALL[shape as usize], colour: Colour::ALL[colour as usize] }
}

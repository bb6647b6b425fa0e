//! Where hands come from: a seeded generator, or a list of hands that somebody else dealt.
//!
//! Goes out: hands. The seeded dealer is the same on every machine and in every build, because the generator is a named
//! one (PCG32), its seeding is part of `rand_core`'s specification, and only 32-bit ranges are drawn.

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg32;

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

    /// A dealer of known hands: a trace's, or a test's.
    #[must_use]
    pub fn scripted(first: Hand, rest: Vec<Hand>) -> Self {
        Self::Scripted { next: first, rest: rest.into_iter() }
    }

    /// The next hand.
    pub fn deal(&mut self) -> Hand {
        match self {
            Self::Classic(generator) => std::array::from_fn(|_| draw(generator)),
            Self::Scripted { next, rest } => {
                let hand = *next;
                *next = rest.next().unwrap_or(hand);
                hand
            }
        }
    }
}

fn draw(generator: &mut Pcg32) -> Piece {
    let shape = generator.random_range(0..Shape::ALL.len() as u32);
    let colour = generator.random_range(0..Colour::ALL.len() as u32);
    Piece { shape: Shape::ALL[shape as usize], colour: Colour::ALL[colour as usize] }
}

//! Deals hands, from a seeded generator or from a list.
//!
//! A seeded dealer deals the same hands on every machine and in every build, because the generator is a specified one
//! (PCG32), its seeding is part of `rand_core`'s specification, and only 32-bit ranges are drawn.

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg32;

use super::bitboard::Bitboard;
use super::hand::{Hand, SLOTS};
use super::shape::{Colour, Piece, Shape};
use super::solver;

/// An endless source of hands.
///
/// ```
/// use blockers_rules::{Bitboard, Colour, Dealer, Piece, Shape, solver};
///
/// let mut dealer = Dealer::relaxed(7);
/// let hand = dealer.deal(Bitboard::EMPTY);
/// assert!(solver::find_placement(Bitboard::EMPTY, hand).is_some());
///
/// let dots = [Piece { shape: Shape::DOT, colour: Colour::Red }; 3];
/// let mut scripted = Dealer::scripted(dots, vec![hand]);
/// assert_eq!([(); 3].map(|()| scripted.deal(Bitboard::EMPTY)), [dots, hand, hand]);
/// ```
#[derive(Clone, Debug)]
pub enum Dealer {
    /// Draws shape and colour uniformly at random and independently, as the original game does.
    Classic(Pcg32),
    /// Draws as the classic dealer does, but rejects hands that cannot be placed in any order.
    Relaxed(Pcg32),
    /// Deals the hands of a list in order, and repeats the last one at the end of the list.
    Scripted {
        /// The next hand.
        next: Hand,
        /// The hands after it.
        rest: std::vec::IntoIter<Hand>,
    },
}

impl Dealer {
    /// Creates a dealer that deals as the original game does. Each seed gives a different game.
    #[must_use]
    pub fn classic(seed: u64) -> Self {
        Self::Classic(Pcg32::seed_from_u64(seed))
    }

    /// Creates a dealer whose hands can always be placed. Each seed gives a different game.
    #[must_use]
    pub fn relaxed(seed: u64) -> Self {
        Self::Relaxed(Pcg32::seed_from_u64(seed))
    }

    /// Creates a dealer that deals these hands, for traces and tests.
    #[must_use]
    pub fn scripted(first: Hand, rest: Vec<Hand>) -> Self {
        Self::Scripted { next: first, rest: rest.into_iter() }
    }

    /// Returns the next hand, for a board with these cells occupied.
    pub fn deal(&mut self, occupied: Bitboard) -> Hand {
        match self {
            Self::Classic(generator) => draw_hand(generator),
            Self::Relaxed(generator) => draw_relaxed(generator, occupied),
            Self::Scripted { next, rest } => {
                let hand = *next;
                *next = rest.next().unwrap_or(hand);
                hand
            }
        }
    }
}

/// The number of hands that the relaxed dealer draws before it replaces shapes by dots.
const MAX_DRAWS: u32 = 100;

/// Draws hands until one can be placed, [`MAX_DRAWS`] at most. If none can, the shapes of the last one are replaced by
/// dots, one after the other, until the hand can be placed. Three dots can always be placed: a board without complete
/// lines has at least ten empty cells, and a dot that completes a line empties more.
fn draw_relaxed(generator: &mut Pcg32, occupied: Bitboard) -> Hand {
    let mut hand = draw_hand(generator);
    for _ in 1..MAX_DRAWS {
        if solver::find_placement(occupied, hand).is_some() {
            return hand;
        }
        hand = draw_hand(generator);
    }
    for slot in 0..SLOTS {
        if solver::find_placement(occupied, hand).is_some() {
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

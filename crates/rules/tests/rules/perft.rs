//! Counts sequences of legal drops, and compares the counts with a file and with the naive implementation. A difference
//! in dealing, placing, clearing or refusing changes the counts.

use blockers_rules::perft::divide;
use blockers_rules::{Anchor, Bitboard, Cell, Deal, Dealer, Game, GameKind, SLOTS, Shape, Slot, perft};
use proptest::prelude::*;

use crate::naive::{self, Grid};

/// Each line contains kind, seed, drops and sequences. A `#` starts a comment.
const COUNTS: &str = include_str!("perft.txt");

fn known_counts() -> impl Iterator<Item = (Deal, u32, u64)> {
    let lines = COUNTS.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    lines.filter(|line| !line.is_empty()).map(|line| {
        let words: Vec<_> = line.split_whitespace().collect();
        let [kind, seed, depth, count] = <[&str; 4]>::try_from(words).unwrap();
        let deal = Deal::new(kind.parse().unwrap(), seed.parse().unwrap());
        (deal, depth.parse().unwrap(), count.parse().unwrap())
    })
}

/// A game with the naive rules. Only its dealer is the one of the crate.
#[derive(Clone)]
struct NaiveGame {
    grid: Grid,
    staged: [Option<Shape>; SLOTS],
    dealer: Dealer,
}

impl NaiveGame {
    fn new(deal: Deal) -> Self {
        let mut game = Self { grid: Grid::default(), staged: [None; SLOTS], dealer: deal.dealer() };
        game.deal();
        game
    }

    fn deal(&mut self) {
        let filled = |cell: &Cell| self.grid[usize::from(cell.row())][usize::from(cell.column())];
        let occupied: Bitboard = Cell::all().filter(filled).collect();
        self.staged = self.dealer.deal(occupied).map(|piece| Some(piece.shape));
    }

    /// Returns every legal drop, found by trying all cells.
    fn legal_drops(&self) -> Vec<(usize, Anchor)> {
        let staged = self.staged.into_iter().enumerate().filter_map(|(slot, shape)| Some((slot, shape?)));
        let tries = staged.flat_map(|(slot, shape)| Cell::all().map(move |cell| (slot, shape, Anchor::from(cell))));
        tries.filter(|&(_, shape, at)| naive::fits(&self.grid, shape, at)).map(|(slot, _, at)| (slot, at)).collect()
    }

    fn play(&mut self, slot: usize, at: Anchor) {
        let shape = self.staged[slot].take().unwrap();
        naive::place(&mut self.grid, shape, at);
        naive::clear(&mut self.grid);
        if self.staged == [None; SLOTS] {
            self.deal();
        }
    }

    fn perft(&self, depth: u32) -> u64 {
        let drops = self.legal_drops();
        if depth == 1 {
            return drops.len() as u64;
        }
        let after = |(slot, at)| {
            let mut after = self.clone();
            after.play(slot, at);
            after.perft(depth - 1)
        };
        drops.into_iter().map(after).sum()
    }
}

/// Plays this many legal drops, or fewer if the game is over before, by both implementations.
fn after_drops(deal: Deal, drops: usize) -> (Game, NaiveGame) {
    let (mut game, mut naive) = (deal.game(), NaiveGame::new(deal));
    for number in 0..drops {
        let legal = naive.legal_drops();
        let Some(&(slot, at)) = legal.get(number * 31 % legal.len().max(1)) else { break };
        game.play(Slot::ALL[slot], at).unwrap();
        naive.play(slot, at);
    }
    (game, naive)
}

#[test]
fn perft_matches_the_known_counts() {
    let counted = known_counts().map(|(deal, depth, expected)| (deal, depth, expected, perft(&deal.game(), depth)));
    let wrong: Vec<_> = counted
        .filter(|(_, _, expected, found)| expected != found)
        .map(|(deal, depth, expected, found)| {
            format!("{} {} {depth}: expected {expected}, found {found}", deal.kind, deal.seed)
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(known_counts().count() > 20, "too few known counts");
}

/// On an empty board, a shape has `(11 - rows)(11 - columns)` places.
#[test]
fn the_first_drops_of_a_game_are_the_places_of_its_hand_on_an_empty_board() {
    for deal in GameKind::ALL.into_iter().flat_map(|kind| (0..50).map(move |seed| Deal::new(kind, seed))) {
        let game = deal.game();
        let shapes = Slot::ALL.into_iter().filter_map(|slot| game.staged(slot)).map(|piece| piece.shape);
        let places = shapes.map(|shape| (11 - u64::from(shape.rows())) * (11 - u64::from(shape.columns())));
        assert_eq!(perft(&game, 1), places.sum::<u64>(), "{} {}", deal.kind, deal.seed);
    }
}

#[test]
fn perft_from_the_middle_of_a_game_matches_the_naive_implementation() {
    // After 11 and after 20 drops one piece is left, so the next drop deals a hand.
    for (drops, depths) in [(0, 1..=2), (11, 1..=2), (20, 1..=3)] {
        for deal in [GameKind::Classic, GameKind::Relaxed]
            .into_iter()
            .flat_map(|kind| (0..3).map(move |seed| Deal { kind, seed }))
        {
            let (game, naive) = after_drops(deal, drops);
            for depth in depths.clone() {
                let counts = (perft(&game, depth), naive.perft(depth));
                assert_eq!(counts.0, counts.1, "{} {}, depth {depth} after {drops} drops", deal.kind, deal.seed);
            }
        }
    }
}

proptest! {
    #[test]
    fn legal_drops_match_the_naive_implementation(
        kind in prop::sample::select(GameKind::ALL.to_vec()), seed: u64, drops in 0usize..80,
    ) {
        let (game, naive) = after_drops(Deal::new(kind, seed), drops);
        let legal: Vec<_> = game.legal_drops().map(|drop| (drop.slot.index(), Anchor::from(drop.at))).collect();
        prop_assert_eq!(&legal, &naive.legal_drops());
        prop_assert_eq!(game.legal_drop_count() as usize, legal.len());
        prop_assert_eq!(game.is_over(), legal.is_empty());
    }
}

#[test]
fn divide_lists_each_first_drop_and_adds_up_to_perft() {
    for (deal, drops) in [(Deal::new(GameKind::Classic, 7), 0), (Deal::new(GameKind::Relaxed, 1), 20)] {
        let (game, _) = after_drops(deal, drops);
        for depth in 1..=2 {
            let divided: Vec<_> = divide(&game, depth).collect();
            assert!(divided.iter().map(|(drop, _)| *drop).eq(game.legal_drops()), "{deal:?}, depth {depth}");
            assert_eq!(
                divided.iter().map(|(_, count)| count).sum::<u64>(),
                perft(&game, depth),
                "{deal:?}, depth {depth}"
            );
            for (drop, count) in divided {
                let mut after = game.clone();
                after.play(drop.slot, drop.at.into()).unwrap();
                assert_eq!(count, perft(&after, depth - 1), "{deal:?}, depth {depth}, {drop}");
            }
        }
    }
}

#[test]
fn there_is_one_sequence_of_no_drops_and_it_has_no_first_drop() {
    let game = Deal::default().game();
    assert_eq!(perft(&game, 0), 1);
    assert_eq!(divide(&game, 0).count(), 0);
}

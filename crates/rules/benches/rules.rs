//! Measures the speed of the rules: `cargo bench -p blockers-rules`.

use std::cell::Cell as Counter;

use blockers_rules::{Bitboard, CELLS, Cell, Dealer, Game, Hand, Shape, clearing, placement, solver};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg32;

fn main() {
    divan::main();
}

/// The number of hands after which [`relaxed_hand`] starts a new game.
const HANDS_PER_GAME: u32 = 100;

/// Placements per second, all anchors of a shape at once.
#[divan::bench]
fn placements_at_once(bencher: Bencher<'_, '_>) {
    let boards = boards();
    bencher.counter(ItemsCount::new(boards.len() * Shape::ALL.len() * CELLS)).bench(|| {
        for &board in &boards {
            for shape in Shape::ALL {
                black_box(placement::anchors(black_box(board), shape));
            }
        }
    });
}

/// Placements per second, each anchor by itself.
#[divan::bench]
fn placements_one_by_one(bencher: Bencher<'_, '_>) {
    let boards = boards();
    bencher.counter(ItemsCount::new(boards.len() * Shape::ALL.len() * CELLS)).bench(|| {
        for &board in &boards {
            for shape in Shape::ALL {
                for cell in Cell::all() {
                    let cells = placement::cells(shape, black_box(cell.into()));
                    black_box(cells.is_some_and(|cells| !board.intersects(cells)));
                }
            }
        }
    });
}

/// Whole games per second, played by a random player.
#[divan::bench(sample_size = 200)]
fn random_games(bencher: Bencher<'_, '_>) {
    let seed = Counter::new(0);
    bencher.counter(ItemsCount::new(1u32)).with_inputs(|| seed.replace(seed.get() + 1)).bench_local_values(random_game);
}

/// Hands of the relaxed dealer per second, on boards at the end of random games.
#[divan::bench]
fn relaxed_hands(bencher: Bencher<'_, '_>) {
    let boards = boards();
    bencher.counter(ItemsCount::new(boards.len())).bench(|| {
        for (seed, &board) in (0..).zip(&boards) {
            black_box(Dealer::relaxed(seed).deal(black_box(board)));
        }
    });
}

/// The time for each of a million hands of the relaxed dealer, in games in which every hand is placed. The slowest hand
/// matters most, because a game stops while it is dealt.
#[divan::bench(sample_count = 1_000_000, sample_size = 1)]
fn relaxed_hand(bencher: Bencher<'_, '_>) {
    let mut seed = 0;
    let mut hands = 0;
    let mut dealer = Dealer::relaxed(seed);
    let mut occupied = Bitboard::EMPTY;
    let next_hand = || {
        if hands == HANDS_PER_GAME {
            (seed, hands, occupied) = (seed + 1, 0, Bitboard::EMPTY);
            dealer = Dealer::relaxed(seed);
        }
        let input = (dealer.clone(), occupied);
        occupied = after_placing(occupied, dealer.deal(occupied));
        hands += 1;
        input
    };
    bencher.with_inputs(next_hand).bench_local_values(|(mut dealer, occupied)| dealer.deal(occupied));
}

/// Returns the boards at the end of random games.
fn boards() -> Vec<Bitboard> {
    (0..200).map(|seed| random_game(seed).board().occupied()).collect()
}

/// Plays random legal drops until the game is over.
fn random_game(seed: u64) -> Game {
    let mut game = Game::new(Dealer::classic(seed));
    let mut generator = Pcg32::seed_from_u64(!seed);
    loop {
        let count = game.legal_drop_count();
        if count == 0 {
            return game;
        }
        let chosen = game.legal_drops().nth(generator.random_range(0..count) as usize);
        if let Some(drop) = chosen
            && let Err(refusal) = game.play(drop.slot, drop.at.into())
        {
            unreachable!("the legal drop {drop} was refused: {refusal}");
        }
    }
}

/// Returns the occupied cells after placing the hand with the solver.
fn after_placing(occupied: Bitboard, hand: Hand) -> Bitboard {
    let Some(placements) = solver::find_placement(occupied, hand) else {
        unreachable!("the relaxed dealer dealt a hand that cannot be placed")
    };
    placements.into_iter().fold(occupied, |occupied, (piece, at)| {
        let filled = occupied | placement::cells(hand[piece].shape, at.into()).unwrap_or_default();
        filled - clearing::complete(filled).cells()
    })
}

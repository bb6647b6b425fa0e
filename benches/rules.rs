//! How fast the rules are: `cargo bench`. It prints how many placements are tried in a second, and how many whole games a
//! random player plays, and how long the kind dealer takes. The machine may be busy, so each figure is the median of several samples, with the extremes.

use std::hint::black_box;
use std::time::Instant;

use blockers::rules::{Anchor, Bitboard, Cell, Dealer, Game, Shape, Slot, clearing, kindness, placement};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg32;

const SAMPLES: usize = 15;

fn main() {
    println!("{:<58} {:>14} {:>14} {:>14}", "per second", "minimum", "median", "maximum");
    let boards = boards();
    report("placements tried, all anchors of a shape at once", || {
        let mut tried = 0;
        for &board in &boards {
            for shape in Shape::ALL {
                black_box(placement::anchors(black_box(board), shape));
                tried += 100;
            }
        }
        tried
    });
    report("placements tried, one by one (`cells` and a test)", || {
        let mut tried = 0;
        for &board in &boards {
            for shape in Shape::ALL {
                for cell in Cell::all() {
                    let cells = placement::cells(shape, black_box(cell.into()));
                    black_box(cells.is_some_and(|cells| !board.intersects(cells)));
                    tried += 1;
                }
            }
        }
        tried
    });
    let mut seed = 0;
    let mut drops = 0;
    report("games played to their end by the random player", || {
        for _ in 0..200 {
            drops += u64::from(black_box(random_game(seed)).drops());
            seed += 1;
        }
        200
    });
    report("kind hands dealt, on boards of games under way", || {
        for (seed, board) in boards.iter().enumerate() {
            black_box(Dealer::kind(seed as u64).deal(black_box(*board)));
        }
        boards.len() as u64
    });
    let slowest = slowest_hand();
    println!("\nThe slowest of a million kind hands took {:.2} ms.", slowest * 1e3);
    println!("A random game has {:.1} drops on average, over {seed} games.", drops as f64 / seed as f64);
}

/// Boards as they come up in games.
fn boards() -> Vec<Bitboard> {
    (0..200).map(|seed| random_game(seed).board().occupied()).collect()
}

/// How long the slowest of a million hands takes the kind dealer, in seconds, on boards of games whose hands are all placed.
fn slowest_hand() -> f64 {
    let (mut slowest, mut hands, mut seed) = (0.0_f64, 0_u32, 0);
    while hands < 1_000_000 {
        let mut dealer = Dealer::kind(seed);
        let mut occupied = Bitboard::EMPTY;
        for _ in 0..100 {
            let start = Instant::now();
            let hand = dealer.deal(occupied);
            slowest = slowest.max(start.elapsed().as_secs_f64());
            hands += 1;
            let Some(way) = kindness::way(occupied, hand) else { unreachable!("a kind hand can be placed") };
            for (piece, at) in way {
                let placed = placement::cells(hand[piece].shape, at.into()).unwrap_or_default();
                occupied |= placed;
                occupied = occupied - clearing::complete(occupied).cells();
            }
        }
        seed += 1;
    }
    slowest
}

/// Drops any piece that fits at any place where it fits, until the game is over.
fn random_game(seed: u64) -> Game {
    let mut game = Game::new(Dealer::classic(seed));
    let mut dice = Pcg32::seed_from_u64(!seed);
    loop {
        let choices = Slot::ALL.map(|slot| game.anchors(slot));
        let count: u32 = choices.iter().map(|anchors| anchors.count()).sum();
        if count == 0 {
            return game;
        }
        let chosen = dice.random_range(0..count) as usize;
        let all = Slot::ALL
            .into_iter()
            .zip(choices)
            .flat_map(|(slot, anchors)| anchors.cells().map(move |cell| (slot, cell)));
        if let Some((slot, cell)) = all.into_iter().nth(chosen)
            && let Err(refusal) = game.play(slot, Anchor::from(cell))
        {
            unreachable!("the rules said that it fits: {refusal}");
        }
    }
}

/// Runs a piece of work again and again, and prints how many of its units are done in a second.
fn report(name: &str, mut work: impl FnMut() -> u64) {
    work();
    let mut rates: Vec<f64> = (0..SAMPLES)
        .map(|_| {
            let (start, mut units) = (Instant::now(), 0);
            while start.elapsed().as_millis() < 100 {
                units += work();
            }
            units as f64 / start.elapsed().as_secs_f64()
        })
        .collect();
    rates.sort_by(f64::total_cmp);
    println!("{name:<58} {:>14.0} {:>14.0} {:>14.0}", rates[0], rates[SAMPLES / 2], rates[SAMPLES - 1]);
}

//! Tests the solver and the relaxed dealer with loops over a grid of cells. Bitboards are used only to call the crate.

use std::sync::LazyLock;

use blockers_rules::solver::{self, Placement};
use blockers_rules::{Bitboard, Cell, Colour, Dealer, Hand, Piece, Shape};
use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg32;

use crate::naive::{self, Grid};
use crate::{any_shape, some_cells};

/// The cells of each shape, as rows and columns counted from its top-left cell.
static OFFSETS: LazyLock<Vec<Vec<(usize, usize)>>> = LazyLock::new(|| {
    let unsigned = |(row, column): (i32, i32)| (row as usize, column as usize);
    Shape::ALL.into_iter().map(|shape| naive::offsets(shape).into_iter().map(unsigned).collect()).collect()
});

fn hand(shapes: [Shape; 3]) -> Hand {
    shapes.map(|shape| Piece { shape, colour: Colour::Green })
}

fn cells(grid: &Grid) -> Bitboard {
    Cell::all().filter(|cell| grid[usize::from(cell.row())][usize::from(cell.column())]).collect()
}

/// Places a shape and clears complete lines. Returns `false` and changes nothing if the shape cannot be placed there.
fn place(grid: &mut Grid, shape: Shape, at: Cell) -> bool {
    let (top, left) = (usize::from(at.row()), usize::from(at.column()));
    let cells = OFFSETS[usize::from(shape.number())].iter().map(|(row, column)| (top + row, left + column));
    let fits = cells.clone().all(|(row, column)| row < 10 && column < 10 && !grid[row][column]);
    if fits {
        cells.for_each(|(row, column)| grid[row][column] = true);
        clear(grid);
    }
    fits
}

fn clear(grid: &mut Grid) {
    let rows: [bool; 10] = std::array::from_fn(|row| grid[row].iter().all(|&filled| filled));
    let columns: [bool; 10] = std::array::from_fn(|column| grid.iter().all(|row| row[column]));
    for (row, line) in grid.iter_mut().enumerate() {
        for (column, filled) in line.iter_mut().enumerate() {
            *filled &= !(rows[row] || columns[column]);
        }
    }
}

/// Places a hand. Returns the grid after it, or `None` if the placements are wrong: a piece is used twice, or does not
/// fit.
fn placed(mut grid: Grid, hand: Hand, placements: [Placement; 3]) -> Option<Grid> {
    let mut left = hand.map(|piece| Some(piece.shape));
    for (piece, at) in placements {
        let shape = left.get_mut(piece)?.take()?;
        if !place(&mut grid, shape, at) {
            return None;
        }
    }
    Some(grid)
}

/// Returns `true` if these shapes can be placed in any order. Tries all orders and all cells.
fn can_be_placed(grid: &Grid, shapes: &[Shape]) -> bool {
    shapes.is_empty()
        || (0..shapes.len()).any(|index| {
            let mut rest = shapes.to_vec();
            let shape = rest.remove(index);
            Cell::all().any(|at| {
                let mut grid = *grid;
                place(&mut grid, shape, at) && can_be_placed(&grid, &rest)
            })
        })
}

fn board(occupied: fn(u8, u8) -> bool) -> Bitboard {
    Cell::all().filter(|cell| occupied(cell.row(), cell.column())).collect()
}

/// Returns a board with ninety occupied cells and no complete line.
fn all_but_the_diagonal() -> Bitboard {
    board(|row, column| row != column)
}

/// Returns a board with fifty occupied cells, on which only dots fit. No dot completes a line.
fn chequered() -> Bitboard {
    board(|row, column| (row + column).is_multiple_of(2))
}

fn every_hand() -> impl Iterator<Item = Hand> {
    let all = Shape::ALL;
    all.into_iter().flat_map(move |a| all.into_iter().flat_map(move |b| all.into_iter().map(move |c| hand([a, b, c]))))
}

#[test]
fn the_placement_that_is_found_for_any_hand_is_valid() {
    let boards = [
        ("empty", Bitboard::EMPTY),
        ("all but the diagonal", all_but_the_diagonal()),
        ("chequered", chequered()),
        (
            "with a hole of nine",
            board(|row, column| row != column && !((0..3).contains(&row) && (6..9).contains(&column))),
        ),
        ("with a row with one empty cell", board(|row, column| row == 9 && column != 4 || row == 2 && column < 7)),
        ("full", Bitboard::FULL),
    ];
    let found = boards.map(|(name, occupied)| {
        let mut found = 0;
        for hand in every_hand() {
            if let Some(placements) = solver::find_placement(occupied, hand) {
                let after = placed(naive::grid(occupied), hand, placements);
                assert!(after.is_some(), "{name}: {placements:?} is invalid for {hand:?}");
                found += 1;
            }
        }
        (name, found)
    });
    assert_eq!(found[0], ("empty", 13 * 13 * 13));
    assert_eq!(found[2], ("chequered", 1), "three dots");
    assert_eq!(found[5], ("full", 0));
    // A dot on the diagonal completes a row and a column. After clearing them, most shapes fit.
    assert!(found[1].1 > 0 && found[3].1 > 0 && found[4].1 > 1_000, "{found:?}");
}

/// Some hands can be placed only in some orders, because clearing a line makes room.
#[test]
fn a_placement_can_depend_on_cleared_lines() {
    // In the top row, the first five cells are empty. Below it only dots fit. A flat five clears the top row.
    let occupied = board(|row, column| if row == 0 { column > 4 } else { (row + column).is_multiple_of(2) });
    let table = [
        ([10, 3, 3], true),
        ([10, 10, 3], true),
        ([3, 10, 10], true),
        ([10, 10, 10], true),
        ([5, 10, 5], true),
        ([5, 5, 3], false),
        ([10, 9, 3], false),
        ([10, 2, 3], false),
    ];
    for (numbers, possible) in table {
        let shapes = numbers.map(|number| Shape::new(number).unwrap());
        let found = solver::find_placement(occupied, hand(shapes)).is_some();
        assert_eq!(found, can_be_placed(&naive::grid(occupied), &shapes), "{numbers:?}");
        assert_eq!(found, possible, "{numbers:?}");
    }
}

/// The solver skips orders that only swap equal shapes. These hands would be found in another order if it skipped
/// others.
#[test]
fn a_hand_is_placed_in_the_first_order_that_works() {
    // In the top row, the last cell is empty. After a dot has cleared the row, a big square fits.
    let occupied = board(|row, column| match row {
        0 => column != 9,
        1 | 2 => column > 2,
        _ => row != column,
    });
    let table = [
        (Bitboard::EMPTY, [3, 3, 3], [0, 1, 2]),
        (Bitboard::EMPTY, [5, 3, 5], [0, 1, 2]),
        (occupied, [3, 2, 3], [0, 1, 2]),
        (occupied, [2, 3, 3], [1, 0, 2]),
    ];
    for (occupied, numbers, order) in table {
        let shapes = numbers.map(|number| Shape::new(number).unwrap());
        let placements = solver::find_placement(occupied, hand(shapes)).unwrap();
        assert_eq!(placements.map(|(piece, _)| piece), order, "{numbers:?}");
    }
}

prop_compose! {
    /// Returns a crowded board, like those near the end of a game.
    fn crowded()(some in some_cells(), others in some_cells()) -> Bitboard {
        some | others
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_placement_is_found_exactly_if_an_exhaustive_search_finds_one(
        occupied in prop_oneof![1 => some_cells(), 3 => crowded()], shapes in prop::array::uniform3(any_shape()),
    ) {
        let grid = naive::grid(occupied);
        let found = solver::find_placement(occupied, hand(shapes));
        prop_assert_eq!(found.is_some(), can_be_placed(&grid, &shapes));
        if let Some(placements) = found {
            prop_assert!(placed(grid, hand(shapes), placements).is_some(), "{:?}", placements);
        }
    }
}

#[test]
fn the_relaxed_dealer_deals_a_hand_that_can_be_placed_even_on_a_very_full_board() {
    for (name, occupied, seeds) in [("diagonal", all_but_the_diagonal(), 300), ("chequered", chequered(), 30)] {
        for seed in 0..seeds {
            let hand = Dealer::relaxed(seed).deal(occupied);
            let placements = solver::find_placement(occupied, hand);
            let after = placements.and_then(|placements| placed(naive::grid(occupied), hand, placements));
            assert!(after.is_some(), "{name}, seed {seed}: {hand:?}");
        }
    }
    // One hand in two thousand has three dots, so these shapes were replaced by dots.
    let dots = Dealer::relaxed(1).deal(chequered()).map(|piece| piece.shape);
    assert_eq!(dots, [Shape::DOT; 3]);
}

const HANDS: u64 = 1_000_000;
const THREADS: u64 = 2;

#[test]
fn a_million_hands_of_the_relaxed_dealer_can_be_placed() {
    let games: u64 = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..THREADS).map(|thread| scope.spawn(move || check_hands(thread << 32, HANDS / THREADS))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert!(games > 1_000, "only {games} games");
}

/// Deals this many hands in consecutive games and checks the placement of each. About every fourth hand is placed at
/// random instead, so that boards occur that the solver would not produce; if that fails, the next game starts. Returns
/// the number of games.
fn check_hands(seed: u64, hands: u64) -> u64 {
    let mut generator = Pcg32::seed_from_u64(seed);
    let (mut games, mut dealer, mut grid) = (1, Dealer::relaxed(seed), Grid::default());
    for number in 0..hands {
        let occupied = cells(&grid);
        let hand = dealer.deal(occupied);
        let after = solver::find_placement(occupied, hand).and_then(|placements| placed(grid, hand, placements));
        assert!(after.is_some(), "seed {seed}, hand {number}: {hand:?} on\n{occupied:?}");
        let after = if generator.random_ratio(1, 4) { placed_at_random(&mut generator, grid, hand) } else { after };
        if let Some(after) = after {
            grid = after;
        } else {
            (dealer, grid) = (Dealer::relaxed(seed + games), Grid::default());
            games += 1;
        }
    }
    games
}

/// Places each piece at the first cell that fits, starting at a random one. Returns the grid after the last piece, or
/// `None` if a piece does not fit.
fn placed_at_random(generator: &mut Pcg32, mut grid: Grid, hand: Hand) -> Option<Grid> {
    for piece in hand {
        let from = generator.random_range(0..100i32);
        let mut cells = (from..from + 100).filter_map(|index| Cell::new(index / 10 % 10, index % 10));
        if !cells.any(|at| place(&mut grid, piece.shape, at)) {
            return None;
        }
    }
    Some(grid)
}

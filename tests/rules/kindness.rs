//! Hands that can be placed, and the dealer of such hands, against plain loops over a table of cells. The sets of cells that the
//! rules work with are used for nothing here but asking.

use std::sync::LazyLock;

use blockers::rules::kindness::{self, Placed};
use blockers::rules::{Bitboard, Cell, Colour, Dealer, Hand, Piece, Shape};
use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg32;

use crate::naive::{self, Table};
use crate::{any_shape, some_cells};

/// The cells of each shape from its top-left one: rows and columns.
static OFFSETS: LazyLock<Vec<Vec<(usize, usize)>>> = LazyLock::new(|| {
    let plain = |(row, column): (i32, i32)| (row as usize, column as usize);
    Shape::ALL.into_iter().map(|shape| naive::offsets(shape).into_iter().map(plain).collect()).collect()
});

fn hand(shapes: [Shape; 3]) -> Hand {
    shapes.map(|shape| Piece { shape, colour: Colour::Green })
}

fn cells(table: &Table) -> Bitboard {
    Cell::all().filter(|cell| table[usize::from(cell.row())][usize::from(cell.column())]).collect()
}

/// Lays a shape down and clears the lines that are complete then. Where it cannot lie nothing is changed.
fn lay(table: &mut Table, shape: Shape, at: Cell) -> bool {
    let (top, left) = (usize::from(at.row()), usize::from(at.column()));
    let taken = OFFSETS[usize::from(shape.number())].iter().map(|(row, column)| (top + row, left + column));
    let fits = taken.clone().all(|(row, column)| row < 10 && column < 10 && !table[row][column]);
    if fits {
        taken.for_each(|(row, column)| table[row][column] = true);
        clear(table);
    }
    fits
}

fn clear(table: &mut Table) {
    let rows: [bool; 10] = std::array::from_fn(|row| table[row].iter().all(|&filled| filled));
    let columns: [bool; 10] = std::array::from_fn(|column| table.iter().all(|row| row[column]));
    for (row, line) in table.iter_mut().enumerate() {
        for (column, filled) in line.iter_mut().enumerate() {
            *filled &= !(rows[row] || columns[column]);
        }
    }
}

/// Plays a way. Returns the table after it, or nothing if it is none: a piece is placed twice, or where it cannot lie.
fn played(mut table: Table, hand: Hand, way: [Placed; 3]) -> Option<Table> {
    let mut left = hand.map(|piece| Some(piece.shape));
    for (piece, at) in way {
        let shape = left.get_mut(piece)?.take()?;
        if !lay(&mut table, shape, at) {
            return None;
        }
    }
    Some(table)
}

/// Can these shapes be placed, in any order, anywhere? Tries everything.
fn can_be_placed(table: &Table, shapes: &[Shape]) -> bool {
    shapes.is_empty()
        || (0..shapes.len()).any(|place| {
            let mut rest = shapes.to_vec();
            let shape = rest.remove(place);
            Cell::all().any(|at| {
                let mut table = *table;
                lay(&mut table, shape, at) && can_be_placed(&table, &rest)
            })
        })
}

fn board(taken: fn(u8, u8) -> bool) -> Bitboard {
    Cell::all().filter(|cell| taken(cell.row(), cell.column())).collect()
}

/// Ninety cells taken, and no line complete.
fn all_but_the_diagonal() -> Bitboard {
    board(|row, column| row != column)
}

/// Fifty cells taken, and nothing but dots fits, because no dot completes a line.
fn chequered() -> Bitboard {
    board(|row, column| (row + column).is_multiple_of(2))
}

fn every_hand() -> impl Iterator<Item = Hand> {
    let all = Shape::ALL;
    all.into_iter().flat_map(move |a| all.into_iter().flat_map(move |b| all.into_iter().map(move |c| hand([a, b, c]))))
}

#[test]
fn the_way_for_every_hand_is_one() {
    let boards = [
        ("empty", Bitboard::EMPTY),
        ("all but the diagonal", all_but_the_diagonal()),
        ("chequered", chequered()),
        (
            "with a hole of nine",
            board(|row, column| row != column && !((0..3).contains(&row) && (6..9).contains(&column))),
        ),
        ("with a row that lacks one cell", board(|row, column| row == 9 && column != 4 || row == 2 && column < 7)),
        ("full", Bitboard::FULL),
    ];
    let found = boards.map(|(name, occupied)| {
        let mut found = 0;
        for hand in every_hand() {
            if let Some(way) = kindness::way(occupied, hand) {
                let after = played(naive::table(occupied), hand, way);
                assert!(after.is_some(), "{name}: {way:?} is no way for {hand:?}");
                found += 1;
            }
        }
        (name, found)
    });
    assert_eq!(found[0], ("empty", 13 * 13 * 13));
    assert_eq!(found[2], ("chequered", 1), "three dots");
    assert_eq!(found[5], ("full", 0));
    // A dot on the diagonal empties a row and a column, and then there is room for most things.
    assert!(found[1].1 > 0 && found[3].1 > 0 && found[4].1 > 1_000, "{found:?}");
}

/// Lines that are cleared on the way count, and so does the order.
#[test]
fn a_way_may_lead_through_cleared_lines() {
    // The top row lacks its first five cells, and below it nothing but dots fits. A line of five empties the top row.
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
        let shapes = numbers.map(|number| Shape::new(number).expect("there is such a shape"));
        let way = kindness::way(occupied, hand(shapes));
        assert_eq!(way.is_some(), can_be_placed(&naive::table(occupied), &shapes), "{numbers:?}");
        assert_eq!(way.is_some(), possible, "{numbers:?}");
    }
}

/// Only the pieces that are equal may keep their order, and they do.
#[test]
fn a_hand_is_placed_in_its_own_order_or_in_the_first_that_can_be() {
    // The top row lacks its last cell. When a dot has emptied it, there is room for a square below it.
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
        let shapes = numbers.map(|number| Shape::new(number).expect("there is such a shape"));
        let way = kindness::way(occupied, hand(shapes)).expect("there is a way");
        assert_eq!(way.map(|(piece, _)| piece), order, "{numbers:?}");
    }
}

prop_compose! {
    /// A board as crowded as they are when it gets difficult, and more so.
    fn crowded()(some in some_cells(), others in some_cells()) -> Bitboard {
        some | others
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn there_is_a_way_exactly_if_trying_everything_finds_one(
        occupied in prop_oneof![1 => some_cells(), 3 => crowded()], shapes in prop::array::uniform3(any_shape()),
    ) {
        let table = naive::table(occupied);
        let way = kindness::way(occupied, hand(shapes));
        prop_assert_eq!(way.is_some(), can_be_placed(&table, &shapes));
        if let Some(way) = way {
            prop_assert!(played(table, hand(shapes), way).is_some(), "{:?}", way);
        }
    }
}

#[test]
fn on_a_very_full_board_the_kind_dealer_still_deals_what_can_be_placed() {
    for (name, occupied, seeds) in [("diagonal", all_but_the_diagonal(), 300), ("chequered", chequered(), 30)] {
        for seed in 0..seeds {
            let hand = Dealer::kind(seed).deal(occupied);
            let way = kindness::way(occupied, hand);
            let after = way.and_then(|way| played(naive::table(occupied), hand, way));
            assert!(after.is_some(), "{name}, seed {seed}: {hand:?}");
        }
    }
    // Three dots are dealt to one in two thousand, so these have been made.
    let dots = Dealer::kind(1).deal(chequered()).map(|piece| piece.shape);
    assert_eq!(dots, [Shape::DOT; 3]);
}

const HANDS: u64 = 1_000_000;
const THREADS: u64 = 2;

#[test]
fn a_million_hands_of_the_kind_dealer_can_be_placed() {
    let games: u64 = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..THREADS).map(|thread| scope.spawn(move || deal_along(thread << 32, HANDS / THREADS))).collect();
        threads.into_iter().map(|thread| thread.join().expect("every hand could be placed")).sum()
    });
    assert!(games > 1_000, "the hands are from {games} games");
}

/// Deals so many hands along games, and plays a way for each. Every fourth hand or so lies at random instead, so that other boards
/// than the search's own come up; a game in which that fails is over. Returns how many games it took.
fn deal_along(seed: u64, hands: u64) -> u64 {
    let mut dice = Pcg32::seed_from_u64(seed);
    let (mut games, mut dealer, mut table) = (1, Dealer::kind(seed), Table::default());
    for number in 0..hands {
        let occupied = cells(&table);
        let hand = dealer.deal(occupied);
        let after = kindness::way(occupied, hand).and_then(|way| played(table, hand, way));
        assert!(after.is_some(), "seed {seed}, hand {number}: {hand:?} on\n{occupied:?}");
        let after = if dice.random_ratio(1, 4) { laid_at_random(&mut dice, table, hand) } else { after };
        if let Some(after) = after {
            table = after;
        } else {
            (dealer, table) = (Dealer::kind(seed + games), Table::default());
            games += 1;
        }
    }
    games
}

/// The table after the pieces have been laid down where chance would have them, if each found a place.
fn laid_at_random(dice: &mut Pcg32, mut table: Table, hand: Hand) -> Option<Table> {
    for piece in hand {
        let from = dice.random_range(0..100i32);
        let mut places = (from..from + 100).filter_map(|place| Cell::new(place / 10 % 10, place % 10));
        if !places.any(|at| lay(&mut table, piece.shape, at)) {
            return None;
        }
    }
    Some(table)
}

//! The rules against their naive twin, and the cases that their text names.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail that way")]

mod back_and_forth;
mod golden;
mod kindness;
mod naive;
mod notation;
mod perft;
mod timeline;
mod traces;

use blockers::rules::{
    Anchor, Bitboard, Cell, Colour, Dealer, Game, GameKind, Hand, Piece, Refusal, Shape, Slot, Turn, clearing,
    placement, scoring,
};
use proptest::prelude::*;

fn shape(number: u8) -> Shape {
    Shape::new(number).expect("the table names shapes that exist")
}

fn red(number: u8) -> Piece {
    Piece { shape: shape(number), colour: Colour::Red }
}

fn at(row: i32, column: i32) -> Anchor {
    Anchor { row, column }
}

/// A game that deals red pieces of these shapes, hand by hand.
fn game(hands: &[[u8; 3]]) -> Game {
    let mut hands = hands.iter().map(|hand| hand.map(red));
    let first = hands.next().expect("a game has a hand");
    Game::new(Dealer::scripted(first, hands.collect()))
}

fn play(game: &mut Game, slot: usize, row: i32, column: i32) -> Result<Turn, Refusal> {
    game.play(Slot::ALL[slot], at(row, column))
}

#[test]
fn the_shapes_are_those_of_the_pictures() {
    for shape in Shape::ALL {
        let cells: Vec<_> =
            shape.mask().cells().map(|cell| (i32::from(cell.row()), i32::from(cell.column()))).collect();
        assert_eq!(cells, naive::offsets(shape), "shape {}", shape.number());
        assert_eq!(cells[0], (0, 0), "every shape has its top-left cell");
        let picture: Vec<_> = naive::SHAPES[usize::from(shape.number())].split('/').collect();
        assert_eq!((usize::from(shape.rows()), usize::from(shape.columns())), (picture.len(), picture[0].len()));
    }
    assert_eq!(Shape::new(13), None);
}

#[test]
fn a_cell_off_the_board_cannot_be_written_down() {
    for (row, column) in [(-1, 0), (0, -1), (10, 0), (0, 10), (i32::MIN, i32::MAX), (i32::MAX, i32::MIN)] {
        assert_eq!(Cell::new(row, column), None, "({row}, {column})");
    }
    assert_eq!(Cell::all().count(), 100);
    assert_eq!(Cell::all().collect::<Bitboard>(), Bitboard::FULL);
    assert_eq!((Bitboard::row(10), Bitboard::column(10)), (Bitboard::EMPTY, Bitboard::EMPTY));
}

/// Perft, one drop deep: in how many ways each shape lies on an empty board, `(11 - rows)(11 - columns)`.
#[test]
fn an_empty_board_takes_each_shape_in_so_many_ways() {
    let ways = [72, 72, 64, 100, 80, 80, 64, 64, 81, 60, 60, 72, 72];
    for (shape, ways) in Shape::ALL.into_iter().zip(ways) {
        assert_eq!(placement::anchors(Bitboard::EMPTY, shape).count(), ways, "shape {}", shape.number());
        assert_eq!(placement::anchors(Bitboard::FULL, shape).count(), 0);
    }
}

#[test]
fn a_drop_gives_these_points_for_these_lines() {
    let table = [
        // rows, columns, points
        (0, 0, 0),
        (1, 0, 10),
        (0, 1, 10),
        (2, 0, 70),
        (0, 3, 130),
        (1, 1, 70),
        (2, 2, 240),
        (3, 3, 410),
        (5, 0, 250),
        (5, 1, 310),
        (10, 10, 1600),
    ];
    for (rows, columns, points) in table {
        let rows = (0..rows).map(Bitboard::row);
        let columns = (0..columns).map(Bitboard::column);
        let occupied = rows.chain(columns).fold(Bitboard::EMPTY, |all, line| all | line);
        let complete = clearing::complete(occupied);
        assert_eq!(scoring::points(complete), points, "{complete:?}");
    }
}

#[test]
fn a_cell_in_a_complete_row_and_a_complete_column_is_cleared_once() {
    let complete = clearing::complete(Bitboard::row(4) | Bitboard::column(7));
    assert_eq!(complete.lines(), 2);
    assert_eq!(complete.cells().count(), 19);
}

#[test]
fn a_refused_drop_changes_nothing() {
    let mut game = game(&[[3, 8, 10]]);
    play(&mut game, 0, 5, 5).expect("the board is empty");
    let before = (*game.board(), game.score(), game.drops(), Slot::ALL.map(|slot| game.staged(slot)));
    let table = [
        (0, 0, 0, Refusal::EmptySlot),
        (1, 4, 4, Refusal::Occupied),
        (1, 5, 5, Refusal::Occupied),
        (1, 9, 0, Refusal::OffBoard),
        (1, 0, 9, Refusal::OffBoard),
        (1, -1, 0, Refusal::OffBoard),
        (1, 0, -1, Refusal::OffBoard),
        (2, 0, 6, Refusal::OffBoard),
        (2, 11, 10, Refusal::OffBoard),
        (2, i32::MAX, i32::MAX, Refusal::OffBoard),
        (2, i32::MIN, i32::MIN, Refusal::OffBoard),
    ];
    for (slot, row, column, refusal) in table {
        assert_eq!(play(&mut game, slot, row, column), Err(refusal), "{slot} at ({row}, {column})");
    }
    assert_eq!(before, (*game.board(), game.score(), game.drops(), Slot::ALL.map(|slot| game.staged(slot))));
}

#[test]
fn a_new_hand_is_dealt_when_all_slots_are_empty_and_not_before() {
    let mut game = game(&[[3, 3, 3], [8, 9, 10]]);
    assert_eq!(play(&mut game, 1, 0, 0).map(|turn| turn.dealt), Ok(None));
    assert_eq!(play(&mut game, 0, 0, 1).map(|turn| turn.dealt), Ok(None));
    let dealt: Hand = [8, 9, 10].map(red);
    assert_eq!(play(&mut game, 2, 0, 2).map(|turn| turn.dealt), Ok(Some(dealt)));
    assert_eq!(Slot::ALL.map(|slot| game.staged(slot)), dealt.map(Some));
}

#[test]
fn a_turn_says_what_would_fit_on_the_board_after_clearing() {
    // The drop completes the row, which is cleared before anybody asks what fits.
    let mut game = game(&[[10, 10, 2]]);
    play(&mut game, 0, 0, 0).expect("the board is empty");
    let turn = play(&mut game, 1, 0, 5).expect("the right half is empty");
    assert_eq!((turn.points, turn.fits, turn.over), (10, [false, false, true], false));
    assert!(game.board().occupied().is_empty());
}

#[test]
fn a_game_is_over_when_nothing_fits_and_takes_no_drop_then() {
    let mut game = game(&[[2, 2, 2], [2, 2, 2], [2, 2, 2], [2, 2, 2]]);
    for n in 0..9 {
        let turn = play(&mut game, n % 3, (n / 3 * 3) as i32, (n % 3 * 3) as i32).expect("nine big squares fit");
        assert_eq!(turn.over, n == 8, "after {} big squares", n + 1);
    }
    assert!(game.is_over());
    for slot in Slot::ALL {
        assert!(game.anchors(slot).is_empty());
        for cell in Cell::all() {
            assert!(game.play(slot, cell.into()).is_err());
        }
    }
    assert_eq!((game.score(), game.drops(), game.lines()), (0, 9, 0));
}

/// Pinned: a seed must give the same game on every machine and in every version, or shared seeds mean nothing.
#[test]
fn the_classic_dealer_deals_these_hands_for_seed_seven() {
    let mut dealer = Dealer::classic(7);
    let hands: Vec<_> =
        (0..3).map(|_| dealer.deal(Bitboard::EMPTY).map(|piece| (piece.shape.number(), piece.colour))).collect();
    use Colour::{Blue, Purple, Red, Yellow};
    let expected = [
        [(7, Red), (8, Purple), (7, Blue)],
        [(2, Yellow), (1, Purple), (8, Blue)],
        [(12, Yellow), (8, Red), (3, Blue)],
    ];
    assert_eq!(hands, expected);
}

#[test]
fn the_classic_dealer_deals_every_shape_and_colour_about_equally_often() {
    let mut dealer = Dealer::classic(1);
    let (mut shapes, mut colours) = ([0; Shape::ALL.len()], [0; Colour::ALL.len()]);
    for _ in 0..26_000 {
        for piece in dealer.deal(Bitboard::EMPTY) {
            shapes[usize::from(piece.shape.number())] += 1;
            colours[piece.colour.index()] += 1;
        }
    }
    // Of 78 000 pieces: 6 000 of each shape, 13 000 of each colour; five standard deviations are 372 and 520.
    assert!(shapes.iter().all(|&count: &i32| (count - 6_000).abs() < 372), "{shapes:?}");
    assert!(colours.iter().all(|&count: &i32| (count - 13_000).abs() < 520), "{colours:?}");
}

prop_compose! {
    /// Some cells, from few to nearly all.
    fn some_cells()(share in 0.0..1.0f64, dice in prop::collection::vec(0.0..1.0f64, 100)) -> Bitboard {
        Cell::all().zip(dice).filter(|(_, number)| *number < share).map(|(cell, _)| cell).collect()
    }
}

fn any_shape() -> impl Strategy<Value = Shape> {
    prop::sample::select(Shape::ALL.to_vec())
}

proptest! {
    #[test]
    fn anchors_are_those_that_the_naive_twin_finds(occupied in some_cells(), shape in any_shape()) {
        prop_assert_eq!(placement::anchors(occupied, shape), naive::all_anchors(&naive::table(occupied), shape));
    }

    #[test]
    fn a_shape_has_cells_exactly_where_it_is_on_the_board(shape in any_shape(), row in -3..13, column in -3..13) {
        let cells = placement::cells(shape, at(row, column));
        prop_assert_eq!(cells.is_some(), naive::fits(&naive::Table::default(), shape, at(row, column)));
        if let Some(cells) = cells {
            let mut table = naive::Table::default();
            naive::place(&mut table, shape, at(row, column));
            prop_assert_eq!(naive::table(cells), table);
        }
    }

    #[test]
    fn complete_lines_are_those_that_the_naive_twin_finds(
        some in some_cells(), rows in prop::collection::vec(0u8..10, 0..4), columns in prop::collection::vec(0u8..10, 0..4),
    ) {
        let lines = rows.into_iter().map(Bitboard::row).chain(columns.into_iter().map(Bitboard::column));
        let occupied = lines.fold(some, |all, line| all | line);
        let complete = clearing::complete(occupied);
        let mut table = naive::table(occupied);
        prop_assert_eq!(complete.rows.numbers().collect::<Vec<_>>(), naive::complete_rows(&table));
        prop_assert_eq!(complete.columns.numbers().collect::<Vec<_>>(), naive::complete_columns(&table));
        prop_assert_eq!(scoring::points(complete), naive::clear(&mut table));
        prop_assert_eq!(naive::table(occupied - complete.cells()), table);
    }

    #[test]
    fn sets_of_cells_obey_the_laws_of_sets(one in some_cells(), other in some_cells()) {
        prop_assert_eq!(!!one, one);
        prop_assert_eq!(!(one | other), !one & !other);
        prop_assert_eq!(one - other, one & !other);
        prop_assert_eq!(one.intersects(other), !(one & other).is_empty());
        prop_assert_eq!(one.contains_all(other), (other - one).is_empty());
        prop_assert_eq!(one.count() + (!one).count(), 100);
        prop_assert_eq!(one.cells().collect::<Bitboard>(), one);
        prop_assert_eq!(one.cells().count(), one.count() as usize);
    }

    #[test]
    fn a_random_game_goes_as_the_naive_twin_says(seed: u64, choices in prop::collection::vec((0usize..3, -1i32..10, -1i32..10), 1..200)) {
        let mut game = Game::new(Dealer::classic(seed));
        let mut table = naive::Table::default();
        let (mut score, mut drops) = (0, 0);
        for (slot, row, column) in choices {
            let slot = Slot::ALL[slot];
            let piece = game.staged(slot);
            // Every other choice is bent to one that is possible, if there is one, so that games get somewhere.
            let possible = game.anchors(slot).cells().nth((row + column).unsigned_abs() as usize % 7);
            let to = possible.map_or(at(row, column), Anchor::from);
            let expected = piece.is_some_and(|piece| naive::fits(&table, piece.shape, to));
            let before = (*game.board(), game.would_complete(slot, to));
            let outcome = game.play(slot, to);
            prop_assert_eq!(outcome.is_ok(), expected);
            let (Ok(turn), Some(piece)) = (outcome, piece) else {
                prop_assert_eq!(*game.board(), before.0);
                continue;
            };
            naive::place(&mut table, piece.shape, to);
            let points = naive::clear(&mut table);
            score += points;
            drops += 1;
            prop_assert_eq!((turn.points, turn.score, turn.complete), (points, score, before.1));
            prop_assert_eq!(naive::table(game.board().occupied()), table);
            for slot in Slot::ALL {
                let fits = game.staged(slot).is_some_and(|piece| !naive::all_anchors(&table, piece.shape).is_empty());
                prop_assert_eq!(turn.fits[slot.index()], fits);
            }
            prop_assert_eq!(turn.over, turn.fits == [false; 3]);
            prop_assert_eq!((game.score(), game.drops(), game.is_over()), (score, drops, turn.over));
        }
    }
}

#[test]
fn cells_and_sets_of_them_show_what_they_are() {
    let cell = |row, column| Cell::new(row, column).expect("it is on the board");
    assert_eq!(Cell::all().map(Cell::index).collect::<Vec<_>>(), (0..100).collect::<Vec<_>>());
    assert_eq!(format!("{:?}", cell(3, 7)), "(3, 7)");
    let picture = format!("{:?}", Bitboard::row(0).with(cell(9, 0)));
    assert_eq!(picture, format!("XXXXXXXXXX\n{}X.........\n", "..........\n".repeat(8)));
}

#[test]
fn a_refusal_says_why() {
    let sentences = [Refusal::EmptySlot, Refusal::OffBoard, Refusal::Occupied].map(|refusal| refusal.to_string());
    assert_eq!(sentences, ["the slot is empty", "the shape would leave the board", "a cell there is taken"]);
}

#[test]
fn lines_are_counted_and_what_cannot_lie_completes_nothing() {
    let mut game = game(&[[10, 10, 3], [10, 10, 3], [3, 3, 3]]);
    for row in [0, 4] {
        play(&mut game, 0, row, 0).expect("it fits");
        let (whole, taken) = (at(row, 5), at(row, 4));
        assert_eq!(game.would_complete(Slot::ALL[1], whole).lines(), 1);
        assert_eq!(game.would_complete(Slot::ALL[1], taken).lines(), 0, "a cell there is taken");
        play(&mut game, 1, row, 5).expect("it fits");
        play(&mut game, 2, 9, row).expect("it fits");
    }
    assert_eq!((game.lines(), game.drops()), (2, 6));
    assert!(game.would_complete(Slot::ALL[0], at(9, 4)).lines() == 0, "the dot lies there already");
}

#[test]
fn what_would_fill_a_row_completes_nothing_where_it_cannot_lie() {
    let mut game = game(&[[10, 5, 5]]);
    play(&mut game, 0, 0, 0).expect("it fits");
    play(&mut game, 1, 0, 5).expect("it fits");
    assert_eq!(game.would_complete(Slot::ALL[2], at(0, 7)).lines(), 0, "of the three cells, one is taken");
}

#[test]
fn a_kind_of_game_is_its_name_and_what_is_none_is_told_which_there_are() {
    for kind in GameKind::ALL {
        assert_eq!(kind.to_string().parse(), Ok(kind));
    }
    let refused = "cruel".parse::<GameKind>().expect_err("there is no such kind");
    assert_eq!(refused.to_string(), "`cruel` is no kind of game: these are classic, kind, daily and seed");
}

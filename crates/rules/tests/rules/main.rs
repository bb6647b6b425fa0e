//! Tests the rules with named cases, and against a naive implementation of the same rules.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail that way")]

mod golden;
mod naive;
mod notation;
mod perft;
mod recording;
mod seeds;
mod solver;
mod timeline;
mod traces;
mod undo_redo;

use blockers_rules::{
    Anchor, Bitboard, Cell, Colour, Dealer, Game, GameKind, Hand, Piece, Refusal, Shape, Slot, Turn, clearing,
    placement, scoring, trace,
};
use proptest::prelude::*;

fn shape(number: u8) -> Shape {
    Shape::new(number).unwrap()
}

fn red(number: u8) -> Piece {
    Piece { shape: shape(number), colour: Colour::Red }
}

fn at(row: i32, column: i32) -> Anchor {
    Anchor { row, column }
}

/// Returns a game that deals red pieces of these shapes, hand by hand.
fn game(hands: &[[u8; 3]]) -> Game {
    let mut hands = hands.iter().map(|hand| hand.map(red));
    let first = hands.next().unwrap();
    Game::new(Dealer::scripted(first, hands.collect()))
}

fn play(game: &mut Game, slot: usize, row: i32, column: i32) -> Result<Turn, Refusal> {
    game.play(Slot::ALL[slot], at(row, column))
}

#[test]
fn the_shapes_have_the_cells_of_their_pictures() {
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
fn a_cell_off_the_board_cannot_be_created() {
    for (row, column) in [(-1, 0), (0, -1), (10, 0), (0, 10), (i32::MIN, i32::MAX), (i32::MAX, i32::MIN)] {
        assert_eq!(Cell::new(row, column), None, "({row}, {column})");
    }
    assert_eq!(Cell::all().count(), 100);
    assert_eq!(Cell::all().collect::<Bitboard>(), Bitboard::FULL);
    assert_eq!((Bitboard::row(10), Bitboard::column(10)), (Bitboard::EMPTY, Bitboard::EMPTY));
}

/// A shape has `(11 - rows)(11 - columns)` places on an empty board.
#[test]
fn each_shape_has_the_expected_number_of_places_on_an_empty_board() {
    let places = [72, 72, 64, 100, 80, 80, 64, 64, 81, 60, 60, 72, 72];
    for (shape, places) in Shape::ALL.into_iter().zip(places) {
        assert_eq!(placement::anchors(Bitboard::EMPTY, shape).count(), places, "shape {}", shape.number());
        assert_eq!(placement::anchors(Bitboard::FULL, shape).count(), 0);
    }
}

#[test]
fn completed_lines_score_the_expected_points() {
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
    play(&mut game, 0, 5, 5).unwrap();
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
fn a_new_hand_is_dealt_only_when_all_slots_are_empty() {
    let mut game = game(&[[3, 3, 3], [8, 9, 10]]);
    assert_eq!(play(&mut game, 1, 0, 0).map(|turn| turn.dealt), Ok(None));
    assert_eq!(play(&mut game, 0, 0, 1).map(|turn| turn.dealt), Ok(None));
    let dealt: Hand = [8, 9, 10].map(red);
    assert_eq!(play(&mut game, 2, 0, 2).map(|turn| turn.dealt), Ok(Some(dealt)));
    assert_eq!(Slot::ALL.map(|slot| game.staged(slot)), dealt.map(Some));
}

#[test]
fn a_turn_lists_the_pieces_that_fit_after_clearing() {
    // The drop completes the row. Only on the cleared board is there room for the big square.
    let mut game = game(&[[10, 10, 2]]);
    play(&mut game, 0, 0, 0).unwrap();
    let turn = play(&mut game, 1, 0, 5).unwrap();
    assert_eq!((turn.points, turn.fits, turn.over), (10, [false, false, true], false));
    assert!(game.board().occupied().is_empty());
}

#[test]
fn a_game_is_over_when_no_piece_fits_and_then_refuses_every_drop() {
    let mut game = game(&[[2, 2, 2], [2, 2, 2], [2, 2, 2], [2, 2, 2]]);
    for n in 0..9 {
        let turn = play(&mut game, n % 3, (n / 3 * 3) as i32, (n % 3 * 3) as i32).unwrap();
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

/// A seed must give the same game on every machine and in every version, because players share seeds.
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
    /// Returns a random set of cells, from few to nearly all.
    fn some_cells()(share in 0.0..1.0f64, dice in prop::collection::vec(0.0..1.0f64, 100)) -> Bitboard {
        Cell::all().zip(dice).filter(|(_, number)| *number < share).map(|(cell, _)| cell).collect()
    }
}

fn any_shape() -> impl Strategy<Value = Shape> {
    prop::sample::select(Shape::ALL.to_vec())
}

proptest! {
    #[test]
    fn anchors_match_the_naive_implementation(occupied in some_cells(), shape in any_shape()) {
        prop_assert_eq!(placement::anchors(occupied, shape), naive::all_anchors(&naive::grid(occupied), shape));
    }

    #[test]
    fn a_shape_has_cells_exactly_if_it_is_on_the_board(shape in any_shape(), row in -3..13, column in -3..13) {
        let cells = placement::cells(shape, at(row, column));
        prop_assert_eq!(cells.is_some(), naive::fits(&naive::Grid::default(), shape, at(row, column)));
        if let Some(cells) = cells {
            let mut grid = naive::Grid::default();
            naive::place(&mut grid, shape, at(row, column));
            prop_assert_eq!(naive::grid(cells), grid);
        }
    }

    #[test]
    fn complete_lines_match_the_naive_implementation(
        some in some_cells(), rows in prop::collection::vec(0u8..10, 0..4), columns in prop::collection::vec(0u8..10, 0..4),
    ) {
        let lines = rows.into_iter().map(Bitboard::row).chain(columns.into_iter().map(Bitboard::column));
        let occupied = lines.fold(some, |all, line| all | line);
        let complete = clearing::complete(occupied);
        let mut grid = naive::grid(occupied);
        prop_assert_eq!(complete.rows.numbers().collect::<Vec<_>>(), naive::complete_rows(&grid));
        prop_assert_eq!(complete.columns.numbers().collect::<Vec<_>>(), naive::complete_columns(&grid));
        prop_assert_eq!(scoring::points(complete), naive::clear(&mut grid));
        prop_assert_eq!(naive::grid(occupied - complete.cells()), grid);
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
    fn a_random_game_matches_the_naive_implementation(
        seed: u64, choices in prop::collection::vec((0usize..3, -1i32..10, -1i32..10), 1..200),
    ) {
        let mut game = Game::new(Dealer::classic(seed));
        let mut grid = naive::Grid::default();
        let (mut score, mut drops) = (0, 0);
        for (slot, row, column) in choices {
            let slot = Slot::ALL[slot];
            let piece = game.staged(slot);
            // A choice is replaced by one of the first seven legal places, if there are enough, so that games get far.
            let legal = game.anchors(slot).cells().nth((row + column).unsigned_abs() as usize % 7);
            let to = legal.map_or(at(row, column), Anchor::from);
            let expected = piece.is_some_and(|piece| naive::fits(&grid, piece.shape, to));
            let before = (*game.board(), game.would_complete(slot, to));
            let outcome = game.play(slot, to);
            prop_assert_eq!(outcome.is_ok(), expected);
            let (Ok(turn), Some(piece)) = (outcome, piece) else {
                prop_assert_eq!(*game.board(), before.0);
                continue;
            };
            naive::place(&mut grid, piece.shape, to);
            let points = naive::clear(&mut grid);
            score += points;
            drops += 1;
            prop_assert_eq!((turn.points, turn.score, turn.complete), (points, score, before.1));
            prop_assert_eq!(naive::grid(game.board().occupied()), grid);
            for slot in Slot::ALL {
                let fits = game.staged(slot).is_some_and(|piece| !naive::all_anchors(&grid, piece.shape).is_empty());
                prop_assert_eq!(turn.fits[slot.index()], fits);
            }
            prop_assert_eq!(turn.over, turn.fits == [false; 3]);
            prop_assert_eq!((game.score(), game.drops(), game.is_over()), (score, drops, turn.over));
        }
    }
}

#[test]
fn the_debug_format_of_cells_and_sets_shows_their_position() {
    let cell = |row, column| Cell::new(row, column).unwrap();
    assert_eq!(Cell::all().map(Cell::index).collect::<Vec<_>>(), (0..100).collect::<Vec<_>>());
    assert_eq!(format!("{:?}", cell(3, 7)), "(3, 7)");
    let picture = format!("{:?}", Bitboard::row(0).with(cell(9, 0)));
    assert_eq!(picture, format!("XXXXXXXXXX\n{}X.........\n", "..........\n".repeat(8)));
}

#[test]
fn a_refusal_has_a_message() {
    let messages = [Refusal::EmptySlot, Refusal::OffBoard, Refusal::Occupied].map(|refusal| refusal.to_string());
    assert_eq!(messages, ["the slot is empty", "the shape would leave the board", "a cell there is taken"]);
}

#[test]
fn would_complete_counts_lines_only_where_the_piece_can_be_placed() {
    let mut game = game(&[[10, 10, 3], [10, 10, 3], [3, 3, 3]]);
    for row in [0, 4] {
        play(&mut game, 0, row, 0).unwrap();
        let (free, occupied) = (at(row, 5), at(row, 4));
        assert_eq!(game.would_complete(Slot::ALL[1], free).lines(), 1);
        assert_eq!(game.would_complete(Slot::ALL[1], occupied).lines(), 0, "a cell there is occupied");
        play(&mut game, 1, row, 5).unwrap();
        play(&mut game, 2, 9, row).unwrap();
    }
    assert_eq!((game.lines(), game.drops()), (2, 6));
    assert_eq!(game.would_complete(Slot::ALL[0], at(9, 4)).lines(), 0, "a dot is already there");
}

#[test]
fn would_complete_ignores_a_row_that_only_an_overlapping_piece_would_fill() {
    let mut game = game(&[[10, 5, 5]]);
    play(&mut game, 0, 0, 0).unwrap();
    play(&mut game, 1, 0, 5).unwrap();
    assert_eq!(game.would_complete(Slot::ALL[2], at(0, 7)).lines(), 0, "one of the three cells is occupied");
}

#[test]
fn every_shape_has_its_own_name() {
    let names = [
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
    assert_eq!(Shape::ALL.map(Shape::name), names);
    assert_eq!(Shape::DOT.name(), "dot");
}

#[test]
fn every_colour_has_its_own_name_and_is_written_with_it_in_traces() {
    assert_eq!(Colour::ALL.map(Colour::name), ["red", "blue", "green", "orange", "purple", "yellow"]);
    for colour in Colour::ALL {
        let mut game = Game::new(Dealer::scripted([Piece { shape: Shape::DOT, colour }; 3], Vec::new()));
        let step = trace::step(&mut game, 0, 0, 0);
        assert!(colour.name().starts_with(&step.board[..1]), "{}: {}", colour.name(), step.board);
        assert_eq!(serde_json::to_value(step.colours[1]).unwrap(), colour.name());
    }
}

#[test]
fn a_game_kind_is_parsed_from_its_name_and_an_unknown_name_is_an_error() {
    for kind in GameKind::ALL {
        assert_eq!(kind.to_string().parse(), Ok(kind));
    }
    let error = "cruel".parse::<GameKind>().unwrap_err();
    assert_eq!(error.to_string(), "unknown game kind `cruel`; expected classic, kind, daily or seed");
}

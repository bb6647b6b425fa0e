//! The charts of the statistics: marks, texts and text alternatives.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed assertion panics, too")]

use blockers::view::chart::{self, Anchor, Chart, Mark};
use blockers::words;
use blockers_rules::{CELLS, GameKind, Shape};

const SHAPES: usize = Shape::ALL.len();

/// Returns ten times the number of each shape as its count.
fn various_ends() -> [u32; SHAPES] {
    std::array::from_fn(|number| number as u32 * 10)
}

fn heat_of(cells: &[(usize, u32)]) -> [u32; CELLS] {
    let mut heat = [0; CELLS];
    for &(cell, drops) in cells {
        heat[cell] = drops;
    }
    heat
}

/// Returns charts of empty, usual and extreme data, each with a name.
fn charts() -> Vec<(String, Chart)> {
    let mut charts = Vec::new();
    let hundred: Vec<u64> = (0..100).map(|n| n * 37 % 500 * 10).collect();
    for scores in [
        vec![],
        vec![0],
        vec![310],
        vec![1, 2],
        vec![0, u64::MAX],
        hundred.clone(),
        hundred.repeat(3),
        vec![u64::MAX; 100],
    ] {
        charts.push((format!("scores {scores:?}"), chart::scores(&scores)));
    }
    for (ends, left) in [
        ([0; SHAPES], 0),
        ([0; SHAPES], 1),
        ([0; SHAPES], u32::MAX),
        ([1; SHAPES], 0),
        ([u32::MAX; SHAPES], u32::MAX),
        (various_ends(), 7),
    ] {
        charts.push((format!("ends {ends:?} {left}"), chart::ends(&ends, left)));
    }
    for heat in [[0; CELLS], [1; CELLS], [u32::MAX; CELLS], heat_of(&[(55, 1)]), heat_of(&[(0, u32::MAX), (99, 1)])] {
        charts.push((format!("heat {heat:?}"), chart::heat(&heat)));
    }
    charts
}

/// Returns the left, top, right and bottom of a mark. Each character counts with the width of a wide digit, 8.3 units.
fn bounds(mark: &Mark) -> [f32; 4] {
    match mark {
        Mark::Rect { x, y, width, height, .. } => [*x, *y, x + width, y + height],
        Mark::Line { points, .. } => {
            let all =
                |pick: fn(&(f32, f32)) -> f32, fold: fn(f32, f32) -> f32| points.iter().map(pick).reduce(fold).unwrap();
            [all(|p| p.0, f32::min), all(|p| p.1, f32::min), all(|p| p.0, f32::max), all(|p| p.1, f32::max)]
        }
        Mark::Text { x, y, text, anchor, .. } => {
            let width = text.chars().count() as f32 * 8.3;
            let left = match anchor {
                Anchor::Start => *x,
                Anchor::Middle => x - width / 2.0,
                Anchor::End => x - width,
            };
            [left, y - 10.0, left + width, y + 3.0]
        }
    }
}

/// The fields of a rectangle that the tests compare.
#[derive(Clone, Copy, Debug)]
struct Rect<'a> {
    x: f32,
    y: f32,
    width: f32,
    height: f32,
    opacity: f32,
    title: &'a str,
}

/// Returns the rectangles of this class.
fn rects<'a>(chart: &'a Chart, wanted: &str) -> Vec<Rect<'a>> {
    let rect = |mark: &'a Mark| match mark {
        &Mark::Rect { x, y, width, height, class, opacity, ref title } if class == wanted => {
            Some(Rect { x, y, width, height, opacity, title })
        }
        _ => None,
    };
    chart.marks.iter().filter_map(rect).collect()
}

fn texts(chart: &Chart) -> Vec<&str> {
    let mut texts = Vec::new();
    for mark in &chart.marks {
        if let Mark::Text { text, .. } = mark {
            texts.push(text.as_str());
        }
    }
    texts
}

#[test]
fn every_mark_is_inside_its_chart() {
    for (name, chart) in charts() {
        assert!(chart.width > 0.0 && chart.height > 0.0 && !chart.marks.is_empty(), "{name}");
        for mark in &chart.marks {
            let [left, top, right, bottom] = bounds(mark);
            // A comparison with NaN is false.
            let inside = left >= 0.0 && top >= 0.0 && right <= chart.width && bottom <= chart.height;
            assert!(inside && left <= right && top <= bottom, "{name}: {mark:?}");
            if let Mark::Rect { opacity, .. } = mark {
                assert!((0.0..=1.0).contains(opacity), "{name}: {mark:?}");
            }
        }
    }
}

#[test]
fn every_chart_has_a_text_alternative_in_sentences() {
    for (name, chart) in charts() {
        let label = &chart.label;
        assert!(label.starts_with(|first: char| first.is_uppercase() || first.is_ascii_digit()), "{name}: {label}");
        assert!(label.ends_with('.'), "{name}: {label}");
    }
    let cases = [
        (chart::scores(&[]), "Nothing to show yet."),
        (chart::scores(&[310]), "One game, with 310 points."),
        (chart::scores(&[40, 310, 90]), "Scores of 3 games: lowest 40, highest 310, latest 90."),
        (chart::ends(&[0; SHAPES], 0), "Nothing to show yet."),
        (chart::ends(&[0; SHAPES], 1), "1 game abandoned."),
        (
            chart::ends(&std::array::from_fn(|n| [0, 0, 20, 1, 0, 0, 0, 0, 0, 22, 0, 0, 0][n]), 3),
            "Shapes that ended your games: upright five, 22 times; big square, 20 times; dot, 1 time. \
             3 games abandoned.",
        ),
        (chart::heat(&[0; CELLS]), "Nothing to show yet."),
        (
            chart::heat(&std::array::from_fn(|n| if n == 24 { 57 } else { 3 + u32::from(n > 0) })),
            "Moves on each cell of the board: most at row 3, column 5 (57), fewest at row 1, column 1 (3).",
        ),
    ];
    for (chart, label) in cases {
        assert_eq!(chart.label, label);
    }
}

#[test]
fn a_chart_without_data_shows_its_text_alternative() {
    for chart in [chart::scores(&[]), chart::ends(&[0; SHAPES], 0), chart::heat(&[0; CELLS])] {
        assert_eq!((texts(&chart), chart.marks.len()), (vec![chart.label.as_str()], 1));
    }
}

#[test]
fn each_score_is_a_bar_with_the_oldest_on_the_left() {
    let chart = chart::scores(&[310]);
    let bars = rects(&chart, "bar");
    assert_eq!((bars.len(), bars[0].title), (1, "game 1 of 1: 310 points"));
    assert!(bars[0].width < 40.0, "one game does not fill the chart: {bars:?}");

    let chart = chart::scores(&[100, 200]);
    let [one, two] = rects(&chart, "bar")[..] else { panic!("expected two bars: {chart:?}") };
    assert!(one.x + one.width < two.x, "{one:?} {two:?}");
    assert!((one.height * 2.0 - two.height).abs() < 0.01, "{one:?} {two:?}");
    assert!((one.y + one.height - two.y - two.height).abs() < 0.01, "they have the same base line: {one:?} {two:?}");

    let scores: Vec<u64> = (0..250).collect();
    let chart = chart::scores(&scores);
    let bars = rects(&chart, "bar");
    assert_eq!(bars.len(), 100, "the last hundred");
    assert_eq!((bars[0].title, bars[99].title), ("game 1 of 100: 150 points", "game 100 of 100: 249 points"));
    assert!(bars.windows(2).all(|pair| pair[0].x + pair[0].width < pair[1].x && pair[0].height < pair[1].height));
}

#[test]
fn a_game_without_points_has_a_visible_bar() {
    let chart = chart::scores(&[0, 900]);
    assert!(rects(&chart, "bar").iter().all(|bar| bar.height >= 1.0));
}

#[test]
fn the_axis_ends_at_a_round_number_that_no_score_exceeds() {
    let cases: [(u64, &str); 10] = [
        (0, "1"),
        (1, "1"),
        (7, "7"),
        (10, "10"),
        (11, "15"),
        (101, "150"),
        (999, "1000"),
        (4310, "4500"),
        (4500, "4500"),
        (u64::MAX, "18446744073709551615"),
    ];
    for (highest, top) in cases {
        let chart = chart::scores(&[0, highest]);
        let label = format!("highest {highest}");
        assert_eq!(texts(&chart), [top, label.as_str(), "0", "2 games, oldest first"], "{highest}");
    }
    assert_eq!(texts(&chart::scores(&[310]))[3], "1 game");
}

#[test]
fn ends_are_sorted_and_abandoned_games_come_last() {
    let chart = chart::ends(&various_ends(), 130);
    let bars = rects(&chart, "bar");
    assert_eq!(bars.len(), SHAPES + 1);
    assert_eq!((bars[0].title, bars[12].title), ("upright Z, 120 times", "hook, 0 times"));
    assert_eq!(bars[13].title, "130 games abandoned");
    assert!(bars.windows(2).all(|pair| pair[0].y < pair[1].y), "one below the other");
    assert!(bars[..13].windows(2).all(|pair| pair[0].width > pair[1].width), "the longest first");
    assert!(bars[12].width == 0.0 && bars[13].width > bars[0].width);
    let numbers = ["120", "110", "100", "90", "80", "70", "60", "50", "40", "30", "20", "10", "0", "quit", "130"];
    assert_eq!(texts(&chart), numbers);
}

#[test]
fn each_bar_of_the_ends_has_a_picture_of_its_shape() {
    let chart = chart::ends(&[1; SHAPES], 0);
    let tiles = rects(&chart, "tile");
    let cells: u32 = Shape::ALL.into_iter().map(|shape| shape.mask().count()).sum();
    assert_eq!(tiles.len(), cells as usize);
    // Equal counts are in the order of the shapes.
    for (shape, bar) in Shape::ALL.into_iter().zip(rects(&chart, "bar")) {
        let beside_bar: Vec<_> = tiles.iter().filter(|tile| tile.y > bar.y - 4.0 && tile.y < bar.y + 18.0).collect();
        assert_eq!(beside_bar.len(), shape.mask().count() as usize, "{shape:?}");
        assert!(
            beside_bar.iter().all(|tile| tile.x + tile.width < bar.x),
            "the picture is to the left of its bar: {shape:?}"
        );
    }
}

#[test]
fn every_cell_of_the_heat_map_shows_how_many_drops_covered_it() {
    let chart = chart::heat(&heat_of(&[(0, 1), (24, 12), (99, 6)]));
    let cells = rects(&chart, "heat");
    assert_eq!(cells.len(), CELLS + 2, "and two for the legend");
    assert_eq!(cells[0].title, "row 1, column 1: 1 move");
    assert_eq!(cells[1].title, "row 1, column 2: 0 moves");
    assert_eq!(cells[24].title, "row 3, column 5: 12 moves");
    assert_eq!(cells[99].title, "row 10, column 10: 6 moves");
    let opacity = |n: usize| cells[n].opacity;
    assert!((opacity(24) - 1.0).abs() < 1e-5 && opacity(24) > opacity(99) && opacity(99) > opacity(0));
    assert!(opacity(0) > opacity(1) && opacity(1) > 0.0, "an uncovered cell is visible");
    assert!((opacity(CELLS) - opacity(1)).abs() < 1e-5 && (opacity(CELLS + 1) - opacity(24)).abs() < 1e-5);
    assert_eq!(texts(&chart), ["0 moves", "12 moves"]);
}

#[test]
fn the_heat_map_has_the_layout_of_the_board() {
    let chart = chart::heat(&[1; CELLS]);
    let cells = rects(&chart, "heat");
    for (n, cell) in cells[..CELLS].iter().enumerate() {
        assert_eq!(cell.width, cell.height);
        if n % 10 > 0 {
            let before = cells[n - 1];
            assert!(before.x + before.width < cell.x && before.y == cell.y, "cell {n}");
        }
        if n >= 10 {
            let above = cells[n - 10];
            assert!(above.y + above.height < cell.y && above.x == cell.x, "cell {n}");
        }
    }
}

#[test]
fn tenths_are_rounded_to_one_decimal() {
    for (number, text) in [(0.0, "0.0"), (12.34, "12.3"), (9.96, "10.0"), (1e6, "1000000.0"), (f64::NAN, "0.0")] {
        assert_eq!(words::tenths(number), text);
    }
}

#[test]
fn the_sentence_for_no_games_distinguishes_one_kind_from_all() {
    assert_eq!(words::no_games(None), "Finish a game to see your statistics.");
    for kind in GameKind::ALL {
        assert_eq!(words::no_games(Some(kind)), "Finish a game of this type to see its statistics.");
    }
}

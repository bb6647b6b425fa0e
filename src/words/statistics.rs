//! Texts of the statistics panel and its charts.

use super::board::place_on_board;
use super::table::spoken;
use super::{drops, listed, shape};
use blockers_rules::{Cell, GameKind, Shape};

/// The text of a chart without data.
#[must_use]
pub fn nothing_to_show() -> String {
    spoken().nothing_to_show()
}

/// The text shown while there are no statistics, of all games or of this kind.
#[must_use]
pub fn no_games(kind: Option<GameKind>) -> String {
    let words = spoken();
    if kind.is_none() { words.no_games() } else { words.no_games_of_kind() }
}

/// The text alternative of the chart of scores.
#[must_use]
pub fn scores_chart(games: usize, lowest: u64, highest: u64, last: u64) -> String {
    let words = spoken();
    if games == 1 {
        return words.scores_chart_of_one(last);
    }
    words.scores_chart(games, lowest, highest, last)
}

/// The label of the highest score in a chart.
#[must_use]
pub fn highest(score: u64) -> String {
    spoken().highest(score)
}

/// The number of games in a chart, and their order.
#[must_use]
pub fn in_order(games: usize) -> String {
    spoken().in_order(games)
}

/// The label of one game in a chart; `number` counts from 1.
#[must_use]
pub fn scored(number: usize, games: usize, score: u64) -> String {
    spoken().scored(number, games, score)
}

/// The text alternative of the chart of ends: the shapes in this order, without those that never ended a game.
#[must_use]
pub fn ends_chart(rows: &[(Shape, u32)], left: u32) -> String {
    let named = rows.iter().filter(|(_, times)| *times > 0).map(|&(shape, times)| fitted_nowhere(shape, times));
    let left = games_left(left);
    match named.reduce(|list, next| spoken().listed_apart(list, next)) {
        Some(named) => spoken().ends_chart(named, left),
        None => format!("{left}."),
    }
}

/// A shape, and how often it was left without room at the end of a game.
#[must_use]
pub fn fitted_nowhere(which: Shape, times: u32) -> String {
    listed([shape(which), spoken().count_times(times)])
}

/// The short label of the bar of abandoned games.
#[must_use]
pub fn left() -> String {
    spoken().left_short()
}

/// A number of abandoned games.
#[must_use]
pub fn games_left(games: u32) -> String {
    spoken().games_left(games)
}

/// The text alternative of the heat map: the cells that were covered by the most and by the fewest drops.
#[must_use]
pub fn heat_chart(most: (Cell, u32), fewest: (Cell, u32)) -> String {
    let ((top, most), (low, fewest)) = (most, fewest);
    spoken().heat_chart(place_on_board(top), most, place_on_board(low), fewest)
}

/// The label of a cell of the heat map: how many drops covered it.
#[must_use]
pub fn covered(cell: Cell, times: u32) -> String {
    spoken().covered(place_on_board(cell), drops(times))
}

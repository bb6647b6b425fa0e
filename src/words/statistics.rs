//! What is said in the panel of statistics and in its charts.

use super::board::place_on_board;
use super::table::spoken;
use super::{drops, listed, shape};
use crate::rules::{Cell, GameKind, Shape};

/// There is nothing to make a chart of.
#[must_use]
pub fn nothing_to_show() -> String {
    spoken().nothing_to_show().to_string()
}

/// There are no statistics yet, of all games or of this kind.
#[must_use]
pub fn no_games(kind: Option<GameKind>) -> String {
    let words = spoken();
    if kind.is_none() { words.no_games().to_string() } else { words.no_games_of_kind().to_string() }
}

/// The chart of scores, for who does not see it.
#[must_use]
pub fn scores_chart(games: usize, lowest: u64, highest: u64, last: u64) -> String {
    let words = spoken();
    if games == 1 {
        return words.scores_chart_of_one(last).to_string();
    }
    words.scores_chart(games, lowest, highest, last).to_string()
}

/// The highest score of a chart.
#[must_use]
pub fn highest(score: u64) -> String {
    spoken().highest(score).to_string()
}

/// How many games a chart shows, and in which order.
#[must_use]
pub fn in_order(games: usize) -> String {
    spoken().in_order(games).to_string()
}

/// One game of a chart, counted from 1.
#[must_use]
pub fn scored(number: usize, games: usize, score: u64) -> String {
    spoken().scored(number, games, score).to_string()
}

/// The chart of ends, for who does not see it: the shapes in this order, without those that were never the end.
#[must_use]
pub fn ends_chart(rows: &[(Shape, u32)], left: u32) -> String {
    let named = rows.iter().filter(|(_, times)| *times > 0).map(|&(shape, times)| fitted_nowhere(shape, times));
    let left = games_left(left);
    match named.reduce(|list, next| spoken().listed_apart(list, next).to_string()) {
        Some(named) => spoken().ends_chart(named, left).to_string(),
        None => format!("{left}."),
    }
}

/// How often a shape fitted nowhere at the end of a game.
#[must_use]
pub fn fitted_nowhere(which: Shape, times: u32) -> String {
    listed([shape(which), spoken().count_times(times).to_string()])
}

/// The games that were left, beside the shapes that ended the others.
#[must_use]
pub fn left() -> String {
    spoken().left_short().to_string()
}

/// How many games were left.
#[must_use]
pub fn games_left(games: u32) -> String {
    spoken().games_left(games).to_string()
}

/// The chart of the board's cells, for who does not see it: the cell that most drops covered, and that with the fewest.
#[must_use]
pub fn heat_chart(most: (Cell, u32), fewest: (Cell, u32)) -> String {
    let ((top, most), (low, fewest)) = (most, fewest);
    spoken().heat_chart(place_on_board(top), most, place_on_board(low), fewest).to_string()
}

/// How many drops covered a cell.
#[must_use]
pub fn covered(cell: Cell, times: u32) -> String {
    spoken().covered(place_on_board(cell), drops(times)).to_string()
}

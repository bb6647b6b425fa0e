//! The charts of the statistics: scores over time, how games ended, and where shapes were dropped.
//!
//! A [`Chart`] is a list of the marks of an SVG picture, in units of its own. It does not depend on the page, which
//! creates elements for the marks, nor on colours, which the style sheet assigns by class.

use std::cmp::Reverse;

use crate::words;
use blockers_rules::{CELLS, Cell, SIZE, Shape};

/// The number of games in the chart of scores, at most.
const MAX_GAMES: usize = 100;
/// The width of every chart.
const WIDTH: f32 = 300.0;
/// The width of a digit, at most. The style sheet sets the text 13 units high.
const DIGIT_WIDTH: f32 = 8.5;
/// The height of the chart of scores.
const SCORES_HEIGHT: f32 = 200.0;
/// The height of a line of text above or below a chart.
const LINE_HEIGHT: f32 = 20.0;
/// The width of the bar of one game with its gap, at most.
const MAX_BAR_PITCH: f32 = 30.0;
/// The height of one row in the chart of ends, with its gap.
const ROW_HEIGHT: f32 = 22.0;
/// The left edge of the bars in the chart of ends, which is to the right of the shapes.
const BARS_LEFT: f32 = 32.0;
/// The side of a cell of the small shapes in the chart of ends.
const DOT: f32 = 4.0;
/// The side of a cell of the heat map, with its gap.
const CELL_PITCH: f32 = WIDTH / SIZE as f32;
/// The opacity of a cell of the heat map that no drop covered.
const MIN_OPACITY: f32 = 0.08;

/// A chart. Lengths are in its own units; the page scales it to the available width.
#[derive(Clone, PartialEq, Debug)]
pub struct Chart {
    /// The width. All marks are between 0 and this.
    pub width: f32,
    /// The height. All marks are between 0, at the top, and this.
    pub height: f32,
    /// The text alternative, with the most important numbers.
    pub label: String,
    /// The marks. Later ones are drawn over earlier ones.
    pub marks: Vec<Mark>,
}

/// A part of a chart.
#[derive(Clone, PartialEq, Debug)]
#[expect(missing_docs, reason = "the names are those of SVG; an empty title is no title")]
pub enum Mark {
    /// A rectangle, filled with this opacity, from 0 to 1.
    Rect { x: f32, y: f32, width: f32, height: f32, class: &'static str, opacity: f32, title: String },
    /// A line through these points.
    Line { points: Vec<(f32, f32)>, class: &'static str },
    /// A line of text; `y` is its baseline.
    Text { x: f32, y: f32, text: String, class: &'static str, anchor: Anchor },
}

/// Which point of a text is at its `x`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the names are those of SVG")]
pub enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    /// Returns the value of SVG's `text-anchor`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// Returns the scores of the last 100 games as bars, the oldest at the left.
#[must_use]
pub fn scores(scores: &[u64]) -> Chart {
    let scores = &scores[scores.len().saturating_sub(MAX_GAMES)..];
    let (Some(&lowest), Some(&highest), Some(&last)) = (scores.iter().min(), scores.iter().max(), scores.last()) else {
        return Chart::empty();
    };
    let games = scores.len();
    let top = rounded_up(highest);
    let (ceiling, floor) = (LINE_HEIGHT, SCORES_HEIGHT - LINE_HEIGHT);
    let mut chart = Chart::new(SCORES_HEIGHT, words::scores_chart(games, lowest, highest, last));
    for y in [ceiling, floor] {
        chart.marks.push(Mark::Line { points: vec![(0.0, y), (WIDTH, y)], class: "axis" });
    }
    chart.text(0.0, ceiling - 6.0, words::number(top), Anchor::Start);
    chart.text(WIDTH, ceiling - 6.0, words::highest(highest), Anchor::End);
    chart.text(0.0, floor + 15.0, words::number(0), Anchor::Start);
    chart.text(WIDTH, floor + 15.0, words::in_order(games), Anchor::End);
    let pitch = MAX_BAR_PITCH.min(WIDTH / games as f32);
    for (n, &score) in scores.iter().enumerate() {
        // A game without points has a bar, too.
        let height = (share(score as f32, top as f32) * (floor - ceiling)).max(1.0);
        let rect = [(n as f32 + 0.1) * pitch, floor - height, 0.8 * pitch, height];
        chart.rect(rect, "bar", 1.0, words::scored(n + 1, games, score));
    }
    chart
}

/// Returns how games ended. `ends` has, by the number of the shape, how often a shape fitted nowhere at the end; `left`
/// is the number of games that were abandoned before.
#[must_use]
pub fn ends(ends: &[u32; Shape::ALL.len()], left: u32) -> Chart {
    let mut rows = Shape::ALL.map(|shape| (shape, ends[usize::from(shape.number())]));
    rows.sort_unstable_by_key(|&(shape, times)| (Reverse(times), shape.number()));
    let max = rows[0].1.max(left);
    if max == 0 {
        return Chart::empty();
    }
    let mut chart = Chart::new(ROW_HEIGHT * (rows.len() + 1) as f32, words::ends_chart(&rows, left));
    let mut y = 0.0;
    for (shape, times) in rows {
        let top = y + (ROW_HEIGHT - DOT * f32::from(shape.rows())) / 2.0;
        for cell in shape.mask().cells() {
            let (x, y) = (DOT * f32::from(cell.column()), top + DOT * f32::from(cell.row()));
            chart.rect([x, y, 0.85 * DOT, 0.85 * DOT], "tile", 1.0, String::new());
        }
        chart.bar(y, times, max, words::fitted_nowhere(shape, times));
        y += ROW_HEIGHT;
    }
    chart.text(0.0, y + 15.0, words::left(), Anchor::Start);
    chart.bar(y, left, max, words::games_left(left));
    chart
}

/// Returns a heat map of the board: the more often drops covered a cell, the more opaque it is.
#[must_use]
pub fn heat(heat: &[u32; CELLS]) -> Chart {
    let drops = |cell: Cell| heat[cell.index()];
    let most = Cell::all().max_by_key(|&cell| drops(cell)).filter(|&cell| drops(cell) > 0);
    let (Some(most), Some(fewest)) = (most, Cell::all().min_by_key(|&cell| drops(cell))) else {
        return Chart::empty();
    };
    let opacity = |number: u32| (MIN_OPACITY + (1.0 - MIN_OPACITY) * share(number as f32, drops(most) as f32)).min(1.0);
    let label = words::heat_chart((most, drops(most)), (fewest, drops(fewest)));
    let mut chart = Chart::new(WIDTH + LINE_HEIGHT + 4.0, label);
    for cell in Cell::all() {
        let (x, y) = (CELL_PITCH * f32::from(cell.column()) + 1.0, CELL_PITCH * f32::from(cell.row()) + 1.0);
        chart.rect(
            [x, y, CELL_PITCH - 2.0, CELL_PITCH - 2.0],
            "heat",
            opacity(drops(cell)),
            words::covered(cell, drops(cell)),
        );
    }
    // The legend.
    for (x, number) in [(1.0, drops(fewest)), (WIDTH / 2.0, drops(most))] {
        chart.rect([x, WIDTH + 8.0, 12.0, 12.0], "heat", opacity(number), String::new());
        chart.text(x + 16.0, WIDTH + 19.0, words::drops(number), Anchor::Start);
    }
    chart
}

impl Chart {
    fn new(height: f32, label: String) -> Self {
        Self { width: WIDTH, height, label, marks: Vec::new() }
    }

    /// Returns a chart with only a text: that there is nothing to show.
    fn empty() -> Self {
        let text = words::nothing_to_show();
        let mut chart = Self::new(3.0 * LINE_HEIGHT, text.clone());
        chart.text(WIDTH / 2.0, 2.0 * LINE_HEIGHT - 5.0, text, Anchor::Middle);
        chart
    }

    fn rect(&mut self, [x, y, width, height]: [f32; 4], class: &'static str, opacity: f32, title: String) {
        self.marks.push(Mark::Rect { x, y, width, height, class, opacity, title });
    }

    fn text(&mut self, x: f32, y: f32, text: String, anchor: Anchor) {
        self.marks.push(Mark::Text { x, y, text, class: "label", anchor });
    }

    /// Adds a bar in the row whose top is `y`, and its number to the right. The longest bar, of `max`, leaves room for
    /// the number.
    fn bar(&mut self, y: f32, number: u32, max: u32, title: String) {
        let room = WIDTH - BARS_LEFT - DIGIT_WIDTH * (words::number(max.into()).chars().count() + 1) as f32;
        let width = room * share(number as f32, max as f32);
        self.rect([BARS_LEFT, y + 4.0, width, ROW_HEIGHT - 8.0], "bar", 1.0, title);
        self.text(BARS_LEFT + width + 5.0, y + 15.0, words::number(number.into()), Anchor::Start);
    }
}

/// Returns a part as a share of the whole, from 0 to 1. The whole must not be 0.
fn share(part: f32, whole: f32) -> f32 {
    (part / whole).min(1.0)
}

/// Rounds up to a multiple of half a power of ten, at least 1: 4310 becomes 4500, and 0 becomes 1.
fn rounded_up(number: u64) -> u64 {
    let mut step = 1;
    while number / step >= 10 {
        step *= 10;
    }
    let step = (step / 2).max(1);
    number.max(1).div_ceil(step).saturating_mul(step)
}

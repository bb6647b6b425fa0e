//! Numbers as pictures: scores over time, how games ended, and where the drops lay.
//!
//! Comes in: numbers that were counted elsewhere. Goes out: a [`Chart`], the marks of an SVG picture in units of its own. It
//! must not know the page, which makes elements of the marks, nor the colours, which the style sheet has by their classes.

use std::cmp::Reverse;

use crate::rules::{CELLS, Cell, SIZE, Shape};
use crate::words;

/// So many games are drawn at most.
const GAMES: usize = 100;
/// Every chart is so wide; a line of text is thirteen high, and a digit at most [`DIGIT`] wide.
const WIDTH: f32 = 300.0;
const DIGIT: f32 = 8.5;
/// Height of the chart of scores, and of the line of text over it and under it.
const SCORES: f32 = 200.0;
const LINE: f32 = 20.0;
/// The widest bar of a game, with its gap.
const GAME: f32 = 30.0;
/// Height of a bar of the ends with its gap, where it begins, and a cell of the shape before it.
const ROW: f32 = 22.0;
const BARS: f32 = 32.0;
const DOT: f32 = 4.0;
/// A cell of the board with its gap, and how much of the colour it has that no drop covered.
const PITCH: f32 = WIDTH / SIZE as f32;
const FAINT: f32 = 0.08;

/// A picture. Lengths are in its own units: it is shown as wide as there is room.
#[derive(Clone, PartialEq, Debug)]
pub struct Chart {
    /// Width; marks lie between 0 and here.
    pub width: f32,
    /// Height; marks lie between 0 and here, which is at the bottom.
    pub height: f32,
    /// What it shows, with the main numbers, for who does not see it.
    pub label: String,
    /// What is drawn, what comes later over what came before.
    pub marks: Vec<Mark>,
}

/// Something that is drawn.
#[derive(Clone, PartialEq, Debug)]
#[expect(missing_docs, reason = "the names are those of SVG; a title is empty where there is none")]
pub enum Mark {
    /// A rectangle, filled with this opacity, from 0 to 1.
    Rect { x: f32, y: f32, width: f32, height: f32, class: &'static str, opacity: f32, title: String },
    /// A line through these points.
    Line { points: Vec<(f32, f32)>, class: &'static str },
    /// A line of text: where its base line is.
    Text { x: f32, y: f32, text: String, class: &'static str, anchor: Anchor },
}

/// Which point of a text lies at its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    /// As SVG writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// The scores of the last hundred games as bars, the oldest at the left.
#[must_use]
pub fn scores(scores: &[u64]) -> Chart {
    let scores = &scores[scores.len().saturating_sub(GAMES)..];
    let (Some(&lowest), Some(&highest), Some(&last)) = (scores.iter().min(), scores.iter().max(), scores.last()) else {
        return Chart::empty();
    };
    let games = scores.len();
    let top = rounded_up(highest);
    let (ceiling, floor) = (LINE, SCORES - LINE);
    let mut chart = Chart::new(SCORES, words::scores_chart(games, lowest, highest, last));
    for y in [ceiling, floor] {
        chart.marks.push(Mark::Line { points: vec![(0.0, y), (WIDTH, y)], class: "axis" });
    }
    chart.text(0.0, ceiling - 6.0, words::number(top), Anchor::Start);
    chart.text(WIDTH, ceiling - 6.0, words::highest(highest), Anchor::End);
    chart.text(0.0, floor + 15.0, words::number(0), Anchor::Start);
    chart.text(WIDTH, floor + 15.0, words::in_order(games), Anchor::End);
    let pitch = GAME.min(WIDTH / games as f32);
    for (n, &score) in scores.iter().enumerate() {
        // A game without points is there all the same.
        let height = (share(score as f32, top as f32) * (floor - ceiling)).max(1.0);
        let rect = [(n as f32 + 0.1) * pitch, floor - height, 0.8 * pitch, height];
        chart.rect(rect, "bar", 1.0, words::scored(n + 1, games, score));
    }
    chart
}

/// How games ended: for each shape, by its number, how often it fitted nowhere then, and how many games were left before.
#[must_use]
pub fn ends(ends: &[u32; Shape::ALL.len()], left: u32) -> Chart {
    let mut rows = Shape::ALL.map(|shape| (shape, ends[usize::from(shape.number())]));
    rows.sort_unstable_by_key(|&(shape, times)| (Reverse(times), shape.number()));
    let most = rows[0].1.max(left);
    if most == 0 {
        return Chart::empty();
    }
    let mut chart = Chart::new(ROW * (rows.len() + 1) as f32, words::ends_chart(&rows, left));
    let mut y = 0.0;
    for (shape, times) in rows {
        let above = y + (ROW - DOT * f32::from(shape.rows())) / 2.0;
        for cell in shape.mask().cells() {
            let (x, y) = (DOT * f32::from(cell.column()), above + DOT * f32::from(cell.row()));
            chart.rect([x, y, 0.85 * DOT, 0.85 * DOT], "tile", 1.0, String::new());
        }
        chart.bar(y, times, most, words::fitted_nowhere(shape, times));
        y += ROW;
    }
    chart.text(0.0, y + 15.0, words::left(), Anchor::Start);
    chart.bar(y, left, most, words::games_left(left));
    chart
}

/// The board, and how often a drop covered each of its cells: the more often, the more colour.
#[must_use]
pub fn heat(heat: &[u32; CELLS]) -> Chart {
    let drops = |cell: Cell| heat[cell.index()];
    let most = Cell::all().max_by_key(|&cell| drops(cell)).filter(|&cell| drops(cell) > 0);
    let (Some(most), Some(fewest)) = (most, Cell::all().min_by_key(|&cell| drops(cell))) else {
        return Chart::empty();
    };
    let opacity = |number: u32| (FAINT + (1.0 - FAINT) * share(number as f32, drops(most) as f32)).min(1.0);
    let label = words::heat_chart((most, drops(most)), (fewest, drops(fewest)));
    let mut chart = Chart::new(WIDTH + LINE + 4.0, label);
    for cell in Cell::all() {
        let (x, y) = (PITCH * f32::from(cell.column()) + 1.0, PITCH * f32::from(cell.row()) + 1.0);
        chart.rect([x, y, PITCH - 2.0, PITCH - 2.0], "heat", opacity(drops(cell)), words::covered(cell, drops(cell)));
    }
    // What the colours mean.
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

    /// Says that there is nothing to show.
    fn empty() -> Self {
        let text = words::nothing_to_show();
        let mut chart = Self::new(3.0 * LINE, text.clone());
        chart.text(WIDTH / 2.0, 2.0 * LINE - 5.0, text, Anchor::Middle);
        chart
    }

    fn rect(&mut self, [x, y, width, height]: [f32; 4], class: &'static str, opacity: f32, title: String) {
        self.marks.push(Mark::Rect { x, y, width, height, class, opacity, title });
    }

    fn text(&mut self, x: f32, y: f32, text: String, anchor: Anchor) {
        self.marks.push(Mark::Text { x, y, text, class: "label", anchor });
    }

    /// A bar in the row that begins at `y`, and its number behind it. The longest one leaves room for that.
    fn bar(&mut self, y: f32, number: u32, most: u32, title: String) {
        let room = WIDTH - BARS - DIGIT * (words::number(most.into()).chars().count() + 1) as f32;
        let width = room * share(number as f32, most as f32);
        self.rect([BARS, y + 4.0, width, ROW - 8.0], "bar", 1.0, title);
        self.text(BARS + width + 5.0, y + 15.0, words::number(number.into()), Anchor::Start);
    }
}

/// A part of a whole that is more than nothing, from 0 to 1.
fn share(part: f32, whole: f32) -> f32 {
    (part / whole).min(1.0)
}

/// The next number that has one digit and a half: 4310 becomes 4500, and 0 becomes 1.
fn rounded_up(number: u64) -> u64 {
    let mut step = 1;
    while number / step >= 10 {
        step *= 10;
    }
    let step = (step / 2).max(1);
    number.max(1).div_ceil(step).saturating_mul(step)
}

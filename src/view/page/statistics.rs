//! The panel of statistics: numbers, and three charts as SVG.

use std::iter;

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlElement};

use super::changed::Changed;
use super::element::element;
use crate::records::Statistics;
use crate::view::chart::{self, Chart, Mark};
use crate::words;
use crate::world::decimals;
use blockers_rules::GameKind;

/// The ids of the numbers, in the order in which they are filled in.
const NUMBERS: [&str; 8] = [
    "statistics-games",
    "statistics-drops",
    "statistics-lines",
    "statistics-per-drop",
    "statistics-best",
    "statistics-most-lines",
    "statistics-streak",
    "statistics-days",
];

/// The elements of the panel.
pub struct StatisticsPanel {
    document: Document,
    /// The buttons that choose a kind of game, or all.
    kinds: Vec<(Option<GameKind>, Element)>,
    none: HtmlElement,
    body: HtmlElement,
    numbers: Vec<Element>,
    charts: Vec<Element>,
}

impl StatisticsPanel {
    /// Finds the elements, and adds a picture to each figure.
    ///
    /// # Errors
    /// An element is missing or cannot be created.
    pub fn new(document: &Document) -> Result<Self, JsValue> {
        let kind = |kind: Option<GameKind>| {
            let id = format!("of-{}", kind.map_or("all", GameKind::name));
            Ok::<_, JsValue>((kind, element(document, &id)?))
        };
        let picture = |id| {
            let svg = child(document, &element(document, id)?, "svg")?;
            svg.set_attribute("role", "img")?;
            Ok::<_, JsValue>(svg)
        };
        Ok(Self {
            document: document.clone(),
            kinds: iter::once(None).chain(GameKind::ALL.map(Some)).map(kind).collect::<Result<_, _>>()?,
            none: element(document, "statistics-none")?,
            body: element(document, "statistics-body")?,
            numbers: NUMBERS.into_iter().map(|id| element(document, id)).collect::<Result<_, _>>()?,
            charts: ["chart-scores", "chart-ends", "chart-heat"].into_iter().map(picture).collect::<Result<_, _>>()?,
        })
    }

    /// Shows the statistics, while they are open.
    ///
    /// # Errors
    /// The browser refuses to change an element.
    pub fn show(&self, change: Changed) -> Result<(), JsValue> {
        match &change.now.statistics {
            Some(shown) if change.changed(|model| &model.statistics) => {
                self.fill(&shown.statistics, shown.of, shown.days)
            }
            _ => Ok(()),
        }
    }

    /// Fills in the statistics of the chosen kind of game, or of all. `streak` is the number of days in a row with a
    /// daily result.
    #[inline(never)] // Late, see ARCHITECTURE.md.
    fn fill(&self, statistics: &Statistics, chosen: Option<GameKind>, streak: u32) -> Result<(), JsValue> {
        for (kind, button) in &self.kinds {
            button.set_attribute("aria-pressed", if *kind == chosen { "true" } else { "false" })?;
        }
        let none = statistics.games == 0;
        self.none.set_hidden(!none);
        self.body.set_hidden(none);
        if none {
            self.none.set_text_content(Some(&words::no_games(chosen)));
            return Ok(());
        }
        let numbers = [
            words::number(statistics.games),
            words::number(statistics.drops),
            words::number(statistics.lines),
            words::tenths(statistics.points_per_drop),
            words::number(statistics.best),
            words::number(statistics.most_lines),
            words::number(statistics.streak),
            words::number(streak.into()),
        ];
        for (element, number) in self.numbers.iter().zip(&numbers) {
            element.set_text_content(Some(number));
        }
        let charts = [
            chart::scores(&statistics.scores),
            chart::ends(&statistics.ends, statistics.kept_left),
            chart::heat(&statistics.heat),
        ];
        self.charts.iter().zip(&charts).try_for_each(|(svg, chart)| draw(&self.document, svg, chart))
    }
}

/// Replaces the content of a picture by this chart.
fn draw(document: &Document, svg: &Element, chart: &Chart) -> Result<(), JsValue> {
    svg.set_text_content(None);
    svg.set_attribute("viewBox", &format!("0 0 {} {}", decimals::write(chart.width), decimals::write(chart.height)))?;
    svg.set_attribute("aria-label", &chart.label)?;
    for mark in &chart.marks {
        let (drawn, class) = match mark {
            Mark::Rect { x, y, width, height, class, opacity, title } => {
                let rect = child(document, svg, "rect")?;
                let lengths = [("x", x), ("y", y), ("width", width), ("height", height), ("fill-opacity", opacity)];
                for (name, value) in lengths {
                    rect.set_attribute(name, &decimals::write(*value))?;
                }
                if !title.is_empty() {
                    child(document, &rect, "title")?.set_text_content(Some(title));
                }
                (rect, class)
            }
            Mark::Line { points, class } => {
                let line = child(document, svg, "polyline")?;
                let points: Vec<String> =
                    points.iter().map(|&(x, y)| format!("{},{}", decimals::write(x), decimals::write(y))).collect();
                line.set_attribute("points", &points.join(" "))?;
                (line, class)
            }
            Mark::Text { x, y, text, class, anchor } => {
                let element = child(document, svg, "text")?;
                element.set_attribute("x", &decimals::write(*x))?;
                element.set_attribute("y", &decimals::write(*y))?;
                element.set_attribute("text-anchor", anchor.name())?;
                element.set_text_content(Some(text));
                (element, class)
            }
        };
        drawn.set_attribute("class", class)?;
    }
    Ok(())
}

/// Adds a new SVG element to a parent.
fn child(document: &Document, parent: &Element, name: &str) -> Result<Element, JsValue> {
    let child = document.create_element_ns(Some("http://www.w3.org/2000/svg"), name)?;
    parent.append_child(&child)?;
    Ok(child)
}

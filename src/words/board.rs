//! Texts about the board and the shapes beside it: their names, and what a drop or a change of the board did.

use super::numbers::number;
use super::table::{Words, spoken};
use super::{capital, listed};
use crate::events::fits::Fits;
use crate::events::{Cause, TableSet};
use crate::world::Staged;
use blockers_rules::{Cell, Colour, Complete, Refusal, Shape, Turn};

/// The name of a shape, in lower case and without an article.
#[must_use]
pub fn shape(shape: Shape) -> String {
    const NAMES: [fn(&Words) -> String; Shape::ALL.len()] = [
        Words::shape_hook,
        Words::shape_j,
        Words::shape_big_square,
        Words::shape_dot,
        Words::shape_upright_three,
        Words::shape_flat_three,
        Words::shape_l,
        Words::shape_turned_l,
        Words::shape_square,
        Words::shape_upright_five,
        Words::shape_flat_five,
        Words::shape_z,
        Words::shape_upright_z,
    ];
    let name = NAMES[usize::from(shape.number())];
    name(spoken())
}

/// The name of a colour.
#[must_use]
pub fn colour(colour: Colour) -> String {
    let words = spoken();
    match colour {
        Colour::Red => words.colour_red(),
        Colour::Blue => words.colour_blue(),
        Colour::Green => words.colour_green(),
        Colour::Orange => words.colour_orange(),
        Colour::Purple => words.colour_purple(),
        Colour::Yellow => words.colour_yellow(),
    }
}

/// The label of a cell of the board: where it is and what is in it. Rows and columns count from 1.
#[must_use]
pub fn cell(cell: Cell, filled: Option<Colour>) -> String {
    listed([place_on_board(cell), filled.map_or_else(|| spoken().cell_empty(), colour)])
}

/// The label of a slot: its shape and whether that can be placed, or that the slot is empty.
#[must_use]
pub fn staged(staged: Option<&Staged>) -> String {
    let Some(&Staged { piece, fits, .. }) = staged else { return spoken().slot_empty() };
    let cells = spoken().count_cells(piece.shape.mask().count());
    listed([capital(shape(piece.shape)), cells, colour(piece.colour), fitting(fits)])
}

fn fitting(fits: bool) -> String {
    let words = spoken();
    if fits { words.piece_fits() } else { words.piece_does_not_fit() }
}

/// Describes the outcome of a drop.
#[must_use]
pub fn dropped(outcome: &Result<Turn, Refusal>) -> String {
    let words = spoken();
    let turn = match outcome {
        Ok(turn) => turn,
        Err(refused) => return words.not_placed(refusal(*refused)),
    };
    let mut parts = vec![words.placed(capital(shape(turn.piece.shape)))];
    let (rows, columns) = (turn.complete.rows.count(), turn.complete.columns.count());
    if rows > 0 {
        parts.push(words.rows_cleared(rows));
    }
    if columns > 0 {
        parts.push(words.columns_cleared(columns));
    }
    if turn.points > 0 {
        parts.push(words.gained(turn.points));
    }
    let mut sentences = vec![words.dropped(listed(parts), turn.score)];
    if let Some(hand) = turn.dealt {
        sentences.push(words.new_hand(listed(hand.map(|piece| shape(piece.shape)))));
    }
    if turn.over {
        sentences.push(words.game_over());
    }
    sentences.join(" ")
}

fn refusal(refusal: Refusal) -> String {
    let words = spoken();
    match refusal {
        Refusal::EmptySlot => words.refusal_empty_slot(),
        Refusal::OffBoard => words.refusal_off_board(),
        Refusal::Occupied => words.refusal_occupied(),
    }
}

/// Describes a change of the whole board. That a game is over is not mentioned: the panel at the end shows it.
#[must_use]
pub fn table_set(table: &TableSet) -> String {
    let words = spoken();
    let score = table.score;
    match table.cause {
        Cause::Began => words.began(listed(table.staged.iter().flatten().map(|piece| shape(piece.shape)))),
        Cause::Resumed => words.resumed(score),
        Cause::Imported => words.imported(score),
        Cause::Undone(_) => words.undone(score),
        Cause::Redone => words.redone(score),
        Cause::Sought => words.sought(table.drops, score),
    }
}

/// Describes where a shape that was picked up fits.
#[must_use]
pub fn fits(fits: &Fits) -> String {
    let words = spoken();
    let name = capital(shape(fits.piece.shape));
    match fits.anchors.cells().next() {
        Some(first) => words.picked_up(name, fits.anchors.count(), first.row() + 1, first.column() + 1),
        None => words.picked_up_no_fit(name),
    }
}

/// Whether the held shape fits where it is, and which lines it would clear. The cell has its own label with the place.
#[must_use]
pub fn hovering(fits: bool, complete: Complete) -> String {
    let words = spoken();
    let (rows, columns) = (complete.rows.count(), complete.columns.count());
    let lines = [(rows > 0).then(|| words.rows_to_clear(rows)), (columns > 0).then(|| words.columns_to_clear(columns))];
    let clears = (complete.lines() > 0).then(|| words.would_clear(listed(lines.into_iter().flatten())));
    listed([fitting(fits)].into_iter().chain(clears))
}

/// The text that rises from cleared lines: the points, and from two lines on how many lines.
#[must_use]
pub fn bump(points: u64, lines: u32) -> (String, Option<String>) {
    (format!("+{}", number(points)), (lines > 1).then(|| spoken().count_lines(lines)))
}

pub(super) fn place_on_board(cell: Cell) -> String {
    spoken().place_on_board(cell.row() + 1, cell.column() + 1)
}

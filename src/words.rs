//! Every word that the program says, in one place: English, ready for a second language.
//!
//! Comes in: what happened. Goes out: sentences. The words that never change stand in index.html.

use std::fmt;

use crate::bus::{DeadLetter, Failure, Verdict};
use crate::events::fits::Fits;
use crate::events::{Cause, RecordChanged, TableSet};
use crate::ports::StorageError;
use crate::records::{self, DailyResult, Date, daily};
use crate::rules::{Cell, Colour, Deal, Game, GameKind, Piece, Refusal, Shape, Turn};
use crate::world::{Ended, Staged, Wanted};

/// What a shape is called, without an article and with a small letter unless it is one.
#[must_use]
pub fn shape(shape: Shape) -> &'static str {
    const NAMES: [&str; Shape::ALL.len()] = [
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
    NAMES[usize::from(shape.number())]
}

/// What a colour is called.
#[must_use]
pub fn colour(colour: Colour) -> &'static str {
    match colour {
        Colour::Red => "red",
        Colour::Blue => "blue",
        Colour::Green => "green",
        Colour::Orange => "orange",
        Colour::Purple => "purple",
        Colour::Yellow => "yellow",
    }
}

/// A cell of the board: where it is and what is in it. Rows and columns count from 1.
#[must_use]
pub fn cell(cell: Cell, filled: Option<Colour>) -> String {
    format!("{}, {}", place_on_board(cell), filled.map_or("empty", colour))
}

/// A staged shape: what it is and whether it can be placed; or that its slot is empty.
#[must_use]
pub fn staged(staged: Option<&Staged>) -> String {
    let Some(staged) = staged else { return "empty slot".to_owned() };
    format!("{}, {}", piece(staged.piece), fitting(staged.fits))
}

fn fitting(fits: bool) -> &'static str {
    if fits { "fits" } else { "does not fit" }
}

fn piece(piece: Piece) -> String {
    let cells = count(piece.shape.mask().count(), "cell", "cells");
    format!("{}, {cells}, {}", capital(shape(piece.shape)), colour(piece.colour))
}

/// What a drop did.
#[must_use]
pub fn dropped(outcome: &Result<Turn, Refusal>) -> String {
    let turn = match outcome {
        Ok(turn) => turn,
        Err(refusal) => return format!("Not placed: {refusal}."),
    };
    let mut parts = vec![format!("{} placed", capital(shape(turn.piece.shape)))];
    let (rows, columns) = (turn.complete.rows.count(), turn.complete.columns.count());
    if rows > 0 {
        parts.push(format!("{} cleared", count(rows, "row", "rows")));
    }
    if columns > 0 {
        parts.push(format!("{} cleared", count(columns, "column", "columns")));
    }
    if turn.points > 0 {
        parts.push(format!("{} points", turn.points));
    }
    let mut sentence = format!("{}. Score {}.", parts.join(", "), turn.score);
    if let Some(hand) = turn.dealt {
        sentence += &format!(" New hand: {}.", hand.map(|piece| shape(piece.shape)).join(", "));
    }
    if turn.over {
        sentence += " Game over.";
    }
    sentence
}

/// The table was set.
#[must_use]
pub fn table_set(table: &TableSet) -> String {
    let over = if table.over { " Game over." } else { "" };
    let score = table.score;
    match table.cause {
        Cause::Began => {
            let names: Vec<_> = table.staged.iter().flatten().map(|piece| shape(piece.shape)).collect();
            format!("New game. Hand: {}.", names.join(", "))
        }
        Cause::Resumed => format!("The game goes on. Score {score}.{over}"),
        Cause::Imported => format!("Everything is as in the file now. Score {score}.{over}"),
        Cause::Undone(_) => format!("Drop taken back. Score {score}."),
        Cause::Redone => format!("Drop played again. Score {score}.{over}"),
        Cause::Sought => format!("After {}. Score {score}.", drops(table.drops)),
    }
}

/// Where a shape that was picked up could be let go.
#[must_use]
pub fn fits(fits: &Fits) -> String {
    let places = count(fits.anchors.count(), "place", "places");
    let name = capital(shape(fits.piece.shape));
    match fits.anchors.cells().next() {
        Some(first) => format!(
            "{name} picked up. It fits in {places}, the first at row {}, column {}.",
            first.row() + 1,
            first.column() + 1
        ),
        None => format!("{name} picked up. It fits nowhere."),
    }
}

/// Where a shape hovers, by its top-left cell, and whether it could be let go there.
#[must_use]
pub fn hovering(at: Cell, fits: bool) -> String {
    format!("{}, {}", place_on_board(at), fitting(fits))
}

/// A handler has given an event up: the head of a report.
#[must_use]
pub fn failed(failure: &Failure) -> String {
    let Failure { topic, group, seq, attempts, error, .. } = failure;
    let tries = count(*attempts, "try", "tries");
    format!("Group `{group}` has given up event {seq} of topic `{topic}` after {tries}: {error} The last drops:")
}

/// The points that rise from what was cleared; two lines or more say so.
#[must_use]
pub fn bump(points: u64, lines: u32) -> (String, Option<String>) {
    (format!("+{points}"), (lines > 1).then(|| count(lines, "line", "lines")))
}

/// What stands over the totals of a game that has ended.
#[must_use]
pub fn verdict(ended: &Ended) -> &'static str {
    if ended.score > 0 && ended.score == ended.best { "A new best!" } else { "Nothing fits any more." }
}

/// The seed in the address is not one.
#[must_use]
pub fn not_a_seed(text: &str) -> String {
    let shown: String = text.chars().take(24).collect();
    format!("“{shown}” is not a seed (0 to {}): this game has a random one.", u64::MAX)
}

/// A change of this record could not be stored.
#[must_use]
pub fn not_stored(key: &str, trouble: Option<&str>) -> String {
    let what = match key {
        _ if records::GAME.contains(&key) => "Your game",
        records::BESTS => "Your best score",
        records::DAILY => "The result of the daily board",
        records::ARCHIVE => "Your statistics",
        _ => "A setting",
    };
    let trouble = trouble.unwrap_or("too much is waiting to be stored");
    format!("{what} cannot be stored ({trouble}). What you do stays until this page is closed.")
}

/// A change was given up: the head of a report.
#[must_use]
pub fn given_up(letter: &DeadLetter<RecordChanged>, sentence: &str) -> String {
    let Verdict { topic, group, reason, attempts, .. } = &letter.verdict;
    let tries = count(*attempts, "try", "tries");
    let key = &letter.event.key;
    format!(
        "Group `{group}` has given up `{key}` of topic `{topic}` after {tries} ({reason}): {sentence} The last drops:"
    )
}

/// What was stored could not be read.
#[must_use]
pub fn storage_unreadable(error: &StorageError) -> String {
    format!("What was stored cannot be read ({error}). You can play, but the game may not be kept.")
}

/// What was stored under this key means nothing.
#[must_use]
pub fn stored_nonsense(key: &str, reason: &dyn fmt::Display) -> String {
    format!("What is stored as {key} is not readable ({reason}). It is kept aside, and left out of account.")
}

/// A link has no game that the rules allow.
#[must_use]
pub fn bad_link(error: &dyn fmt::Display) -> String {
    format!("This link has no game to show: {error}.")
}

/// A file is no backup.
#[must_use]
pub fn import_refused(error: &dyn fmt::Display) -> String {
    format!("This file was not taken, and nothing has changed: {error}.")
}

/// A link was put into the clipboard.
#[must_use]
pub fn copied() -> String {
    "The link is in the clipboard.".to_owned()
}

/// A file could not be given to the player.
#[must_use]
pub fn not_saved(error: &str) -> String {
    format!("The file could not be saved ({error}).")
}

/// What is said of a game that is shared. A daily one is told with its board, a square for each cell.
#[must_use]
pub fn shared(deal: Deal, game: &Game, clean: bool) -> String {
    let what = match daily::date_of(deal) {
        Some(date) => format!("Blockers, daily board of {date}"),
        None => format!("Blockers, {}", kind(deal)),
    };
    let points = count(u32::try_from(game.score()).unwrap_or(u32::MAX), "point", "points");
    let drops = drops(game.drops());
    let undone = if clean { "" } else { ", with drops taken back" };
    let mut text = format!("{what}: {points} in {drops}{undone}.");
    if deal.kind == GameKind::Daily {
        for cell in Cell::all() {
            if cell.column() == 0 {
                text.push('\n');
            }
            text.push(square(game.board().colour(cell)));
        }
    }
    text
}

/// A kind of game, with the seed where somebody chose it.
#[must_use]
pub fn kind(deal: Deal) -> String {
    match deal.kind {
        GameKind::Classic => "classic".to_owned(),
        GameKind::Kind => "kind".to_owned(),
        GameKind::Daily => daily::date_of(deal).map_or_else(|| "daily".to_owned(), |date| format!("daily, {date}")),
        GameKind::Seed => format!("seed {}", deal.seed),
    }
}

/// What there is to say of a kind of game in the menu.
#[must_use]
pub fn about(kind: GameKind, best: u64, today: Date, result: Option<DailyResult>) -> String {
    match (kind, result) {
        (GameKind::Classic, _) => format!("The original's dealing. Best {best}."),
        (GameKind::Kind, _) => format!("Every hand can be placed. Best {best}."),
        (GameKind::Daily, None) => format!("{today}: one board for everybody. Not played yet. Best {best}."),
        (GameKind::Daily, Some(result)) => {
            let undone = if result.undos > 0 { " with undo" } else { "" };
            format!("{today}: {} points{undone}. Another game is practice. Best {best}.", result.score)
        }
        (GameKind::Seed, _) => format!("A number: whoever plays it has the same hands. Best {best}."),
    }
}

/// Why the player is asked.
#[must_use]
pub fn question(wanted: Wanted) -> &'static str {
    match wanted {
        Wanted::PlayOn => "Your own game ends here if you play on in the one that is shown.",
        Wanted::Another | Wanted::Kind(_) | Wanted::Seed(_) => "It ends here, with the score that it has.",
    }
}

/// Where a replay is.
#[derive(Clone, Copy, PartialEq, Debug)]
#[expect(missing_docs, reason = "the names say it; it is verified if it came from elsewhere and the rules allow it")]
pub struct Replayed {
    pub position: usize,
    pub total: usize,
    pub score: u64,
    pub verified: bool,
}

/// The line above a replay's controls.
#[must_use]
pub fn replay(shown: &Replayed, deal: Deal) -> String {
    let verified = if shown.verified { ", checked by the rules" } else { "" };
    format!("{}: {}, {} points{verified}", capital(&kind(deal)), place(shown.position, shown.total), shown.score)
}

/// A place in a game.
#[must_use]
pub fn place(position: usize, total: usize) -> String {
    format!("drop {position} of {total}")
}

/// What was typed is no seed.
#[must_use]
pub fn no_seed(text: &str) -> String {
    let shown: String = text.chars().take(24).collect();
    format!("“{shown}” is not a seed: that is a number from 0 to {}.", u64::MAX)
}

/// The sound was switched by a key.
#[must_use]
pub fn sound(muted: bool) -> &'static str {
    if muted { "Sound off." } else { "Sound on." }
}

/// There is nothing to make a chart of.
#[must_use]
pub fn nothing_to_show() -> &'static str {
    "There is nothing to show here."
}

/// There are no statistics yet, of all games or of this kind.
#[must_use]
pub fn no_games(kind: Option<GameKind>) -> &'static str {
    match kind {
        None => "You have not ended a game yet. Once you have, its numbers are here.",
        Some(_) => "You have not ended a game of this kind yet. Once you have, its numbers are here.",
    }
}

/// A number with one digit behind the point.
#[must_use]
pub fn tenths(number: f64) -> String {
    let tenths = (number * 10.0).round() as u64;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// The chart of scores, for who does not see it.
#[must_use]
pub fn scores_chart(games: usize, lowest: u64, highest: u64, last: u64) -> String {
    if games == 1 {
        return format!("One game, with {last} points.");
    }
    format!("Scores of {games} games: the lowest {lowest}, the highest {highest}, the last {last}.")
}

/// The highest score of a chart.
#[must_use]
pub fn highest(score: u64) -> String {
    format!("highest {score}")
}

/// How many games a chart shows, and in which order.
#[must_use]
pub fn in_order(games: usize) -> String {
    if games == 1 { "1 game".to_owned() } else { format!("{games} games, the oldest first") }
}

/// One game of a chart, counted from 1.
#[must_use]
pub fn scored(number: usize, games: usize, score: u64) -> String {
    format!("game {number} of {games}: {score} points")
}

/// The chart of ends, for who does not see it: the shapes in this order, without those that were never the end.
#[must_use]
pub fn ends_chart(rows: &[(Shape, u32)], left: u32) -> String {
    let named = rows.iter().filter(|(_, times)| *times > 0).map(|&(shape, times)| fitted_nowhere(shape, times));
    let named: Vec<_> = named.collect();
    let left = games_left(left);
    if named.is_empty() {
        return format!("{left}.");
    }
    format!("What fitted nowhere at the end: {}. {left}.", named.join("; "))
}

/// How often a shape fitted nowhere at the end of a game.
#[must_use]
pub fn fitted_nowhere(which: Shape, times: u32) -> String {
    format!("{}, {}", shape(which), count(times, "time", "times"))
}

/// The games that were left, beside the shapes that ended the others.
#[must_use]
pub fn left() -> &'static str {
    "left"
}

/// How many games were left.
#[must_use]
pub fn games_left(games: u32) -> String {
    count(games, "game was left", "games were left")
}

/// The chart of the board's cells, for who does not see it: the cell that most drops covered, and that with the fewest.
#[must_use]
pub fn heat_chart(most: (Cell, u32), fewest: (Cell, u32)) -> String {
    let ((top, most), (low, fewest)) = (most, fewest);
    let (top, low) = (place_on_board(top), place_on_board(low));
    format!("Drops on each cell of the board: most on {top} with {most}, fewest on {low} with {fewest}.")
}

/// How many drops covered a cell.
#[must_use]
pub fn covered(cell: Cell, times: u32) -> String {
    format!("{}: {}", place_on_board(cell), drops(times))
}

/// A number of drops.
#[must_use]
pub fn drops(number: u32) -> String {
    count(number, "drop", "drops")
}

fn place_on_board(cell: Cell) -> String {
    format!("row {}, column {}", cell.row() + 1, cell.column() + 1)
}

/// A cell as a coloured square.
fn square(colour: Option<Colour>) -> char {
    match colour {
        None => '⬜',
        Some(Colour::Red) => '🟥',
        Some(Colour::Blue) => '🟦',
        Some(Colour::Green) => '🟩',
        Some(Colour::Orange) => '🟧',
        Some(Colour::Purple) => '🟪',
        Some(Colour::Yellow) => '🟨',
    }
}

fn count(number: u32, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

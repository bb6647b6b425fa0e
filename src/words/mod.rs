//! Every word that the program says, in one place and in every language that there is.
//!
//! Comes in: what happened. Goes out: sentences in the language that is spoken. The sentences themselves stand in l10n/, a file
//! for each language, and `table` has them as functions; what stands there between brackets is chosen by Unicode's rules for
//! plurals. `page` has the words of index.html that never change.

pub mod page;

mod language;
mod numbers;
mod statistics;
mod table;

use std::fmt;

use fluent_static::Message;

use crate::bus::{DeadLetter, Failure, Verdict};
use crate::events::fits::Fits;
use crate::events::{Cause, RecordChanged, TableSet};
use crate::ports::StorageError;
use crate::records::{self, DailyResult, Date, daily};
use crate::rules::{Cell, Colour, Deal, Game, GameKind, Refusal, Shape, Turn};
use crate::world::{Ended, Staged, Wanted};

use table::{Words, plain, spoken};

pub use language::{Language, language, speak};
pub use numbers::{Formats, date, format_with, number, pace, tenths};
pub use statistics::{
    covered, ends_chart, fitted_nowhere, games_left, heat_chart, highest, in_order, left, no_games, nothing_to_show,
    scored, scores_chart,
};

/// What is said in here is English with plain numbers: for engineers, who read it in reports and in the inspector.
pub fn plainly<T>(say: impl FnOnce() -> T) -> T {
    let (spoken, formats) = (language(), numbers::exchange(None));
    speak(Language::English);
    let said = say();
    speak(spoken);
    numbers::exchange(formats);
    said
}

/// What a shape is called, without an article and with a small letter unless it is one.
#[must_use]
pub fn shape(shape: Shape) -> String {
    const NAMES: [fn(&Words) -> Message; Shape::ALL.len()] = [
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
    name(&spoken()).to_string()
}

/// What a colour is called.
#[must_use]
pub fn colour(colour: Colour) -> String {
    let words = spoken();
    let name = match colour {
        Colour::Red => words.colour_red(),
        Colour::Blue => words.colour_blue(),
        Colour::Green => words.colour_green(),
        Colour::Orange => words.colour_orange(),
        Colour::Purple => words.colour_purple(),
        Colour::Yellow => words.colour_yellow(),
    };
    name.to_string()
}

/// A cell of the board: where it is and what is in it. Rows and columns count from 1.
#[must_use]
pub fn cell(cell: Cell, filled: Option<Colour>) -> String {
    listed([place_on_board(cell), filled.map_or_else(|| spoken().cell_empty().to_string(), colour)])
}

/// A staged shape: what it is and whether it can be placed; or that its slot is empty.
#[must_use]
pub fn staged(staged: Option<&Staged>) -> String {
    let Some(&Staged { piece, fits, .. }) = staged else { return spoken().slot_empty().to_string() };
    let cells = spoken().count_cells(piece.shape.mask().count()).to_string();
    listed([capital(&shape(piece.shape)), cells, colour(piece.colour), fitting(fits)])
}

fn fitting(fits: bool) -> String {
    let words = spoken();
    if fits { words.piece_fits().to_string() } else { words.piece_does_not_fit().to_string() }
}

/// What a drop did.
#[must_use]
pub fn dropped(outcome: &Result<Turn, Refusal>) -> String {
    let words = spoken();
    let turn = match outcome {
        Ok(turn) => turn,
        Err(refused) => return words.not_placed(refusal(*refused)).to_string(),
    };
    let mut parts = vec![words.placed(capital(&shape(turn.piece.shape))).to_string()];
    let (rows, columns) = (turn.complete.rows.count(), turn.complete.columns.count());
    if rows > 0 {
        parts.push(words.rows_cleared(rows).to_string());
    }
    if columns > 0 {
        parts.push(words.columns_cleared(columns).to_string());
    }
    if turn.points > 0 {
        parts.push(words.gained(turn.points).to_string());
    }
    let mut sentences = vec![words.dropped(listed(parts), turn.score).to_string()];
    if let Some(hand) = turn.dealt {
        sentences.push(words.new_hand(listed(hand.map(|piece| shape(piece.shape)))).to_string());
    }
    if turn.over {
        sentences.push(words.game_over().to_string());
    }
    sentences.join(" ")
}

fn refusal(refusal: Refusal) -> String {
    let words = spoken();
    let reason = match refusal {
        Refusal::EmptySlot => words.refusal_empty_slot(),
        Refusal::OffBoard => words.refusal_off_board(),
        Refusal::Occupied => words.refusal_occupied(),
    };
    reason.to_string()
}

/// The table was set.
#[must_use]
pub fn table_set(table: &TableSet) -> String {
    let words = spoken();
    let score = table.score;
    let sentence = match table.cause {
        Cause::Began => words.began(listed(table.staged.iter().flatten().map(|piece| shape(piece.shape)))),
        Cause::Resumed => words.resumed(score),
        Cause::Imported => words.imported(score),
        Cause::Undone(_) => words.undone(score),
        Cause::Redone => words.redone(score),
        Cause::Sought => words.sought(table.drops, score),
    };
    if table.over && matches!(table.cause, Cause::Resumed | Cause::Imported | Cause::Redone) {
        return format!("{sentence} {}", words.game_over());
    }
    sentence.to_string()
}

/// Where a shape that was picked up could be let go.
#[must_use]
pub fn fits(fits: &Fits) -> String {
    let words = spoken();
    let name = capital(&shape(fits.piece.shape));
    match fits.anchors.cells().next() {
        Some(first) => words.picked_up(name, fits.anchors.count(), first.row() + 1, first.column() + 1).to_string(),
        None => words.picked_up_in_vain(name).to_string(),
    }
}

/// Where a shape hovers, by its top-left cell, and whether it could be let go there.
#[must_use]
pub fn hovering(at: Cell, fits: bool) -> String {
    listed([place_on_board(at), fitting(fits)])
}

/// A handler has given an event up: the head of a report, which is for engineers and so in English.
#[must_use]
pub fn failed(failure: &Failure) -> String {
    let Failure { topic, group, seq, attempts, error, .. } = failure;
    let tries = tries(*attempts);
    format!("Group `{group}` has given up event {seq} of topic `{topic}` after {tries}: {error} The last drops:")
}

/// The points that rise from what was cleared; two lines or more say so.
#[must_use]
pub fn bump(points: u64, lines: u32) -> (String, Option<String>) {
    (format!("+{}", number(points)), (lines > 1).then(|| spoken().count_lines(lines).to_string()))
}

/// What stands over the totals of a game that has ended.
#[must_use]
pub fn verdict(ended: &Ended) -> String {
    let words = spoken();
    let is_best = ended.score > 0 && ended.score == ended.best;
    let verdict = match (ended.all_own, is_best) {
        (false, _) => words.verdict_played_on(),
        (true, true) => words.verdict_best(),
        (true, false) => words.verdict_over(),
    };
    verdict.to_string()
}

/// The seed in the address is not one.
#[must_use]
pub fn not_a_seed(text: &str) -> String {
    spoken().not_a_seed(beginning(text), u64::MAX.to_string()).to_string()
}

/// A change of this record could not be stored.
#[must_use]
pub fn not_stored(key: &str, trouble: Option<&str>) -> String {
    let words = spoken();
    let trouble = trouble.map_or_else(|| words.too_much_waits().to_string(), str::to_owned);
    let sentence = match key {
        _ if records::GAME.contains(&key) => words.game_not_stored(trouble),
        records::BESTS => words.best_not_stored(trouble),
        records::DAILY => words.daily_not_stored(trouble),
        records::ARCHIVE => words.statistics_not_stored(trouble),
        _ => words.setting_not_stored(trouble),
    };
    sentence.to_string()
}

/// A change was given up: the head of a report, which is for engineers and so in English.
#[must_use]
pub fn given_up(letter: &DeadLetter<RecordChanged>, sentence: &str) -> String {
    let Verdict { topic, group, reason, attempts, .. } = &letter.verdict;
    let tries = tries(*attempts);
    let key = &letter.event.key;
    format!(
        "Group `{group}` has given up `{key}` of topic `{topic}` after {tries} ({reason}): {sentence} The last drops:"
    )
}

/// What was stored could not be read.
#[must_use]
pub fn storage_unreadable(error: &StorageError) -> String {
    spoken().storage_unreadable(error.to_string()).to_string()
}

/// What was stored under this key means nothing.
#[must_use]
pub fn stored_nonsense(key: &str, reason: &dyn fmt::Display) -> String {
    spoken().stored_nonsense(key, reason.to_string()).to_string()
}

/// What was stored under this key has lost a part, of which nothing is left.
#[must_use]
pub fn stored_incomplete(key: &str, reason: &dyn fmt::Display) -> String {
    spoken().stored_incomplete(key, reason.to_string()).to_string()
}

/// A game has more drops than can be stored.
#[must_use]
pub fn too_long(most: usize) -> String {
    spoken().too_long(most as u64).to_string()
}

/// A link has no game that the rules allow.
#[must_use]
pub fn bad_link(error: &dyn fmt::Display) -> String {
    spoken().bad_link(error.to_string()).to_string()
}

/// A file is no backup.
#[must_use]
pub fn import_refused(error: &dyn fmt::Display) -> String {
    spoken().import_refused(error.to_string()).to_string()
}

/// A link was put into the clipboard.
#[must_use]
pub fn copied() -> String {
    spoken().copied().to_string()
}

/// A file could not be given to the player.
#[must_use]
pub fn not_saved(error: &str) -> String {
    spoken().not_saved(error).to_string()
}

/// What is said of a game that is shared. A daily one is told with its board, a square for each cell. It leaves the page, and so
/// its numbers and its day are plain.
#[must_use]
pub fn shared(deal: Deal, game: &Game, clean: bool) -> String {
    let words = spoken();
    let what = match daily::date_of(deal) {
        Some(date) => words.shared_daily(date.to_string()),
        None => words.shared_kind(kind(deal)),
    };
    let (what, points, drops) = (what.to_string(), plain(game.score()), plain(game.drops().into()));
    let said = if clean { words.shared(what, points, drops) } else { words.shared_undone(what, points, drops) };
    let mut text = said.to_string();
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
    let words = spoken();
    let name = match (deal.kind, daily::date_of(deal)) {
        (GameKind::Classic, _) => words.kind_classic(),
        (GameKind::Kind, _) => words.kind_kind(),
        (GameKind::Daily, None) => words.kind_daily(),
        (GameKind::Daily, Some(day)) => words.kind_daily_of(date(day)),
        (GameKind::Seed, _) => words.kind_seed(deal.seed.to_string()),
    };
    name.to_string()
}

/// What there is to say of a kind of game in the menu.
#[must_use]
pub fn about(kind: GameKind, best: u64, today: Date, result: Option<DailyResult>) -> String {
    let words = spoken();
    let sentences = match (kind, result) {
        (GameKind::Classic, _) => words.about_classic(best),
        (GameKind::Kind, _) => words.about_kind(best),
        (GameKind::Daily, None) => words.about_daily(date(today), best),
        (GameKind::Daily, Some(result)) if result.undos > 0 => {
            words.about_daily_undone(date(today), result.score, best)
        }
        (GameKind::Daily, Some(result)) => words.about_daily_played(date(today), result.score, best),
        (GameKind::Seed, _) => words.about_seed(best),
    };
    sentences.to_string()
}

/// Why the player is asked.
#[must_use]
pub fn question(wanted: Wanted) -> String {
    let words = spoken();
    match wanted {
        Wanted::PlayOn => words.question_play_on().to_string(),
        Wanted::Another | Wanted::Kind(_) | Wanted::Seed(_) => words.question_ends().to_string(),
    }
}

/// The sound was switched by a key.
#[must_use]
pub fn sound(muted: bool) -> String {
    if muted { spoken().sound_off() } else { spoken().sound_on() }.to_string()
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
    let words = spoken();
    let (kind, place) = (capital(&kind(deal)), place(shown.position, shown.total));
    let line = if shown.verified {
        words.replayed_checked(kind, place, shown.score)
    } else {
        words.replayed(kind, place, shown.score)
    };
    line.to_string()
}

/// A place in a game.
#[must_use]
pub fn place(position: usize, total: usize) -> String {
    spoken().place_in_game(position, total).to_string()
}

/// What the button does that lets a replay go on by itself or not.
#[must_use]
pub fn toggle(playing: bool) -> String {
    let words = spoken();
    if playing { words.pause().to_string() } else { words.resume().to_string() }
}

/// What was typed is no seed.
#[must_use]
pub fn no_seed(text: &str) -> String {
    spoken().no_seed(beginning(text), u64::MAX.to_string()).to_string()
}

/// A number of drops.
#[must_use]
pub fn drops(number: u32) -> String {
    spoken().count_drops(number).to_string()
}

fn place_on_board(cell: Cell) -> String {
    spoken().place_on_board(cell.row() + 1, cell.column() + 1).to_string()
}

/// What somebody else wrote, as far as there is room for it.
fn beginning(text: &str) -> String {
    text.chars().take(24).collect()
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

fn tries(attempts: u32) -> String {
    if attempts == 1 { "1 try".to_owned() } else { format!("{attempts} tries") }
}

/// One thing after the other, with what stands between two of them.
fn listed(things: impl IntoIterator<Item = String>) -> String {
    let one_more = |list: String, next: String| spoken().listed(list, next).to_string();
    things.into_iter().reduce(one_more).unwrap_or_default()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

//! Texts about whole games: their kinds, their ends, the text that is shared, and replays.

use super::capital;
use super::numbers::date;
use super::table::{Value, spoken};
use crate::records::{DailyResult, Date, daily};
use crate::world::{Ended, Wanted};
use blockers_rules::{Cell, Colour, Deal, Game, GameKind};

/// The name of a kind of game, with the day of a daily board and with the seed if the player chose it.
#[must_use]
pub fn kind(deal: Deal) -> String {
    let words = spoken();
    match (deal.kind, daily::date_of(deal)) {
        (GameKind::Classic, _) => words.kind_classic(),
        (GameKind::Relaxed, _) => words.kind_relaxed(),
        (GameKind::Daily, None) => words.kind_daily(),
        (GameKind::Daily, Some(day)) => words.kind_daily_of(date(day)),
        (GameKind::Seed, _) => words.kind_seed(deal.seed.to_string()),
    }
}

/// The description of a kind of game in the menu.
#[must_use]
pub fn about(kind: GameKind, best: u64, today: Date, result: Option<DailyResult>) -> String {
    let words = spoken();
    match (kind, result) {
        (GameKind::Classic, _) => words.about_classic(best),
        (GameKind::Relaxed, _) => words.about_relaxed(best),
        (GameKind::Daily, None) => words.about_daily(date(today), best),
        (GameKind::Daily, Some(result)) if result.undos > 0 => {
            words.about_daily_undone(date(today), result.score, best)
        }
        (GameKind::Daily, Some(result)) => words.about_daily_played(date(today), result.score, best),
        (GameKind::Seed, _) => words.about_seed(best),
    }
}

/// The text of the question that is asked before a game is replaced.
#[must_use]
pub fn question(wanted: Wanted) -> String {
    let words = spoken();
    match wanted {
        Wanted::PlayOn => words.question_play_on(),
        Wanted::Another | Wanted::Kind(_) | Wanted::Daily(_) | Wanted::Seed(_) => words.question_ends(),
    }
}

/// The line above the totals of a game that is over.
#[must_use]
pub fn verdict(ended: &Ended) -> String {
    let words = spoken();
    let is_best = ended.raised && ended.score == ended.best;
    match (ended.all_own, is_best) {
        (false, _) => words.verdict_played_on(),
        (true, true) => words.verdict_best(),
        (true, false) => words.verdict_over(),
    }
}

/// The name of the best score: of games without undo if `clean`, else of games with undo.
#[must_use]
pub fn best(clean: bool) -> String {
    let words = spoken();
    if clean { words.best() } else { words.best_with_undo() }
}

/// The text that is shared with the link of a game. That of a daily game also says whether it was practice, and shows
/// the board with a square per cell. The text leaves the page, so its numbers and dates are not localized.
#[must_use]
pub fn shared(deal: Deal, game: &Game, clean: bool, practice: bool) -> String {
    let words = spoken();
    let what = match daily::date_of(deal) {
        Some(date) if practice => words.shared_practice(date.to_string()),
        Some(date) => words.shared_daily(date.to_string()),
        None => words.shared_kind(kind(deal)),
    };
    let (points, drops) = (Value::Plain(game.score()), Value::Plain(game.drops().into()));
    let mut text = if clean { words.shared(what, points, drops) } else { words.shared_undone(what, points, drops) };
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

/// The place of a replay in its game.
#[derive(Clone, Copy, PartialEq, Debug)]
#[expect(missing_docs, reason = "the names say it; `verified`: it came from a link, and the rules allow it")]
pub struct Replayed {
    pub position: usize,
    pub total: usize,
    pub score: u64,
    pub verified: bool,
}

/// The line above the controls of a replay.
#[must_use]
pub fn replay(shown: &Replayed, deal: Deal) -> String {
    let words = spoken();
    let (kind, place) = (capital(kind(deal)), place(shown.position, shown.total));
    if shown.verified {
        words.replayed_checked(kind, place, shown.score)
    } else {
        words.replayed(kind, place, shown.score)
    }
}

/// A place in a game: move `position` of `total`.
#[must_use]
pub fn place(position: usize, total: usize) -> String {
    spoken().place_in_game(position, total)
}

/// The label of the button that pauses and resumes a replay.
#[must_use]
pub fn toggle(playing: bool) -> String {
    let words = spoken();
    if playing { words.pause() } else { words.resume() }
}

/// A number of moves, which is what players call drops.
#[must_use]
pub fn drops(number: u32) -> String {
    spoken().count_drops(number)
}

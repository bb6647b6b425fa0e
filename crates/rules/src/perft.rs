//! Perft counts the sequences of legal drops. If two implementations get the same counts, very likely their rules are
//! the same.

use super::drop_at::DropAt;
use super::game::Game;

/// Returns the number of sequences of exactly `depth` legal drops that start at this game; 1 for a depth of 0.
///
/// The last drop of a sequence is counted but not played.
///
/// ```
/// use blockers_rules::{Dealer, Game, perft};
///
/// let game = Game::new(Dealer::classic(7));
/// assert_eq!(perft(&game, 1), game.legal_drops().count() as u64);
/// assert_eq!(perft(&game, 2), 24_592);
/// ```
#[must_use]
pub fn perft(game: &Game, depth: u32) -> u64 {
    match depth {
        0 => 1,
        1 => game.legal_drop_count().into(),
        _ => game.legal_drops().map(|drop| perft(&after(game, drop), depth - 1)).sum(),
    }
}

/// Returns each legal first drop with the number of sequences of exactly `depth` drops that start with it. The numbers
/// add up to [`perft()`]. The iterator is empty for a depth of 0.
///
/// ```
/// use blockers_rules::perft::{divide, perft};
/// use blockers_rules::{Dealer, Game};
///
/// let game = Game::new(Dealer::classic(7));
/// let counts: u64 = divide(&game, 2).map(|(_, count)| count).sum();
/// assert_eq!(counts, perft(&game, 2));
/// ```
pub fn divide(game: &Game, depth: u32) -> impl Iterator<Item = (DropAt, u64)> {
    let count = |drop, rest| if rest == 0 { 1 } else { perft(&after(game, drop), rest) };
    let by_drop = move |rest| game.legal_drops().map(move |drop| (drop, count(drop, rest)));
    depth.checked_sub(1).map(by_drop).into_iter().flatten()
}

/// Returns the game after this legal drop.
fn after(game: &Game, drop: DropAt) -> Game {
    let mut after = game.clone();
    let turn = after.play(drop.slot, drop.at.into());
    debug_assert!(turn.is_ok(), "the legal drop {drop} was refused");
    after
}

//! The drops that a game allows, and the game after one.

use blockers::rules::{DropAt, Game, Slot};

/// Every drop that is possible now: slot by slot, in each in reading order.
pub(crate) fn legal(game: &Game) -> impl Iterator<Item = DropAt> {
    Slot::ALL.into_iter().flat_map(move |slot| game.anchors(slot).cells().map(move |at| DropAt { slot, at }))
}

/// How many there are.
pub(crate) fn count(game: &Game) -> u32 {
    Slot::ALL.into_iter().map(|slot| game.anchors(slot).count()).sum()
}

/// Makes a drop that is one of [`legal`].
pub(crate) fn make(game: &mut Game, drop: DropAt) {
    if let Err(refusal) = game.play(drop.slot, drop.at.into()) {
        unreachable!("the rules said that {drop} is possible: {refusal}");
    }
}

/// The game after a drop that is one of [`legal`].
pub(crate) fn after(game: &Game, drop: DropAt) -> Game {
    let mut after = game.clone();
    make(&mut after, drop);
    after
}

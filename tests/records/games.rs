//! Games for the tests: played by the rules, made up, or against the rules.

use blockers::records::{End, EndedGame};
use blockers::rules::{Cell, Deal, DropAt, Game, GameKind, Recording, Slot, Timeline, kindness};
use proptest::prelude::*;

/// A game of so many drops, or of fewer if it is over before: always the first slot and the first cell that there are.
pub(crate) fn played(kind: GameKind, seed: u64, drops: usize) -> Recording {
    let mut timeline = Timeline::new(deal(kind, seed));
    while timeline.position() < drops {
        let Some((slot, cell)) = first_drop(timeline.game()) else { break };
        timeline.play(slot, cell.into()).expect("an anchor is where it may lie");
    }
    timeline.recording()
}

/// A classic game that went on until nothing fitted.
pub(crate) fn played_to_the_end(seed: u64) -> Recording {
    played(GameKind::Classic, seed, usize::MAX)
}

fn first_drop(game: &Game) -> Option<(Slot, Cell)> {
    Slot::ALL.into_iter().find_map(|slot| game.anchors(slot).cells().next().map(|cell| (slot, cell)))
}

/// A kind game of so many drops, by threes, however many that are: every hand is placed in the way that the dealer found.
pub(crate) fn endless(seed: u64, drops: usize) -> Recording {
    let mut timeline = Timeline::new(Deal::new(GameKind::Kind, seed));
    while timeline.position() < drops {
        let game = timeline.game();
        let hand = Slot::ALL.map(|slot| game.staged(slot).expect("a hand that was just dealt is whole"));
        let way = kindness::way(game.board().occupied(), hand).expect("a kind hand can be placed");
        for (piece, cell) in way {
            timeline.play(Slot::ALL[piece], cell.into()).expect("it is a way");
        }
    }
    timeline.recording()
}

/// The same game, but its first drop is played twice, from a slot that is empty the second time.
pub(crate) fn against_the_rules(mut recording: Recording) -> Recording {
    let first = *recording.drops.first().expect("the game has a drop");
    recording.drops.insert(1, first);
    recording
}

/// A game with these counts, which nobody has played.
pub(crate) fn made_up(id: u64, kind: GameKind, score: u64, over: bool) -> EndedGame {
    let recording = Recording { deal: deal(kind, id), ..Recording::default() };
    let mut game = EndedGame::of(id, &recording).expect("a game without drops is by the rules");
    game.end = if over { End::Over } else { End::Left };
    game.score = score;
    game.drops = (score % 97) as u32;
    game.lines = (score % 31) as u32;
    game.most_lines = (score % 7) as u32;
    game.streak = (score % 11) as u32;
    game
}

pub(crate) fn any_kind() -> impl Strategy<Value = GameKind> {
    prop::sample::select(GameKind::ALL.to_vec())
}

/// Drops that may be against the rules, of any deal.
pub(crate) fn any_recording() -> impl Strategy<Value = Recording> {
    let drops = prop::collection::vec((0usize..3, 0i32..10, 0i32..10), 0..60);
    (any_kind(), any::<u64>(), any::<u32>(), drops).prop_map(|(kind, seed, undos, drops)| {
        let drop = |(slot, row, column): (usize, i32, i32)| {
            let at = Cell::new(row, column).expect("it is on the board");
            DropAt { slot: Slot::ALL[slot], at }
        };
        Recording { deal: deal(kind, seed), undos, drops: drops.into_iter().map(drop).collect() }
    })
}

/// A deal of this kind; the seed of a daily one is brought to a day.
fn deal(kind: GameKind, seed: u64) -> Deal {
    Deal::new(kind, if kind == GameKind::Daily { 20_261_101 + seed % 30 } else { seed })
}

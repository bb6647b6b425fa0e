//! Games for the tests: legal, made up, and illegal ones.

use blockers::records::{End, EndedGame};
use blockers_rules::{Cell, Deal, DropAt, Game, GameKind, Recording, Slot, Timeline, solver};
use proptest::prelude::*;

/// Returns a game of at most this many drops. Each drop is from the first possible slot to the first possible cell.
pub(crate) fn played(kind: GameKind, seed: u64, drops: usize) -> Recording {
    let mut timeline = Timeline::new(deal(kind, seed));
    while timeline.position() < drops {
        let Some((slot, cell)) = first_drop(timeline.game()) else { break };
        timeline.play(slot, cell.into()).unwrap();
    }
    timeline.recording()
}

/// Returns a classic game that is over.
pub(crate) fn played_to_the_end(seed: u64) -> Recording {
    played(GameKind::Classic, seed, usize::MAX)
}

fn first_drop(game: &Game) -> Option<(Slot, Cell)> {
    Slot::ALL.into_iter().find_map(|slot| game.anchors(slot).cells().next().map(|cell| (slot, cell)))
}

/// Returns a relaxed game of this many drops, rounded up to whole hands. Every hand is placed as the solver says.
pub(crate) fn endless(seed: u64, drops: usize) -> Recording {
    let mut timeline = Timeline::new(Deal::new(GameKind::Relaxed, seed));
    while timeline.position() < drops {
        let game = timeline.game();
        let hand = Slot::ALL.map(|slot| game.staged(slot).unwrap());
        let placement = solver::find_placement(game.board().occupied(), hand).unwrap();
        for (piece, cell) in placement {
            timeline.play(Slot::ALL[piece], cell.into()).unwrap();
        }
    }
    timeline.recording()
}

/// Returns the game with its first drop repeated, which is illegal because the slot is empty the second time.
pub(crate) fn with_illegal_drop(mut recording: Recording) -> Recording {
    let first = *recording.drops.first().unwrap();
    recording.drops.insert(1, first);
    recording
}

/// Returns a game whose counts are derived from `score` and not from its recording.
pub(crate) fn made_up(id: u64, kind: GameKind, score: u64, over: bool) -> EndedGame {
    let recording = Recording { deal: deal(kind, id), ..Recording::default() };
    let mut game = EndedGame::of(id, &recording).unwrap();
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

/// Returns recordings of any deal and any drops, legal or not.
pub(crate) fn any_recording() -> impl Strategy<Value = Recording> {
    let drops = prop::collection::vec((0usize..3, 0i32..10, 0i32..10), 0..60);
    (any_kind(), any::<u64>(), any::<u32>(), drops).prop_map(|(kind, seed, undos, drops)| {
        let drop = |(slot, row, column): (usize, i32, i32)| {
            let at = Cell::new(row, column).unwrap();
            DropAt { slot: Slot::ALL[slot], at }
        };
        Recording { deal: deal(kind, seed), undos, drops: drops.into_iter().map(drop).collect() }
    })
}

/// Returns a deal of this kind. The seed of a daily game becomes a date.
fn deal(kind: GameKind, seed: u64) -> Deal {
    Deal::new(kind, if kind == GameKind::Daily { 20_261_101 + seed % 30 } else { seed })
}

//! Games without the program: strategies, recordings and snapshots of a game; and days.

use blockers::records::Date;
use blockers_rules::{Board, Cell, Deal, DropAt, Game, GameKind, Piece, Recording, SLOTS, Slot, Timeline, solver};

/// Chooses the next drop; `None` if no shape fits.
pub(crate) type Strategy = fn(&Game) -> Option<DropAt>;

/// Drops the first piece that fits, at the first cell where it fits.
pub(crate) fn first_drop(game: &Game) -> Option<DropAt> {
    game.legal_drops().next()
}

/// Drops the last piece that fits, at the last cell where it fits.
pub(crate) fn last_drop(game: &Game) -> Option<DropAt> {
    game.legal_drops().last()
}

/// Returns a game of this many drops, or of fewer if it is over before.
pub(crate) fn recorded(deal: Deal, choose: Strategy, drops: usize) -> Recording {
    let mut timeline = Timeline::new(deal);
    while timeline.position() < drops
        && let Some(drop) = choose(timeline.game())
    {
        timeline.play(drop.slot, drop.at.into()).unwrap();
    }
    timeline.recording()
}

/// Returns drops that place the whole hand of a relaxed game, which the dealer guarantees. The hand must be complete.
pub(crate) fn drops_for_hand(game: &Game) -> [DropAt; SLOTS] {
    let hand = Slot::ALL.map(|slot| game.staged(slot).unwrap());
    let placement = solver::find_placement(game.board().occupied(), hand).expect("a relaxed hand can be placed");
    placement.map(|(piece, at)| DropAt { slot: Slot::ALL[piece], at })
}

/// Returns a relaxed game of at least this many drops: the hand of the last one is completed.
pub(crate) fn relaxed_game(drops: usize) -> Timeline {
    let mut timeline = Timeline::new(Deal::new(GameKind::Relaxed, 7));
    while timeline.position() < drops {
        for drop in drops_for_hand(timeline.game()) {
            timeline.play(drop.slot, drop.at.into()).unwrap();
        }
    }
    timeline
}

/// The visible state of a game: board, hand, score, drops, lines.
pub(crate) type Snapshot = (Board, [Option<Piece>; SLOTS], u64, u32, u32);

pub(crate) fn snapshot(game: &Game) -> Snapshot {
    (*game.board(), Slot::ALL.map(|slot| game.staged(slot)), game.score(), game.drops(), game.lines())
}

/// Returns a cell of the board.
pub(crate) fn at(row: i32, column: i32) -> Cell {
    Cell::new(row, column).unwrap()
}

/// Milliseconds of a day.
pub(crate) const DAY: f64 = 86_400_000.0;

/// Returns the day that is written like 20261123.
pub(crate) fn day(yyyymmdd: u32) -> Date {
    Date::from_yyyymmdd(yyyymmdd).unwrap()
}

/// Returns the middle of a day, in milliseconds since 1970.
pub(crate) fn noon(yyyymmdd: u32) -> f64 {
    (f64::from(day(yyyymmdd).days()) + 0.5) * DAY
}

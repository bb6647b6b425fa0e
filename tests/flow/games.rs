//! Games without a table: players, recordings, and what can be seen of a game; and days.

use blockers::records::Date;
use blockers::rules::{Board, Deal, DropAt, Game, GameKind, Piece, Recording, SLOTS, Slot, Timeline, kindness};

/// A player: which drop, if there is one.
pub(crate) type Choice = fn(&Game) -> Option<DropAt>;

/// Plays the first piece that fits, at the first cell where it does.
pub(crate) fn first_drop(game: &Game) -> Option<DropAt> {
    Slot::ALL.into_iter().find_map(|slot| game.anchors(slot).cells().next().map(|at| DropAt { slot, at }))
}

/// Plays the last piece that fits, at the last cell where it does.
pub(crate) fn last_drop(game: &Game) -> Option<DropAt> {
    Slot::ALL.into_iter().rev().find_map(|slot| game.anchors(slot).cells().last().map(|at| DropAt { slot, at }))
}

/// A game of so many drops, or of fewer if it is over before.
pub(crate) fn recorded(deal: Deal, choose: Choice, drops: usize) -> Recording {
    let mut timeline = Timeline::new(deal);
    while timeline.position() < drops
        && let Some(drop) = choose(timeline.game())
    {
        timeline.play(drop.slot, drop.at.into()).expect("it fits there");
    }
    timeline.recording()
}

/// A way to go on in a kind game, for ever: the dealer's way for the hand, in its order. It is for a hand that was just dealt.
pub(crate) fn kind_way(game: &Game) -> [DropAt; SLOTS] {
    let hand = Slot::ALL.map(|slot| game.staged(slot).expect("a hand that was just dealt is whole"));
    let way = kindness::way(game.board().occupied(), hand).expect("a kind hand can be placed");
    way.map(|(piece, at)| DropAt { slot: Slot::ALL[piece], at })
}

/// A kind game of so many drops, or of up to two more.
pub(crate) fn endless(drops: usize) -> Timeline {
    let mut timeline = Timeline::new(Deal::new(GameKind::Kind, 7));
    while timeline.position() < drops {
        for drop in kind_way(timeline.game()) {
            timeline.play(drop.slot, drop.at.into()).expect("it is a way");
        }
    }
    timeline
}

/// What can be seen of a game: board, hand, score, drops, lines.
pub(crate) type Seen = (Board, [Option<Piece>; SLOTS], u64, u32, u32);

pub(crate) fn seen(game: &Game) -> Seen {
    (*game.board(), Slot::ALL.map(|slot| game.staged(slot)), game.score(), game.drops(), game.lines())
}

/// Milliseconds of a day.
pub(crate) const DAY: f64 = 86_400_000.0;

/// The day that is written like 20261123.
pub(crate) fn day(yyyymmdd: u32) -> Date {
    Date::from_yyyymmdd(yyyymmdd).expect("tests name days that exist")
}

/// The middle of a day, as a calendar has it.
pub(crate) fn noon(yyyymmdd: u32) -> f64 {
    (f64::from(day(yyyymmdd).days()) + 0.5) * DAY
}

//! Moves the numbers.

use bevy_ecs::prelude::*;

use super::MainEventHandler;
use crate::bus::{Envelope, HandlerResult};
use crate::events::{Dropped, TableSet};
use crate::records::{Bests, DailyResults};
use crate::rules::Bitboard;
use crate::world::geometry::BoardPosition;
use crate::world::{Kept, Play, Score, ScoreBump};

/// Sets the score, lets the best of the kind of game follow it, and shows the points of a drop where they were won.
pub struct Scoring;

type Params<'w, 's> = (ResMut<'w, Score>, Res<'w, Play>, Records<'w>, Commands<'w, 's>);
type Records<'w> = (Res<'w, Kept<Bests>>, Res<'w, Kept<DailyResults>>);

impl MainEventHandler for Scoring {
    const NAME: &str = "scoring";
    type Params = Params<'static, 'static>;

    fn on_drop(event: &Envelope<Dropped>, (score, play, records, commands): &mut Params) -> HandlerResult {
        let Ok(turn) = event.outcome else { return Ok(()) };
        **score = standing(turn.score, play, records);
        if turn.points > 0 {
            let at = middle(turn.complete.cells());
            let lines = turn.complete.lines();
            commands.spawn(ScoreBump { points: turn.points, lines, at, since: event.at() });
        }
        Ok(())
    }

    fn on_set(event: &Envelope<TableSet>, (score, play, records, _): &mut Params) -> HandlerResult {
        **score = standing(event.score, play, records);
        Ok(())
    }
}

/// The numbers for so many points in this game.
fn standing(points: u64, play: &Play, (bests, results): &Records) -> Score {
    let (kind, clean) = (play.timeline().deal().kind, play.timeline().is_clean());
    let with = |best: u64, counts: bool| if counts && play.counts(&results.0) { best.max(points) } else { best };
    let best = with(bests.0.get(kind, true), clean);
    Score { points, best, undone_best: (!clean).then(|| with(bests.0.get(kind, false), true)) }
}

/// The middle of some cells; of none, the board's corner.
fn middle(cells: Bitboard) -> BoardPosition {
    let count = cells.count().max(1) as f32;
    let sum = cells.cells().fold((0.0, 0.0), |(rows, columns), cell| {
        (rows + f32::from(cell.row()) + 0.5, columns + f32::from(cell.column()) + 0.5)
    });
    BoardPosition { row: sum.0 / count, column: sum.1 / count }
}

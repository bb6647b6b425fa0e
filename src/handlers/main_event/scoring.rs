//! Moves the numbers.

use bevy_ecs::prelude::*;

use super::MainEventHandler;
use crate::bus::{Envelope, HandlerResult};
use crate::events::{Dropped, Started};
use crate::rules::Bitboard;
use crate::world::geometry::BoardPosition;
use crate::world::{Score, ScoreBump};

/// Sets the score, lets the best follow it, and shows the points of a drop where they were won.
pub struct Scoring;

impl MainEventHandler for Scoring {
    const NAME: &str = "scoring";
    type Params = (ResMut<'static, Score>, Commands<'static, 'static>);

    fn on_drop(event: &Envelope<Dropped>, (score, commands): &mut (ResMut<Score>, Commands)) -> HandlerResult {
        let Ok(turn) = event.outcome else { return Ok(()) };
        score.points = turn.score;
        score.best = score.best.max(turn.score);
        if turn.points > 0 {
            let at = middle(turn.complete.cells());
            let lines = turn.complete.lines();
            commands.spawn(ScoreBump { points: turn.points, lines, at, since: event.at() });
        }
        Ok(())
    }

    fn on_start(_: &Envelope<Started>, (score, _): &mut (ResMut<Score>, Commands)) -> HandlerResult {
        score.points = 0;
        Ok(())
    }
}

/// The middle of some cells; of none, the board's corner.
fn middle(cells: Bitboard) -> BoardPosition {
    let count = cells.count().max(1) as f32;
    let sum = cells.cells().fold((0.0, 0.0), |(rows, columns), cell| {
        (rows + f32::from(cell.row()) + 0.5, columns + f32::from(cell.column()) + 0.5)
    });
    BoardPosition { row: sum.0 / count, column: sum.1 / count }
}

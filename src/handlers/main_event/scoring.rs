//! Sets the score and the best score, and shows the points of a drop.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use crate::events::{DragPhase, DragSource, Dropped, ShapeDragEvent, TableSet};
use crate::records::{Bests, DailyResults};
use crate::world::geometry::BoardPosition;
use crate::world::{Play, Score, ScoreBump, Stored};
use blockers_event_bus::Batch;
use blockers_rules::Bitboard;

/// What two of the functions use.
#[derive(SystemParam)]
pub struct Scores<'w> {
    score: ResMut<'w, Score>,
    play: Res<'w, Play>,
    bests: Res<'w, Stored<Bests>>,
    results: Res<'w, Stored<DailyResults>>,
}

/// Sets the score, and shows the points of the drop in the middle of the cleared cells.
pub fn on_drop(batch: Batch<Dropped>, mut scores: Scores, mut commands: Commands) {
    for event in batch {
        let Ok(turn) = event.outcome else { continue };
        scores.set(turn.score);
        if turn.points > 0 {
            let at = middle(turn.complete.cells());
            let lines = turn.complete.lines();
            commands.spawn(ScoreBump { points: turn.points, lines, at, since: event.timestamp().as_millis() });
        }
    }
}

/// Removes the points of the last drop when a shape is picked up: they would cover the place that the player aims at.
pub fn on_drag(batch: Batch<ShapeDragEvent>, bumps: Query<Entity, With<ScoreBump>>, mut commands: Commands) {
    for _ in batch.filter(|event| event.phase == DragPhase::Started && event.source != DragSource::Replay) {
        for bump in &bumps {
            // An earlier event of the batch may have removed it.
            commands.entity(bump).try_despawn();
        }
    }
}

/// Sets the score to that of the table.
pub fn on_table_set(batch: Batch<TableSet>, mut scores: Scores) {
    for event in batch {
        scores.set(event.score);
    }
}

impl Scores<'_> {
    /// Shows these points of the current game. The best score follows them if the game counts.
    fn set(&mut self, points: u64) {
        let (kind, clean) = (self.play.timeline().deal().kind, self.play.timeline().is_clean());
        let counts = self.play.counts(&self.results.0);
        let with = |best: u64, counts: bool| if counts { best.max(points) } else { best };
        let best = with(self.bests.0.get(kind, true), counts && clean);
        let undone_best = (!clean).then(|| with(self.bests.0.get(kind, false), counts));
        *self.score = Score { points, best, undone_best };
    }
}

/// Returns the middle of these cells; the board's corner if there are none.
fn middle(cells: Bitboard) -> BoardPosition {
    let count = cells.count().max(1) as f32;
    let sum = cells.cells().fold((0.0, 0.0), |(rows, columns), cell| {
        (rows + f32::from(cell.row()) + 0.5, columns + f32::from(cell.column()) + 0.5)
    });
    BoardPosition { row: sum.0 / count, column: sum.1 / count }
}

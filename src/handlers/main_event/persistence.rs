//! Keeps the best scores where they outlive the program.

use bevy_ecs::prelude::*;

use super::MainEventHandler;
use crate::bus::{Envelope, HandlerResult, Publisher};
use crate::events::{Cause, Dropped, RecordChanged, TableSet};
use crate::records::{self, Bests, DailyResults};
use crate::world::{Kept, Play};

/// Changes the record of the best scores the moment one is beaten. A daily board that has been played to its end is practice.
pub struct Persistence;

type Params<'w> =
    (ResMut<'w, Play>, ResMut<'w, Kept<Bests>>, Res<'w, Kept<DailyResults>>, Publisher<'w, RecordChanged>);

impl MainEventHandler for Persistence {
    const NAME: &str = "persistence";
    type Params = Params<'static>;

    fn on_drop(event: &Envelope<Dropped>, params: &mut Params) -> HandlerResult {
        match event.outcome {
            Ok(turn) if event.live => raise(params, turn.score),
            _ => Ok(()),
        }
    }

    /// Points that stay after a step back, or are played again, count as those that were won.
    fn on_set(event: &Envelope<TableSet>, params: &mut Params) -> HandlerResult {
        match event.cause {
            Cause::Undone(_) | Cause::Redone => raise(params, event.score),
            Cause::Began | Cause::Resumed | Cause::Imported | Cause::Sought => Ok(()),
        }
    }
}

fn raise((play, bests, results, changes): &mut Params, score: u64) -> HandlerResult {
    let (kind, clean) = (play.timeline().deal().kind, play.timeline().is_clean());
    if play.counts(&results.0) && bests.0.raise(kind, clean, score) {
        play.raised = Some((play.own.id, clean));
        changes.publish(RecordChanged::new(records::BESTS, bests.0.to_text()))?;
    }
    Ok(())
}

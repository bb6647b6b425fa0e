//! Keeps the best scores where they outlive the program.

use bevy_ecs::prelude::*;

use super::MainEventHandler;
use crate::bus::{Envelope, HandlerResult, Publisher};
use crate::events::{Dropped, RecordChanged};
use crate::records::{self, Bests, DailyResults};
use crate::world::{Kept, Play};

/// Changes the record of the best scores the moment one is beaten. A daily board that has been played to its end is practice.
pub struct Persistence;

type Params<'w> = (Res<'w, Play>, ResMut<'w, Kept<Bests>>, Res<'w, Kept<DailyResults>>, Publisher<'w, RecordChanged>);

impl MainEventHandler for Persistence {
    const NAME: &str = "persistence";
    type Params = Params<'static>;

    fn on_drop(event: &Envelope<Dropped>, (play, bests, results, changes): &mut Params) -> HandlerResult {
        let Ok(turn) = event.outcome else { return Ok(()) };
        let timeline = play.timeline();
        if event.live && play.counts(&results.0) && bests.0.raise(timeline.deal().kind, timeline.is_clean(), turn.score)
        {
            changes.publish(RecordChanged::new(records::BESTS, bests.0.to_text()))?;
        }
        Ok(())
    }
}

//! Keeps the game itself where it outlives the program.

use bevy_ecs::prelude::*;

use super::MainEventHandler;
use crate::bus::{Envelope, HandlerResult, Publisher};
use crate::events::{Dropped, RecordChanged, TableSet};
use crate::records::{self, SavedGame};
use crate::rules::notation::MAX_DROPS;
use crate::world::{Generations, Play};

/// Changes the record of the game after every drop and whenever the table was set: of two records always the older one, so that
/// one is whole whatever happens to the other.
pub struct Saving;

type Params<'w> = (Res<'w, Play>, ResMut<'w, Generations>, Publisher<'w, RecordChanged>);

impl MainEventHandler for Saving {
    const NAME: &str = "saving";
    type Params = Params<'static>;

    fn on_drop(event: &Envelope<Dropped>, params: &mut Params) -> HandlerResult {
        if event.outcome.is_ok() { save(params) } else { Ok(()) }
    }

    fn on_set(_: &Envelope<TableSet>, params: &mut Params) -> HandlerResult {
        save(params)
    }
}

fn save((play, generations, changes): &mut Params) -> HandlerResult {
    // A longer game could not be read again, and what is stored of it stays.
    if !play.is_live() || play.own.timeline.position() > MAX_DROPS {
        return Ok(());
    }
    generations.newest = generations.newest.saturating_add(1);
    let saved = SavedGame { id: play.own.id, generation: generations.newest, recording: play.own.timeline.recording() };
    changes.publish(RecordChanged::new(records::GAME[generations.next], saved.to_text()))?;
    generations.next = 1 - generations.next;
    Ok(())
}

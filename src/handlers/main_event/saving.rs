//! Keeps the game itself where it outlives the program.

use bevy_ecs::prelude::*;

use super::MainEventHandler;
use crate::bus::{Envelope, HandlerResult, Publisher};
use crate::events::{Dropped, RecordChanged, TableSet};
use crate::ports::Announcer;
use crate::records::{self, SavedGame};
use crate::rules::notation::MAX_DROPS;
use crate::words;
use crate::world::{Generations, OwnGame, Play};

/// Changes the record of the game after every drop and whenever the table was set: of two records always the older one, so that
/// one is whole whatever happens to the other. A game that is longer than what can be read again stays stored as it was then, and
/// its player is told so, once.
pub struct Saving;

type Params<'w> =
    (Res<'w, Play>, ResMut<'w, Generations>, NonSendMut<'w, Box<dyn Announcer>>, Publisher<'w, RecordChanged>);

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

fn save((play, generations, announcer, changes): &mut Params) -> HandlerResult {
    if !play.is_live() {
        return Ok(());
    }
    let OwnGame { id, timeline, played_on_from } = &play.own;
    if timeline.position() > MAX_DROPS {
        if generations.too_long.replace(*id) != Some(*id) {
            announcer.notice(&words::too_long(MAX_DROPS));
        }
        return Ok(());
    }
    generations.newest = generations.newest.saturating_add(1);
    let saved = SavedGame {
        id: *id,
        generation: generations.newest,
        recording: timeline.whole(),
        position: timeline.position(),
        played_on_from: *played_on_from,
    };
    changes.publish(RecordChanged::new(records::GAME[generations.next], saved.to_text()))?;
    generations.next = 1 - generations.next;
    Ok(())
}

//! Counts what the player has done in all games.

use bevy_ecs::prelude::*;

use super::GameEndedHandler;
use crate::bus::{Envelope, HandlerResult, Publisher};
use crate::events::{GameEnded, RecordChanged};
use crate::records::{self, Archive, EndedGame};
use crate::world::Kept;

/// Puts every game that ended into the archive, once, and changes the archive's record. One with all drops taken back is none.
/// Somebody else's drops are not counted, and with them no game that was played on from them.
pub struct Statistics;

type Params<'w> = (ResMut<'w, Kept<Archive>>, Publisher<'w, RecordChanged>);

impl GameEndedHandler for Statistics {
    const NAME: &str = "statistics";
    type Params = Params<'static>;

    fn on_end(event: &Envelope<GameEnded>, (archive, changes): &mut Params) -> HandlerResult {
        if event.recording.drops.is_empty() || !event.all_own {
            return Ok(());
        }
        archive.0.enter(EndedGame::of(event.id, &event.recording)?);
        changes.publish(RecordChanged::new(records::ARCHIVE, archive.0.to_text()))?;
        Ok(())
    }
}

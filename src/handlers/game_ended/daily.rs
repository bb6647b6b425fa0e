//! Keeps the result of each day's board: the first game's that was ended, and no other.

use bevy_ecs::prelude::*;

use super::GameEndedHandler;
use crate::bus::{Envelope, HandlerResult, Publisher};
use crate::events::{GameEnded, RecordChanged};
use crate::records::{self, DailyResult, DailyResults, daily};
use crate::world::Kept;

/// Enters the result of a daily board, once a day.
pub struct Daily;

type Params<'w> = (ResMut<'w, Kept<DailyResults>>, Publisher<'w, RecordChanged>);

impl GameEndedHandler for Daily {
    const NAME: &str = "daily";
    type Params = Params<'static>;

    fn on_end(event: &Envelope<GameEnded>, (results, changes): &mut Params) -> HandlerResult {
        let GameEnded { recording, .. } = event.body();
        let Some(date) = daily::date_of(recording.deal) else { return Ok(()) };
        let game = recording.verify()?;
        let result = DailyResult { score: game.score(), drops: game.drops(), undos: recording.undos };
        if results.0.enter(date, result) {
            changes.publish(RecordChanged::new(records::DAILY, results.0.to_text()))?;
        }
        Ok(())
    }
}

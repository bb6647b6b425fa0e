//! Keeps the result of each day's board: the first game's that was ended, and no other.

use bevy_ecs::prelude::*;

use super::GameEndedHandler;
use crate::bus::{Envelope, HandlerResult, Publisher};
use crate::events::{GameEnded, RecordChanged};
use crate::ports::Clock;
use crate::records::{self, DailyResult, DailyResults, Date, daily};
use crate::world::Kept;

/// Enters the result of a daily board, once a day. A board of a day to come has none yet.
pub struct Daily;

type Params<'w> = (ResMut<'w, Kept<DailyResults>>, NonSend<'w, Box<dyn Clock>>, Publisher<'w, RecordChanged>);

impl GameEndedHandler for Daily {
    const NAME: &str = "daily";
    type Params = Params<'static>;

    fn on_end(event: &Envelope<GameEnded>, (results, clock, changes): &mut Params) -> HandlerResult {
        let GameEnded { recording, all_own, .. } = event.body();
        let today = Date::from_unix_ms(clock.unix_ms());
        let date = daily::date_of(recording.deal).filter(|date| *all_own && *date <= today);
        let Some(date) = date else { return Ok(()) };
        let game = recording.verify()?;
        let result = DailyResult { score: game.score(), drops: game.drops(), undos: recording.undos };
        if results.0.enter(date, result) {
            changes.publish(RecordChanged::new(records::DAILY, results.0.to_text()))?;
        }
        Ok(())
    }
}

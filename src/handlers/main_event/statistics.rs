//! Counts what the player has done in all games, and keeps the count where it outlives the program.

use bevy_ecs::prelude::*;

use super::MainEventHandler;
use crate::bus::{Envelope, HandlerError, HandlerResult};
use crate::events::Dropped;
use crate::ports::Storage;
use crate::words;
use crate::world::Totals;

/// Adds every turn to the totals. Each is to be counted once, so the totals change only when they have been stored.
pub struct Statistics;

/// The key of the totals; see [`Totals::parse`] for the text.
pub const TOTALS: &str = "blockers.totals";

type Params<'w> = (NonSendMut<'w, Box<dyn Storage>>, ResMut<'w, Totals>);

impl MainEventHandler for Statistics {
    const NAME: &str = "statistics";
    type Params = Params<'static>;

    fn on_drop(event: &Envelope<Dropped>, (storage, totals): &mut Params) -> HandlerResult {
        let Ok(turn) = event.outcome else { return Ok(()) };
        let next = totals.with(&turn);
        storage
            .write(TOTALS, &next.to_string())
            .map_err(|error| HandlerError::new(words::totals_not_stored(&error)))?;
        **totals = next;
        Ok(())
    }
}

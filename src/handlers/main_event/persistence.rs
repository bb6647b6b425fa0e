//! Keeps the best score where it outlives the program.

use bevy_ecs::prelude::*;

use super::MainEventHandler;
use crate::bus::{Envelope, HandlerError, HandlerResult};
use crate::events::Dropped;
use crate::ports::Storage;
use crate::words;

/// Stores the best score the moment it is beaten.
pub struct Persistence;

/// The key of the best score; the text is a decimal number.
pub const BEST: &str = "blockers.best";

/// The best score that is known to be in the storage.
#[derive(Resource, Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct StoredBest(pub u64);

type Params<'w> = (NonSendMut<'w, Box<dyn Storage>>, ResMut<'w, StoredBest>);

impl MainEventHandler for Persistence {
    const NAME: &str = "persistence";
    type Params = Params<'static>;

    fn on_drop(event: &Envelope<Dropped>, (storage, stored): &mut Params) -> HandlerResult {
        let Ok(turn) = event.outcome else { return Ok(()) };
        if turn.score <= stored.0 {
            return Ok(());
        }
        let refused = |error| HandlerError::new(words::best_not_stored(&error));
        // Another page of ours may have stored a better one since we looked.
        let best = match storage.read(BEST).map_err(refused)?.map(|text| text.parse()) {
            Some(Ok(other)) if other > turn.score => other,
            _ => {
                storage.write(BEST, &turn.score.to_string()).map_err(refused)?;
                turn.score
            }
        };
        stored.0 = best;
        Ok(())
    }
}

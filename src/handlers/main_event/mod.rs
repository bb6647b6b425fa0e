//! The family that reacts to what happened in the game, and the two systems that drive any of its members.
//!
//! The rules have decided before any of these hears of it. Each shows, sounds, says or stores its own part of the turn.

pub mod announcement;
pub mod clearing;
pub mod game_over;
pub mod persistence;
pub mod placement;
pub mod scoring;
pub mod sound;
pub mod staging;
pub mod statistics;

use bevy_ecs::system::{StaticSystemParam, SystemParam, SystemParamItem};

use crate::bus::{Batch, Envelope, HandlerResult};
use crate::events::{Dropped, Started};

/// Reacts to a drop, and to the beginning of a game.
pub trait MainEventHandler: 'static {
    /// The name of the handler's groups on the bus.
    const NAME: &str;

    /// What the handler needs of the world.
    type Params: SystemParam;

    /// Can the handler take events just now? What it leaves it is given with the next wave, if it is worth anything then.
    fn ready(_params: &SystemParamItem<Self::Params>) -> bool {
        true
    }

    /// A shape was let go: accepted, with the whole turn, or refused.
    ///
    /// # Errors
    /// The handler could not do its part; it is reported, and nobody else is disturbed.
    fn on_drop(event: &Envelope<Dropped>, params: &mut SystemParamItem<Self::Params>) -> HandlerResult;

    /// A game began.
    ///
    /// # Errors
    /// See [`Self::on_drop`].
    fn on_start(_event: &Envelope<Started>, _params: &mut SystemParamItem<Self::Params>) -> HandlerResult {
        Ok(())
    }
}

/// The system that gives a handler its drops.
///
/// # Errors
/// The handler's own.
pub fn drive<H: MainEventHandler>(batch: Batch<Dropped>, mut params: StaticSystemParam<H::Params>) -> HandlerResult {
    if !H::ready(&params) {
        return Ok(());
    }
    for event in batch {
        H::on_drop(event, &mut params)?;
    }
    Ok(())
}

/// The system that gives a handler only the newest of its drops: what was before is stale.
///
/// # Errors
/// The handler's own.
pub fn drive_newest<H: MainEventHandler>(
    batch: Batch<Dropped>,
    mut params: StaticSystemParam<H::Params>,
) -> HandlerResult {
    batch.last().map_or(Ok(()), |event| H::on_drop(event, &mut params))
}

/// The system that gives a handler its beginnings.
///
/// # Errors
/// The handler's own.
pub fn drive_starts<H: MainEventHandler>(
    batch: Batch<Started>,
    mut params: StaticSystemParam<H::Params>,
) -> HandlerResult {
    for event in batch {
        H::on_start(event, &mut params)?;
    }
    Ok(())
}

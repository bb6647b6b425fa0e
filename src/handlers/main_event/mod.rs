//! The family that reacts to what happened in the game, and the two systems that drive any of its members.
//!
//! The rules have decided before any of these hears of it. Each shows, sounds, says or stores its own part of the turn.

pub mod announcement;
pub mod clearing;
pub mod feel;
pub mod game_over;
pub mod persistence;
pub mod placement;
pub mod saving;
pub mod scoring;
pub mod sound;
pub mod staging;

use bevy_ecs::system::{StaticSystemParam, SystemParam, SystemParamItem};

use crate::bus::{Batch, Envelope, HandlerResult};
use crate::events::{Dropped, TableSet};

/// Reacts to a drop, and to a table that was set.
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

    /// The table was set, not by a drop.
    ///
    /// # Errors
    /// See [`Self::on_drop`].
    fn on_set(_event: &Envelope<TableSet>, _params: &mut SystemParamItem<Self::Params>) -> HandlerResult {
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

/// The system that tells a handler when the table was set.
///
/// # Errors
/// The handler's own.
pub fn drive_sets<H: MainEventHandler>(
    batch: Batch<TableSet>,
    mut params: StaticSystemParam<H::Params>,
) -> HandlerResult {
    for event in batch {
        H::on_set(event, &mut params)?;
    }
    Ok(())
}

/// The system that tells a handler only of the newest setting of the table. Who compares what lies there with what is to lie there
/// must not do so twice in a batch: what the first comparison ordered is not there yet when the second looks.
///
/// # Errors
/// The handler's own.
pub fn drive_newest_set<H: MainEventHandler>(
    batch: Batch<TableSet>,
    mut params: StaticSystemParam<H::Params>,
) -> HandlerResult {
    batch.last().map_or(Ok(()), |event| H::on_set(event, &mut params))
}

//! The family that reacts to the end of a game, and the system that drives any of its members.

pub mod daily;
pub mod statistics;

use bevy_ecs::system::{StaticSystemParam, SystemParam, SystemParamItem};

use crate::bus::{Batch, Envelope, HandlerResult};
use crate::events::GameEnded;

/// Reacts to the end of a game.
pub trait GameEndedHandler: 'static {
    /// The name of the handler's group on the bus.
    const NAME: &str;

    /// What the handler needs of the world.
    type Params: SystemParam;

    /// A game is over, or was left.
    ///
    /// # Errors
    /// The handler could not do its part; it is reported, and nobody else is disturbed.
    fn on_end(event: &Envelope<GameEnded>, params: &mut SystemParamItem<Self::Params>) -> HandlerResult;
}

/// The system that gives a handler its ends.
///
/// # Errors
/// The handler's own.
pub fn drive<H: GameEndedHandler>(batch: Batch<GameEnded>, mut params: StaticSystemParam<H::Params>) -> HandlerResult {
    for event in batch {
        H::on_end(event, &mut params)?;
    }
    Ok(())
}

//! The family that does what the player asked for by button, and the system that drives any of its members.

pub mod choosing;
pub mod inspector;
pub mod new_game;
pub mod panels;
pub mod replaying;
pub mod second_try;
pub mod sharing;
pub mod transfer;
pub mod undo;
pub mod volume;

use bevy_ecs::system::{StaticSystemParam, SystemParam, SystemParamItem};

use crate::bus::{Batch, Envelope, HandlerResult};
use crate::events::CommandEvent;

/// Does something when the player asks for it.
pub trait CommandHandler: 'static {
    /// The name of the handler's group on the bus.
    const NAME: &str;

    /// What the handler needs of the world.
    type Params: SystemParam;

    /// The player asked for something, maybe not of this handler.
    ///
    /// # Errors
    /// The handler could not do its part; it is reported, and nobody else is disturbed.
    fn on_command(event: &Envelope<CommandEvent>, params: &mut SystemParamItem<Self::Params>) -> HandlerResult;
}

/// The system that gives a handler its commands.
pub fn drive<H: CommandHandler>(batch: Batch<CommandEvent>, mut params: StaticSystemParam<H::Params>) -> HandlerResult {
    for event in batch {
        H::on_command(event, &mut params)?;
    }
    Ok(())
}

//! Gives the game at hand away as a link.

use bevy_ecs::prelude::*;

use super::CommandHandler;
use crate::bus::{Envelope, HandlerResult};
use crate::events::CommandEvent;
use crate::ports::Outlet;
use crate::rules::notation::{self, MAX_DROPS};
use crate::words;
use crate::world::Play;

/// Shares the game as it stands; a replay shares the whole of what it shows.
pub struct Sharing;

type Params<'w> = (Res<'w, Play>, NonSendMut<'w, Box<dyn Outlet>>);

impl CommandHandler for Sharing {
    const NAME: &str = "sharing";
    type Params = Params<'static>;

    fn on_command(event: &Envelope<CommandEvent>, (play, outlet): &mut Params) -> HandlerResult {
        if *event.body() == CommandEvent::ShareRequested {
            let mut whole = play.timeline().clone();
            let end = if play.is_live() { whole.position() } else { whole.drops().len() };
            // What is said of the game is of what the link has.
            whole.seek(end.min(MAX_DROPS));
            let link = notation::to_link(&whole.recording());
            outlet.share(&words::shared(whole.deal(), whole.game(), whole.is_clean()), &link);
        }
        Ok(())
    }
}

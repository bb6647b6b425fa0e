//! Begins a new game.

use bevy_ecs::prelude::*;

use super::CommandHandler;
use crate::bus::{Envelope, HandlerResult, Publisher};
use crate::events::{CommandEvent, Started};
use crate::ports::SeedSource;
use crate::rules::{Dealer, Game, Slot};
use crate::world::Play;

/// Deals a new game when one is asked for, with a seed that nobody could foresee.
pub struct NewGame;

type Params<'w> = (ResMut<'w, Play>, NonSendMut<'w, Box<dyn SeedSource>>, Publisher<'w, Started>);

impl CommandHandler for NewGame {
    const NAME: &str = "new game";
    type Params = Params<'static>;

    fn on_command(event: &Envelope<CommandEvent>, (play, seeds, started): &mut Params) -> HandlerResult {
        if **event == CommandEvent::NewGameRequested {
            play.0 = Game::new(Dealer::classic(seeds.seed()));
            started.publish(beginning(&play.0))?;
        }
        Ok(())
    }
}

/// The event that says that this game has begun.
#[must_use]
pub fn beginning(game: &Game) -> Started {
    Started { staged: Slot::ALL.map(|slot| game.staged(slot)), fits: game.fits() }
}

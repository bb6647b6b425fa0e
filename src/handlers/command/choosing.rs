//! Takes over what the player chose, and remembers it.

use bevy_ecs::prelude::*;

use super::CommandHandler;
use crate::bus::{Envelope, HandlerResult, Publisher};
use crate::events::{CommandEvent, RecordChanged};
use crate::loading::SETTINGS;
use crate::words;
use crate::world::{Settings, SystemWishes};

/// Changes a setting. Whoever it matters to looks it up when it matters; only the language has to be spoken.
pub struct Choosing;

type Params<'w> = (ResMut<'w, Settings>, Res<'w, SystemWishes>, Publisher<'w, RecordChanged>);

impl CommandHandler for Choosing {
    const NAME: &str = "choosing";
    type Params = Params<'static>;

    fn on_command(event: &Envelope<CommandEvent>, (settings, system, changes): &mut Params) -> HandlerResult {
        let CommandEvent::SettingChosen(setting) = *event.body() else { return Ok(()) };
        settings.choose(setting);
        words::speak(settings.spoken(**system));
        changes.publish(RecordChanged::new(SETTINGS, settings.to_string()))?;
        Ok(())
    }
}

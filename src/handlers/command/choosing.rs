//! Takes over what the player chose, and remembers it.

use bevy_ecs::prelude::*;

use super::CommandHandler;
use crate::bus::{Envelope, HandlerResult, Publisher};
use crate::events::{CommandEvent, RecordChanged};
use crate::loading::SETTINGS;
use crate::world::Settings;

/// Changes a setting. Whoever it matters to looks it up when it matters.
pub struct Choosing;

impl CommandHandler for Choosing {
    const NAME: &str = "choosing";
    type Params = (ResMut<'static, Settings>, Publisher<'static, RecordChanged>);

    fn on_command(
        event: &Envelope<CommandEvent>,
        (settings, changes): &mut (ResMut<Settings>, Publisher<RecordChanged>),
    ) -> HandlerResult {
        let CommandEvent::SettingChosen(setting) = *event.body() else { return Ok(()) };
        settings.choose(setting);
        changes.publish(RecordChanged::new(SETTINGS, settings.to_string()))?;
        Ok(())
    }
}

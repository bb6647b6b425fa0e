//! Sets how loud the game is, and remembers it.

use bevy_ecs::prelude::*;

use super::CommandHandler;
use crate::bus::{Envelope, HandlerError, HandlerResult};
use crate::events::CommandEvent;
use crate::ports::{Audio, Storage};
use crate::words;
use crate::world::SoundSettings;

/// Switches the sound on and off and sets its volume.
pub struct Volume;

/// The key of the settings of sound; see [`SoundSettings::parse`] for the text.
pub const SOUND: &str = "blockers.sound";

type Params<'w> = (ResMut<'w, SoundSettings>, NonSendMut<'w, Box<dyn Audio>>, NonSendMut<'w, Box<dyn Storage>>);

impl CommandHandler for Volume {
    const NAME: &str = "volume";
    type Params = Params<'static>;

    fn on_command(event: &Envelope<CommandEvent>, (settings, audio, storage): &mut Params) -> HandlerResult {
        match **event {
            CommandEvent::MuteToggled => settings.muted = !settings.muted,
            // Whoever moves the slider wants to hear something.
            CommandEvent::VolumeSet(volume) => **settings = SoundSettings::audible(volume),
            CommandEvent::NewGameRequested | CommandEvent::InspectorToggled => return Ok(()),
        }
        audio.set_volume(settings.loudness());
        storage.write(SOUND, &settings.to_string()).map_err(|error| HandlerError::new(words::sound_not_stored(&error)))
    }
}

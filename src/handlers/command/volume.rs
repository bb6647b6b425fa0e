//! Sets how loud the game is, and remembers it.

use bevy_ecs::prelude::*;

use super::CommandHandler;
use crate::bus::{Envelope, HandlerResult, Publisher};
use crate::events::{CommandEvent, RecordChanged};
use crate::loading::SOUND;
use crate::ports::{Audio, Voice};
use crate::world::SoundSettings;

/// Switches the sound on and off and sets its volume, and lets a sample of it be heard.
pub struct Volume;

/// A square of four falls into its place.
const SAMPLE: Voice = Voice::Place { cells: 4 };

type Params<'w> = (ResMut<'w, SoundSettings>, NonSendMut<'w, Box<dyn Audio>>, Publisher<'w, RecordChanged>);

impl CommandHandler for Volume {
    const NAME: &str = "volume";
    type Params = Params<'static>;

    fn on_command(event: &Envelope<CommandEvent>, (settings, audio, changes): &mut Params) -> HandlerResult {
        match *event.body() {
            CommandEvent::MuteToggled => settings.muted = !settings.muted,
            // Whoever moves the slider wants to hear something.
            CommandEvent::VolumeSet(volume) => **settings = SoundSettings::audible(volume),
            _ => return Ok(()),
        }
        audio.set_volume(settings.loudness());
        if settings.loudness() > 0.0 {
            audio.play(SAMPLE, 0);
        }
        changes.publish(RecordChanged::new(SOUND, settings.to_string()))?;
        Ok(())
    }
}

//! Sets and stores the volume.

use bevy_ecs::prelude::*;

use crate::events::{Command, RecordChanged, SoundCommand};
use crate::ports::{Audio, Voice};
use crate::records;
use crate::world::SoundSettings;
use blockers_event_bus::{Batch, HandlerResult, Publisher};

/// The sample that is played at the new volume: a square of four cells is placed.
const SAMPLE: Voice = Voice::Place { cells: 4 };

/// Mutes, unmutes or sets the volume, and plays a sample of it.
///
/// # Errors
/// The topic `record changed` is full.
pub fn on_command(
    batch: Batch<Command>,
    mut settings: ResMut<SoundSettings>,
    mut audio: NonSendMut<Box<dyn Audio>>,
    changes: Publisher<RecordChanged>,
) -> HandlerResult {
    for event in batch {
        let Command::Sound(command) = *event.event() else { continue };
        match command {
            SoundCommand::ToggleMute => settings.muted = !settings.muted,
            SoundCommand::SetVolume(volume) => *settings = SoundSettings::audible(volume),
        }
        audio.set_volume(settings.loudness());
        if settings.loudness() > 0.0 {
            audio.play(SAMPLE, 0);
        }
        changes.publish(RecordChanged::new(records::SOUND, settings.to_string()))?;
    }
    Ok(())
}

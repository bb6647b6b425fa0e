//! Changes and stores settings.

use bevy_ecs::prelude::*;

use crate::events::{Command, RecordChanged};
use crate::records;
use crate::words;
use crate::world::{Settings, SystemPreferences};
use blockers_event_bus::{Batch, HandlerResult, Publisher};

/// Changes a setting. The language takes effect here; every other setting is read wherever it is used.
///
/// # Errors
/// The topic `record changed` is full.
pub fn on_command(
    batch: Batch<Command>,
    mut settings: ResMut<Settings>,
    system: Res<SystemPreferences>,
    changes: Publisher<RecordChanged>,
) -> HandlerResult {
    for event in batch {
        let Command::ChangeSetting(setting) = *event.event() else { continue };
        settings.choose(setting);
        words::speak(settings.spoken(*system));
        changes.publish(RecordChanged::new(records::SETTINGS, settings.to_string()))?;
    }
    Ok(())
}

//! Tries failed writes again when the player starts another game: by then the storage may have space.

use bevy_ecs::prelude::*;

use crate::events::{Command, RecordChanged};
use blockers_event_bus::{Batch, DeadLetter, Topic, WorldBusExt};

/// Redelivers every dead letter once, to the group that gave it up.
pub fn on_command(
    batch: Batch<Command>,
    letters: Res<Topic<DeadLetter<RecordChanged>>>,
    mut next: Local<u64>,
    mut commands: Commands,
) {
    for _ in batch.filter(|event| matches!(event.event(), Command::Game(_))) {
        for letter in letters.retained() {
            if letter.seq() < *next {
                continue;
            }
            *next = letter.seq() + 1;
            commands.queue(move |world: &mut World| {
                // It fails only if the group is gone, and then nothing is left to be written.
                let _ = world.redeliver(&letter);
            });
        }
    }
}

//! Plays the sounds of drops, drags and tables that were set.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;
use rand::RngExt;
use rand_pcg::Pcg32;

use crate::events::{Cause, DragPhase, Dropped, ShapeDragEvent, TableSet};
use crate::ports::audio::{Audio, VARIANTS, Voice};
use blockers_event_bus::Batch;

/// The generator that chooses among the variants of a sound.
#[derive(Resource)]
pub struct Dice(pub Pcg32);

/// What all three functions use.
#[derive(SystemParam)]
pub struct Speaker<'w> {
    audio: NonSendMut<'w, Box<dyn Audio>>,
    dice: ResMut<'w, Dice>,
}

/// Plays what belongs to a drop, in order: placed, cleared, new hand, game over; or refused.
///
/// While the audio is not ready, it takes no event. The bus offers them again, until their TTL has passed.
pub fn on_drop(batch: Batch<Dropped>, mut speaker: Speaker) {
    if !speaker.audio.ready() {
        return;
    }
    for event in batch {
        let Ok(turn) = event.outcome else {
            speaker.play(Voice::Refused);
            continue;
        };
        speaker.play(Voice::Place { cells: turn.placed.count() });
        if turn.points > 0 {
            speaker.play(Voice::Clear { lines: turn.complete.lines() });
        }
        if turn.dealt.is_some() && !turn.over {
            speaker.play(Voice::NewHand);
        }
        if turn.over {
            speaker.play(Voice::GameOver);
        }
    }
}

/// Plays a sound for a new game, an undo and a redo.
pub fn on_table_set(batch: Batch<TableSet>, mut speaker: Speaker) {
    for event in batch {
        match event.cause {
            Cause::Began => speaker.play(Voice::NewHand),
            Cause::Undone(_) | Cause::Redone => speaker.play(Voice::PickUp),
            Cause::Resumed | Cause::Imported | Cause::Sought => {}
        }
    }
}

/// Plays a sound when a shape is picked up.
pub fn on_drag(batch: Batch<ShapeDragEvent>, mut speaker: Speaker) {
    for event in batch {
        if event.phase == DragPhase::Started {
            speaker.play(Voice::PickUp);
        }
    }
}

impl Speaker<'_> {
    fn play(&mut self, voice: Voice) {
        self.audio.play(voice, self.dice.0.random_range(0..VARIANTS));
    }
}

//! Says where a shape hovers that is moved by keys, for whoever cannot see it.
//!
//! Nobody else needs that: who drags with a finger sees where it is, and who picks a shape up is told where it fits.

use bevy_ecs::prelude::*;

use crate::bus::Batch;
use crate::events::KeyEvent;
use crate::ports::Announcer;
use crate::words;
use crate::world::{Held, KeyHand, Play};

/// Says the place if it is another one than when keys were pressed last. What was in between is stale.
pub fn hovering(
    batch: Batch<KeyEvent>,
    hand: Res<KeyHand>,
    play: Res<Play>,
    mut before: Local<Option<Held>>,
    mut announcer: NonSendMut<Box<dyn Announcer>>,
) {
    let mut chosen = false;
    for event in batch {
        chosen |= matches!(event.body(), KeyEvent::SlotChosen(_));
    }
    let held = hand.over(play.table);
    if let (Some(was), Some(is)) = (*before, held)
        && (was.slot, was.table) == (is.slot, is.table)
        && was.at != is.at
        && !chosen
    {
        announcer.announce(&words::hovering(is.at, play.game().anchors(is.slot).contains(is.at)));
    }
    *before = held;
}

//! Says of a shape that is moved by keys whether it fits where it hovers, and what it would clear, for whoever cannot see it.
//!
//! The place itself is told by the board, on which the focus is. Nobody else needs that: who drags with a finger sees where it is, and who picks a shape up is told where it fits.

use bevy_ecs::prelude::*;

use crate::bus::Batch;
use crate::events::KeyEvent;
use crate::ports::Announcer;
use crate::words;
use crate::world::{Held, KeyHand, Play};

/// Says it if the place is another one than when keys were pressed last. What was in between is stale.
pub fn hovering(
    batch: Batch<KeyEvent>,
    hand: Res<KeyHand>,
    play: Res<Play>,
    mut before: Local<Option<Held>>,
    mut announcer: NonSendMut<Box<dyn Announcer>>,
) {
    let mut chosen = false;
    for event in batch {
        chosen |= matches!(event.body(), KeyEvent::SlotChosen(_) | KeyEvent::SlotTapped(_));
    }
    let held = hand.over(play.table);
    if let (Some(was), Some(is)) = (*before, held)
        && (was.slot, was.table) == (is.slot, is.table)
        && was.at != is.at
        && !chosen
    {
        let (fits, complete) =
            (play.game().anchors(is.slot).contains(is.at), play.game().would_complete(is.slot, is.at.into()));
        announcer.announce(&words::hovering(fits, complete));
    }
    *before = held;
}

//! Announces whether a shape that is moved by keys fits where it hovers, and what it would clear there.
//!
//! The board, which has the focus, announces the place itself. A shape that is dragged by a pointer is not announced.

use bevy_ecs::prelude::*;

use crate::events::KeyEvent;
use crate::ports::Announcer;
use crate::words;
use crate::world::{Held, KeyHand, Play};
use blockers_event_bus::Batch;

/// Announces the place if it has changed since the last batch. Places in between are out of date.
pub fn on_key(
    batch: Batch<KeyEvent>,
    hand: Res<KeyHand>,
    play: Res<Play>,
    mut before: Local<Option<Held>>,
    mut announcer: NonSendMut<Box<dyn Announcer>>,
) {
    let mut chosen = false;
    for event in batch {
        chosen |= matches!(event.event(), KeyEvent::SlotChosen(_) | KeyEvent::SlotTapped { .. });
    }
    let held = hand.held(play.epoch);
    if let (Some(was), Some(is)) = (*before, held)
        && (was.slot, was.epoch) == (is.slot, is.epoch)
        && was.at != is.at
        && !chosen
    {
        let game = play.game();
        let fits = game.anchors(is.slot).contains(is.at);
        announcer.announce(&words::hovering(fits, game.would_complete(is.slot, is.at.into())));
    }
    *before = held;
}

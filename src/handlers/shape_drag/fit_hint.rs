//! Announces where a picked-up shape fits, for screen readers.
//!
//! [`on_drag`] publishes a request, [`on_request`] replies, and [`on_answer`] announces the answer.

use bevy_ecs::prelude::*;

use crate::events::fits::{Fits, WhereFits};
use crate::events::{DragPhase, ShapeDragEvent};
use crate::ports::Announcer;
use crate::words;
use crate::world::{Carried, Play};
use blockers_event_bus::{Answer, Batch, HandlerResult, Replier, Request, Requester};
use blockers_rules::Slot;

/// Asks where a shape fits when it is picked up. A shape that only passes from the pointer to the keyboard, as a tap
/// does it, was announced before: its drag is cancelled and started at the same time.
///
/// # Errors
/// The topic of requests is full.
pub fn on_drag(
    batch: Batch<ShapeDragEvent>,
    requests: Requester<WhereFits, Fits>,
    play: Res<Play>,
    mut cancelled: Local<Option<(Slot, u64)>>,
) -> HandlerResult {
    for event in batch {
        let (slot, now) = (event.slot, event.timestamp().as_millis());
        match event.phase {
            // In a replay the player picks nothing up.
            DragPhase::Started if play.is_live() && *cancelled != Some((slot, now)) => {
                requests.ask("fit hint", WhereFits(slot))?;
            }
            DragPhase::Cancelled => *cancelled = Some((slot, now)),
            DragPhase::Started | DragPhase::Moved | DragPhase::Refused | DragPhase::Ended => {}
        }
    }
    Ok(())
}

/// Replies with the places that the rules allow.
///
/// # Errors
/// The topic of answers is full.
pub fn on_request(
    batch: Batch<Request<WhereFits>>,
    play: Res<Play>,
    replies: Replier<WhereFits, Fits>,
) -> HandlerResult {
    for request in batch {
        let WhereFits(slot) = request.question;
        if let Some(piece) = play.game().staged(slot) {
            replies.reply(request.id, Fits { piece, anchors: play.game().anchors(slot) })?;
        }
    }
    Ok(())
}

/// Announces the newest answer, unless the shape has been released already.
pub fn on_answer(batch: Batch<Answer<Fits>>, carried: Query<&Carried>, mut announcer: NonSendMut<Box<dyn Announcer>>) {
    let newest = batch.last().map(|answer| answer.outcome.as_ref());
    if let Some(Ok(fits)) = newest.filter(|_| !carried.is_empty()) {
        announcer.announce(&words::fits(fits));
    }
}

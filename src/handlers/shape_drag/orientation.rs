//! Tells whoever cannot see the board where a shape that was picked up would fit.
//!
//! It does not look for itself: it asks, and somebody who knows the rules replies. The answer is said when it comes.

use bevy_ecs::prelude::*;

use super::ShapeDragHandler;
use crate::bus::{Answer, Batch, Envelope, HandlerResult, Replier, Request, Requester};
use crate::events::ShapeDragEvent;
use crate::events::fits::{Fits, WhereFits};
use crate::ports::Announcer;
use crate::rules::Slot;
use crate::words;
use crate::world::{Carried, Play};

/// Asks where a shape fits when it is picked up. Who only passes it from one hand to the other, as by a tap, was told before.
pub struct Orientation;

/// Milliseconds after which the answer is of no interest.
const PATIENCE: u64 = 1_000;

/// The slot that a shape went back to, and when.
type Back = Option<(Slot, u64)>;
type Params<'w, 's> = (Requester<'w, WhereFits, Fits>, Res<'w, Play>, Local<'s, Back>);

impl ShapeDragHandler for Orientation {
    const NAME: &str = "orientation";
    type Params = Params<'static, 'static>;

    fn on_drag_start(event: &Envelope<ShapeDragEvent>, (requests, play, back): &mut Params) -> HandlerResult {
        // Who watches a replay picks nothing up.
        if play.is_live() && **back != Some((event.slot, event.at())) {
            requests.ask(WhereFits(event.slot), event.at() + PATIENCE)?;
        }
        Ok(())
    }

    fn on_drag_cancel(event: &Envelope<ShapeDragEvent>, (_, _, back): &mut Params) -> HandlerResult {
        **back = Some((event.slot, event.at()));
        Ok(())
    }
}

/// Replies for the rules.
///
/// # Errors
/// The topic of answers is full.
pub fn reply(
    batch: Batch<Request<WhereFits>>,
    play: Res<Play>,
    mut replies: Replier<WhereFits, Fits>,
) -> HandlerResult {
    for request in batch {
        let WhereFits(slot) = request.question;
        if let Some(piece) = play.game().staged(slot) {
            replies.reply(request.id, Fits { piece, anchors: play.game().anchors(slot) })?;
        }
    }
    Ok(())
}

/// Says the newest answer, if the shape has not been let go meanwhile.
pub fn say(batch: Batch<Answer<Fits>>, carried: Query<&Carried>, mut announcer: NonSendMut<Box<dyn Announcer>>) {
    let newest = batch.last().map(|answer| answer.outcome);
    if let Some(Ok(fits)) = newest.filter(|_| !carried.is_empty()) {
        announcer.announce(&words::fits(&fits));
    }
}

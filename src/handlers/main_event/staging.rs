//! Keeps the staging area in step with the hand.

use bevy_ecs::prelude::*;

use super::MainEventHandler;
use crate::bus::{Envelope, HandlerResult};
use crate::events::{Dropped, Started};
use crate::rules::{Piece, SLOTS, Slot};
use crate::world::{Arriving, Staged};

/// Takes a placed piece out of its slot, brings a new hand in, and greys what fits nowhere.
pub struct Staging;

/// How much later each piece of a hand comes in than the one before, in milliseconds.
const APART: u64 = 60;

type Pieces<'w, 's> = Query<'w, 's, (Entity, &'static mut Staged)>;

impl MainEventHandler for Staging {
    const NAME: &str = "staging";
    type Params = (Pieces<'static, 'static>, Commands<'static, 'static>);

    fn on_drop(event: &Envelope<Dropped>, (pieces, commands): &mut (Pieces, Commands)) -> HandlerResult {
        let Ok(turn) = event.outcome else { return Ok(()) };
        for (entity, mut staged) in pieces.iter_mut() {
            if staged.slot == turn.slot {
                commands.entity(entity).despawn();
            } else {
                staged.fits = turn.fits[staged.slot.index()];
            }
        }
        if let Some(hand) = turn.dealt {
            bring(commands, hand.map(Some), turn.fits, event.at());
        }
        Ok(())
    }

    fn on_start(event: &Envelope<Started>, (pieces, commands): &mut (Pieces, Commands)) -> HandlerResult {
        for (entity, _) in pieces.iter() {
            commands.entity(entity).despawn();
        }
        bring(commands, event.staged, event.fits, event.at());
        Ok(())
    }
}

fn bring(commands: &mut Commands, pieces: [Option<Piece>; SLOTS], fits: [bool; SLOTS], now: u64) {
    for ((slot, piece), fits) in Slot::ALL.into_iter().zip(pieces).zip(fits) {
        let since = now + APART * slot.index() as u64;
        commands.spawn_batch(piece.map(|piece| (Staged { slot, piece, fits }, Arriving { since })));
    }
}

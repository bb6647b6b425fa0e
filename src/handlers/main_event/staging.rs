//! Keeps the staging area in step with the hand.

use bevy_ecs::prelude::*;

use super::MainEventHandler;
use crate::bus::{Envelope, HandlerResult};
use crate::events::{Cause, Dropped, TableSet};
use crate::rules::{DropAt, Piece, Slot};
use crate::world::geometry::BoardPosition;
use crate::world::layout::Layout;
use crate::world::{Arriving, Carried, Grip, Returning, Staged};

/// Takes a placed piece out of its slot, brings a new hand in, greys what fits nowhere, and brings back what was taken back.
pub struct Staging;

/// How much later each piece of a hand comes in than the one before, in milliseconds.
const APART: u64 = 60;

type Pieces<'w, 's> = Query<'w, 's, (Entity, &'static mut Staged, Has<Carried>)>;
type Params<'w, 's> = (Pieces<'w, 's>, Res<'w, Layout>, Commands<'w, 's>);

impl MainEventHandler for Staging {
    const NAME: &str = "staging";
    type Params = Params<'static, 'static>;

    fn on_drop(event: &Envelope<Dropped>, (pieces, _, commands): &mut Params) -> HandlerResult {
        let Ok(turn) = event.outcome else { return Ok(()) };
        for (entity, mut staged, _) in pieces.iter_mut() {
            if staged.slot == turn.slot {
                commands.entity(entity).despawn();
            } else {
                staged.fits = turn.fits[staged.slot.index()];
            }
        }
        for (slot, piece) in Slot::ALL.into_iter().zip(turn.dealt.into_iter().flatten()) {
            let fits = turn.fits[slot.index()];
            commands.spawn((Staged { slot, piece, fits }, arriving(slot, event.at())));
        }
        Ok(())
    }

    fn on_set(event: &Envelope<TableSet>, (pieces, layout, commands): &mut Params) -> HandlerResult {
        let anew = event.cause == Cause::Began;
        let mut wanted = event.staged;
        for (entity, mut staged, carried) in pieces.iter_mut() {
            let place = &mut wanted[staged.slot.index()];
            // What is carried is put back as another piece, so that whoever drags it drags nothing from now on.
            if *place == Some(staged.piece) && !carried && !anew {
                staged.fits = event.fits[staged.slot.index()];
                *place = None;
            } else {
                commands.entity(entity).despawn();
            }
        }
        for slot in Slot::ALL {
            let Some(piece) = wanted[slot.index()] else { continue };
            let mut brought = commands.spawn(Staged { slot, piece, fits: event.fits[slot.index()] });
            match event.cause {
                Cause::Undone(drop) if drop.slot == slot => {
                    brought.insert(Returning { grip: on_board(layout, drop, piece), since: event.at() });
                }
                _ => drop(brought.insert(arriving(slot, event.at()))),
            }
        }
        Ok(())
    }
}

fn arriving(slot: Slot, now: u64) -> Arriving {
    Arriving { since: now + APART * slot.index() as u64 }
}

/// A grip that holds the piece by its middle where it lay.
fn on_board(layout: &Layout, drop: DropAt, piece: Piece) -> Grip {
    let half = |cells: u8| f32::from(cells) / 2.0;
    let grab = BoardPosition { row: half(piece.shape.rows()), column: half(piece.shape.columns()) };
    Grip { pointer: layout.middle(piece, drop.at), grab }
}

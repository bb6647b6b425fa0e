//! Keeps the pieces of the staging area equal to the hand.

use bevy_ecs::prelude::*;

use crate::events::{Cause, Dropped, TableSet};
use crate::world::geometry::BoardPosition;
use crate::world::layout::Layout;
use crate::world::{Arriving, Carried, Grip, Returning, Staged};
use blockers_event_bus::Batch;
use blockers_rules::{DropAt, Piece, Slot};

/// Each piece of a hand arrives this many milliseconds after the one before.
const STAGGER: u64 = 60;

/// Removes the placed piece, spawns a new hand, and marks what fits nowhere.
pub fn on_drop(batch: Batch<Dropped>, mut pieces: Query<(Entity, &mut Staged)>, mut commands: Commands) {
    for event in batch {
        let Ok(turn) = event.outcome else { continue };
        for (entity, mut staged) in &mut pieces {
            if staged.slot == turn.slot {
                commands.entity(entity).despawn();
            } else {
                staged.fits = turn.fits[staged.slot.index()];
            }
        }
        for (slot, piece) in Slot::ALL.into_iter().zip(turn.dealt.into_iter().flatten()) {
            let fits = turn.fits[slot.index()];
            commands.spawn((Staged { slot, piece, fits }, arriving(slot, event.timestamp().as_millis())));
        }
    }
}

/// Makes the pieces equal to the newest state of the table. A piece that was undone flies back from where it lay.
///
/// Older states of the same batch are skipped: what they changed would not be visible to this query yet.
pub fn on_table_set(
    batch: Batch<TableSet>,
    mut pieces: Query<(Entity, &mut Staged, Has<Carried>)>,
    layout: Res<Layout>,
    mut commands: Commands,
) {
    let Some(event) = batch.last() else { return };
    let is_new_game = event.cause == Cause::Began;
    let mut missing = event.staged;
    for (entity, mut staged, carried) in &mut pieces {
        let piece = &mut missing[staged.slot.index()];
        // A dragged piece is replaced by a new entity, so that the drag that is in progress moves nothing any more.
        if *piece == Some(staged.piece) && !carried && !is_new_game {
            staged.fits = event.fits[staged.slot.index()];
            *piece = None;
        } else {
            commands.entity(entity).despawn();
        }
    }
    for slot in Slot::ALL {
        let Some(piece) = missing[slot.index()] else { continue };
        let mut spawned = commands.spawn(Staged { slot, piece, fits: event.fits[slot.index()] });
        if let Cause::Undone(undone) = event.cause
            && undone.slot == slot
        {
            spawned.insert(Returning { grip: on_board(&layout, undone, piece), since: event.timestamp().as_millis() });
        } else {
            spawned.insert(arriving(slot, event.timestamp().as_millis()));
        }
    }
}

fn arriving(slot: Slot, now: u64) -> Arriving {
    Arriving { since: now + STAGGER * slot.index() as u64 }
}

/// Returns a grip that holds the piece by its middle in the place where it lay.
fn on_board(layout: &Layout, undone: DropAt, piece: Piece) -> Grip {
    let half = |cells: u8| f32::from(cells) / 2.0;
    let grab = BoardPosition { row: half(piece.shape.rows()), column: half(piece.shape.columns()) };
    Grip { pointer: layout.middle(piece, undone.at), grab }
}

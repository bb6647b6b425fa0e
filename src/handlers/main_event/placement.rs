//! Puts tiles on the board.

use bevy_ecs::prelude::*;

use crate::events::{Dropped, TableSet};
use crate::world::{Leaving, Phantom, Settling, Tile};
use blockers_event_bus::Batch;
use blockers_rules::{Bitboard, Cell};

/// Spawns a tile for every cell of a placed piece.
pub fn on_drop(batch: Batch<Dropped>, mut commands: Commands) {
    for event in batch {
        let Ok(turn) = event.outcome else { continue };
        for cell in turn.placed.cells() {
            commands
                .spawn((Tile { cell, colour: turn.piece.colour }, Settling { since: event.timestamp().as_millis() }));
        }
    }
}

/// Makes the tiles equal to the newest state of the table. Only tiles that differ come and go.
///
/// Older states of the same batch are skipped: what they changed would not be visible to this query yet.
pub fn on_table_set(
    batch: Batch<TableSet>,
    tiles: Query<(Entity, &Tile)>,
    phantoms: Query<Entity, With<Phantom>>,
    mut commands: Commands,
) {
    let Some(event) = batch.last() else { return };
    let since = event.timestamp().as_millis();
    for phantom in &phantoms {
        commands.entity(phantom).despawn();
    }
    let mut unchanged = Bitboard::EMPTY;
    for (entity, &Tile { cell, colour }) in &tiles {
        if event.board.colour(cell) == Some(colour) {
            unchanged.add(cell);
        } else {
            let leaving = Leaving { cell, colour, since, steps: 0 };
            commands.entity(entity).remove::<(Tile, Settling)>().insert(leaving);
        }
    }
    for cell in Cell::all().filter(|cell| !unchanged.contains(*cell)) {
        if let Some(colour) = event.board.colour(cell) {
            commands.spawn((Tile { cell, colour }, Settling { since }));
        }
    }
}

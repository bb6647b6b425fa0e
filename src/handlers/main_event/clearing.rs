//! Takes complete rows and columns off the board.

use bevy_ecs::prelude::*;

use crate::events::Dropped;
use crate::world::{Leaving, Settling, Tile};
use blockers_event_bus::Batch;
use blockers_rules::{Bitboard, Cell};

/// Turns the tiles of complete lines into leaving ones, in a wave that starts at the placed shape.
pub fn on_drop(batch: Batch<Dropped>, tiles: Query<(Entity, &Tile)>, mut commands: Commands) {
    for event in batch {
        let Ok(turn) = event.outcome else { continue };
        let cleared = turn.complete.cells();
        for (entity, &Tile { cell, colour }) in tiles.iter().filter(|(_, tile)| cleared.contains(tile.cell)) {
            let leaving =
                Leaving { cell, colour, since: event.timestamp().as_millis(), steps: steps_from(turn.placed, cell) };
            commands.entity(entity).remove::<(Tile, Settling)>().insert(leaving);
        }
    }
}

/// Returns the number of king's moves from the nearest of these cells: the step of the wave in which a cell leaves.
fn steps_from(cells: Bitboard, to: Cell) -> u64 {
    let steps = |from: Cell| from.row().abs_diff(to.row()).max(from.column().abs_diff(to.column()));
    cells.cells().map(steps).min().unwrap_or(0).into()
}

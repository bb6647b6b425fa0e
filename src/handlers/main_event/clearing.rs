//! Takes complete rows and columns off the board.

use bevy_ecs::prelude::*;

use super::MainEventHandler;
use crate::bus::{Envelope, HandlerResult};
use crate::events::Dropped;
use crate::rules::{Bitboard, Cell};
use crate::world::{Leaving, Settling, Tile};

/// Turns the tiles of complete lines into ones that leave, in a wave from where the shape fell.
pub struct Clearing;

type Tiles<'w, 's> = Query<'w, 's, (Entity, &'static Tile)>;

impl MainEventHandler for Clearing {
    const NAME: &str = "clearing";
    type Params = (Tiles<'static, 'static>, Commands<'static, 'static>);

    fn on_drop(event: &Envelope<Dropped>, (tiles, commands): &mut (Tiles, Commands)) -> HandlerResult {
        let Ok(turn) = event.outcome else { return Ok(()) };
        let cleared = turn.complete.cells();
        for (entity, &Tile { cell, colour }) in tiles.iter().filter(|(_, tile)| cleared.contains(tile.cell)) {
            let leaving = Leaving { cell, colour, since: event.at(), steps: steps_from(turn.placed, cell) };
            commands.entity(entity).remove::<(Tile, Settling)>().insert(leaving);
        }
        Ok(())
    }
}

/// King's moves from the nearest of these cells: how long the wave takes to a cell.
fn steps_from(cells: Bitboard, to: Cell) -> u64 {
    let steps = |from: Cell| from.row().abs_diff(to.row()).max(from.column().abs_diff(to.column()));
    cells.cells().map(steps).min().unwrap_or(0).into()
}

//! Makes the cells that a drop took, and sets the board where the table is set.

use bevy_ecs::prelude::*;

use super::MainEventHandler;
use crate::bus::{Envelope, HandlerResult};
use crate::events::{Dropped, TableSet};
use crate::rules::{Bitboard, Cell};
use crate::world::{Leaving, Phantom, Settling, Tile};

/// Makes a tile of every cell that a piece took. Where the table is set, only the tiles that differ come and go.
pub struct Placement;

type Tiles<'w, 's> = Query<'w, 's, (Entity, &'static Tile)>;
type Phantoms<'w, 's> = Query<'w, 's, Entity, With<Phantom>>;
type Params<'w, 's> = (Tiles<'w, 's>, Phantoms<'w, 's>, Commands<'w, 's>);

impl MainEventHandler for Placement {
    const NAME: &str = "placement";
    type Params = Params<'static, 'static>;

    fn on_drop(event: &Envelope<Dropped>, (_, _, commands): &mut Params) -> HandlerResult {
        if let Ok(turn) = event.outcome {
            for cell in turn.placed.cells() {
                commands.spawn((Tile { cell, colour: turn.piece.colour }, Settling { since: event.at() }));
            }
        }
        Ok(())
    }

    fn on_set(event: &Envelope<TableSet>, (tiles, phantoms, commands): &mut Params) -> HandlerResult {
        let since = event.at();
        for phantom in phantoms.iter() {
            commands.entity(phantom).despawn();
        }
        let mut there = Bitboard::EMPTY;
        for (entity, &Tile { cell, colour }) in tiles.iter() {
            if event.board.colour(cell) == Some(colour) {
                there.add(cell);
            } else {
                let leaving = Leaving { cell, colour, since, steps: 0 };
                commands.entity(entity).remove::<(Tile, Settling)>().insert(leaving);
            }
        }
        for cell in Cell::all().filter(|cell| !there.contains(*cell)) {
            if let Some(colour) = event.board.colour(cell) {
                commands.spawn((Tile { cell, colour }, Settling { since }));
            }
        }
        Ok(())
    }
}

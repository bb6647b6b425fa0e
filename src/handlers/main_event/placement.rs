//! Makes the cells that a drop took.

use bevy_ecs::prelude::*;

use super::MainEventHandler;
use crate::bus::{Envelope, HandlerResult};
use crate::events::{Dropped, Started};
use crate::world::{Leaving, Phantom, Settling, Tile};

/// Makes a tile of every cell that a piece took; sweeps the board when a game begins.
pub struct Placement;

type OnBoard<'w, 's> = Query<'w, 's, Entity, Or<(With<Tile>, With<Leaving>, With<Phantom>)>>;

impl MainEventHandler for Placement {
    const NAME: &str = "placement";
    type Params = (OnBoard<'static, 'static>, Commands<'static, 'static>);

    fn on_drop(event: &Envelope<Dropped>, (_, commands): &mut (OnBoard, Commands)) -> HandlerResult {
        if let Ok(turn) = event.outcome {
            for cell in turn.placed.cells() {
                commands.spawn((Tile { cell, colour: turn.piece.colour }, Settling { since: event.at() }));
            }
        }
        Ok(())
    }

    fn on_start(_: &Envelope<Started>, (on_board, commands): &mut (OnBoard, Commands)) -> HandlerResult {
        for entity in on_board.iter() {
            commands.entity(entity).despawn();
        }
        Ok(())
    }
}

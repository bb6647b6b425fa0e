//! The board under a dragged shape: it shows where the shape would land, and lets the rules decide when it is let go.

use bevy_ecs::prelude::*;

use super::ShapeDragHandler;
use crate::bus::{Envelope, HandlerResult, Publisher};
use crate::events::{Dropped, ShapeDragEvent};
use crate::rules::{Anchor, Bitboard, Refusal};
use crate::world::geometry::BoardPosition;
use crate::world::{Drops, Phantom, Play, Settings};

/// Shows the phantom; asks the rules at the end of a drag and publishes what they decided.
pub struct MainArea;

/// How far a shape jumps to the nearest place where it may lie, in cells.
pub const MAGNET: f32 = 0.75;

type Params<'w, 's> =
    (ResMut<'w, Play>, ResMut<'w, Drops>, Commands<'w, 's>, Publisher<'w, Dropped>, Res<'w, Settings>);

impl ShapeDragHandler for MainArea {
    const NAME: &str = "main area";
    type Params = Params<'static, 'static>;

    fn on_drag_start(event: &Envelope<ShapeDragEvent>, params: &mut Params) -> HandlerResult {
        Self::on_dragging(event, params)
    }

    fn on_dragging(event: &Envelope<ShapeDragEvent>, (play, _, commands, _, settings): &mut Params) -> HandlerResult {
        let over = event.over.filter(|_| event.table == play.table);
        let nearest = over.and_then(|over| nearest(play.game().anchors(event.slot), over, reach(settings)));
        let phantom = play.game().staged(event.slot).zip(nearest).map(|(piece, at)| Phantom {
            piece,
            at,
            complete: play.game().would_complete(event.slot, at),
        });
        show(commands, phantom);
        Ok(())
    }

    fn on_drag_end(event: &Envelope<ShapeDragEvent>, params: &mut Params) -> HandlerResult {
        let (play, drops, commands, dropped, settings) = params;
        show(commands, None);
        if event.table != play.table {
            return Ok(());
        }
        let outcome = event.over.ok_or(Refusal::OffBoard).and_then(|over| {
            let at = nearest(play.game().anchors(event.slot), over, reach(settings)).unwrap_or_else(|| below(over));
            play.timeline_mut().play(event.slot, at)
        });
        drops.0 += 1;
        dropped.publish(Dropped { id: drops.0, slot: event.slot, kind: event.kind, live: play.is_live(), outcome })?;
        Ok(())
    }

    fn on_drag_cancel(_: &Envelope<ShapeDragEvent>, (_, _, commands, ..): &mut Params) -> HandlerResult {
        show(commands, None);
        Ok(())
    }
}

/// How far a shape jumps, in cells: without the magnet only to the place exactly below it.
fn reach(settings: &Settings) -> Option<f32> {
    settings.magnet.is_on().then_some(MAGNET)
}

/// The anchor of this set that is nearest to a place, if one is so near, in cells; without a reach the one exactly below.
#[must_use]
pub fn nearest(anchors: Bitboard, to: BoardPosition, reach: Option<f32>) -> Option<Anchor> {
    let places = || anchors.cells().map(Anchor::from);
    let Some(reach) = reach else { return places().find(|&at| at == below(to)) };
    let distance = |at: Anchor| (at.row as f32 - to.row).hypot(at.column as f32 - to.column);
    places()
        .map(|at| (at, distance(at)))
        .filter(|(_, distance)| *distance <= reach)
        .min_by(|(_, one), (_, other)| one.total_cmp(other))
        .map(|(at, _)| at)
}

/// The anchor exactly below a place.
fn below(over: BoardPosition) -> Anchor {
    Anchor { row: over.row.round() as i32, column: over.column.round() as i32 }
}

/// Shows this phantom and no other. What is shown it looks for only when its turn has come, because an event of the same batch
/// may have changed that.
fn show(commands: &mut Commands, phantom: Option<Phantom>) {
    commands.queue(move |world: &mut World| {
        let mut phantoms = world.query::<(Entity, &Phantom)>();
        let shown: Vec<_> = phantoms.iter(world).map(|(entity, shown)| (entity, *shown)).collect();
        if shown.first().map(|(_, shown)| *shown) == phantom {
            return;
        }
        for (entity, _) in shown {
            world.despawn(entity);
        }
        if let Some(phantom) = phantom {
            world.spawn(phantom);
        }
    });
}

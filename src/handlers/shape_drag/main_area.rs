//! The board under a dragged shape: shows where the shape would land, and lets the rules decide when it is released.

use bevy_ecs::prelude::*;

use crate::events::{DragPhase, Dropped, ShapeDragEvent};
use crate::world::geometry::BoardPosition;
use crate::world::{Drops, Phantom, Play, Settings};
use blockers_event_bus::{Batch, HandlerResult, Publisher};
use blockers_rules::{Anchor, Bitboard, Refusal};

/// The largest distance, in cells, from which a shape snaps to a place where it fits.
pub const MAGNET: f32 = 0.75;

/// Shows the phantom while a shape is dragged. At the end, makes the drop and publishes what the rules decided. If keys
/// try to drop it where it does not fit, only the refusal is published.
///
/// # Errors
/// The topic `dropped` is full.
pub fn on_drag(
    batch: Batch<ShapeDragEvent>,
    mut play: ResMut<Play>,
    mut drops: ResMut<Drops>,
    settings: Res<Settings>,
    dropped: Publisher<Dropped>,
    mut commands: Commands,
) -> HandlerResult {
    let reach = settings.magnet.is_on().then_some(MAGNET);
    for event in batch {
        let is_current = event.epoch == play.epoch;
        match event.phase {
            DragPhase::Started | DragPhase::Moved => {
                let over = event.over.filter(|_| is_current);
                show(&mut commands, over.and_then(|over| phantom(&play, event, over, reach)));
            }
            DragPhase::Cancelled => show(&mut commands, None),
            // An earlier drop in this batch may have made the shape fit. It is still held, and nothing was refused.
            DragPhase::Refused if event.over.is_some_and(|over| phantom(&play, event, over, reach).is_some()) => {}
            DragPhase::Refused | DragPhase::Ended => {
                show(&mut commands, None);
                if !is_current {
                    continue;
                }
                let outcome = event.over.ok_or(Refusal::OffBoard).and_then(|over| {
                    let anchors = play.game().anchors(event.slot);
                    let at = nearest(anchors, over, reach).unwrap_or_else(|| below(over));
                    play.timeline_mut().play(event.slot, at)
                });
                drops.0 += 1;
                let ShapeDragEvent { slot, source, .. } = *event.event();
                dropped.publish(Dropped { id: drops.0, slot, source, live: play.is_live(), outcome })?;
            }
        }
    }
    Ok(())
}

fn phantom(play: &Play, event: &ShapeDragEvent, over: BoardPosition, reach: Option<f32>) -> Option<Phantom> {
    let at = nearest(play.game().anchors(event.slot), over, reach)?;
    let piece = play.game().staged(event.slot)?;
    Some(Phantom { piece, at, complete: play.game().would_complete(event.slot, at) })
}

/// Returns the anchor of this set that is nearest to a place, if it is at most `reach` cells away. Without a reach it
/// is the anchor exactly below the place, or none.
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

/// Returns the anchor exactly below a place.
fn below(over: BoardPosition) -> Anchor {
    Anchor { row: over.row.round() as i32, column: over.column.round() as i32 }
}

/// Shows this phantom and no other. The command looks for the phantom that is shown when it runs, because an earlier
/// event of the same batch may have changed it.
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

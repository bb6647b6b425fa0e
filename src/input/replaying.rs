//! Replays a recorded game with the same [`DragEvent`]s that a pointer makes: each goes from a slot to the place of
//! the next drop.

use bevy_ecs::prelude::*;

use crate::events::{DragEvent, DragPhase, DragSource};
use crate::world::geometry::Point;
use crate::world::layout::Layout;
use crate::world::{Play, Replay, ReplayHand, Staged};
use blockers_event_bus::{PublishError, WorldBusExt};
use blockers_rules::{DropAt, Piece};

/// Milliseconds that a drag takes at normal speed.
const DRAG: f64 = 420.0;
/// Milliseconds between two drags at normal speed, so that clearing can be seen.
const REST: f64 = 330.0;

/// Advances the replay to this time. Returns `true` if it must be called in the next frame.
///
/// # Errors
/// The topic `drag` is full or missing.
pub fn advance(world: &mut World, now: f64) -> Result<bool, PublishError<DragEvent>> {
    let Play { shown, epoch, .. } = world.resource::<Play>();
    let epoch = *epoch;
    if shown.is_some() { play(world, epoch, now) } else { Ok(false) }
}

#[inline(never)] // Late, see ARCHITECTURE.md.
fn play(world: &mut World, epoch: u64, now: f64) -> Result<bool, PublishError<DragEvent>> {
    let Some(replay) = &world.resource::<Play>().shown else { return Ok(false) };
    let (playing, pace, hand) = (replay.playing, f64::from(replay.pace()), replay.hand);
    let next = replay.timeline.next();
    match hand {
        ReplayHand::Resting(_) if !playing => Ok(false),
        ReplayHand::Resting(until) if now < until => Ok(true),
        ReplayHand::Resting(_) => {
            let Some(drop) = next else {
                change(world, |replay| replay.playing = false);
                return Ok(false);
            };
            // The new hand may not be spawned yet.
            let Some((entity, _)) = staged(world, drop) else { return Ok(true) };
            let position = from(world, drop);
            world.publish(DragEvent {
                entity,
                phase: DragPhase::Started,
                source: DragSource::Replay,
                epoch,
                position,
            })?;
            change(world, |replay| replay.hand = ReplayHand::Dragging(entity, now));
            Ok(true)
        }
        ReplayHand::Dragging(entity, since) => {
            let Some((drop, (_, piece))) = next.and_then(|drop| Some((drop, staged(world, drop)?))) else {
                change(world, |replay| replay.hand = ReplayHand::Resting(now));
                return Ok(true);
            };
            let t = ((now - since) * pace / DRAG).clamp(0.0, 1.0) as f32;
            // Eases in and out.
            let share = t * t * (3.0 - 2.0 * t);
            let position = from(world, drop).towards(to(world, drop, piece), share);
            let event = |phase| DragEvent { entity, phase, source: DragSource::Replay, epoch, position };
            world.publish(event(DragPhase::Moved))?;
            if t >= 1.0 {
                world.publish(event(DragPhase::Ended))?;
                change(world, |replay| {
                    replay.hand = ReplayHand::Resting(now + REST / pace);
                    replay.playing &= !replay.step;
                    replay.step = false;
                });
            }
            Ok(true)
        }
    }
}

/// Returns `true` if a replay runs.
#[must_use]
pub fn is_playing(world: &World) -> bool {
    world.resource::<Play>().shown.as_ref().is_some_and(|replay| replay.playing)
}

fn change(world: &mut World, change: impl FnOnce(&mut Replay)) {
    if let Some(replay) = &mut world.resource_mut::<Play>().shown {
        change(replay);
    }
}

/// Returns the piece in the drop's slot.
fn staged(world: &mut World, drop: DropAt) -> Option<(Entity, Piece)> {
    let mut pieces = world.query::<(Entity, &Staged)>();
    pieces.iter(world).find(|(_, staged)| staged.slot == drop.slot).map(|(entity, staged)| (entity, staged.piece))
}

/// Returns where the drag starts: in the middle of the slot.
fn from(world: &World, drop: DropAt) -> Point {
    world.resource::<Layout>().slots[drop.slot.index()].centre()
}

/// Returns where the drag ends, so that the piece's middle is in the middle of its place.
fn to(world: &World, drop: DropAt, piece: Piece) -> Point {
    world.resource::<Layout>().middle(piece, drop.at)
}

//! The hand of a replay: a producer of the same drags as a finger or a key.
//!
//! Comes in: the recorded game on the table, and the time. Goes out: [`DragEvent`]s, from a slot to the place where the next drop
//! was let go. Nothing behind it knows whose hand it was.

use bevy_ecs::prelude::*;

use crate::bus::{BusExt, WiringError};
use crate::events::{DragEvent, DragPhase, PointerKind};
use crate::rules::{DropAt, Piece};
use crate::world::geometry::Point;
use crate::world::layout::Layout;
use crate::world::{Play, Replay, ReplayHand, Staged};

/// Milliseconds that a drag takes, at the usual speed.
const DRAG: f64 = 420.0;
/// Milliseconds between two drags: what is cleared shall be seen.
const REST: f64 = 330.0;

/// Moves the hand on. Returns whether it wants to be called in the next frame.
///
/// # Errors
/// The topic of drags is full, or is not there.
pub fn advance(world: &mut World, now: f64) -> Result<bool, WiringError> {
    let Play { shown: Some(replay), table, .. } = world.resource::<Play>() else { return Ok(false) };
    let table = *table;
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
            // The hand may still be coming in.
            let Some((entity, _)) = staged(world, drop) else { return Ok(true) };
            let position = from(world, drop);
            world.publish(DragEvent {
                entity,
                phase: DragPhase::Started,
                kind: PointerKind::Mouse,
                table,
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
            // Slow at first and at the end, as a hand is.
            let share = t * t * (3.0 - 2.0 * t);
            let position = from(world, drop).towards(to(world, drop, piece), share);
            let event = |phase| DragEvent { entity, phase, kind: PointerKind::Mouse, table, position };
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

/// Does a replay go on by itself?
#[must_use]
pub fn is_playing(world: &World) -> bool {
    world.resource::<Play>().shown.as_ref().is_some_and(|replay| replay.playing)
}

fn change(world: &mut World, change: impl FnOnce(&mut Replay)) {
    if let Some(replay) = &mut world.resource_mut::<Play>().shown {
        change(replay);
    }
}

/// The piece in the drop's slot.
fn staged(world: &mut World, drop: DropAt) -> Option<(Entity, Piece)> {
    let mut pieces = world.query::<(Entity, &Staged)>();
    pieces.iter(world).find(|(_, staged)| staged.slot == drop.slot).map(|(entity, staged)| (entity, staged.piece))
}

/// Where the hand takes it up: in the middle.
fn from(world: &World, drop: DropAt) -> Point {
    world.resource::<Layout>().slots[drop.slot.index()].centre()
}

/// Where the hand lets it go: its middle is then in the middle of where it lies.
fn to(world: &World, drop: DropAt, piece: Piece) -> Point {
    world.resource::<Layout>().middle(piece, drop.at)
}

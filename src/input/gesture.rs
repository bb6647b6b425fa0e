//! The drag state machine: turns [`PointerEvent`]s into [`DragEvent`]s.
//!
//! A shape that is tapped instead of dragged becomes a [`KeyEvent`]: it is then moved as by keys. This file depends on
//! slots and pieces, and on no rule of the game.

use bevy_ecs::prelude::*;

use crate::events::{Command, DragEvent, DragPhase, KeyEvent, PointerEvent, PointerInput, PointerKind, PointerPhase};
use crate::world::geometry::Point;
use crate::world::layout::Layout;
use crate::world::{OpenPanel, Play, Staged};
use blockers_event_bus::{Batch, HandlerResult, Publisher};

/// A press and release at most this far apart is a tap, in CSS pixels.
const TAP: f32 = 8.0;

/// The state: nothing is dragged, or one entity by one pointer.
#[derive(Resource, Clone, Copy, Default, PartialEq, Debug)]
pub enum Gesture {
    /// Nothing is dragged.
    #[default]
    Idle,
    /// An entity is dragged.
    Dragging {
        /// The pointer that started it.
        pointer: i32,
        /// The kind of that pointer.
        kind: PointerKind,
        /// The dragged entity.
        entity: Entity,
        /// The last position of the pointer.
        position: Point,
        /// Where it was pressed; `None` once it has moved too far for a tap.
        tap: Option<Point>,
    },
}

/// Advances the state by each pointer event, and publishes the drags and taps that this makes.
///
/// # Errors
/// The topic `drag` or `key` is full.
pub fn on_pointer(
    batch: Batch<PointerEvent>,
    mut state: ResMut<Gesture>,
    drags: Publisher<DragEvent>,
    keys: Publisher<KeyEvent>,
    staged: Query<(Entity, &Staged)>,
    layout: Res<Layout>,
    play: Res<Play>,
) -> HandlerResult {
    for event in batch {
        let under = |point: Point| {
            let in_reach =
                |(_, staged): &(Entity, &Staged)| staged.fits && layout.slots[staged.slot.index()].contains(point);
            // Nothing can be picked up during a replay.
            staged.iter().find(in_reach).map(|(entity, _)| entity).filter(|_| play.is_live())
        };
        let tapped = state.tapped(event).and_then(|entity| staged.get(entity).ok());
        let (next, drag) = state.after(event, play.epoch, under);
        *state = next;
        if let Some(drag) = drag {
            drags.publish(drag)?;
        }
        if let Some((_, staged)) = tapped {
            keys.publish(KeyEvent::SlotTapped(staged.slot))?;
        }
    }
    Ok(())
}

/// Interrupts the drag when a panel opens over the board.
///
/// # Errors
/// The topic `pointer` is full.
pub fn on_command(
    batch: Batch<Command>,
    state: Res<Gesture>,
    panel: Res<OpenPanel>,
    pointers: Publisher<PointerEvent>,
) -> HandlerResult {
    if batch.count() > 0 && panel.0.is_some() && *state != Gesture::Idle {
        pointers.publish(PointerEvent::Interrupted)?;
    }
    Ok(())
}

impl Gesture {
    /// Returns the state after an event, and the drag event that it makes. `draggable` returns the entity that can be
    /// picked up at a point.
    #[must_use]
    pub fn after(
        self,
        event: &PointerEvent,
        epoch: u64,
        draggable: impl FnOnce(Point) -> Option<Entity>,
    ) -> (Self, Option<DragEvent>) {
        let PointerEvent::Input(input) = *event else {
            return (Self::Idle, self.drag(DragPhase::Cancelled, epoch));
        };
        let PointerInput { pointer: by, kind, phase, position } = input;
        match (self, phase) {
            (Self::Idle, PointerPhase::Pressed) => match draggable(position) {
                Some(entity) => {
                    let state = Self::Dragging { pointer: by, kind, entity, position, tap: Some(position) };
                    (state, state.drag(DragPhase::Started, epoch))
                }
                None => (Self::Idle, None),
            },
            (Self::Idle, _) => (Self::Idle, None),
            // A second pointer cancels the drag, at its last position.
            (Self::Dragging { .. }, PointerPhase::Pressed) => (Self::Idle, self.drag(DragPhase::Cancelled, epoch)),
            (Self::Dragging { pointer, .. }, _) if pointer != by => (self, None),
            (Self::Dragging { .. }, PointerPhase::Cancelled) => (Self::Idle, self.drag(DragPhase::Cancelled, epoch)),
            (Self::Dragging { pointer, kind, entity, tap, .. }, PointerPhase::Moved | PointerPhase::Released) => {
                let tap = tap.filter(|from| is_near(*from, position));
                let state = Self::Dragging { pointer, kind, entity, position, tap };
                match phase {
                    PointerPhase::Moved => (state, state.drag(DragPhase::Moved, epoch)),
                    // The keyboard continues what a tap began, and ends this drag.
                    _ if tap.is_some() => (Self::Idle, None),
                    _ => (Self::Idle, state.drag(DragPhase::Ended, epoch)),
                }
            }
        }
    }

    /// Returns the entity that this event taps: pressed, and released in the same place.
    fn tapped(self, event: &PointerEvent) -> Option<Entity> {
        match (self, event) {
            (Self::Dragging { pointer, entity, tap: Some(from), .. }, PointerEvent::Input(input))
                if input.phase == PointerPhase::Released && input.pointer == pointer =>
            {
                is_near(from, input.position).then_some(entity)
            }
            _ => None,
        }
    }

    fn drag(self, phase: DragPhase, epoch: u64) -> Option<DragEvent> {
        match self {
            Self::Idle => None,
            Self::Dragging { kind, entity, position, .. } => {
                Some(DragEvent { entity, phase, source: kind.into(), epoch, position })
            }
        }
    }
}

fn is_near(one: Point, other: Point) -> bool {
    let distance = other - one;
    distance.x.hypot(distance.y) <= TAP
}

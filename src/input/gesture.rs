//! The drag state machine: turns [`PointerEvent`]s into [`DragEvent`]s.
//!
//! A shape that is tapped instead of dragged becomes a [`KeyEvent`]: it is then moved as by keys. This file depends on
//! slots and pieces, and on no rule of the game.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use super::leading::Leading;
use crate::events::{Command, DragEvent, DragPhase, KeyEvent, PointerEvent, PointerInput, PointerKind, PointerPhase};
use crate::world::geometry::Point;
use crate::world::layout::Layout;
use crate::world::{OpenPanel, Play, Staged};
use blockers_event_bus::{Batch, HandlerResult, Publisher};

/// A press and release at most this far apart is a tap, in CSS pixels.
const TAP: f32 = 8.0;

/// The state: nothing is dragged, or one entity by one pointer.
#[derive(Resource, Clone, Copy, Default, PartialEq, Debug)]
#[component(clone_behavior = Ignore)]
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
        /// Where it was pressed, and the `seq` of that event; `None` once it has moved too far for a tap.
        tap: Option<(Point, u64)>,
    },
}

/// The shapes that a pointer may pick up: more than the seven parameters that a function may have.
#[derive(SystemParam)]
pub struct Shapes<'w, 's> {
    staged: Query<'w, 's, (Entity, &'static Staged)>,
    layout: Res<'w, Layout>,
    play: Res<'w, Play>,
    leading: Res<'w, Leading>,
}

impl Shapes<'_, '_> {
    /// Returns the shape at this point. Nothing can be picked up during a replay, or while another pointer moves the
    /// shape that the keyboard holds.
    fn at(&self, point: Point) -> Option<Entity> {
        let can_start = self.play.is_live() && self.leading.by.is_none();
        let found = self.staged.iter().find(|(_, staged)| can_be_picked_up(staged, &self.layout, point));
        found.filter(|_| can_start).map(|(entity, _)| entity)
    }
}

/// Returns `true` if a press at this point picks up this shape.
pub(super) fn can_be_picked_up(staged: &Staged, layout: &Layout, point: Point) -> bool {
    staged.fits && layout.slots[staged.slot.index()].contains(point)
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
    shapes: Shapes,
) -> HandlerResult {
    for event in batch {
        let tap = state.tap(event).and_then(|(entity, kind, press)| {
            let slot = shapes.staged.get(entity).ok()?.1.slot;
            Some(KeyEvent::SlotTapped { slot, kind, press })
        });
        let (next, drag) = state.after(event, event.seq(), shapes.play.epoch, |point| shapes.at(point));
        *state = next;
        if let Some(drag) = drag {
            drags.publish(drag)?;
        }
        if let Some(tap) = tap {
            keys.publish(tap)?;
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
    /// Returns the state after an event with this `seq`, and the drag event that it makes. `draggable` returns the
    /// entity that can be picked up at a point.
    #[must_use]
    pub fn after(
        self,
        event: &PointerEvent,
        seq: u64,
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
                    let state = Self::Dragging { pointer: by, kind, entity, position, tap: Some((position, seq)) };
                    (state, state.drag(DragPhase::Started, epoch))
                }
                None => (Self::Idle, None),
            },
            (Self::Idle, _) => (Self::Idle, None),
            // A second finger cancels the drag, at its last position. A pointer of another kind does not: it may be the
            // palm of the hand that holds the pen.
            (Self::Dragging { pointer, kind: own, .. }, _)
                if pointer != by && (kind != own || phase != PointerPhase::Pressed) =>
            {
                (self, None)
            }
            (Self::Dragging { .. }, PointerPhase::Pressed | PointerPhase::Cancelled) => {
                (Self::Idle, self.drag(DragPhase::Cancelled, epoch))
            }
            (Self::Dragging { pointer, kind, entity, tap, .. }, PointerPhase::Moved | PointerPhase::Released) => {
                let tap = tap.filter(|(from, _)| is_near(*from, position));
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

    /// Returns the entity that this event taps, which means pressed and released in the same place, the kind of the
    /// pointer, and the `seq` of the press.
    fn tap(self, event: &PointerEvent) -> Option<(Entity, PointerKind, u64)> {
        match (self, event) {
            (Self::Dragging { pointer, kind, entity, tap: Some((from, press)), .. }, PointerEvent::Input(input))
                if input.phase == PointerPhase::Released && input.pointer == pointer =>
            {
                is_near(from, input.position).then_some((entity, kind, press))
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

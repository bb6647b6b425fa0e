//! The drag state machine: from what pointers did to what was dragged.
//!
//! Comes in: [`PointerEvent`]. Goes out: [`DragEvent`]; and [`KeyEvent`], because what is only tapped is not dragged but chosen, for
//! the hand that needs no dragging. Knows slots and the pieces in them, and no rule of the game.

use bevy_ecs::prelude::*;

use crate::bus::{Batch, HandlerResult, Publisher};
use crate::events::{CommandEvent, DragEvent, DragPhase, KeyEvent, PointerEvent, PointerKind, PointerPhase};
use crate::world::geometry::Point;
use crate::world::layout::Layout;
use crate::world::{OpenPanel, Play, Staged};

/// A pointer that goes no further than this has tapped, in CSS pixels.
const TAP: f32 = 8.0;

/// Nothing is dragged, or one entity by one pointer.
#[derive(Resource, Clone, Copy, Default, PartialEq, Debug)]
pub enum Gesture {
    /// No drag is going on.
    #[default]
    Idle,
    /// A drag is going on.
    Dragging {
        /// The pointer that started it.
        pointer: i32,
        /// What kind of pointer that is.
        kind: PointerKind,
        /// What is dragged.
        entity: Entity,
        /// Where the pointer was last.
        position: Point,
        /// Where it was pressed, as long as it has not gone away from there.
        tap: Option<Point>,
    },
}

/// Takes pointer events one by one, each in the state that the one before left.
///
/// # Errors
/// The topic of drags is full.
pub fn gesture(
    batch: Batch<PointerEvent>,
    mut state: ResMut<Gesture>,
    mut drags: Publisher<DragEvent>,
    mut keys: Publisher<KeyEvent>,
    staged: Query<(Entity, &Staged)>,
    layout: Res<Layout>,
    play: Res<Play>,
) -> HandlerResult {
    for event in batch {
        let under = |point: Point| {
            let in_reach =
                |(_, staged): &(Entity, &Staged)| staged.fits && layout.slots[staged.slot.index()].contains(point);
            // What a replay shows is not the player's to move.
            staged.iter().find(in_reach).map(|(entity, _)| entity).filter(|_| play.is_live())
        };
        let tapped = state.tapped(event).and_then(|entity| staged.get(entity).ok());
        let (next, drag) = state.after(event, play.table, under);
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

/// What opens over the table breaks a drag off: it would end behind what has been opened.
///
/// # Errors
/// The topic of pointer events is full.
pub fn give_way(
    batch: Batch<CommandEvent>,
    state: Res<Gesture>,
    panel: Res<OpenPanel>,
    mut pointers: Publisher<PointerEvent>,
) -> HandlerResult {
    // It is no matter which of them has opened it.
    if batch.count() > 0 && panel.0.is_some() && *state != Gesture::Idle {
        pointers.publish(PointerEvent::interruption())?;
    }
    Ok(())
}

impl Gesture {
    /// The state after an event over this table, and the drag event that this makes. `draggable` says what can be picked up at a point.
    #[must_use]
    pub fn after(
        self,
        event: &PointerEvent,
        table: u64,
        draggable: impl FnOnce(Point) -> Option<Entity>,
    ) -> (Self, Option<DragEvent>) {
        let &PointerEvent { pointer: by, kind: event_kind, phase, position: now } = event;
        match (self, phase) {
            (Self::Idle, PointerPhase::Pressed) => match draggable(now) {
                Some(entity) => {
                    let state = Self::Dragging { pointer: by, kind: event_kind, entity, position: now, tap: Some(now) };
                    (state, state.drag(DragPhase::Started, table))
                }
                None => (Self::Idle, None),
            },
            (Self::Idle, _) => (Self::Idle, None),
            // A second pointer, Escape or a lost window: the drag is off, at the place where it was last.
            (Self::Dragging { .. }, PointerPhase::Pressed | PointerPhase::Interrupted) => {
                (Self::Idle, self.drag(DragPhase::Cancelled, table))
            }
            (Self::Dragging { pointer, .. }, _) if pointer != by => (self, None),
            (Self::Dragging { .. }, PointerPhase::Cancelled) => (Self::Idle, self.drag(DragPhase::Cancelled, table)),
            (Self::Dragging { pointer, kind, entity, tap, .. }, PointerPhase::Moved | PointerPhase::Released) => {
                let tap = tap.filter(|from| is_near(*from, now));
                let state = Self::Dragging { pointer, kind, entity, position: now, tap };
                match phase {
                    PointerPhase::Moved => (state, state.drag(DragPhase::Moved, table)),
                    // What is tapped goes on in another hand.
                    _ if tap.is_some() => (Self::Idle, None),
                    _ => (Self::Idle, state.drag(DragPhase::Ended, table)),
                }
            }
        }
    }

    /// What is tapped by this event: pressed, and let go at the same place.
    fn tapped(self, event: &PointerEvent) -> Option<Entity> {
        match self {
            Self::Dragging { pointer, entity, tap: Some(from), .. }
                if event.phase == PointerPhase::Released && event.pointer == pointer =>
            {
                is_near(from, event.position).then_some(entity)
            }
            _ => None,
        }
    }

    fn drag(self, phase: DragPhase, table: u64) -> Option<DragEvent> {
        match self {
            Self::Idle => None,
            Self::Dragging { kind, entity, position, .. } => Some(DragEvent { entity, phase, kind, table, position }),
        }
    }
}

fn is_near(one: Point, other: Point) -> bool {
    let way = other - one;
    way.x.hypot(way.y) <= TAP
}

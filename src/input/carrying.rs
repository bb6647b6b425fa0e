//! Turns a [`DragEvent`], in pixels, into a [`ShapeDragEvent`], in cells, and lets the dragged piece follow the
//! pointer.

use bevy_ecs::prelude::*;

use crate::events::{DragEvent, DragPhase, DragSource, ShapeDragEvent};
use crate::world::geometry::{BoardPosition, Point, between};
use crate::world::layout::Layout;
use crate::world::{Carried, Grip, Lift, Returning, Settings, Staged};
use blockers_event_bus::{Batch, HandlerResult, Publisher};
use blockers_rules::{Piece, SIZE};

/// Moves the dragged piece, and publishes where on the board it is. A drag of an entity that is not staged is ignored.
///
/// # Errors
/// The topic `shape drag` is full.
pub fn on_drag(
    batch: Batch<DragEvent>,
    shape_drags: Publisher<ShapeDragEvent>,
    mut staged: Query<(&Staged, Option<&mut Carried>)>,
    mut commands: Commands,
    layout: Res<Layout>,
    settings: Res<Settings>,
) -> HandlerResult {
    // A piece that this batch picks up gets its component only when the batch is done.
    let mut picked_up: Option<(Entity, Grip)> = None;
    for event in batch {
        let Ok((&Staged { slot, piece, .. }, carried)) = staged.get_mut(event.entity) else { continue };
        let known = carried.as_ref().map(|carried| carried.grip);
        let fresh = picked_up.filter(|(entity, _)| *entity == event.entity).map(|(_, grip)| grip);
        let before = match event.phase {
            DragPhase::Started => None,
            _ => fresh.or(known),
        };
        let grab = match event.source {
            DragSource::Touch => above_finger(&layout, event.position, piece, settings.lift),
            DragSource::Mouse | DragSource::Pen | DragSource::Keyboard | DragSource::Replay => before.map_or_else(
                || grabbed(&layout, layout.staged_corner(slot, piece), event.position, piece),
                |grip| grip.grab,
            ),
        };
        let grip = Grip { pointer: event.position, grab };
        match carried {
            Some(mut carried) if event.phase != DragPhase::Started && fresh.is_none() => carried.grip = grip,
            _ => {
                picked_up = Some((event.entity, grip));
                commands
                    .entity(event.entity)
                    .remove::<Returning>()
                    .insert(Carried { grip, since: event.timestamp().as_millis() });
            }
        }
        let over = Some(corner(&layout, grip)).filter(|&at| touches_board(piece, at));
        let DragEvent { phase, source, epoch, .. } = *event.event();
        shape_drags.publish(ShapeDragEvent { slot, phase, source, epoch, over })?;
    }
    Ok(())
}

/// Returns the board position of a carried piece's top-left corner.
#[must_use]
pub fn corner(layout: &Layout, grip: Grip) -> BoardPosition {
    let pointer = layout.board_position(grip.pointer);
    BoardPosition { row: pointer.row - grip.grab.row, column: pointer.column - grip.grab.column }
}

/// Returns the point of the piece that the pointer pressed, or the nearest one of the piece.
fn grabbed(layout: &Layout, corner: Point, pressed: Point, piece: Piece) -> BoardPosition {
    let inside = (pressed - corner) * (1.0 / layout.tray_cell);
    BoardPosition {
        row: between(inside.y, 0.0, piece.shape.rows().into()),
        column: between(inside.x, 0.0, piece.shape.columns().into()),
    }
}

/// Returns the point below the piece that the finger holds. Near the lower edge of the window it is closer to the
/// piece, so that the lowest row of the board stays within reach.
fn above_finger(layout: &Layout, finger: Point, piece: Piece, lift: Lift) -> BoardPosition {
    let below = (layout.viewport.height - finger.y) / layout.cell;
    let lift = if below.is_nan() { lift.cells() } else { between(below, 0.0, lift.cells()) };
    BoardPosition { row: f32::from(piece.shape.rows()) + lift, column: f32::from(piece.shape.columns()) / 2.0 }
}

/// Returns `true` if any part of the piece is over the board.
fn touches_board(piece: Piece, at: BoardPosition) -> bool {
    let size = f32::from(SIZE);
    let over = |start: f32, length: u8| start < size && start + f32::from(length) > 0.0;
    over(at.row, piece.shape.rows()) && over(at.column, piece.shape.columns())
}

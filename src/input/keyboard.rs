//! Turns [`KeyEvent`]s into the same [`DragEvent`]s that a pointer makes: from a slot to a place over the board, then
//! by whole cells.
//!
//! It subscribes to [`PointerEvent`]s, too: a pointer that is pressed elsewhere cancels what the keyboard holds, and a
//! tap on a cell drops it there. If a pointer has tapped the shape, only pointers of its kind do so, because another
//! kind may be the palm of the hand that holds the pen.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use super::gesture::{Gesture, can_be_picked_up};
use super::leading::Leading;
use crate::events::{DragEvent, DragPhase, DragSource, KeyEvent, PointerEvent, PointerKind, PointerPhase};
use crate::world::geometry::Point;
use crate::world::layout::Layout;
use crate::world::{Held, KeyHand, OpenPanel, Play, Staged};
use blockers_event_bus::{Batch, HandlerError, HandlerResult, PublishError, Publisher, WorldBusExt};
use blockers_rules::{Bitboard, Cell, Piece, SIZE, SLOTS, Slot};

/// What both functions use.
#[derive(SystemParam)]
pub struct Keyboard<'w, 's> {
    hand: ResMut<'w, KeyHand>,
    leading: ResMut<'w, Leading>,
    staged: Query<'w, 's, (Entity, &'static Staged)>,
    layout: Res<'w, Layout>,
    play: Res<'w, Play>,
    drags: Publisher<'w, DragEvent>,
}

/// Picks up, moves and releases a shape. Keys do nothing while a pointer drags, during a replay, or while a panel is
/// open; an interruption ends the drag even behind a panel.
///
/// # Errors
/// The topic `drag` is full.
pub fn on_key(
    batch: Batch<KeyEvent>,
    mut keyboard: Keyboard,
    gesture: Res<Gesture>,
    panel: Res<OpenPanel>,
) -> HandlerResult {
    let (enabled, covered) = (*gesture == Gesture::Idle && keyboard.play.is_live(), panel.0.is_some());
    // The rules decide about a released shape only when this batch is done, so it cannot be picked up again in the
    // batch.
    let mut released = [false; SLOTS];
    for event in batch {
        let mut is_put_back = false;
        if let KeyEvent::SlotTapped { slot, press, .. } = *event.event() {
            keyboard.cancel_pointer(slot)?;
            is_put_back = keyboard.leading.put_back == Some((slot, press));
        }
        if !enabled || (covered && *event.event() != KeyEvent::Interrupted) {
            continue;
        }
        match *event.event() {
            KeyEvent::SlotChosen(slot) | KeyEvent::SlotTapped { slot, .. } if is_put_back || released[slot.index()] => {
            }
            KeyEvent::SlotChosen(slot) => keyboard.choose(slot, None)?,
            KeyEvent::SlotTapped { slot, kind, .. } => keyboard.choose(slot, Some(kind))?,
            KeyEvent::Moved { rows, columns } => keyboard.move_by(rows, columns)?,
            KeyEvent::ReleasedOver(cell) if !keyboard.move_to(cell)? => {}
            KeyEvent::Released | KeyEvent::ReleasedOver(_) => {
                if let Some(held) = keyboard.release()? {
                    released[held.slot.index()] = true;
                }
            }
            KeyEvent::Interrupted => {
                keyboard.end(DragPhase::Cancelled)?;
            }
        }
    }
    Ok(())
}

/// A pointer that is pressed on the board moves the held shape there, and drops it where it is released, so that no
/// drag is needed. A pointer that is pressed elsewhere, or a second one of the same kind, cancels the keyboard's drag.
///
/// # Errors
/// The topic `drag` is full.
pub fn on_pointer(batch: Batch<PointerEvent>, mut keyboard: Keyboard, panel: Res<OpenPanel>) -> HandlerResult {
    for event in batch {
        let PointerEvent::Input(input) = event.event() else {
            keyboard.leading.by = None;
            continue;
        };
        let cell = keyboard.layout.cell_at(input.position).filter(|_| panel.0.is_none());
        let leads = keyboard.leading.by.is_some_and(|(pointer, _)| pointer == input.pointer);
        match (input.phase, cell) {
            (PointerPhase::Pressed, _) if keyboard.ignores(input.kind, input.position) => {}
            (PointerPhase::Pressed, Some(cell)) if keyboard.leading.by.is_none() && keyboard.holds() => {
                keyboard.move_to(cell)?;
                keyboard.leading.by = Some((input.pointer, input.kind));
            }
            (PointerPhase::Pressed, _) => {
                keyboard.leading.by = None;
                if let Some(held) = keyboard.end(DragPhase::Cancelled)? {
                    keyboard.leading.put_back = Some((held.slot, event.seq()));
                }
            }
            (PointerPhase::Moved, Some(cell)) if leads => {
                keyboard.move_to(cell)?;
            }
            (PointerPhase::Released, cell) if leads => {
                keyboard.leading.by = None;
                keyboard.end(if cell.is_some() { DragPhase::Ended } else { DragPhase::Cancelled })?;
            }
            (PointerPhase::Cancelled, _) if leads => keyboard.leading.by = None,
            _ => {}
        }
    }
    Ok(())
}

/// Publishes the position of the held shape after the layout has changed.
///
/// # Errors
/// The topic `drag` is full or missing.
pub fn follow(world: &mut World) -> Result<(), PublishError<DragEvent>> {
    let mut pieces = world.query::<(Entity, &Staged)>();
    let epoch = world.resource::<Play>().epoch;
    let Some(held) = world.resource::<KeyHand>().held(epoch) else { return Ok(()) };
    let layout = world.resource::<Layout>();
    let moved = pieces
        .iter(world)
        .find(|(_, staged)| staged.slot == held.slot)
        .map(|(entity, staged)| drag(held, DragPhase::Moved, entity, staged.piece, layout));
    moved.map_or(Ok(()), |moved| world.publish(moved).map(|_| ()))
}

impl Keyboard<'_, '_> {
    /// Returns `true` if a shape is held.
    fn holds(&self) -> bool {
        self.hand.held(self.play.epoch).is_some()
    }

    /// Returns `true` if a press does nothing to the held shape: another kind of pointer moves or has tapped the shape,
    /// and the press does not start another drag.
    fn ignores(&self, kind: PointerKind, position: Point) -> bool {
        let Leading { by, tapped_by, .. } = *self.leading;
        let of_other_kind = |owner: PointerKind| owner != kind;
        if let Some((_, owner)) = by {
            return of_other_kind(owner);
        }
        let starts_drag = || self.staged.iter().any(|(_, staged)| can_be_picked_up(staged, &self.layout, position));
        self.holds() && tapped_by.is_some_and(of_other_kind) && !starts_drag()
    }

    /// Puts the shape back if it is held. Otherwise picks it up, if it fits somewhere; another shape that is held goes
    /// back. `tapped_by` is the kind of the pointer that tapped it.
    fn choose(&mut self, slot: Slot, tapped_by: Option<PointerKind>) -> HandlerResult {
        let (epoch, game) = (self.play.epoch, self.play.game());
        if self.hand.held(epoch).is_some_and(|held| held.slot == slot) {
            return self.end(DragPhase::Cancelled).map(|_| ());
        }
        let anchors = game.anchors(slot);
        let Some(at) = game.staged(slot).and_then(|piece| nearest_to_middle(anchors, piece)) else { return Ok(()) };
        self.end(DragPhase::Cancelled)?;
        self.leading.tapped_by = tapped_by;
        let held = Held { slot, at, epoch };
        self.hand.hold(held);
        self.drag(held, DragPhase::Started)?;
        self.drag(held, DragPhase::Moved)
    }

    /// Cancels the drag of a pointer that has tapped a shape, whether the keyboard picks the shape up or not.
    fn cancel_pointer(&mut self, slot: Slot) -> HandlerResult {
        let found = self.staged.iter().find(|(_, staged)| staged.slot == slot);
        let Some((entity, _)) = found else { return Ok(()) };
        let (epoch, position) = (self.play.epoch, self.layout.slots[slot.index()].centre());
        let phase = DragPhase::Cancelled;
        self.drags.publish(DragEvent { entity, phase, source: DragSource::Keyboard, epoch, position })?;
        Ok(())
    }

    /// Moves the held shape, as far as the whole shape stays over the board.
    fn move_by(&mut self, rows: i32, columns: i32) -> HandlerResult {
        let Some(held) = self.hand.held(self.play.epoch) else { return Ok(()) };
        let Some(Piece { shape, .. }) = self.play.game().staged(held.slot) else { return Ok(()) };
        let moved =
            |from: u8, by: i32, length: u8| i32::from(from).saturating_add(by).clamp(0, i32::from(SIZE - length));
        let row = moved(held.at.row(), rows, shape.rows());
        let column = moved(held.at.column(), columns, shape.columns());
        match Cell::new(row, column) {
            Some(at) if at != held.at => {
                let held = Held { at, ..held };
                self.hand.hold(held);
                self.drag(held, DragPhase::Moved)
            }
            _ => Ok(()),
        }
    }

    /// Moves the held shape over this cell, as far as the whole shape stays over the board. Returns `true` if it is
    /// there.
    fn move_to(&mut self, cell: Cell) -> Result<bool, HandlerError> {
        let Some(Held { at, .. }) = self.hand.held(self.play.epoch) else { return Ok(false) };
        let distance = |from: u8, to: u8| i32::from(to) - i32::from(from);
        self.move_by(distance(at.row(), cell.row()), distance(at.column(), cell.column()))?;
        Ok(self.hand.held(self.play.epoch).is_some_and(|held| held.at == cell))
    }

    /// Ends the drag where the held shape fits. Elsewhere the shape stays in its place, and only the refusal is
    /// published. Returns what was released.
    fn release(&mut self) -> Result<Option<Held>, HandlerError> {
        let Some(held) = self.hand.held(self.play.epoch) else { return Ok(None) };
        if self.play.game().anchors(held.slot).contains(held.at) {
            return self.end(DragPhase::Ended);
        }
        self.drag(held, DragPhase::Refused)?;
        Ok(None)
    }

    /// Ends or cancels the drag, if there is one. Returns what was held.
    fn end(&mut self, phase: DragPhase) -> Result<Option<Held>, HandlerError> {
        let epoch = self.play.epoch;
        let held = self.hand.release(epoch);
        if let Some(held) = held {
            self.drag(held, phase)?;
        }
        Ok(held)
    }

    fn drag(&mut self, held: Held, phase: DragPhase) -> HandlerResult {
        let found = self.staged.iter().find(|(_, staged)| staged.slot == held.slot);
        let Some((entity, piece)) = found.map(|(entity, staged)| (entity, staged.piece)) else { return Ok(()) };
        self.drags.publish(drag(held, phase, entity, piece, &self.layout))?;
        Ok(())
    }
}

/// Returns the event for the held piece, with the position of a pointer that holds the piece by its middle.
fn drag(held: Held, phase: DragPhase, entity: Entity, piece: Piece, layout: &Layout) -> DragEvent {
    let position = match phase {
        DragPhase::Started => layout.slots[held.slot.index()].centre(),
        DragPhase::Moved | DragPhase::Refused | DragPhase::Ended | DragPhase::Cancelled => {
            layout.middle(piece, held.at)
        }
    };
    DragEvent { entity, phase, source: DragSource::Keyboard, epoch: held.epoch, position }
}

/// Returns the anchor at which the piece is nearest to the middle of the board; the first of several.
fn nearest_to_middle(anchors: Bitboard, piece: Piece) -> Option<Cell> {
    // In half cells, so that the middles are whole numbers.
    let off = |start: u8, length: u8| i32::from(2 * start + length) - i32::from(SIZE);
    anchors.cells().min_by_key(|at| {
        let (rows, columns) = (off(at.row(), piece.shape.rows()), off(at.column(), piece.shape.columns()));
        rows * rows + columns * columns
    })
}

//! The hand that is led by keys: a producer of the same drags as a finger or a replay.
//!
//! Comes in: [`KeyEvent`], and [`PointerEvent`] because a pointer takes over, or taps a cell. Goes out: [`DragEvent`]s, from a slot to a place
//! over the board and on by whole cells. Nothing behind it knows whose hand it was.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use super::gesture::Gesture;
use crate::bus::{Batch, BusExt, HandlerError, HandlerResult, Publisher, WiringError};
use crate::events::{DragEvent, DragPhase, KeyEvent, PointerEvent, PointerKind, PointerPhase};
use crate::rules::{Bitboard, Cell, Piece, SIZE, SLOTS, Slot};
use crate::world::layout::Layout;
use crate::world::{Held, KeyHand, OpenPanel, Play, Staged};

/// The hand, and what it needs of the world.
#[derive(SystemParam)]
pub struct Keyboard<'w, 's> {
    hand: ResMut<'w, KeyHand>,
    staged: Query<'w, 's, (Entity, &'static Staged)>,
    layout: Res<'w, Layout>,
    play: Res<'w, Play>,
    drags: Publisher<'w, DragEvent>,
}

/// Leads the hand by keys. They do nothing while a pointer drags, or a game is only shown. What is open over the table has them for
/// itself; but who leaves the window leaves what is held, too.
///
/// # Errors
/// The topic of drags is full.
pub fn keyboard(
    batch: Batch<KeyEvent>,
    mut keyboard: Keyboard,
    gesture: Res<Gesture>,
    panel: Res<OpenPanel>,
) -> HandlerResult {
    let (heeded, covered) = (*gesture == Gesture::Idle && keyboard.play.is_live(), panel.0.is_some());
    // What was let go in this batch is decided upon when the batch is through, and cannot be picked up before.
    let mut let_go = [false; SLOTS];
    for event in batch {
        if let KeyEvent::SlotTapped(slot) = *event.body() {
            keyboard.take_over(slot)?;
        }
        if !heeded || (covered && *event.body() != KeyEvent::Interrupted) {
            continue;
        }
        match *event.body() {
            KeyEvent::SlotChosen(slot) | KeyEvent::SlotTapped(slot) if let_go[slot.index()] => {}
            KeyEvent::SlotChosen(slot) | KeyEvent::SlotTapped(slot) => keyboard.pick_up(slot)?,
            KeyEvent::Moved { rows, columns } => keyboard.move_by(rows, columns)?,
            KeyEvent::ReleasedOver(cell) if !keyboard.lead_to(cell)? => {}
            KeyEvent::Released | KeyEvent::ReleasedOver(_) => {
                if let Some(held) = keyboard.end(DragPhase::Ended)? {
                    let_go[held.slot.index()] = true;
                }
            }
            KeyEvent::Interrupted => {
                keyboard.end(DragPhase::Cancelled)?;
            }
        }
    }
    Ok(())
}

/// A pointer that is pressed on the board leads what the hand holds there, and lets it go where it is released: nobody needs to
/// drag. One that is pressed elsewhere takes over, and what the hand holds goes back first; so it does when a second one comes.
///
/// # Errors
/// The topic of drags is full.
pub fn give_way(
    batch: Batch<PointerEvent>,
    mut keyboard: Keyboard,
    mut leading: Local<Option<i32>>,
    panel: Res<OpenPanel>,
) -> HandlerResult {
    for event in batch {
        let cell = keyboard.layout.cell_at(event.position).filter(|_| panel.0.is_none());
        let leads = *leading == Some(event.pointer);
        match (event.phase, cell) {
            (PointerPhase::Pressed, Some(cell)) if leading.is_none() && keyboard.holds() => {
                keyboard.lead_to(cell)?;
                *leading = Some(event.pointer);
            }
            (PointerPhase::Pressed, _) => {
                *leading = None;
                keyboard.end(DragPhase::Cancelled)?;
            }
            (PointerPhase::Moved, Some(cell)) if leads => {
                keyboard.lead_to(cell)?;
            }
            (PointerPhase::Released, cell) if leads => {
                *leading = None;
                keyboard.end(if cell.is_some() { DragPhase::Ended } else { DragPhase::Cancelled })?;
            }
            (PointerPhase::Cancelled, _) if leads => *leading = None,
            (PointerPhase::Interrupted, _) => *leading = None,
            _ => {}
        }
    }
    Ok(())
}

/// Keeps what is held over its cell, when everything has been laid out anew.
///
/// # Errors
/// The topic of drags is full, or is not there.
pub fn follow(world: &mut World) -> Result<(), WiringError> {
    let mut pieces = world.query::<(Entity, &Staged)>();
    let table = world.resource::<Play>().table;
    let Some(held) = world.resource::<KeyHand>().over(table) else { return Ok(()) };
    let layout = world.resource::<Layout>();
    let moved = pieces
        .iter(world)
        .find(|(_, staged)| staged.slot == held.slot)
        .map(|(entity, staged)| drag(held, DragPhase::Moved, entity, staged.piece, layout));
    moved.map_or(Ok(()), |moved| world.publish(moved).map(|_| ()))
}

impl Keyboard<'_, '_> {
    /// Is anything held?
    fn holds(&self) -> bool {
        self.hand.over(self.play.table).is_some()
    }

    /// Picks a shape up that fits somewhere, and puts another one back for it.
    fn pick_up(&mut self, slot: Slot) -> HandlerResult {
        let (table, game) = (self.play.table, self.play.game());
        let anchors = game.anchors(slot);
        let Some(at) = game.staged(slot).and_then(|piece| nearest_to_middle(anchors, piece)) else { return Ok(()) };
        if self.hand.over(table).is_some_and(|held| held.slot == slot) {
            return Ok(());
        }
        self.end(DragPhase::Cancelled)?;
        let held = Held { slot, at, table };
        self.hand.hold(held);
        self.drag(held, DragPhase::Started)?;
        self.drag(held, DragPhase::Moved)
    }

    /// Ends the drag of a pointer that has tapped a shape, whether this hand takes it up or not.
    fn take_over(&mut self, slot: Slot) -> HandlerResult {
        let found = self.staged.iter().find(|(_, staged)| staged.slot == slot);
        let Some((entity, _)) = found else { return Ok(()) };
        let (table, position) = (self.play.table, self.layout.slots[slot.index()].centre());
        let phase = DragPhase::Cancelled;
        self.drags.publish(DragEvent { entity, phase, kind: PointerKind::Mouse, table, position })?;
        Ok(())
    }

    /// Moves what is held, as far as all of it stays over the board.
    fn move_by(&mut self, rows: i32, columns: i32) -> HandlerResult {
        let Some(held) = self.hand.over(self.play.table) else { return Ok(()) };
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

    /// Moves what is held over this cell, as far as all of it stays over the board. Returns whether it is there.
    fn lead_to(&mut self, cell: Cell) -> Result<bool, HandlerError> {
        let Some(Held { at, .. }) = self.hand.over(self.play.table) else { return Ok(false) };
        let way = |from: u8, to: u8| i32::from(to) - i32::from(from);
        self.move_by(way(at.row(), cell.row()), way(at.column(), cell.column()))?;
        Ok(self.hand.over(self.play.table).is_some_and(|held| held.at == cell))
    }

    /// Ends the drag in this way, if there is one. Returns what was held.
    fn end(&mut self, phase: DragPhase) -> Result<Option<Held>, HandlerError> {
        let table = self.play.table;
        let held = self.hand.let_go(table);
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

/// What happens to the piece that is held, as a mouse would do it that takes it up by its middle.
fn drag(held: Held, phase: DragPhase, entity: Entity, piece: Piece, layout: &Layout) -> DragEvent {
    let position = match phase {
        DragPhase::Started => layout.slots[held.slot.index()].centre(),
        DragPhase::Moved | DragPhase::Ended | DragPhase::Cancelled => layout.middle(piece, held.at),
    };
    DragEvent { entity, phase, kind: PointerKind::Mouse, table: held.table, position }
}

/// Of these anchors the one at which the piece is nearest to the middle of the board; of several the first.
fn nearest_to_middle(anchors: Bitboard, piece: Piece) -> Option<Cell> {
    // In halves of cells, so that the middles are whole numbers.
    let off = |start: u8, length: u8| i32::from(2 * start + length) - i32::from(SIZE);
    anchors.cells().min_by_key(|at| {
        let (rows, columns) = (off(at.row(), piece.shape.rows()), off(at.column(), piece.shape.columns()));
        rows * rows + columns * columns
    })
}

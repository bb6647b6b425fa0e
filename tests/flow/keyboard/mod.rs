//! The shape that keys hold. It is dragged as by a pointer, never together with one, and only in the player's game.

mod dragging;
mod frames;
mod key_meanings;
mod precedence;

use blockers::events::{DragPhase, KeyEvent, ShapeDragEvent};
use blockers::input::carrying::corner;
use blockers::world::{Carried, Phantom};
use blockers_rules::{Anchor, Cell, DropAt, Slot};

use crate::driver::Session;

/// The held shape: its slot, the row and column of its top-left cell, and whether it fits there.
pub(crate) type Held = (usize, u8, u8, bool);

pub(crate) fn held(session: &mut Session) -> Option<Held> {
    let held = session.view_model().hovering?;
    Some((held.slot.index(), held.at.row(), held.at.column(), held.fits))
}

pub(crate) fn anchor(row: i32, column: i32) -> Anchor {
    Anchor { row, column }
}

/// Moves the held shape to a cell, by one row or column at a time.
fn move_held_to(session: &mut Session, to: Cell) {
    let held = session.view_model().hovering.unwrap();
    let distance = |from: u8, to: u8| i32::from(to) - i32::from(from);
    let (rows, columns) = (distance(held.at.row(), to.row()), distance(held.at.column(), to.column()));
    for _ in 0..rows.abs() {
        session.move_held(rows.signum(), 0);
    }
    for _ in 0..columns.abs() {
        session.move_held(0, columns.signum());
    }
}

fn drop_by_keys(session: &mut Session, drop: DropAt) {
    session.choose(drop.slot.index());
    move_held_to(session, drop.at);
    session.release_held();
}

fn chosen(number: usize) -> KeyEvent {
    KeyEvent::SlotChosen(Slot::ALL[number])
}

fn moved(rows: i32, columns: i32) -> KeyEvent {
    KeyEvent::Moved { rows, columns }
}

/// Returns the slot and the phase of each shape drag from this `seq` on.
pub(crate) fn shape_drags_since(session: &Session, seq: u64) -> Vec<(usize, DragPhase)> {
    let drags = session.published_since::<ShapeDragEvent>(seq);
    drags.into_iter().map(|drag| (drag.slot.index(), drag.phase)).collect()
}

/// Returns the place of the carried shape's top-left cell, which must be exactly over a cell.
fn carried_over(session: &mut Session) -> Anchor {
    let grip = session.single::<Carried>().unwrap().grip;
    let over = corner(session.layout(), grip);
    assert!((over.row - over.row.round()).abs() < 1e-3, "{over:?}");
    assert!((over.column - over.column.round()).abs() < 1e-3, "{over:?}");
    Anchor { row: over.row.round() as i32, column: over.column.round() as i32 }
}

fn phantom(session: &mut Session) -> Option<Anchor> {
    session.single::<Phantom>().map(|phantom| phantom.at)
}

/// Asserts that no shape is held or carried, and that no phantom is shown.
pub(crate) fn assert_nothing_held(session: &mut Session, context: &str) {
    assert_eq!(held(session), None, "{context}");
    assert_eq!((session.count::<Carried>(), session.count::<Phantom>()), (0, 0), "{context}");
}

//! The hand that is led by keys: it drags as a finger does, one of the two at a time, and only in the player's own game.

mod frames;
mod hand;
mod turns;

use blockers::bus::Event;
use blockers::events::{DragPhase, KeyEvent, ShapeDragEvent};
use blockers::input::carrying::corner;
use blockers::rules::{Anchor, Cell, DropAt, Slot};
use blockers::world::layout::Layout;
use blockers::world::{Carried, Phantom};

use crate::driver::Table;

/// What is held: its slot, the row and column of its top-left cell, and whether it fits there.
pub(crate) type Hovers = (usize, u8, u8, bool);

pub(crate) fn hovers(table: &mut Table) -> Option<Hovers> {
    let held = table.mirror().hovering?;
    Some((held.slot.index(), held.at.row(), held.at.column(), held.fits))
}

pub(crate) fn at(row: i32, column: i32) -> Cell {
    Cell::new(row, column).expect("it is on the board")
}

pub(crate) fn over(row: i32, column: i32) -> Anchor {
    Anchor { row, column }
}

/// Moves what is held to a cell, a row or a column at a time.
fn lead(table: &mut Table, to: Cell) {
    let held = table.mirror().hovering.expect("something is held");
    let way = |from: u8, to: u8| i32::from(to) - i32::from(from);
    let (rows, columns) = (way(held.at.row(), to.row()), way(held.at.column(), to.column()));
    for _ in 0..rows.abs() {
        table.step(rows.signum(), 0);
    }
    for _ in 0..columns.abs() {
        table.step(0, columns.signum());
    }
}

fn drop_by_keys(table: &mut Table, drop: DropAt) {
    table.choose(drop.slot.index());
    lead(table, drop.at);
    table.let_go();
}

/// Publishes this, to be dealt with in one frame with what else comes.
fn publish<E: Event>(table: &mut Table, event: E) {
    table.app.publish(event).expect("there is such a topic");
}

fn chosen(number: usize) -> KeyEvent {
    KeyEvent::SlotChosen(Slot::ALL[number])
}

fn moved(rows: i32, columns: i32) -> KeyEvent {
    KeyEvent::Moved { rows, columns }
}

/// The drags since then: the slot, and what happened to its shape.
pub(crate) fn told_since(table: &Table, seq: u64) -> Vec<(usize, DragPhase)> {
    let drags = table.published_since::<ShapeDragEvent>(seq);
    drags.into_iter().map(|drag| (drag.slot.index(), drag.phase)).collect()
}

/// Where the carried shape's corner is, as the view sees it.
fn carried_over(table: &mut Table) -> Anchor {
    let grip = table.only::<Carried>().expect("it is carried").grip;
    let over = corner(table.app.world().resource::<Layout>(), grip);
    assert!((over.row - over.row.round()).abs() < 1e-3, "{over:?}");
    assert!((over.column - over.column.round()).abs() < 1e-3, "{over:?}");
    Anchor { row: over.row.round() as i32, column: over.column.round() as i32 }
}

fn phantom(table: &mut Table) -> Option<Anchor> {
    table.only::<Phantom>().map(|phantom| phantom.at)
}

/// Nothing is held, carried or shown to be let go anywhere.
pub(crate) fn assert_nothing_is_held(table: &mut Table, context: &str) {
    assert_eq!(hovers(table), None, "{context}");
    assert_eq!((table.count::<Carried>(), table.count::<Phantom>()), (0, 0), "{context}");
}

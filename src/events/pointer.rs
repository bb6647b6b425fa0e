//! What a mouse, a pen or a finger did to the canvas.

use crate::world::geometry::Point;

/// A pointer was pressed, moved or let go, in CSS pixels of the canvas.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct PointerEvent {
    /// Which pointer it was; the number means nothing but itself.
    pub pointer: i32,
    /// What kind of pointer.
    pub kind: PointerKind,
    /// What it did.
    pub phase: PointerPhase,
    /// Where.
    pub position: Point,
}

impl PointerEvent {
    /// Whoever is dragging, stop.
    #[must_use]
    pub fn interruption() -> Self {
        Self { pointer: 0, kind: PointerKind::Mouse, phase: PointerPhase::Interrupted, position: Point::default() }
    }
}

/// What a pointer is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PointerKind {
    /// A mouse or a touch pad.
    Mouse,
    /// A pen.
    Pen,
    /// A finger, which hides what is below it.
    Touch,
}

/// What a pointer did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PointerPhase {
    /// A button went down, or a finger.
    Pressed,
    /// It moved, pressed or not.
    Moved,
    /// It was let go.
    Released,
    /// The system took it away.
    Cancelled,
    /// Not this pointer, but the player or the window broke off whatever was going on: Escape, the focus is lost, or something
    /// was opened over the table.
    Interrupted,
}

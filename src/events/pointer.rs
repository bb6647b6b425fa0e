//! What a mouse, a pen or a finger did on the canvas.

use crate::world::geometry::Point;

/// An event of the topic `pointer`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum PointerEvent {
    /// A pointer was pressed, moved, released or cancelled.
    Input(PointerInput),
    /// No pointer did anything, but every drag ends here: Escape was pressed, the window lost the focus, or a panel
    /// opened.
    Interrupted,
}

/// What one pointer did.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct PointerInput {
    /// The browser's id of the pointer. Only equality of ids means something.
    pub pointer: i32,
    /// The kind of pointer.
    pub kind: PointerKind,
    /// What it did.
    pub phase: PointerPhase,
    /// Where, in CSS pixels from the canvas's top-left corner.
    pub position: Point,
}

/// The kind of a pointer.
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
    /// The main button, or a finger, went down.
    Pressed,
    /// It moved, pressed or not.
    Moved,
    /// It went up.
    Released,
    /// The system took it away.
    Cancelled,
}

//! The events, one file per topic, in the order of the corridor. All of them are facts: they say what happened.

pub mod command;
pub mod drag;
pub mod dropped;
pub mod fits;
pub mod pointer;
pub mod shape_drag;
pub mod started;

pub use command::CommandEvent;
pub use drag::{DragEvent, DragPhase};
pub use dropped::Dropped;
pub use pointer::{PointerEvent, PointerKind, PointerPhase};
pub use shape_drag::ShapeDragEvent;
pub use started::Started;

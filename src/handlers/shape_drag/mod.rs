//! The `ShapeDragHandler` family: reacts to a shape being dragged.
//!
//! `main_event::sound` and `main_event::haptics` listen to drags, too.

pub mod fit_hint;
pub mod main_area;
pub mod staging_area;

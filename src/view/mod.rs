//! What the player sees, computed from the world.
//!
//! [`painter`] draws the entities on a [`surface`], which is a `canvas` in the browser. [`animation`] has the durations
//! and the easing curves, [`theme`] the colours. [`view_model`] collects what the elements of the page show, [`chart`]
//! computes the charts of the statistics, and `page` writes both into the document. [`inspector`] prints the state of
//! the bus.
//!
//! The view uses the types of the rules, but never asks them what is allowed: the world contains the answers. It must
//! not depend on `input` or `handlers`.

pub mod animation;
#[cfg(target_arch = "wasm32")]
pub mod canvas;
pub mod chart;
pub mod inspector;
#[cfg(target_arch = "wasm32")]
pub mod page;
pub mod painter;
pub mod surface;
pub mod theme;
pub mod view_model;

//! From the world to what a player sees.
//!
//! [`painter`] draws the entities on a [`surface`], which in the browser is [`canvas`]; [`animation`] says how long things
//! move; [`theme`] has the colours. [`mirror`] says in words what is on the table, [`chart`] makes pictures of numbers, and
//! [`page`] puts that into the document; [`inspector`] does the same for the bus.

pub mod animation;
#[cfg(target_arch = "wasm32")]
pub mod canvas;
pub mod chart;
pub mod inspector;
pub mod mirror;
#[cfg(target_arch = "wasm32")]
pub mod page;
pub mod painter;
pub mod surface;
pub mod theme;

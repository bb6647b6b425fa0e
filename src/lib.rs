//! Blockers: a block puzzle for the browser, built on an event bus.
//!
//! An event of the page becomes an event of a higher level, step by step, and each step is published on the bus:
//!
//! ```text
//! page ── input::browser ──▶ PointerEvent ── input::gesture ──▶ DragEvent ── input::carrying ──▶ ShapeDragEvent
//!      ── handlers::shape_drag::main_area (asks the rules) ──▶ Dropped ── handlers::main_event::* ──▶ world
//!      ── view::painter, view::view_model ──▶ canvas and document
//! ```
//!
//! Keys (`input::keys` ──▶ `KeyEvent` ── `input::keyboard`) and replays (`input::replaying`) make the same
//! `DragEvent`s.
//!
//! What must be stored is published as `RecordChanged` and written by `handlers::storage_writer`; [`records`] has the
//! formats.
//!
//! [`wiring`] has all topics and handlers. Two crates of the workspace do not depend on the page: `blockers_rules`, the
//! rules of the game, and `blockers_event_bus`. ARCHITECTURE.md describes the design.

pub mod records;

pub mod events;
pub mod ports;
pub mod world;

pub mod loading;
pub mod transitions;
pub mod words;

pub mod handlers;
pub mod input;
pub mod view;

pub mod app;
pub mod wiring;

#[cfg(target_arch = "wasm32")]
pub mod shell;

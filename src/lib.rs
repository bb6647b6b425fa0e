//! Blockers: a block puzzle for the browser, built on an event bus.
//!
//! The program is one corridor. A finger touches the canvas, and each room turns what it gets into something of a higher level
//! and passes it on over the bus:
//!
//! ```text
//! page ── input::browser ──▶ PointerEvent ── input::gesture ──▶ DragEvent ── input::carrying ──▶ ShapeDragEvent
//!      ── handlers::shape_drag::main_area (asks rules::Game) ──▶ Dropped ── handlers::main_event::* ──▶ world
//!      ── view::painter, view::mirror ──▶ canvas and document
//! ```
//!
//! Keys (`input::keys` ──▶ `KeyEvent` ── `input::keyboard`) and replays (`input::replaying`) make the same `DragEvent`s.
//!
//! What must not be lost goes on from there: `RecordChanged` ── handlers::storing ──▶ the storage ([`records`] says in which words).
//!
//! [`wiring`] has all topics and all consumers on one screen. [`rules`] decides and knows nothing else; [`bus`] delivers and
//! knows no game; [`ports`] are the edges. ARCHITECTURE.md tells the whole story.

pub mod bus;
pub mod rules;

pub mod records;

pub mod events;
pub mod ports;
pub mod world;

pub mod loading;
pub mod words;

pub mod handlers;
pub mod input;
pub mod view;

pub mod app;
pub mod wiring;

#[cfg(target_arch = "wasm32")]
pub mod shell;

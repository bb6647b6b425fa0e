//! The consumers. A handler is one file with one or more functions, and each function is a bevy system.
//!
//! A function is named for its event (`on_drop`, `on_table_set`, `on_drag`, `on_command`, `on_game_ended`), and its
//! parameters say what it needs of the world. [`wiring`](crate::wiring) subscribes it under the name of its file.
//! Handlers do not use each other.
//!
//! [`shape_drag`] and [`main_event`] are the two families of the article that this game re-creates: `ShapeDragHandler`
//! and `MainEventHandler`. [`command`] carries out what the player asks for, and [`game_ended`] reacts to the end of a
//! game.

pub mod command;
pub mod failure_report;
pub mod game_ended;
pub mod hover_announcement;
pub mod main_event;
pub mod shape_drag;
pub mod storage_writer;

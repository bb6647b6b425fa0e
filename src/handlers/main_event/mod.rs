//! The `MainEventHandler` family: reacts to a drop, and to a table that was set.
//!
//! The rules have decided before any of these is called. Each shows, sounds, announces or stores its own part of the
//! turn.

pub mod announcement;
pub mod best_scores;
pub mod clearing;
pub mod game_over;
pub mod haptics;
pub mod placement;
pub mod save_game;
pub mod scoring;
pub mod sound;
pub mod staging;

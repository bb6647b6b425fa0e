//! The handlers that react to the end of a game.

pub mod daily;
pub mod statistics;

//! The consumers. Each handler is a unit struct in a file of its own name, which is also its group's name on the bus; none
//! knows of another. A family is a trait with the one system that drives its members.

pub mod command;
pub mod game_ended;
pub mod hovering;
pub mod main_event;
pub mod report;
pub mod shape_drag;
pub mod storing;

//! The tests of the bus: its core, its policies, a comparison with a naive model, and bad input.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test may fail that way")]

mod common;

mod bad_handlers;
mod bad_names;
mod bad_times;
mod books;
mod calls;
mod consumers;
mod core;
mod documented;
mod edges;
mod errors;
mod guarantees;
mod inside;
mod keeping;
mod lane;
mod limits;
mod once;
mod replays;
mod requests;
mod threads;
mod trust;
mod vocabulary;

mod model;
mod naive;
mod naive_group;
mod twin;

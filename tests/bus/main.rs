//! The bus by itself: its core, its policies, its properties against a naive model, and what it does with bad input.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail that way")]

mod common;

mod bad_handlers;
mod bad_names;
mod bad_times;
mod books;
mod calls;
mod consumers;
mod core;
mod guarantees;
mod inside;
mod keeping;
mod once;
mod replays;
mod requests;

mod model;
mod naive;
mod twin;

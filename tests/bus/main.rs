//! The bus by itself: its core, its policies, its properties against a naive model, and what it does with bad input.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail that way")]

mod core;
mod model;
mod twin;

//! The whole program, natively and without a screen: from what a pointer does to what is on the table.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail that way")]

mod corridor;
mod driver;
mod edges;
mod life;
mod original;

//! The whole program, natively and without a screen: from what a pointer does to what is on the table.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail that way")]

mod corridor;
mod damaged;
mod driver;
mod edges;
mod games;
mod keyboard;
mod kinds;
mod life;
mod long;
mod looking;
mod original;
mod played_on;
mod replay_ends;
mod replaying;
mod same_frame;
mod saving;
mod settings;
mod sharing;
mod slow;
mod sounds;
mod tapping;
mod undoing;
mod verdict;

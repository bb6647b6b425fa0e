//! The stored records: every value is read as it was written, damage is detected, and every game is counted once.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test may fail that way")]

mod archive;
mod backup;
mod bests;
mod daily;
mod damage;
mod date;
mod games;
mod save;
mod seal;
mod spare;
mod statistics;

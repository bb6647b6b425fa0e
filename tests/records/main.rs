//! What is stored: that it comes back as it was, that what is damaged is known for it, and that everything is counted once.

#![allow(clippy::expect_used, reason = "a test may fail that way")]

mod archive;
mod backup;
mod bests;
mod daily;
mod date;
mod games;
mod save;
mod seal;
mod spare;
mod spoiled;
mod statistics;

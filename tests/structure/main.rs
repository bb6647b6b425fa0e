//! What the compiler does not check: layers, cycles between files, and the prose of the project.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail that way")]

mod build;
mod cycles;
mod layers;
mod prose;
mod sources;

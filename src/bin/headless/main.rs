//! The program without a screen: checks recorded games, shows them, plays, simulates and counts.
//!
//! Comes in: arguments, files, drops on standard input. Goes out: lines on standard output, complaints on standard error,
//! and an exit code. [`call`] says what can be asked for, and each command has a file of its own name; [`drops`] and
//! [`player`] are who plays, [`summary`] and [`progress`] what is said about many games. Native only: for the browser's
//! target it is a program that does nothing.

#[cfg(not(target_arch = "wasm32"))]
mod call;
#[cfg(not(target_arch = "wasm32"))]
mod ending;

#[cfg(not(target_arch = "wasm32"))]
mod perft;
#[cfg(not(target_arch = "wasm32"))]
mod play;
#[cfg(not(target_arch = "wasm32"))]
mod replay;
#[cfg(not(target_arch = "wasm32"))]
mod simulate;
#[cfg(not(target_arch = "wasm32"))]
mod verify;

#[cfg(not(target_arch = "wasm32"))]
mod drops;
#[cfg(not(target_arch = "wasm32"))]
mod player;
#[cfg(not(target_arch = "wasm32"))]
mod progress;
#[cfg(not(target_arch = "wasm32"))]
mod summary;

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    call::run()
}

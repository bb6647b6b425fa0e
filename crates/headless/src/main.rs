//! Blockers in a terminal: verifies, replays, plays, simulates and counts games.
//!
//! [`cli`] parses the arguments and runs the command; each command has a file of its own name. Results are written to
//! standard output, errors to standard error; [`exit`] defines the exit codes. Of the game, this crate depends on the
//! rules only.

mod args;
mod cli;
mod exit;
mod source;
mod text;

mod perft;
mod play;
mod replay;
mod simulate;
mod verify;

mod player;
mod progress;
mod summary;

fn main() -> std::process::ExitCode {
    cli::run()
}

//! The command line: its parser, and the dispatch to the commands.

use std::io;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue};
use clap::{CommandFactory, Parser, Subcommand};

use crate::exit::{Error, Outcome, exit_code};
use crate::perft::Perft;
use crate::play::Play;
use crate::replay::Replay;
use crate::simulate::Simulate;
use crate::verify::Verify;

const EXIT_CODES: &str = "\
Exit codes:
  0  success
  1  mismatch: a trace differs from the rules, or a recorded drop is illegal
  2  invalid arguments, or an unusable input";

/// Blockers in a terminal: verifies, replays, plays, simulates and counts games.
#[derive(Parser)]
#[command(name = "headless", version, after_help = EXIT_CODES)]
struct Cli {
    /// Print JSON on standard output, for programs
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check conformance traces and recorded games, from files or links: print a line for each and a total
    #[command(after_help = EXIT_CODES)]
    Verify(Verify),
    /// Show a recorded game drop by drop
    #[command(after_help = EXIT_CODES)]
    Replay(Replay),
    /// Read drops from standard input (`slot row col`, one per line) and answer each with a line of JSON
    #[command(after_help = EXIT_CODES)]
    Play(Play),
    /// Play whole games and print a summary
    #[command(after_help = EXIT_CODES)]
    Simulate(Simulate),
    /// Count the sequences of legal drops
    #[command(after_help = EXIT_CODES)]
    Perft(Perft),
}

/// Parses the arguments, runs the command, and returns its exit code.
pub(crate) fn run() -> ExitCode {
    let Cli { json, command } = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return print_help_or_error(error),
    };
    let out = &mut io::stdout().lock();
    exit_code(match command {
        Command::Verify(verify) => verify.run(json, out),
        Command::Replay(replay) => replay.run(json, out),
        Command::Play(play) => play.run(out),
        Command::Simulate(simulate) => simulate.run(json, out),
        Command::Perft(perft) => perft.run(json, out),
    })
}

/// Prints the help that was requested, or the error in the arguments with the usage.
fn print_help_or_error(mut error: clap::Error) -> ExitCode {
    if !error.use_stderr() {
        return exit_code(error.print().map(|()| Outcome::Success).map_err(Error::from));
    }
    if error.get(ContextKind::Usage).is_none() {
        error.insert(ContextKind::Usage, ContextValue::StyledStr(Cli::command().render_usage()));
    }
    // A failure is ignored, because there is no other place to report it.
    let _ = error.print();
    exit_code(Ok(Outcome::BadInput))
}

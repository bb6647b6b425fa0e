//! What can be asked for: the commands and their arguments, and who answers.
//!
//! Comes in: the words of the call. Goes out: a command that runs, or how the call would be right.

use std::io;
use std::process::ExitCode;

use blockers::rules::{Deal, GameKind};
use clap::error::{ContextKind, ContextValue};
use clap::{Args, CommandFactory, Parser, Subcommand};

use crate::ending::{self, Ending, Stop};
use crate::perft::Perft;
use crate::play::Play;
use crate::replay::Replay;
use crate::simulate::Simulate;
use crate::verify::Verify;

const EXIT_CODES: &str = "\
Exit codes:
  0  all is well
  1  something does not hold: a trace does not match, a recorded drop is against the rules
  2  the call or a file is not usable";

/// Blockers without a screen: checks recorded games, shows them, plays, simulates and counts.
#[derive(Parser)]
#[command(name = "headless", version, after_help = EXIT_CODES)]
struct Call {
    /// Answer in JSON on standard output, for programs
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check conformance traces and recorded games, from files or links: a line each and a total
    #[command(after_help = EXIT_CODES)]
    Verify(Verify),
    /// Show a recorded game drop by drop
    #[command(after_help = EXIT_CODES)]
    Replay(Replay),
    /// Read drops from standard input (`slot row col`, one a line) and answer each with a line of JSON
    #[command(after_help = EXIT_CODES)]
    Play(Play),
    /// Play whole games and say how they went
    #[command(after_help = EXIT_CODES)]
    Simulate(Simulate),
    /// Count the sequences of drops that the rules allow
    #[command(after_help = EXIT_CODES)]
    Perft(Perft),
}

/// Which game is dealt.
#[derive(Args)]
pub(crate) struct Dealt {
    /// The seed, a number from 0 to 18446744073709551615
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = seed, allow_negative_numbers = true)]
    seed: u64,
    /// The kind of game: classic, kind, daily or seed
    #[arg(long, value_name = "KIND", default_value_t)]
    kind: GameKind,
}

impl Dealt {
    /// What it is dealt from.
    pub(crate) fn deal(&self) -> Deal {
        Deal::new(self.kind, self.seed)
    }
}

fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("`{text}` is not a seed: that is a number from 0 to {}", u64::MAX))
}

/// Reads the call and does what it asks for.
pub(crate) fn run() -> ExitCode {
    let Call { json, command } = match Call::try_parse() {
        Ok(call) => call,
        Err(error) => return not_a_command(error),
    };
    let out = &mut io::stdout().lock();
    ending::code(match command {
        Command::Verify(verify) => verify.run(json, out),
        Command::Replay(replay) => replay.run(json, out),
        Command::Play(play) => play.run(out),
        Command::Simulate(simulate) => simulate.run(json, out),
        Command::Perft(perft) => perft.run(json, out),
    })
}

/// Help, which was asked for; or what is wrong with the call, and how it goes.
fn not_a_command(mut error: clap::Error) -> ExitCode {
    if !error.use_stderr() {
        return ending::code(error.print().map(|()| Ending::Well).map_err(Stop::from));
    }
    if error.get(ContextKind::Usage).is_none() {
        error.insert(ContextKind::Usage, ContextValue::StyledStr(Call::command().render_usage()));
    }
    // Who closed standard error does not want to know.
    let _ = error.print();
    ending::code(Ok(Ending::Unusable))
}

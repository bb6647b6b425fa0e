//! Arguments that several commands share.

use std::error::Error;
use std::fmt;

use blockers_rules::{Deal, GameKind};
use clap::Args;

/// The arguments that select a game.
#[derive(Args)]
pub(crate) struct DealArgs {
    /// The seed, a number from 0 to 18446744073709551615
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = parse_seed, allow_negative_numbers = true)]
    seed: u64,
    /// The game kind: classic, kind (which the page calls Relaxed), daily or seed
    #[arg(long, value_name = "KIND", default_value_t)]
    kind: GameKind,
}

impl DealArgs {
    /// Returns the selected deal.
    pub(crate) fn deal(&self) -> Deal {
        Deal::new(self.kind, self.seed)
    }
}

/// The error for a text that is not a seed.
#[derive(Debug)]
struct ParseSeedError;

impl fmt::Display for ParseSeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected a number from 0 to {}", u64::MAX)
    }
}

impl Error for ParseSeedError {}

fn parse_seed(text: &str) -> Result<u64, ParseSeedError> {
    blockers_rules::parse_seed(text).ok_or(ParseSeedError)
}

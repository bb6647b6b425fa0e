//! `perft`: counts the sequences of legal drops from the start of a game, for each depth. If two programs get the same
//! counts, very likely their rules are the same.

use std::io::Write;

use blockers_rules::perft::divide;
use blockers_rules::{DropAt, Game};
use clap::{Args, value_parser};
use serde_json::json;

use crate::args::DealArgs;
use crate::exit::{Error, Outcome};
use crate::progress;

#[derive(Args)]
pub(crate) struct Perft {
    /// The maximum number of drops in a sequence; each further drop multiplies the count by more than a hundred
    #[arg(value_name = "DEPTH", value_parser = value_parser!(u8).range(1..=12))]
    depth: u8,
    #[command(flatten)]
    deal: DealArgs,
    /// Also print, for each first drop, the number of sequences of the maximum length
    #[arg(long)]
    divide: bool,
}

impl Perft {
    pub(crate) fn run(&self, json: bool, out: &mut dyn Write) -> Result<Outcome, Error> {
        let deal = self.deal.deal();
        let game = deal.game();
        let mut depths = Vec::new();
        let mut by_first_drop = Vec::new();
        if !json {
            writeln!(
                out,
                "kind {}, seed {}\n\n{:>5} {:>20} {:>10}",
                deal.kind, deal.seed, "depth", "count", "seconds"
            )?;
        }
        for depth in 1..=self.depth {
            let (divided, seconds) = timed_divide(&game, depth.into());
            let count: u64 = divided.iter().map(|(_, count)| count).sum();
            by_first_drop = divided;
            if !json {
                writeln!(out, "{depth:>5} {count:>20} {seconds:>10.3}")?;
            }
            depths.push(json!({ "depth": depth, "count": count, "seconds": seconds }));
        }
        if json {
            let mut value = json!({ "kind": deal.kind.name(), "seed": deal.seed, "depths": depths });
            if self.divide {
                let entry = |(drop, count): &(DropAt, u64)| json!({ "drop": drop.to_string(), "count": count });
                value["divide"] = by_first_drop.iter().map(entry).collect();
            }
            writeln!(out, "{value}")?;
        } else if self.divide {
            writeln!(out)?;
            for (drop, count) in &by_first_drop {
                writeln!(out, "{drop} {count}")?;
            }
        }
        Ok(Outcome::Success)
    }
}

/// Returns the count for each first drop, and the seconds that counting took.
fn timed_divide(game: &Game, depth: u32) -> (Vec<(DropAt, u64)>, f64) {
    let bar = progress::bar(game.legal_drop_count().into(), "first drops");
    let divided = divide(game, depth).inspect(|_| bar.inc(1)).collect();
    (divided, progress::finish(&bar))
}

//! `perft`: how many sequences of drops there are from the beginning of a game. Two programs that count the same have, very
//! likely, the same rules.
//!
//! Comes in: a deal and a depth. Goes out: the number for each depth up to it, and the time that counting took.

use std::io::Write;

use blockers::rules::{DropAt, Game};
use clap::{Args, value_parser};
use serde_json::json;

use crate::call::Dealt;
use crate::drops;
use crate::ending::{Ending, Stop};
use crate::progress;

#[derive(Args)]
pub(crate) struct Perft {
    /// How many drops a sequence has, at most; the numbers grow more than a hundredfold with each
    #[arg(value_name = "DEPTH", value_parser = value_parser!(u8).range(1..=12))]
    depth: u8,
    #[command(flatten)]
    dealt: Dealt,
    /// Say also how many of the longest sequences begin with each drop
    #[arg(long)]
    divide: bool,
}

impl Perft {
    pub(crate) fn run(&self, json: bool, out: &mut dyn Write) -> Result<Ending, Stop> {
        let deal = self.dealt.deal();
        let game = deal.game();
        let mut depths = Vec::new();
        let mut divided = Vec::new();
        if !json {
            writeln!(
                out,
                "kind {}, seed {}\n\n{:>5} {:>20} {:>10}",
                deal.kind, deal.seed, "depth", "count", "seconds"
            )?;
        }
        for depth in 1..=self.depth {
            let (by_drop, seconds) = divide(&game, depth);
            let count: u64 = by_drop.iter().map(|(_, count)| count).sum();
            divided = by_drop;
            if !json {
                writeln!(out, "{depth:>5} {count:>20} {seconds:>10.3}")?;
            }
            depths.push(json!({ "depth": depth, "count": count, "seconds": seconds }));
        }
        if json {
            let mut told = json!({ "kind": deal.kind.name(), "seed": deal.seed, "depths": depths });
            if self.divide {
                let drop_told = |(drop, count): &(DropAt, u64)| json!({ "drop": drop.to_string(), "count": count });
                told["divide"] = divided.iter().map(drop_told).collect();
            }
            writeln!(out, "{told}")?;
        } else if self.divide {
            writeln!(out)?;
            for (drop, count) in &divided {
                writeln!(out, "{drop} {count}")?;
            }
        }
        Ok(Ending::Well)
    }
}

/// For each first drop, how many sequences of this length begin with it; and the seconds that this took.
fn divide(game: &Game, depth: u8) -> (Vec<(DropAt, u64)>, f64) {
    let bar = progress::bar(drops::count(game).into(), "first drops");
    let after_each = drops::legal(game).map(|drop| {
        let count = if depth == 1 { 1 } else { sequences(&drops::after(game, drop), depth - 1) };
        bar.inc(1);
        (drop, count)
    });
    let divided = after_each.collect();
    (divided, progress::seconds(&bar))
}

/// How many sequences of this length, one drop or more, go on from here. The last drop is not made: where it can go is known
/// all at once.
fn sequences(game: &Game, depth: u8) -> u64 {
    if depth == 1 {
        return drops::count(game).into();
    }
    drops::legal(game).map(|drop| sequences(&drops::after(game, drop), depth - 1)).sum()
}

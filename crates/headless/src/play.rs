//! `play`: reads drops from standard input, `slot row col`, one per line. Prints the first hand, and then a step of a
//! trace for each drop, as lines of JSON. Together these lines are the content of a conformance trace. Blank lines are
//! ignored.

use std::io::{self, Write};

use blockers_rules::characters::{is_blank, trimmed, visible};
use blockers_rules::trace;
use clap::Args;
use serde_json::json;

use crate::args::DealArgs;
use crate::exit::{Error, Outcome};
use crate::source::lines;

#[derive(Args)]
pub(crate) struct Play {
    #[command(flatten)]
    deal: DealArgs,
}

impl Play {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Outcome, Error> {
        let mut game = self.deal.deal().game();
        let (hand, colours) = trace::staged(&game);
        writeln!(out, "{}", json!({ "hand": hand, "colours": colours }))?;
        for text in lines(io::stdin().lock())? {
            let text = text?;
            for line in text.split('\r').map(trimmed).filter(|line| !line.is_empty()) {
                let answer = match parse_drop(line) {
                    Some((slot, row, col)) => serde_json::to_string(&trace::step(&mut game, slot, row, col))?,
                    None => {
                        let line = visible(line, usize::MAX);
                        json!({ "error": format!("`{line}` is not a drop; expected `slot row col`") }).to_string()
                    }
                };
                writeln!(out, "{answer}")?;
            }
        }
        Ok(Outcome::Success)
    }
}

fn parse_drop(line: &str) -> Option<(usize, i32, i32)> {
    let mut words = line.split(is_blank).filter(|word| !word.is_empty());
    let drop = (words.next()?.parse().ok()?, words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    words.next().is_none().then_some(drop)
}

//! `play`: a game at the terminal, or of another program.
//!
//! Comes in: drops, `slot row col`, one a line. Goes out: the first hand, and a step of a trace for each drop, as lines of
//! JSON. Put together they are a conformance trace.

use std::io::{self, BufRead, Write};

use blockers::rules::trace;
use clap::Args;
use serde_json::json;

use crate::call::Dealt;
use crate::ending::{Ending, Stop};

#[derive(Args)]
pub(crate) struct Play {
    #[command(flatten)]
    dealt: Dealt,
}

impl Play {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Ending, Stop> {
        let mut game = self.dealt.deal().game();
        let (hand, colours) = trace::staged(&game);
        writeln!(out, "{}", json!({ "hand": hand, "colours": colours }))?;
        for line in io::stdin().lock().lines() {
            let line = line?;
            let answer = match drop_in(&line) {
                Some((slot, row, col)) => serde_json::to_string(&trace::step(&mut game, slot, row, col))?,
                None => json!({ "error": format!("`{line}` is not a drop: that is `slot row col`") }).to_string(),
            };
            writeln!(out, "{answer}")?;
        }
        Ok(Ending::Well)
    }
}

fn drop_in(line: &str) -> Option<(usize, i32, i32)> {
    let mut words = line.split_whitespace();
    let drop = (words.next()?.parse().ok()?, words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    words.next().is_none().then_some(drop)
}

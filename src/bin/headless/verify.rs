//! `verify`: do recorded games hold?
//!
//! Comes in: files, each a conformance trace or a recording, and links. Goes out: a line each, and a total.

use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::io::Write;

use blockers::rules::trace::Trace;
use blockers::rules::{Recording, notation};
use clap::Args;
use serde_json::{Value, json};

use crate::ending::{Ending, Stop, complain, count};
use crate::replay::{beginning, unreadable};

#[derive(Args)]
pub(crate) struct Verify {
    /// Files with conformance traces (JSON) or recorded games (text or link), and links themselves, in any mixture
    #[arg(required = true, value_name = "FILE|LINK")]
    sources: Vec<OsString>,
}

/// What came of a file, each with a sentence.
enum Finding {
    Match(String),
    Mismatch(String),
    Unusable(String),
}

/// How many files came to what.
#[derive(Default)]
struct Total {
    matching: u32,
    mismatching: u32,
    unusable: u32,
}

impl Verify {
    pub(crate) fn run(&self, json: bool, out: &mut dyn Write) -> Result<Ending, Stop> {
        let mut total = Total::default();
        let mut files = Vec::new();
        for source in &self.sources {
            let name = source.to_string_lossy();
            // A file of the name comes first; what names none is read as a link.
            let finding = match fs::read_to_string(source) {
                Ok(text) => check(&text),
                Err(unread) => match notation::parse(&name) {
                    Ok(recording) => check_recording(&recording),
                    Err(error) => Finding::Unusable(unreadable(&unread, &error)),
                },
            };
            total.add(&finding);
            let shown = beginning(&name);
            match &finding {
                Finding::Unusable(sentence) => complain(&format!("{shown}: {sentence}")),
                Finding::Match(sentence) | Finding::Mismatch(sentence) if !json => {
                    writeln!(out, "{shown}: {sentence}")?;
                }
                Finding::Match(_) | Finding::Mismatch(_) => {}
            }
            files.push(finding.told(&name));
        }
        if json {
            let Total { matching, mismatching, unusable } = total;
            let told = json!({ "files": files, "match": matching, "mismatch": mismatching, "unusable": unusable });
            writeln!(out, "{told}")?;
        } else {
            writeln!(out, "{total}")?;
        }
        Ok(total.ending())
    }
}

/// A trace is JSON, and a recording never begins as that does.
fn check(text: &str) -> Finding {
    if text.trim_start().starts_with(['{', '[']) {
        return check_trace(text);
    }
    match notation::parse(text) {
        Ok(recording) => check_recording(&recording),
        Err(error) => Finding::Unusable(format!("it is not JSON, and no recording either: {error}")),
    }
}

fn check_trace(text: &str) -> Finding {
    match Trace::parse(text).map(|trace| (trace.steps.len(), trace.verify())) {
        Ok((steps, Ok(()))) => Finding::Match(format!("{steps} steps match")),
        Ok((_, Err(mismatch))) => Finding::Mismatch(mismatch.to_string()),
        Err(sentence) => Finding::Unusable(sentence),
    }
}

fn check_recording(recording: &Recording) -> Finding {
    match recording.verify() {
        Ok(game) => {
            let (drops, points) = (count(game.drops(), "drop", "drops"), count(game.score(), "point", "points"));
            Finding::Match(format!("{drops}, {points}: verified"))
        }
        Err(illegal) => Finding::Mismatch(illegal.to_string()),
    }
}

impl Finding {
    /// The finding for programs.
    fn told(&self, file: &str) -> Value {
        let (result, sentence) = match self {
            Self::Match(sentence) => ("match", sentence),
            Self::Mismatch(sentence) => ("mismatch", sentence),
            Self::Unusable(sentence) => ("unusable", sentence),
        };
        json!({ "file": file, "result": result, "says": sentence })
    }
}

impl Total {
    fn add(&mut self, finding: &Finding) {
        let number = match finding {
            Finding::Match(_) => &mut self.matching,
            Finding::Mismatch(_) => &mut self.mismatching,
            Finding::Unusable(_) => &mut self.unusable,
        };
        *number += 1;
    }

    fn ending(&self) -> Ending {
        match (self.mismatching, self.unusable) {
            (_, 1..) => Ending::Unusable,
            (1.., _) => Ending::Mismatch,
            _ => Ending::Well,
        }
    }
}

impl fmt::Display for Total {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { matching, mismatching, unusable } = self;
        write!(f, "{matching} match, {mismatching} do not, {unusable} could not be read")
    }
}

//! `verify`: checks traces and recordings against the rules. Prints a line for each and a total.

use std::ffi::OsString;
use std::fmt;
use std::io::Write;

use blockers_rules::Recording;
use blockers_rules::trace::Trace;
use clap::Args;
use serde_json::{Value, json};

use crate::exit::{Error, Outcome, print_error};
use crate::source::{Input, label};
use crate::text::{count, with_sources};

#[derive(Args)]
pub(crate) struct Verify {
    /// Files with conformance traces (JSON) or recorded games (text or link), or links, in any combination
    #[arg(required = true, value_name = "FILE|LINK")]
    sources: Vec<OsString>,
}

/// The result of checking an input, with a message.
enum Finding {
    Match(String),
    Mismatch(String),
    Unusable(String),
}

/// The number of inputs with each result.
#[derive(Default)]
struct Total {
    matching: u32,
    mismatching: u32,
    unusable: u32,
}

impl Verify {
    pub(crate) fn run(&self, json: bool, out: &mut dyn Write) -> Result<Outcome, Error> {
        let mut total = Total::default();
        let mut files = Vec::new();
        for source in &self.sources {
            let finding = match Input::from_file_or_link(source) {
                Ok(Input::Trace(trace)) => check_trace(&trace),
                Ok(Input::Recording(recording)) => check_recording(&recording),
                Err(error) => Finding::Unusable(with_sources(&error)),
            };
            total.add(&finding);
            let label = label(source);
            match &finding {
                Finding::Unusable(message) => print_error(&format_args!("{label}: {message}")),
                Finding::Match(message) | Finding::Mismatch(message) if !json => writeln!(out, "{label}: {message}")?,
                Finding::Match(_) | Finding::Mismatch(_) => {}
            }
            files.push(finding.to_json(&source.to_string_lossy()));
        }
        if json {
            let Total { matching, mismatching, unusable } = total;
            let value = json!({ "files": files, "match": matching, "mismatch": mismatching, "unusable": unusable });
            writeln!(out, "{value}")?;
        } else {
            writeln!(out, "{total}")?;
        }
        Ok(total.outcome())
    }
}

fn check_trace(trace: &Trace) -> Finding {
    match trace.verify() {
        Ok(()) => Finding::Match(format!("{} steps match", trace.steps.len())),
        Err(mismatch) => Finding::Mismatch(mismatch.to_string()),
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
    fn to_json(&self, file: &str) -> Value {
        let (result, message) = match self {
            Self::Match(message) => ("match", message),
            Self::Mismatch(message) => ("mismatch", message),
            Self::Unusable(message) => ("unusable", message),
        };
        json!({ "file": file, "result": result, "says": message })
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

    fn outcome(&self) -> Outcome {
        match (self.mismatching, self.unusable) {
            (_, 1..) => Outcome::BadInput,
            (1.., _) => Outcome::Mismatch,
            _ => Outcome::Success,
        }
    }
}

impl fmt::Display for Total {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { matching, mismatching, unusable } = self;
        write!(f, "{matching} match, {mismatching} do not match, {unusable} unusable")
    }
}

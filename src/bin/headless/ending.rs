//! How a call ends: the exit code, and the sentence on standard error.

use std::io::{self, Write};
use std::process::ExitCode;

/// What came of a call that could be carried out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Ending {
    /// All is well.
    Well,
    /// Something does not hold.
    Mismatch,
    /// A file is not usable. The others have been seen to.
    Unusable,
}

/// Why a call could not be carried out.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Something that was given is not usable, and this is what.
    Unusable(String),
    /// Input or output failed on the way.
    Io(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<serde_json::Error> for Stop {
    fn from(error: serde_json::Error) -> Self {
        Self::Io(error.into())
    }
}

/// The exit code, after the complaint if there is one.
pub(crate) fn code(done: Result<Ending, Stop>) -> ExitCode {
    let number = match done {
        Ok(Ending::Well) => 0,
        Ok(Ending::Mismatch) => 1,
        Ok(Ending::Unusable) => 2,
        // Whoever read our output has had enough.
        Err(Stop::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => 0,
        Err(Stop::Io(error)) => {
            complain(&format!("the work stopped: {error}"));
            2
        }
        Err(Stop::Unusable(sentence)) => {
            complain(&sentence);
            2
        }
    };
    ExitCode::from(number)
}

/// Says a sentence on standard error. Nobody is left to be told if that fails.
pub(crate) fn complain(sentence: &str) {
    let _ = writeln!(io::stderr(), "{sentence}");
}

/// A number and what is counted.
pub(crate) fn count(number: impl Into<u64>, one: &str, many: &str) -> String {
    let number = number.into();
    format!("{number} {}", if number == 1 { one } else { many })
}

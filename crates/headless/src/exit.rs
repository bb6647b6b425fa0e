//! Exit codes, and error messages on standard error.

use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

use blockers_rules::characters::visible;

/// The outcome of a command that ran to its end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Outcome {
    /// Everything is correct.
    Success,
    /// A trace or a recording contradicts the rules.
    Mismatch,
    /// An input is unusable. The remaining inputs were processed.
    BadInput,
}

/// The error that ended a command.
#[derive(Debug)]
pub(crate) enum Error {
    /// An input is unusable. The text names it and the reason.
    BadInput(String),
    /// Reading or writing failed.
    Io(io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadInput(message) => f.write_str(message),
            Self::Io(error) => write!(f, "I/O error: {error}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Io(error.into())
    }
}

/// Returns the exit code of a command. Prints the error, if there is one.
pub(crate) fn exit_code(result: Result<Outcome, Error>) -> ExitCode {
    ExitCode::from(match result {
        Ok(Outcome::Success) => 0,
        Ok(Outcome::Mismatch) => 1,
        Ok(Outcome::BadInput) => 2,
        // The reader of the output closed the pipe. That is not an error: `headless … | head` does it.
        Err(Error::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => 0,
        Err(error) => {
            print_error(&error);
            2
        }
    })
}

/// Prints a message on one line of standard error. It may quote an input, so hidden characters are escaped. A failure
/// is ignored, because there is no other place to report it.
pub(crate) fn print_error(message: &dyn fmt::Display) {
    let _ = writeln!(io::stderr(), "{}", visible(&message.to_string(), usize::MAX));
}

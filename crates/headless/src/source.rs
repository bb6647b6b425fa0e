//! Reads the inputs of commands: a trace or a recording, from a file, from standard input, or from a link.

use std::error::Error;
use std::ffi::OsStr;
use std::path::Path;
use std::{fmt, fs, io};

use blockers_rules::notation::NotationError;
use blockers_rules::trace::{Trace, TraceError};
use blockers_rules::{Recording, notation};

/// The maximum number of characters of a link that [`label`] returns.
const MAX_LABEL: usize = 60;

/// A game that was read.
#[derive(Debug)]
pub(crate) enum Input {
    /// A conformance trace, in JSON.
    Trace(Trace),
    /// A recording, in either form of the notation.
    Recording(Recording),
}

/// The error for an unusable input.
#[derive(Debug)]
pub(crate) enum SourceError {
    /// Standard input cannot be read.
    Read(io::Error),
    /// The argument is neither a file that can be read nor a link.
    FileOrLink { file: io::Error, link: NotationError },
    /// The input is JSON, but not a trace; or it only starts like JSON.
    Trace(TraceError),
    /// The input is neither JSON nor a recording.
    Recording(NotationError),
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(_) => f.write_str("cannot read standard input"),
            Self::FileOrLink { file, .. } => write!(f, "cannot be read as a file ({file}) and is not a link"),
            Self::Trace(_) => f.write_str("not a usable trace"),
            Self::Recording(_) => f.write_str("neither a trace nor a recording"),
        }
    }
}

impl Error for SourceError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Read(error) => Some(error),
            Self::FileOrLink { link, .. } => Some(link),
            Self::Trace(error) => Some(error),
            Self::Recording(error) => Some(error),
        }
    }
}

impl Input {
    /// Reads the file with this name. If it cannot be read, parses the name as a link.
    pub(crate) fn from_file_or_link(name: &OsStr) -> Result<Self, SourceError> {
        match fs::read_to_string(name) {
            Ok(text) => Self::parse(&text),
            Err(file) => notation::parse(&name.to_string_lossy())
                .map(Self::Recording)
                .map_err(|link| SourceError::FileOrLink { file, link }),
        }
    }

    /// Reads standard input.
    pub(crate) fn from_stdin() -> Result<Self, SourceError> {
        Self::parse(&io::read_to_string(io::stdin()).map_err(SourceError::Read)?)
    }

    /// Parses a trace or a recording. A trace is JSON, and no recording starts with a bracket.
    fn parse(text: &str) -> Result<Self, SourceError> {
        if text.trim_start().starts_with(['{', '[']) {
            Trace::parse(text).map(Self::Trace).map_err(SourceError::Trace)
        } else {
            notation::parse(text).map(Self::Recording).map_err(SourceError::Recording)
        }
    }
}

/// Returns the name of an input for messages: the name of a file, or the first characters of a link.
pub(crate) fn label(name: &OsStr) -> String {
    let text = name.to_string_lossy();
    if Path::new(name).exists() { text.into_owned() } else { text.chars().take(MAX_LABEL).collect() }
}

//! Reads the inputs of commands: a trace or a recording, from a file, from standard input, or from a link; and lines.
//!
//! Texts are UTF-8, or UTF-16 with a byte order mark, as some programs of Windows write them. A line ends with LF, CRLF
//! or CR.

use std::error::Error;
use std::ffi::OsStr;
use std::io::{BufRead, Read};
use std::path::Path;
use std::{fmt, fs, io};

use blockers_rules::characters::{trimmed, visible};
use blockers_rules::notation::NotationError;
use blockers_rules::trace::{Trace, TraceError};
use blockers_rules::{Recording, notation};

/// The maximum number of characters of a link that [`label`] returns.
const MAX_LABEL: usize = 60;

/// The byte order marks of UTF-16.
const LITTLE_ENDIAN: &[u8] = b"\xff\xfe";
const BIG_ENDIAN: &[u8] = b"\xfe\xff";

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
        match fs::read(name).and_then(decode) {
            Ok(text) => Self::parse(&text),
            Err(file) => notation::parse(&name.to_string_lossy())
                .map(Self::Recording)
                .map_err(|link| SourceError::FileOrLink { file, link }),
        }
    }

    /// Reads standard input.
    pub(crate) fn from_stdin() -> Result<Self, SourceError> {
        let mut bytes = Vec::new();
        let text = io::stdin().read_to_end(&mut bytes).and_then(|_| decode(bytes));
        Self::parse(&text.map_err(SourceError::Read)?)
    }

    /// Parses a trace or a recording. A trace is JSON, and no recording starts with a bracket.
    fn parse(text: &str) -> Result<Self, SourceError> {
        let text = trimmed(text);
        if text.starts_with(['{', '[']) {
            Trace::parse(text).map(Self::Trace).map_err(SourceError::Trace)
        } else {
            notation::parse(text).map(Self::Recording).map_err(SourceError::Recording)
        }
    }
}

/// Returns the lines of an input, each as soon as its line feed was read. UTF-16 is read to its end first.
pub(crate) fn lines(mut input: impl BufRead) -> io::Result<impl Iterator<Item = io::Result<String>>> {
    let mut decoded = Vec::new();
    let begin = input.fill_buf()?;
    if begin.starts_with(LITTLE_ENDIAN) || begin.starts_with(BIG_ENDIAN) {
        input.read_to_end(&mut decoded)?;
        decoded = decode(decoded)?.into_bytes();
    }
    Ok(io::Cursor::new(decoded).chain(input).lines())
}

/// Decodes a text, and removes a byte order mark at its beginning.
fn decode(bytes: Vec<u8>) -> io::Result<String> {
    let is_big_endian = bytes.starts_with(BIG_ENDIAN);
    let text = if is_big_endian || bytes.starts_with(LITTLE_ENDIAN) {
        let (pairs, rest) = bytes.as_chunks();
        let read = if is_big_endian { u16::from_be_bytes } else { u16::from_le_bytes };
        let units: Vec<_> = pairs.iter().map(|&pair| read(pair)).collect();
        String::from_utf16(&units).ok().filter(|_| rest.is_empty()).ok_or("the text is not valid UTF-16")
    } else {
        String::from_utf8(bytes).map_err(|_| "the text is not valid UTF-8")
    };
    let text = text.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// Returns the name of an input for messages: the name of a file, or the first characters of a link.
pub(crate) fn label(name: &OsStr) -> String {
    visible(&name.to_string_lossy(), if Path::new(name).exists() { usize::MAX } else { MAX_LABEL })
}

//! The version of the notation and the limits of both forms.

/// The maximum number of drops. The parsers reject a recording with more. The writers leave out any further drops, so
/// that their output can be read.
pub const MAX_DROPS: usize = 200_000;

pub(super) const AT_MOST: &str = "at most 200000 drops";

/// The version of both forms.
pub(super) const VERSION: u8 = 1;

pub(super) const THIS_VERSION: &str = "version 1, the only one that this program reads";

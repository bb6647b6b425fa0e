//! The checksum of links and of stored records.

use crc::{CRC_32_ISO_HDLC, Crc, NoTable};

/// Computed without a lookup table, which would be half as large as the rest of the rules.
const CRC: Crc<u32, NoTable> = Crc::<u32, NoTable>::new(&CRC_32_ISO_HDLC);

/// Returns the CRC-32 of these bytes, the one that gzip and PNG use.
///
/// ```
/// assert_eq!(blockers_rules::checksum(b"123456789"), 0xcbf4_3926);
/// ```
#[must_use]
pub fn checksum(bytes: &[u8]) -> u32 {
    CRC.checksum(bytes)
}

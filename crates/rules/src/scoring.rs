//! The points for a drop.

use super::clearing::Complete;

/// Returns the points for the lines that one drop completed. A drop that completes no line scores no points.
///
/// For `r` rows and `c` columns: `10(r + c) + 50 max(0, r-1) + 50 max(0, c-1) + 50 min(r, c)`.
///
/// ```
/// use blockers_rules::{Bitboard, clearing, scoring};
///
/// let two_rows = clearing::complete(Bitboard::row(0) | Bitboard::row(1));
/// assert_eq!(scoring::points(two_rows), 70);
/// ```
#[must_use]
pub fn points(lines: Complete) -> u64 {
    let (rows, columns) = (u64::from(lines.rows.count()), u64::from(lines.columns.count()));
    10 * (rows + columns) + 50 * rows.saturating_sub(1) + 50 * columns.saturating_sub(1) + 50 * rows.min(columns)
}

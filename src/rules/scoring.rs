//! What a drop is worth.

use super::clearing::Complete;

/// The points for the lines that one drop completed. Placing alone gives none.
///
/// For `r` rows and `c` columns: `10(r + c) + 50 max(0, r-1) + 50 max(0, c-1) + 50 min(r, c)`.
#[must_use]
pub fn points(lines: Complete) -> u64 {
    let (rows, columns) = (u64::from(lines.rows.count()), u64::from(lines.columns.count()));
    10 * (rows + columns) + 50 * rows.saturating_sub(1) + 50 * columns.saturating_sub(1) + 50 * rows.min(columns)
}

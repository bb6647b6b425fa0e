//! A progress bar on standard error, which also measures the time that the work takes.
//!
//! The bar is the only clock of this program. It is not drawn if standard error is not a terminal.

use indicatif::{ProgressBar, ProgressStyle};

const TEMPLATE: &str = "{bar:40} {human_pos} of {human_len} {prefix}, {elapsed} elapsed, {eta} remaining";

/// Starts a bar for this many units of work.
pub(crate) fn bar(length: u64, units: &'static str) -> ProgressBar {
    let style = ProgressStyle::with_template(TEMPLATE).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(length).with_style(style).with_prefix(units)
}

/// Removes the bar and returns the seconds since it was started.
pub(crate) fn finish(bar: &ProgressBar) -> f64 {
    let elapsed = bar.elapsed().as_secs_f64();
    bar.finish_and_clear();
    elapsed
}

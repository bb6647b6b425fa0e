//! How far long work has come: a bar on standard error, and the time that it took.
//!
//! The bar is also the only clock of this program. It draws nothing where standard error is no terminal.

use indicatif::{ProgressBar, ProgressStyle};

const LOOK: &str = "{bar:40} {human_pos} of {human_len} {prefix}, {elapsed} gone, {eta} to go";

/// A bar for so many of these things.
pub(crate) fn bar(length: u64, things: &'static str) -> ProgressBar {
    let style = ProgressStyle::with_template(LOOK).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(length).with_style(style).with_prefix(things)
}

/// Ends the bar and says how many seconds it stood.
pub(crate) fn seconds(bar: &ProgressBar) -> f64 {
    let elapsed = bar.elapsed().as_secs_f64();
    bar.finish_and_clear();
    elapsed
}

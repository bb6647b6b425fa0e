//! The summary of a sample: mean with confidence interval, median, minimum and maximum.

use std::fmt;

use serde::Serialize;

/// Half the width of a 95 % confidence interval in standard errors, for a normally distributed mean.
const Z_95: f64 = 1.96;

/// The summary of a sample.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub(crate) struct Summary {
    mean: f64,
    /// The 95 % confidence interval of the mean, by the normal approximation; `None` for a single number.
    interval: Option<[f64; 2]>,
    median: f64,
    minimum: f64,
    maximum: f64,
}

impl Summary {
    /// The header of the columns in which a summary is printed.
    pub(crate) const COLUMNS: &str = "        mean           95 % interval      median     minimum     maximum";

    /// Returns the summary of some numbers. All of its values are zero if there are none.
    pub(crate) fn of(numbers: impl Iterator<Item = f64>) -> Self {
        let mut sorted: Vec<f64> = numbers.collect();
        sorted.sort_by(f64::total_cmp);
        let count = sorted.len() as f64;
        let mean = sorted.iter().sum::<f64>() / count.max(1.0);
        let interval = (sorted.len() > 1).then(|| {
            let squares: f64 = sorted.iter().map(|number| (number - mean).powi(2)).sum();
            let margin = Z_95 * (squares / (count - 1.0) / count).sqrt();
            [mean - margin, mean + margin]
        });
        let (minimum, maximum) = (sorted.first().copied(), sorted.last().copied());
        Self {
            mean,
            interval,
            median: median(&sorted),
            minimum: minimum.unwrap_or_default(),
            maximum: maximum.unwrap_or_default(),
        }
    }
}

/// Returns the middle number, or the mean of the two middle numbers.
fn median(sorted: &[f64]) -> f64 {
    let upper = sorted.len() / 2;
    match (sorted.get(upper), sorted.len().is_multiple_of(2)) {
        (Some(above), true) => f64::midpoint(sorted[upper - 1], *above),
        (Some(middle), false) => *middle,
        (None, _) => 0.0,
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { mean, interval, median, minimum, maximum } = self;
        let interval = interval.map_or_else(|| "unknown".to_owned(), |[low, high]| format!("{low:.2} to {high:.2}"));
        write!(f, "{mean:>12.2} {interval:>23} {median:>11.2} {minimum:>11.2} {maximum:>11.2}")
    }
}

#[cfg(test)]
mod tests {
    use super::Summary;

    #[test]
    fn a_summary_has_the_values_of_the_textbook_formulas() {
        // The mean is 5 and the sum of the squared distances 32, so the standard error is the root of 32 / 7 / 8.
        let summary = Summary::of([9.0, 2.0, 4.0, 5.0, 4.0, 7.0, 4.0, 5.0].into_iter());
        let margin = 1.96 * (32.0_f64 / 7.0 / 8.0).sqrt();
        let interval = Some([5.0 - margin, 5.0 + margin]);
        assert_eq!(summary, Summary { mean: 5.0, interval, median: 4.5, minimum: 2.0, maximum: 9.0 });
    }

    #[test]
    fn one_number_has_no_interval_and_the_summary_of_no_numbers_is_zero() {
        let one = Summary { mean: 3.0, interval: None, median: 3.0, minimum: 3.0, maximum: 3.0 };
        assert_eq!(Summary::of([3.0].into_iter()), one);
        let none = Summary { mean: 0.0, interval: None, median: 0.0, minimum: 0.0, maximum: 0.0 };
        assert_eq!(Summary::of(std::iter::empty()), none);
    }
}

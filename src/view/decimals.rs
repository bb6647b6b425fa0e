//! Numbers in style sheets, colours and SVG.

/// Writes a number with at most three decimals. Rust's own formatting of floating-point numbers is exact to the last
/// digit, which takes 12 kB of program.
pub(crate) fn decimals(number: impl Into<f64>) -> String {
    let thousandths = (number.into() * 1_000.0).round() as i64;
    let sign = if thousandths < 0 { "-" } else { "" };
    let (whole, rest) = (thousandths.unsigned_abs() / 1_000, thousandths.unsigned_abs() % 1_000);
    let text = format!("{sign}{whole}.{rest:03}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::decimals;

    #[test]
    fn numbers_are_rounded_to_thousandths() {
        let cases = [
            (0.0, "0"),
            (-0.0, "0"),
            (-0.000_4, "0"),
            (-0.5, "-0.5"),
            (12.0, "12"),
            (120.0, "120"),
            (0.08, "0.08"),
            (1.999_6, "2"),
            (1.005, "1.005"),
            (-1_234.567_8, "-1234.568"),
        ];
        for (number, text) in cases {
            assert_eq!(decimals(number), text);
        }
    }
}

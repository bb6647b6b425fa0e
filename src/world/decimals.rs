//! Numbers with decimals as texts: in records, style sheets, colours and SVG. Rust's own functions are exact to the last
//! digit, which takes 15 kB of program to read numbers and 12 kB to write them.

/// Reads a number without a sign and an exponent, with at most 17 digits that count.
pub(crate) fn read(text: &str) -> Option<f32> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let is_number = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_digit());
    if whole.is_empty() || whole.len() > 1 || !is_number(whole) || !is_number(decimals) {
        return None;
    }
    let (mut number, mut scale) = (0_u64, 1_u64);
    for digit in whole.bytes().chain(decimals.bytes().take(16)) {
        number = 10 * number + u64::from(digit - b'0');
    }
    (0..decimals.len().min(16)).for_each(|_| scale *= 10);
    Some((number as f64 / scale as f64) as f32)
}

/// Writes a number with at most three decimals.
pub(crate) fn write(number: impl Into<f64>) -> String {
    let thousandths = (number.into() * 1_000.0).round() as i64;
    let sign = if thousandths < 0 { "-" } else { "" };
    let (whole, rest) = (thousandths.unsigned_abs() / 1_000, thousandths.unsigned_abs() % 1_000);
    let text = format!("{sign}{whole}.{rest:03}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::write;

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
            assert_eq!(write(number), text);
        }
    }
}

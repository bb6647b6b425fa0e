//! Numbers with decimals as texts: in records, style sheets, colours and SVG. Rust's own functions are exact to the
//! last digit, which takes 15 kB of program to read numbers and 12 kB to write them.

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
    write_with(number.into(), 3)
}

/// Writes a number from 0 to 9 with as many decimals as [`read`] needs to return the same number.
pub(crate) fn write_exactly(number: f32) -> String {
    // Nine decimals are enough for all numbers of this type that are not tiny.
    let mut text = String::new();
    for decimals in 0..=9 {
        text = write_with(number.into(), decimals);
        if read(&text) == Some(number) {
            break;
        }
    }
    text
}

/// Writes a number with at most this many decimals.
fn write_with(number: f64, decimals: u32) -> String {
    let scale = 10_u64.pow(decimals);
    let all = (number * scale as f64).round() as i64;
    let sign = if all < 0 { "-" } else { "" };
    let (whole, rest) = (all.unsigned_abs() / scale, all.unsigned_abs() % scale);
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    let text = format!("{sign}{whole}.{rest:0width$}", width = decimals as usize);
    text.trim_end_matches('0').to_owned()
}

#[cfg(test)]
mod tests {
    use super::{read, write, write_exactly};

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

    #[test]
    fn an_exact_number_is_as_short_as_that_of_the_standard_library() {
        let numbers = (0..=10_000).map(|n| n as f32 / 10_000.0).chain([1.0 / 3.0, 0.1 + 0.2, 0.05, 0.95, 1.0]);
        for number in numbers {
            let text = write_exactly(number);
            assert_eq!((text.as_str(), read(&text)), (number.to_string().as_str(), Some(number)));
        }
    }
}

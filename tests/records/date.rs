//! Dates, compared with a calendar that counts day by day.

use blockers::records::Date;
use proptest::prelude::*;

const MS_PER_DAY: f64 = 86_400_000.0;

/// Returns the next day of the Gregorian calendar.
fn next((year, month, day): (u32, u32, u32)) -> (u32, u32, u32) {
    let leap = year.is_multiple_of(400) || (year.is_multiple_of(4) && !year.is_multiple_of(100));
    let last = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    match (month, day) {
        (12, 31) => (year + 1, 1, 1),
        (_, day) if day == last => (year, month + 1, 1),
        _ => (year, month, day + 1),
    }
}

#[test]
fn every_day_of_five_hundred_years_follows_the_previous_day() {
    let mut civil = (1970, 1, 1);
    let mut before = None;
    for days in 0..182_622 {
        let date = Date::from_days(days);
        let number = civil.0 * 10_000 + civil.1 * 100 + civil.2;
        assert_eq!((date.yyyymmdd(), date.days()), (number, days));
        assert_eq!(Date::from_yyyymmdd(number), Some(date));
        assert_eq!(date.previous(), before, "the day before {date}");
        before = Some(date);
        civil = next(civil);
    }
    assert_eq!(civil, (2470, 1, 1), "the last day was the last of 2469");
}

#[test]
fn known_dates_have_known_day_numbers() {
    let table = [
        (0, 19_700_101, "1970-01-01"),
        (364, 19_701_231, "1970-12-31"),
        (789, 19_720_229, "1972-02-29"),
        (11_016, 20_000_229, "2000-02-29"),
        (11_017, 20_000_301, "2000-03-01"),
        (19_782, 20_240_229, "2024-02-29"),
        (20_780, 20_261_123, "2026-11-23"),
        (47_540, 21_000_228, "2100-02-28"),
        (47_541, 21_000_301, "2100-03-01"),
        (157_113, 24_000_229, "2400-02-29"),
        (2_932_896, 99_991_231, "9999-12-31"),
        (2_932_897, 99_991_231, "9999-12-31"),
        (u32::MAX, 99_991_231, "9999-12-31"),
    ];
    for (days, number, text) in table {
        let date = Date::from_days(days);
        assert_eq!((date.yyyymmdd(), date.to_string().as_str()), (number, text), "{days} days");
        assert_eq!(Date::from_yyyymmdd(number), Some(date));
    }
    assert_eq!((Date::FIRST.yyyymmdd(), Date::LAST.yyyymmdd()), (19_700_101, 99_991_231));
    assert_eq!(Date::FIRST.previous(), None);
}

#[test]
fn invalid_dates_are_refused() {
    let table = [
        0,
        1,
        101,
        20_261,
        19_691_231,
        20_260_000,
        20_260_100,
        20_260_132,
        20_260_001,
        20_261_301,
        20_260_229,
        20_260_230,
        20_240_230,
        21_000_229,
        20_260_431,
        20_260_631,
        20_260_931,
        20_261_131,
        20_269_999,
        100_000_101,
        202_611_230,
        u32::MAX,
    ];
    for number in table {
        assert_eq!(Date::from_yyyymmdd(number), None, "{number}");
    }
}

#[test]
fn every_clock_value_gives_a_date() {
    let table = [
        (0.0, 19_700_101),
        (MS_PER_DAY - 1.0, 19_700_101),
        (MS_PER_DAY, 19_700_102),
        (1_795_391_492_000.0, 20_261_122),
        (951_782_400_000.0, 20_000_229),
        (951_868_799_999.0, 20_000_229),
        (951_868_800_000.0, 20_000_301),
        (-0.0, 19_700_101),
        (-1.0, 19_700_101),
        (-1e300, 19_700_101),
        (f64::NEG_INFINITY, 19_700_101),
        (f64::NAN, 19_700_101),
        (f64::MIN_POSITIVE, 19_700_101),
        (253_402_300_799_999.0, 99_991_231),
        (253_402_300_800_000.0, 99_991_231),
        (1e300, 99_991_231),
        (f64::INFINITY, 99_991_231),
    ];
    for (ms, expected) in table {
        assert_eq!(Date::from_unix_ms(ms).yyyymmdd(), expected, "{ms} ms");
    }
}

proptest! {
    #[test]
    fn a_valid_number_is_that_of_its_date(number in prop_oneof![any::<u32>(), 19_600_000u32..21_000_000]) {
        if let Some(date) = Date::from_yyyymmdd(number) {
            prop_assert_eq!(date.yyyymmdd(), number);
            prop_assert_eq!(Date::from_days(date.days()), date);
        }
    }

    #[test]
    fn every_date_follows_the_previous_one(days in 1u32..2_932_897) {
        let date = Date::from_days(days);
        prop_assert_eq!(date.previous(), Some(Date::from_days(days - 1)));
        prop_assert!(Date::from_days(days - 1).yyyymmdd() < date.yyyymmdd());
        prop_assert_eq!(Date::from_unix_ms(f64::from(days) * MS_PER_DAY), date);
    }
}

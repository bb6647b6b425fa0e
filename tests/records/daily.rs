//! The results of the daily games.

use blockers::records::{DailyResult, DailyResults, Date, Unreadable, daily, seal};
use blockers_rules::{Deal, GameKind};
use proptest::prelude::*;

use crate::damage::damaged;

fn day(number: u32) -> Date {
    Date::from_yyyymmdd(number).unwrap()
}

fn scored(score: u64) -> DailyResult {
    DailyResult { score, drops: 30, undos: 2 }
}

fn with(days: &[u32]) -> DailyResults {
    let mut results = DailyResults::default();
    for &number in days {
        assert!(results.enter(day(number), scored(1)), "{number}");
    }
    results
}

#[test]
fn only_the_first_result_of_a_day_counts() {
    let mut results = with(&[20_261_122]);
    assert!(results.enter(day(20_261_123), scored(10)));
    assert!(!results.enter(day(20_261_123), scored(900)));
    assert_eq!(results.result(day(20_261_123)), Some(scored(10)));
    assert_eq!(results.result(day(20_261_124)), None);
    let days: Vec<_> = results.results().map(|(date, result)| (date.yyyymmdd(), result.score)).collect();
    assert_eq!(days, [(20_261_122, 1), (20_261_123, 10)]);
}

#[test]
fn a_streak_goes_up_to_today_or_to_yesterday() {
    let leap: &[u32] = &[20_240_228, 20_240_229, 20_240_301];
    let week: &[u32] = &[20_261_120, 20_261_121, 20_261_122, 20_261_123];
    let table: [(&[u32], u32, u32); 17] = [
        (&[], 20_261_123, 0),
        (&[20_261_123], 20_261_123, 1),
        (&[20_261_122], 20_261_123, 1),
        (&[20_261_121], 20_261_123, 0),
        (&[20_261_121, 20_261_123], 20_261_123, 1),
        (&[20_251_231, 20_260_101], 20_260_101, 2),
        (leap, 20_240_301, 3),
        (leap, 20_240_302, 3),
        (leap, 20_240_303, 0),
        (&[21_000_228, 21_000_301], 21_000_301, 2),
        // After the player has travelled to the west, or the clock was set back, later days do not count yet.
        (week, 20_261_122, 3),
        (week, 20_261_121, 2),
        (week, 20_261_120, 1),
        (week, 20_261_119, 0),
        (&[19_700_101], 19_700_101, 1),
        (&[19_700_101], 19_700_102, 1),
        (&[99_991_230, 99_991_231], 99_991_231, 2),
    ];
    for (days, today, streak) in table {
        assert_eq!(with(days).streak(day(today)), streak, "{days:?} on {today}");
    }
}

#[test]
fn the_last_four_hundred_days_are_kept() {
    let mut results = DailyResults::default();
    for days in 1000..1400 {
        assert!(results.enter(Date::from_days(days), scored(1)));
    }
    assert_eq!(results.streak(Date::from_days(1399)), 400);
    assert!(!results.enter(Date::from_days(999), scored(1)), "it is earlier than all kept days");
    assert_eq!(results.results().count(), 400);
    assert!(results.enter(Date::from_days(1400), scored(1)));
    assert_eq!(results.results().count(), 400);
    assert_eq!(results.result(Date::from_days(1000)), None);
    assert_eq!(results.result(Date::from_days(1001)), Some(scored(1)));
    assert_eq!(DailyResults::parse(&results.to_text()), Ok(results));
}

#[test]
fn invalid_texts_are_refused() {
    let good = with(&[20_261_122, 20_261_123]);
    let text = good.to_text();
    assert_eq!(DailyResults::parse(&text), Ok(good));
    for text in damaged(&text) {
        assert!(matches!(DailyResults::parse(&text), Err(Unreadable::Damaged(_))), "`{text}`");
    }
    let table = [
        ("", "expected version 1, found ``"),
        ("2", "expected version 1, found `2`"),
        ("1 ", "expected a date such as 20261123, found ``"),
        ("1 20261123", "expected the score of a day, found the end"),
        ("1 20261123 1 2", "expected the undos of a day, found the end"),
        ("1 20261123 1 2 3 20261124", "expected the score of a day, found the end"),
        ("1 20261131 1 2 3", "expected a date such as 20261123, found `20261131`"),
        ("1 20261123 1 4294967296 3", "expected the drops of a day, found `4294967296`"),
        ("1 20261123 1 2 3 20261123 1 2 3", "a day appears twice"),
    ];
    for (text, expected) in table {
        assert_eq!(DailyResults::parse(&seal(text)).expect_err(text).to_string(), expected, "`{text}`");
    }
}

#[test]
fn only_a_daily_game_has_a_date() {
    let table = [
        (GameKind::Daily, 20_261_123, Some(20_261_123)),
        (GameKind::Daily, 20_261_131, None),
        (GameKind::Daily, u64::MAX, None),
        (GameKind::Daily, (1 << 32) + 20_261_123, None),
        (GameKind::Classic, 20_261_123, None),
        (GameKind::Seed, 20_261_123, None),
    ];
    for (kind, seed, expected) in table {
        assert_eq!(daily::date_of(Deal::new(kind, seed)).map(Date::yyyymmdd), expected, "{kind} {seed}");
    }
}

proptest! {
    #[test]
    fn results_are_read_as_they_were_written(
        entries in prop::collection::vec((0u32..2_932_897, any::<u64>(), any::<u32>(), any::<u32>()), 0..30),
    ) {
        let mut results = DailyResults::default();
        for (days, score, drops, undos) in entries {
            results.enter(Date::from_days(days), DailyResult { score, drops, undos });
        }
        prop_assert_eq!(DailyResults::parse(&results.to_text()), Ok(results));
    }
}

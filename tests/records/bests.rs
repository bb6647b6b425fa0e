//! The best scores.

use blockers::records::{Bests, Unreadable, seal};
use blockers_rules::GameKind;
use proptest::prelude::*;

use crate::damage::damaged;
use crate::games::any_kind;

#[test]
fn a_best_score_is_raised_only_by_a_higher_score_of_the_same_kind() {
    let mut bests = Bests::default();
    let table = [
        (GameKind::Classic, true, 0, false),
        (GameKind::Classic, true, 120, true),
        (GameKind::Classic, true, 120, false),
        (GameKind::Classic, true, 119, false),
        (GameKind::Classic, false, 10, true),
        (GameKind::Daily, true, 1, true),
        (GameKind::Classic, true, u64::MAX, true),
        (GameKind::Classic, true, u64::MAX, false),
    ];
    for (kind, clean, score, beaten) in table {
        assert_eq!(bests.raise(kind, clean, score), beaten, "{kind}, clean: {clean}, {score}");
    }
    let of = |clean| GameKind::ALL.map(|kind| bests.get(kind, clean));
    assert_eq!((of(true), of(false)), ([u64::MAX, 0, 1, 0], [10, 0, 0, 0]));
}

#[test]
fn invalid_texts_are_refused() {
    let good = Bests::default().to_text();
    assert_eq!(Bests::parse(&good), Ok(Bests::default()));
    let table = [
        ("", "expected version 1, found ``"),
        ("1", "expected a best score, found the end"),
        ("2 0 0 0 0 0 0 0 0", "expected version 1, found `2`"),
        ("1 0 0 0 0 0 0 0", "expected a best score, found the end"),
        ("1 0 0 0 0 0 0 0 0 0", "expected the end, found `0`"),
        ("1 0 0 0 0 0 0 0 x", "expected a best score, found `x`"),
        ("1 0 0 0 0 0 0 0 0 ", "expected the end, found ``"),
    ];
    for (text, expected) in table {
        assert_eq!(Bests::parse(&seal(text)).expect_err(text).to_string(), expected, "`{text}`");
    }
    for text in damaged(&good) {
        assert!(matches!(Bests::parse(&text), Err(Unreadable::Damaged(_))), "`{text}`");
    }
}

proptest! {
    #[test]
    fn best_scores_are_read_as_they_were_written(
        scores in prop::collection::vec((any_kind(), any::<bool>(), any::<u64>()), 0..20),
    ) {
        let mut bests = Bests::default();
        for (kind, clean, score) in scores {
            bests.raise(kind, clean, score);
            prop_assert!(bests.get(kind, clean) >= score);
        }
        prop_assert_eq!(Bests::parse(&bests.to_text()), Ok(bests));
    }
}

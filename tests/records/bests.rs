//! The best scores.

use blockers::records::{Bests, seal};
use blockers::rules::GameKind;
use proptest::prelude::*;

use crate::games::any_kind;
use crate::spoiled::spoiled;

#[test]
fn a_best_score_is_raised_only_by_a_better_one_and_only_its_own() {
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
fn other_texts_are_no_best_scores() {
    let good = Bests::default().to_text();
    assert_eq!(Bests::parse(&good), Ok(Bests::default()));
    let words = [
        "",
        "1",
        "2 0 0 0 0 0 0 0 0",
        "1 0 0 0 0 0 0 0",
        "1 0 0 0 0 0 0 0 0 0",
        "1 0 0 0 0 0 0 0 x",
        "1 0 0 0 0 0 0 0 0 ",
    ];
    for text in words {
        assert!(Bests::parse(&seal(text)).is_err(), "`{text}`");
    }
    for text in spoiled(&good) {
        assert!(Bests::parse(&text).is_err(), "`{text}`");
    }
}

proptest! {
    #[test]
    fn best_scores_come_back_as_they_were(
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

//! Recorded games with a known final score and board. A change in how hands are dealt or in what a drop does makes one
//! of them fail.
//!
//! Each file is a recording in the text notation. Two comments before it contain the final score and the final board.

use std::fs;
use std::path::Path;

use blockers_rules::{Deal, GameKind, notation, trace};

/// The name of each file, its deal, its minimum number of drops, and its minimum number of occupied cells at the end.
const RECORDINGS: [(&str, Deal, u32, u32); 5] = [
    ("classic", Deal::new(GameKind::Classic, 3), 31, 60),
    ("kind", Deal::new(GameKind::Relaxed, 11), 200, 50),
    ("kind-dense", Deal::new(GameKind::Relaxed, 12), 200, 70),
    ("daily", Deal::new(GameKind::Daily, 20_261_123), 19, 60),
    ("seed", Deal::new(GameKind::Seed, u64::MAX), 23, 60),
];

#[test]
fn every_recorded_game_ends_with_its_known_score_and_board() {
    for (name, deal, drops, occupied) in RECORDINGS {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/rules/golden/{name}.txt"));
        let text = fs::read_to_string(path).unwrap();
        let known = |prefix: &str| text.lines().find_map(|line| line.strip_prefix(prefix)).unwrap();
        let recording = notation::parse_text(&text).unwrap();
        assert_eq!(recording.deal, deal, "{name}");
        let game = recording.verify().unwrap_or_else(|illegal| panic!("{name}: {illegal}"));
        assert_eq!(game.score().to_string(), known("# score "), "{name}");
        assert_eq!(trace::picture(game.board()), known("# board "), "{name}");
        assert!(game.drops() >= drops, "{name}: {} drops", game.drops());
        assert!(game.board().occupied().count() >= occupied, "{name}: too few occupied cells");
    }
}

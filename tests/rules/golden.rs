//! Recorded games whose end is known: whatever changes how hands are dealt, or what a drop does, shows in one of them.
//!
//! Each is a text of the notation; two comments before it say what the game has come to.

use std::fs;
use std::path::Path;

use blockers::rules::{Deal, GameKind, notation, trace};

/// The recording's name, what it was dealt from, how many drops it has at least, and how many cells are taken at its end.
const RECORDINGS: [(&str, Deal, u32, u32); 5] = [
    ("classic", Deal::new(GameKind::Classic, 3), 31, 60),
    ("kind", Deal::new(GameKind::Kind, 11), 200, 50),
    ("kind-dense", Deal::new(GameKind::Kind, 12), 200, 70),
    ("daily", Deal::new(GameKind::Daily, 20_261_123), 19, 60),
    ("seed", Deal::new(GameKind::Seed, u64::MAX), 23, 60),
];

#[test]
fn every_recorded_game_comes_to_the_same_end_as_ever() {
    for (name, deal, drops, taken) in RECORDINGS {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/rules/golden/{name}.txt"));
        let text = fs::read_to_string(path).expect("the recording is there");
        let known = |what: &str| text.lines().find_map(|line| line.strip_prefix(what)).expect("it says its end");
        let recording = notation::parse_text(&text).expect("it is a recording");
        assert_eq!(recording.deal, deal, "{name}");
        let game = recording.verify().unwrap_or_else(|illegal| panic!("{name}: {illegal}"));
        assert_eq!(game.score().to_string(), known("# score "), "{name}");
        assert_eq!(trace::picture(game.board()), known("# board "), "{name}");
        assert!(game.drops() >= drops, "{name}: {} drops", game.drops());
        assert!(game.board().occupied().count() >= taken, "{name} is not so full");
    }
}

//! The statistics, compared with a direct count.

use blockers::records::{Archive, EndedGame, Statistics};
use blockers_rules::{GameKind, Recording, Slot, Timeline, placement};

use crate::games::{played, played_to_the_end, with_illegal_drop};

fn ended() -> Vec<EndedGame> {
    let over = (0..8).map(played_to_the_end);
    let left = GameKind::ALL.into_iter().map(|kind| played(kind, 40, 6));
    let of = |(id, recording): (u64, Recording)| EndedGame::of(id, &recording).unwrap();
    (0..).zip(over.chain(left)).map(of).collect()
}

fn archive(games: &[EndedGame]) -> Archive {
    let mut archive = Archive::default();
    games.iter().for_each(|game| archive.enter(game.clone()));
    archive
}

/// Counts how often each cell was covered, and how often each shape was left at the end of a game.
fn recount(games: &[EndedGame]) -> ([u32; 100], [u32; 13]) {
    let (mut heat, mut ends) = ([0; 100], [0; 13]);
    for game in games {
        let mut timeline = Timeline::new(game.recording.deal);
        for drop in &game.recording.drops {
            let piece = timeline.game().staged(drop.slot).unwrap();
            let cells = placement::cells(piece.shape, drop.at.into()).unwrap();
            cells.cells().for_each(|cell| heat[cell.index()] += 1);
            timeline.play(drop.slot, drop.at.into()).unwrap();
        }
        if timeline.game().is_over() {
            let left = Slot::ALL.into_iter().filter_map(|slot| timeline.game().staged(slot));
            left.for_each(|piece| ends[usize::from(piece.shape.number())] += 1);
        }
    }
    (heat, ends)
}

#[test]
fn the_statistics_match_a_direct_count() {
    let games = ended();
    let archive = archive(&games);
    for kind in [None].into_iter().chain(GameKind::ALL.map(Some)) {
        let wanted: Vec<_> = games.iter().filter(|game| kind.is_none_or(|kind| kind == game.kind())).cloned().collect();
        let statistics = Statistics::of(&archive, kind);
        let totals = archive.totals(kind);
        let (heat, ends) = recount(&wanted);
        assert_eq!((statistics.heat, statistics.ends), (heat, ends), "{kind:?}");
        let scores: Vec<_> = wanted.iter().map(|game| game.score).collect();
        assert_eq!(statistics.scores, scores, "{kind:?}");
        let Statistics { games, over, left, drops, lines, points, .. } = statistics;
        assert_eq!((games, over, left), (totals.games, totals.over, totals.games - totals.over), "{kind:?}");
        assert_eq!((drops, lines, points), (totals.drops, totals.lines, totals.points), "{kind:?}");
        assert_eq!(u64::from(statistics.kept_left), left, "{kind:?}: all games are kept");
        let most = (statistics.best, statistics.most_lines, statistics.streak);
        assert_eq!(most, (totals.best, totals.most_lines, totals.streak), "{kind:?}");
        assert!((statistics.points_per_drop * drops as f64 - points as f64).abs() < 1e-6, "{kind:?}");
    }
    let all = Statistics::of(&archive, None);
    assert_eq!((all.over, all.left), (8, 4));
    assert!(all.ends.iter().sum::<u32>() >= 8, "every game that is over has a shape left");
}

#[test]
fn without_games_all_statistics_are_zero() {
    let nothing = Statistics::of(&Archive::default(), None);
    assert_eq!((nothing.games, nothing.points_per_drop, nothing.scores.len()), (0, 0.0, 0));
    assert_eq!((nothing.heat, nothing.ends), ([0; 100], [0; 13]));
}

#[test]
fn an_illegal_game_covers_no_cells() {
    let mut games = ended();
    let expected = recount(&games);
    games.push(EndedGame { id: 1000, recording: with_illegal_drop(games[0].recording.clone()), ..games[0].clone() });
    let statistics = Statistics::of(&archive(&games), None);
    assert_eq!((statistics.heat, statistics.ends), expected);
    assert_eq!(statistics.scores.last(), Some(&games[0].score), "it counts with its stored counts");
}

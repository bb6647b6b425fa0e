//! The archive of ended games.

use std::collections::BTreeMap;

use blockers::records::{Archive, End, EndedGame, Totals};
use blockers_rules::{GameKind, Recording, Timeline};
use proptest::prelude::*;

use crate::damage::damaged;
use crate::games::{any_kind, endless, made_up, played, played_to_the_end, with_illegal_drop};

fn archive(games: impl IntoIterator<Item = EndedGame>) -> Archive {
    let mut archive = Archive::default();
    games.into_iter().for_each(|game| archive.enter(game));
    archive
}

/// Returns five short legal games.
fn few() -> Vec<EndedGame> {
    let kinds = GameKind::ALL.into_iter().cycle().zip(1..=5);
    kinds.map(|(kind, id)| EndedGame::of(id, &played(kind, id, 4)).unwrap()).collect()
}

/// Computes the totals of these games directly.
fn naive(games: &[EndedGame]) -> Totals {
    let most = |count: fn(&EndedGame) -> u64| games.iter().map(count).max().unwrap_or(0);
    Totals {
        games: games.len() as u64,
        over: games.iter().filter(|game| game.end == End::Over).count() as u64,
        drops: games.iter().map(|game| u64::from(game.drops)).sum(),
        lines: games.iter().map(|game| u64::from(game.lines)).sum(),
        points: games.iter().map(|game| game.score).sum(),
        most_lines: most(|game| game.most_lines.into()),
        streak: most(|game| game.streak.into()),
        best: most(|game| game.score),
    }
}

fn assert_totals(archive: &Archive, games: &[EndedGame]) {
    assert_eq!(archive.totals(None), naive(games));
    for kind in GameKind::ALL {
        let of_kind: Vec<_> = games.iter().filter(|game| game.kind() == kind).cloned().collect();
        assert_eq!(archive.totals(Some(kind)), naive(&of_kind), "{kind}");
    }
}

#[test]
fn a_game_is_counted_as_its_recording_says() {
    let mut recordings: Vec<_> = (0..20).map(played_to_the_end).collect();
    recordings.push(endless(5, 150));
    for (id, recording) in (0..).zip(&recordings) {
        let game = EndedGame::of(id, recording).unwrap();
        let mut timeline = Timeline::of(recording).unwrap();
        let totals: Vec<_> = (0..=recording.drops.len())
            .map(|drops| {
                timeline.seek(drops);
                timeline.game().lines()
            })
            .collect();
        let cleared: Vec<_> = totals.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let streak = cleared.split(|&lines| lines == 0).map(<[u32]>::len).max().unwrap_or(0);
        let end = timeline.game();
        assert_eq!((game.id, game.recording == *recording), (id, true));
        assert_eq!((game.score, game.drops, game.lines), (end.score(), end.drops(), end.lines()));
        assert_eq!((game.most_lines, game.streak as usize), (cleared.iter().copied().max().unwrap_or(0), streak));
        assert_eq!(game.end == End::Over, end.is_over());
    }
    let endless = EndedGame::of(0, &recordings[20]).unwrap();
    assert!(endless.lines > 20 && endless.streak > 0, "150 drops must clear lines: {} lines", endless.lines);
}

#[test]
fn a_game_that_was_left_is_not_over() {
    let game = |recording: Recording| EndedGame::of(1, &recording).map(|game| game.end);
    assert_eq!(game(played(GameKind::Classic, 7, 3)), Ok(End::Left));
    assert_eq!(game(played_to_the_end(7)), Ok(End::Over));
    let illegal = game(with_illegal_drop(played(GameKind::Classic, 7, 3)));
    assert_eq!(illegal.map_err(|illegal| illegal.number), Err(2));
}

#[test]
fn a_game_that_ends_again_is_counted_once() {
    let mut archive = archive([made_up(1, GameKind::Classic, 50, true), made_up(2, GameKind::Classic, 70, true)]);
    let again = made_up(1, GameKind::Classic, 90, false);
    archive.enter(again.clone());
    archive.enter(again.clone());
    assert_totals(&archive, &[made_up(2, GameKind::Classic, 70, true), again]);
    assert!(archive.remove(1), "the game continues");
    assert!(!archive.remove(1), "it was already removed");
    assert_totals(&archive, &[made_up(2, GameKind::Classic, 70, true)]);
}

#[test]
fn the_last_hundred_games_are_kept_and_all_are_counted() {
    let kinds = GameKind::ALL.into_iter().cycle().zip(0..250_u64);
    let games: Vec<_> = kinds.map(|(kind, id)| made_up(id, kind, id * 7919 % 1000, id.is_multiple_of(3))).collect();
    let archive = archive(games.clone());
    assert!(archive.games().iter().eq(&games[150..]));
    assert_totals(&archive, &games);
    assert_eq!(Archive::parse(&archive.to_text()), (archive, Vec::new()));
}

#[test]
fn sums_stop_at_the_largest_number() {
    let games = (0..103).map(|id| made_up(id, GameKind::Relaxed, u64::MAX, true));
    let mut archive = archive(games);
    let totals = archive.totals(None);
    assert_eq!((totals.games, totals.points, totals.best), (103, u64::MAX, u64::MAX));
    archive.enter(made_up(1000, GameKind::Relaxed, 1, true));
    let (mut again, damaged) = Archive::parse(&archive.to_text());
    assert_eq!((&again, damaged.len()), (&archive, 0));
    again.enter(made_up(1001, GameKind::Relaxed, 1, true));
    assert_eq!(again.totals(Some(GameKind::Relaxed)).points, u64::MAX);
}

#[test]
fn a_damaged_line_loses_one_game() {
    let games = few();
    let text = archive(games.clone()).to_text();
    for damaged in 0..=games.len() {
        let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
        lines[damaged].insert(3, 'x');
        let (archive, found) = Archive::parse(&lines.join("\n"));
        let kept = games.iter().enumerate().filter(|(place, _)| place + 1 != damaged).map(|(_, game)| game);
        assert!(archive.games().iter().eq(kept), "line {damaged}");
        let found: Vec<_> = found.iter().map(|line| (line.number, line.text.as_str())).collect();
        assert_eq!(found, [(damaged + 1, lines[damaged].as_str())]);
    }
}

#[test]
fn damage_is_always_detected_and_never_read_as_another_game() {
    let games = few();
    let whole = archive(games[..3].to_vec());
    for text in damaged(&whole.to_text()) {
        let (archive, damaged) = Archive::parse(&text);
        assert!(!damaged.is_empty(), "accepted: {text}");
        assert!(archive.games().iter().all(|game| games.contains(game)), "read as another game: {text}");
    }
}

#[test]
fn missing_and_repeated_lines_are_detected() {
    let games = few();
    let whole = archive(games.clone());
    let text = whole.to_text();
    let lines: Vec<_> = text.lines().collect();
    let arranged = |order: &[usize]| order.iter().map(|&line| lines[line]).collect::<Vec<_>>().join("\n");
    // The lines of the text, the number of games that are read, and the beginning of the first error.
    let table: [(&[usize], usize, &str); 5] = [
        (&[0, 1, 2, 3, 4, 5], 5, ""),
        (&[0, 1, 2, 3, 4], 4, "line 6: expected 5 games after the totals, found 4"),
        (&[1, 2, 3, 4, 5], 5, "line 6: the line of totals is missing"),
        (&[0, 1, 2, 3, 4, 5, 5], 5, "line 7: the game's id appears twice"),
        (&[0, 0, 1, 2, 3, 4, 5], 5, "line 2: the line of totals appears twice"),
    ];
    for (order, kept, expected) in table {
        let (archive, damaged) = Archive::parse(&arranged(order));
        assert_eq!(archive.games().len(), kept, "{order:?}");
        assert_eq!(damaged.first().map(ToString::to_string).unwrap_or_default(), expected, "{order:?}");
    }
}

#[test]
fn counts_are_recomputed_from_the_recordings() {
    let right = archive(few());
    let wrong = archive(few().into_iter().map(|game| EndedGame { score: 1_000_000, streak: 99, ..game }));
    assert_ne!(wrong, right);
    assert_eq!(wrong.rebuild(), right);
    let mut illegal = few();
    illegal[2].recording = with_illegal_drop(illegal[2].recording.clone());
    let rebuilt = archive(illegal.clone()).rebuild();
    assert_eq!(rebuilt, archive(illegal), "an illegal game keeps its counts");
}

proptest! {
    #[test]
    fn totals_count_the_last_end_of_each_game(
        ends in prop::collection::vec((0u64..60, any_kind(), 0u64..5000, any::<bool>(), 0usize..10), 0..150),
    ) {
        let mut archive = Archive::default();
        let mut naive_archive = BTreeMap::new();
        for (id, kind, score, over, dice) in ends {
            // Sometimes a game continues instead of ending.
            if dice == 0 {
                prop_assert_eq!(archive.remove(id), naive_archive.remove(&id).is_some());
            } else {
                let game = made_up(id, kind, score, over);
                archive.enter(game.clone());
                naive_archive.insert(id, game);
            }
        }
        let games: Vec<_> = naive_archive.into_values().collect();
        assert_totals(&archive, &games);
        prop_assert_eq!(Archive::parse(&archive.to_text()), (archive, Vec::new()));
    }
}

//! Named cases of undo, redo and seek.

use blockers_rules::{Colour, Deal, Dealer, DropAt, Game, GameKind, Piece, Recording, Refusal, Shape, Timeline};

use super::timeline::{drop_at, play, state};

/// Returns a game that deals dots only. A dot fits on every empty cell, so the game never ends.
fn dots() -> Timeline {
    let dot = Piece { shape: Shape::DOT, colour: Colour::Blue };
    Timeline::starting(Deal::new(GameKind::Seed, 1), Game::new(Dealer::scripted([dot; 3], Vec::new())))
}

/// Returns the next drop after this many drops. The dots fill the top row again and again, for ten points each time.
fn dot_after(drops: usize) -> DropAt {
    drop_at(drops % 3, 0, (drops % 10) as i32)
}

fn dots_played(drops: usize) -> Timeline {
    let mut timeline = dots();
    for n in 0..drops {
        play(&mut timeline, dot_after(n)).unwrap();
    }
    timeline
}

fn assert_position(timeline: &Timeline, position: usize) {
    let game = timeline.game();
    assert_eq!(timeline.position(), position);
    assert_eq!((game.drops(), game.score()), (position as u32, (position / 10 * 10) as u64), "after {position} drops");
    assert_eq!(game.board().occupied().count() as usize, position % 10, "after {position} drops");
}

#[test]
fn undo_redo_and_seek_do_nothing_before_the_first_drop() {
    let mut timeline = dots();
    assert!(!timeline.undo() && !timeline.redo());
    timeline.seek(7);
    assert_position(&timeline, 0);
    assert!(timeline.is_clean() && timeline.drops().is_empty());
    assert_eq!(timeline.recording(), Recording { deal: Deal::new(GameKind::Seed, 1), undos: 0, drops: Vec::new() });
}

#[test]
fn only_undo_is_counted() {
    let mut timeline = dots_played(5);
    assert!(timeline.is_clean());
    timeline.seek(2);
    timeline.seek(99);
    assert_position(&timeline, 5);
    assert!(!timeline.redo(), "it is at the end");
    assert!(timeline.is_clean(), "seek does not count as undo");
    assert!(timeline.undo() && timeline.undo());
    assert_position(&timeline, 3);
    assert!(timeline.redo());
    assert_position(&timeline, 4);
    assert_eq!((timeline.undos(), timeline.drops().len()), (2, 5));
    assert_eq!(timeline.recording().drops.len(), 4);
}

#[test]
fn a_new_drop_deletes_undone_drops_and_a_refused_one_does_not() {
    let mut timeline = dots_played(5);
    timeline.seek(3);
    assert_eq!(play(&mut timeline, drop_at(0, 0, 0)), Err(Refusal::Occupied));
    assert_eq!((timeline.position(), timeline.drops().len()), (3, 5));
    assert_eq!(play(&mut timeline, drop_at(1, 7, 7)), Ok(()));
    assert_eq!((timeline.position(), timeline.drops().len()), (4, 4));
    assert_eq!(timeline.drops()[3], drop_at(1, 7, 7));
    assert!(!timeline.redo());
}

#[test]
fn play_on_deletes_undone_drops_and_counts_as_an_undo() {
    let mut timeline = dots_played(70);
    timeline.seek(30);
    timeline.play_on();
    assert_eq!((timeline.position(), timeline.drops().len(), timeline.undos()), (30, 30, 1));
    assert!(!timeline.redo());
    assert_position(&timeline, 30);
}

/// There is a snapshot after every 64th drop, so an off-by-one error shows at these positions.
#[test]
fn seek_goes_from_any_position_to_any_other() {
    let positions = [0, 1, 63, 64, 65, 100, 127, 128, 129, 191, 192, 193, 200];
    let whole = dots_played(200);
    for from in positions {
        for to in positions {
            let mut timeline = whole.clone();
            timeline.seek(from);
            assert_position(&timeline, from);
            timeline.seek(to);
            assert_position(&timeline, to);
            assert_eq!(timeline.undo(), to > 0);
            assert_position(&timeline, to.saturating_sub(1));
            assert!(timeline.redo());
            assert_position(&timeline, to.max(1));
        }
    }
}

#[test]
fn seek_works_after_new_drops_from_any_position() {
    for from in [0, 1, 63, 64, 65, 127, 128, 129, 200] {
        let mut timeline = dots_played(200);
        timeline.seek(from);
        // The new drops are on other cells, and enough of them to replace several snapshots.
        for n in from..from + 140 {
            let drop = drop_at(n % 3, 9, ((n - from) % 10) as i32);
            play(&mut timeline, drop).unwrap();
        }
        let drops = timeline.drops().to_vec();
        assert_eq!(drops.len(), from + 140);
        for to in (0..=drops.len()).rev() {
            timeline.seek(to);
            let mut game = dots().game().clone();
            let played = drops[..to].iter().filter(|drop| game.play(drop.slot, drop.at.into()).is_ok()).count();
            assert_eq!((played, state(timeline.game())), (to, state(&game)), "from {from}, after {to} drops");
        }
    }
}

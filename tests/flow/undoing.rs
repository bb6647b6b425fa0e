//! Undo and redo in the player's own game.

use blockers::events::{Dropped, GameEnded, PointerEvent, PointerInput, PointerPhase, TableSet};
use blockers::records::End;
use blockers::world::{Carried, Phantom, Score};
use blockers_rules::{Deal, DropAt, Game, GameKind};

use crate::driver::{Session, cell, slot};
use crate::games::{Snapshot, Strategy, at, first_drop, last_drop, snapshot};

/// A naive model: a list of drops and the number of those that are played. The game is computed by playing them again.
struct Model {
    deal: Deal,
    drops: Vec<DropAt>,
    position: usize,
    undos: u32,
}

impl Model {
    fn game(&self) -> Game {
        let mut game = self.deal.game();
        for drop in &self.drops[..self.position] {
            game.play(drop.slot, drop.at.into()).unwrap();
        }
        game
    }

    fn play(&mut self, drop: DropAt) {
        if self.drops.get(self.position) != Some(&drop) {
            self.drops.truncate(self.position);
            self.drops.push(drop);
        }
        self.position += 1;
    }

    fn undo(&mut self) {
        if self.position > 0 {
            self.position -= 1;
            self.undos += 1;
        }
    }

    fn redo(&mut self) {
        if self.position < self.drops.len() {
            self.position += 1;
        }
    }
}

fn score(session: &Session) -> Score {
    *session.app.world().resource::<Score>()
}

#[test]
fn any_sequence_of_drops_undos_and_redos_agrees_with_the_naive_model() {
    // `f` and `l` make the first or the last legal drop, `u` is undo, `r` is redo.
    let scripts = ["fffuuurrr", "fuffuurlfurr", "llllluuuuuufrrf", "uurrf", "ffffffuuuurrluurrrff", "fflluuffrruullrr"];
    for (seed, script) in (7..).zip(scripts) {
        let mut session = Session::new(seed);
        let mut model = Model { deal: Deal::new(GameKind::Seed, seed), drops: Vec::new(), position: 0, undos: 0 };
        for (number, step) in script.chars().enumerate() {
            let context = format!("seed {seed}, {script}, step {number}");
            match step {
                'u' => {
                    session.undo();
                    model.undo();
                }
                'r' => {
                    session.redo();
                    model.redo();
                }
                _ => {
                    let choose: Strategy = if step == 'f' { first_drop } else { last_drop };
                    model.play(session.drop_with(choose).unwrap());
                }
            }
            session.settle().assert_consistent(&context);
            assert_eq!(snapshot(session.game()), snapshot(&model.game()), "{context}");
            let timeline = session.timeline();
            let state = (timeline.drops(), timeline.position(), timeline.undos());
            assert_eq!(state, (&model.drops[..], model.position, model.undos), "{context}");
            let steps = (model.position > 0, model.position < model.drops.len());
            assert_eq!(session.steps(), steps, "{context}");
        }
    }
}

#[test]
fn a_whole_game_can_be_undone_and_redone() {
    let mut session = Session::new(36);
    let mut snapshots: Vec<Snapshot> = vec![snapshot(session.game())];
    while session.drop_with(first_drop).is_some() {
        snapshots.push(snapshot(session.game()));
    }
    for expected in snapshots.iter().rev().skip(1) {
        session.undo().settle().assert_consistent("undo");
        assert_eq!(snapshot(session.game()), *expected);
    }
    for expected in &snapshots[1..] {
        session.redo().settle().assert_consistent("redo");
        assert_eq!(snapshot(session.game()), *expected);
    }
    assert!(session.view_model().ended.is_some());
}

#[test]
fn undo_restores_cleared_lines() {
    let mut session = Session::new(9);
    let before = session.play_drops(1).settle().view_model();
    let after = session.play_drops(1).settle().view_model();
    assert_eq!((before.score.points, after.score.points), (0, 10), "a row was cleared");
    for _ in 0..3 {
        let view = session.undo().settle().view_model();
        assert_eq!((view.cells, view.slots, view.score.points), (before.cells, before.slots, 0));
        let view = session.redo().settle().view_model();
        assert_eq!((view.cells, view.slots, view.score.points), (after.cells, after.slots, 10));
    }
}

#[test]
fn undo_at_the_start_and_redo_at_the_end_have_no_effect() {
    let mut session = Session::new(7);
    for drops in 0..3 {
        let before = (session.published_count::<TableSet>(), session.storage.writes(), session.view_model());
        if drops == 0 {
            session.undo();
        }
        session.redo().settle();
        assert_eq!(
            (session.published_count::<TableSet>(), session.storage.writes(), session.view_model()),
            before,
            "{drops} drops"
        );
        assert_eq!(session.timeline().undos(), 0, "{drops} drops");
        session.play_drops(1).settle();
    }
}

#[test]
fn a_drop_after_undo_discards_the_undone_drops() {
    let mut session = Session::new(7);
    session.play_drops(4).undo().undo();
    assert_eq!((session.timeline().drops().len(), session.steps()), (4, (true, true)));
    session.drop_with(last_drop).unwrap();
    assert_eq!((session.timeline().drops().len(), session.steps()), (3, (true, false)));
    let before = snapshot(session.game());
    session.redo().settle().assert_consistent("redo without an undone drop");
    assert_eq!(snapshot(session.game()), before);
}

#[test]
fn the_drop_that_ended_the_game_can_be_undone_and_the_game_continues() {
    let mut session = Session::new(30);
    session.play_to_end().settle();
    let end = (snapshot(session.game()), session.view_model().ended.map(|ended| ended.drops));
    assert_eq!(end.1, Some(session.game().drops()));
    let last = session.timeline().last().unwrap();

    session.undo().settle().assert_consistent("after undo");
    assert!(!session.game().is_over() && session.view_model().slots.iter().flatten().any(|staged| staged.fits));
    session.redo().settle().assert_consistent("after redo");
    assert_eq!((snapshot(session.game()), session.view_model().ended.map(|ended| ended.drops)), end);
    assert_eq!(session.published_count::<GameEnded>(), 2, "redo ends the game again");

    session.undo().drop_at(last.slot.index(), last.at.row().into(), last.at.column().into()).settle();
    session.assert_consistent("after the same drop by mouse");
    assert_eq!((snapshot(session.game()), session.published_count::<GameEnded>()), (end.0, 3));
    let archive = session.stored_archive();
    let games: Vec<_> = archive.games().iter().map(|game| (game.id, game.end, game.recording.undos)).collect();
    assert_eq!(games, [(session.play().own.id, End::Over, 2)], "the archive has one entry for the game");
    assert_eq!(session.view_model().games, 1);
}

#[test]
fn games_with_undo_have_a_separate_best_score() {
    let mut session = Session::new(9);
    session.play_drops(2);
    assert_eq!(score(&session), Score { points: 10, best: 10, undone_best: None });
    session.undo();
    assert_eq!(score(&session), Score { points: 0, best: 10, undone_best: Some(0) });
    session.redo();
    assert_eq!(score(&session), Score { points: 10, best: 10, undone_best: Some(10) });
    session.play_to_end();
    let points = session.game().score();
    assert!(points > 10);
    assert_eq!(score(&session), Score { points, best: 10, undone_best: Some(points) });
    let bests = session.stored_bests();
    assert_eq!((bests.get(GameKind::Seed, true), bests.get(GameKind::Seed, false)), (10, points));
    assert_eq!(score(&session.reopened()), score(&session));
    assert_eq!(
        session.view_model().ended.map(|ended| ended.best),
        Some(points),
        "the end shows the best score with undo"
    );

    let mut clean = Session::new(9);
    clean.play_to_end();
    assert_eq!(score(&clean), Score { points, best: points, undone_best: None });
}

#[test]
fn undo_ends_the_drag_in_progress() {
    for drops in 1..=4 {
        let mut session = Session::new(7);
        session.play_drops(drops).settle();
        let number = session.view_model().slots.iter().position(Option::is_some).unwrap();
        session.press(slot(number)).move_to(cell(7, 7));
        assert_eq!(session.count::<Carried>(), 1, "{drops} drops");
        let before = session.published_count::<Dropped>();
        session.undo();
        assert_eq!((session.count::<Carried>(), session.count::<Phantom>()), (0, 0), "{drops} drops");
        session.move_to(cell(2, 2)).release().settle();
        assert_eq!(session.published_count::<Dropped>(), before, "{drops} drops: the drag is over");
        session.assert_consistent("after the drag");
        session.drop_with(last_drop).unwrap();
        session.settle().assert_consistent("after the next drag");
        assert_eq!(session.game().drops(), drops, "{drops} drops");
    }
}

#[test]
fn a_drag_continues_if_undo_and_redo_have_no_effect() {
    let mut session = Session::new(7);
    session.press(slot(1)).move_to(cell(3, 4)).undo().redo().release().settle();
    session.assert_consistent("after the drop");
    assert_eq!(session.game().drops(), 1);
    assert!(session.game().board().colour(at(3, 4)).is_some());
}

#[test]
fn a_drop_in_the_frame_of_an_undo_leaves_a_consistent_game() {
    for drops in 1..=4 {
        let mut session = Session::new(7);
        session.play_drops(drops).settle();
        let number = session.view_model().slots.iter().position(Option::is_some).unwrap();
        session.press(slot(number)).move_to(cell(7, 7));
        let last = session.last_pointer().unwrap();
        let released = PointerEvent::Input(PointerInput { phase: PointerPhase::Released, ..last });
        session.publish(released);
        session.undo().settle().assert_consistent("release and undo in one frame");
        let verified = session.timeline().recording().verify().unwrap();
        assert_eq!(snapshot(session.game()), snapshot(&verified), "{drops} drops");
        assert_eq!(snapshot(session.reopened().game()), snapshot(&verified), "{drops} drops");
    }
}

#[test]
fn undo_works_after_a_restart() {
    let mut session = Session::new(9);
    let mut snapshots = vec![snapshot(session.game())];
    for _ in 0..6 {
        session.play_drops(1);
        snapshots.push(snapshot(session.game()));
    }
    session.undo().undo().settle();
    let mut session = session.reopened();
    assert_eq!((session.timeline().undos(), session.steps()), (2, (true, true)));
    for expected in snapshots[..5].iter().rev() {
        assert_eq!(snapshot(session.game()), *expected);
        session.assert_consistent("after the restart");
        session.undo().settle();
    }
    let again = session.reopened();
    assert_eq!((again.timeline().undos(), again.game().drops()), (6, 0));
}

#[test]
fn redo_works_after_a_restart() {
    let mut session = Session::new(9);
    session.play_drops(24);
    let snapshots: Vec<Snapshot> = (0..20)
        .map(|_| {
            let expected = snapshot(session.game());
            session.undo().settle();
            expected
        })
        .collect();
    let mut session = session.reopened();
    assert_eq!((session.game().drops(), session.timeline().drops().len(), session.timeline().undos()), (4, 24, 20));
    for expected in snapshots.iter().rev() {
        session.redo().settle().assert_consistent("after the restart");
        assert_eq!(snapshot(session.game()), *expected);
        session = session.reopened();
    }
    assert_eq!(session.steps(), (true, false));
}

#[test]
fn a_drop_after_undo_discards_the_undone_drops_in_the_storage_too() {
    let mut session = Session::new(9);
    session.play_drops(6).undo().undo().settle();
    let mut session = session.reopened();
    session.drop_with(last_drop).unwrap();
    let again = session.reopened();
    assert_eq!((again.timeline().drops(), again.game().drops()), (session.timeline().drops(), 5));
}

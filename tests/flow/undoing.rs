//! Back and forth in the player's own game, a drop at a time.

use blockers::events::{Dropped, GameEnded, PointerEvent, PointerPhase, TableSet};
use blockers::records::End;
use blockers::rules::{Deal, DropAt, Game, GameKind};
use blockers::world::{Carried, Phantom, Score};

use crate::driver::{Table, cell, slot};
use crate::games::{Choice, Seen, first_drop, last_drop, seen};

/// The naive twin: all drops, and how many of them have been played. To look at it is to play them again.
struct Twin {
    deal: Deal,
    drops: Vec<DropAt>,
    position: usize,
    undos: u32,
}

impl Twin {
    fn game(&self) -> Game {
        let mut game = self.deal.game();
        for drop in &self.drops[..self.position] {
            game.play(drop.slot, drop.at.into()).expect("it was played before");
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

fn score(table: &Table) -> Score {
    *table.app.world().resource::<Score>()
}

#[test]
fn every_way_back_and_forth_leads_where_the_naive_twin_is() {
    // `f` and `l` drop what is possible first or last, `u` goes back, `r` on again.
    let scripts = ["fffuuurrr", "fuffuurlfurr", "llllluuuuuufrrf", "uurrf", "ffffffuuuurrluurrrff", "fflluuffrruullrr"];
    for (seed, script) in (7..).zip(scripts) {
        let mut table = Table::new(seed);
        let mut twin = Twin { deal: Deal::new(GameKind::Seed, seed), drops: Vec::new(), position: 0, undos: 0 };
        for (number, step) in script.chars().enumerate() {
            let context = format!("seed {seed}, {script}, step {number}");
            match step {
                'u' => {
                    table.undo();
                    twin.undo();
                }
                'r' => {
                    table.redo();
                    twin.redo();
                }
                _ => {
                    let choose: Choice = if step == 'f' { first_drop } else { last_drop };
                    twin.play(table.drop_as(choose).expect("there is room"));
                }
            }
            table.settle().assert_agrees(&context);
            assert_eq!(seen(table.game()), seen(&twin.game()), "{context}");
            let timeline = table.timeline();
            let state = (timeline.drops(), timeline.position(), timeline.undos());
            assert_eq!(state, (&twin.drops[..], twin.position, twin.undos), "{context}");
            let steps = [twin.position > 0, twin.position < twin.drops.len()];
            assert_eq!(table.mirror().steps, steps, "{context}");
        }
    }
}

#[test]
fn a_whole_game_can_be_taken_back_and_played_again() {
    let mut table = Table::new(36);
    let mut places: Vec<Seen> = vec![seen(table.game())];
    while table.drop_as(first_drop).is_some() {
        places.push(seen(table.game()));
    }
    for place in places.iter().rev().skip(1) {
        table.undo().settle().assert_agrees("back");
        assert_eq!(seen(table.game()), *place);
    }
    for place in &places[1..] {
        table.redo().settle().assert_agrees("on again");
        assert_eq!(seen(table.game()), *place);
    }
    assert!(table.mirror().ended.is_some());
}

#[test]
fn what_was_cleared_comes_back() {
    let mut table = Table::new(9);
    let before = table.play_some(1).settle().mirror();
    let after = table.play_some(1).settle().mirror();
    assert_eq!((before.score.points, after.score.points), (0, 10), "a row was cleared");
    for _ in 0..3 {
        let mirror = table.undo().settle().mirror();
        assert_eq!((mirror.cells, mirror.slots, mirror.score.points), (before.cells, before.slots, 0));
        let mirror = table.redo().settle().mirror();
        assert_eq!((mirror.cells, mirror.slots, mirror.score.points), (after.cells, after.slots, 10));
    }
}

#[test]
fn at_the_beginning_there_is_nothing_to_take_back_and_at_the_end_nothing_to_play_again() {
    let mut table = Table::new(7);
    for drops in 0..3 {
        let before = (table.published::<TableSet>(), table.storage.writes(), table.mirror());
        if drops == 0 {
            table.undo();
        }
        table.redo().settle();
        assert_eq!((table.published::<TableSet>(), table.storage.writes(), table.mirror()), before, "{drops} drops");
        assert_eq!(table.timeline().undos(), 0, "{drops} drops");
        table.play_some(1).settle();
    }
}

#[test]
fn a_drop_after_a_step_back_forgets_what_was_taken_back() {
    let mut table = Table::new(7);
    table.play_some(4).undo().undo();
    assert_eq!((table.timeline().drops().len(), table.mirror().steps), (4, [true, true]));
    table.drop_as(last_drop).expect("there is room");
    assert_eq!((table.timeline().drops().len(), table.mirror().steps), (3, [true, false]));
    let before = seen(table.game());
    table.redo().settle().assert_agrees("there is nothing to be played again");
    assert_eq!(seen(table.game()), before);
}

#[test]
fn the_drop_that_ended_the_game_can_be_taken_back_and_play_goes_on() {
    let mut table = Table::new(30);
    table.play_to_the_end().settle();
    let end = (seen(table.game()), table.mirror().ended.map(|ended| ended.drops));
    assert_eq!(end.1, Some(table.game().drops()));
    let last = table.timeline().last().expect("it has a last drop");

    table.undo().settle().assert_agrees("the panel is gone");
    assert!(!table.game().is_over() && table.mirror().slots.iter().flatten().any(|staged| staged.fits));
    table.redo().settle().assert_agrees("the panel is there again");
    assert_eq!((seen(table.game()), table.mirror().ended.map(|ended| ended.drops)), end);
    assert_eq!(table.published::<GameEnded>(), 2, "it has ended again, and was gone back in now");

    table.undo().drop_at(last.slot.index(), last.at.row().into(), last.at.column().into()).settle();
    table.assert_agrees("ended by hand");
    assert_eq!((seen(table.game()), table.published::<GameEnded>()), (end.0, 3));
    let archive = table.stored_archive();
    let games: Vec<_> = archive.games().iter().map(|game| (game.id, game.end, game.recording.undos)).collect();
    assert_eq!(games, [(table.play().own.id, End::Over, 2)], "it is one game all the same");
    assert_eq!(table.mirror().games, 1);
}

#[test]
fn the_best_with_drops_taken_back_is_another_one_and_is_shown_only_then() {
    let mut table = Table::new(9);
    table.play_some(2);
    assert_eq!(score(&table), Score { points: 10, best: 10, undone_best: None });
    table.undo();
    assert_eq!(score(&table), Score { points: 0, best: 10, undone_best: Some(0) });
    table.redo();
    assert_eq!(score(&table), Score { points: 10, best: 10, undone_best: Some(10) });
    table.play_to_the_end();
    let points = table.game().score();
    assert!(points > 10);
    assert_eq!(score(&table), Score { points, best: 10, undone_best: Some(points) });
    let bests = table.stored_bests();
    assert_eq!((bests.get(GameKind::Seed, true), bests.get(GameKind::Seed, false)), (10, points));
    assert_eq!(score(&table.reopened()), score(&table));
    assert_eq!(table.mirror().ended.map(|ended| ended.best), Some(points), "the end tells of its own kind of best");

    let mut clean = Table::new(9);
    clean.play_to_the_end();
    assert_eq!(score(&clean), Score { points, best: points, undone_best: None });
}

#[test]
fn a_drag_in_which_a_drop_is_taken_back_drags_nothing_from_then_on() {
    for drops in 1..=4 {
        let mut table = Table::new(7);
        table.play_some(drops).settle();
        let held = table.mirror().slots.iter().position(Option::is_some).expect("the game goes on");
        table.press(slot(held)).move_to(cell(7, 7));
        assert_eq!(table.count::<Carried>(), 1, "{drops} drops");
        let before = table.published::<Dropped>();
        table.undo();
        assert_eq!((table.count::<Carried>(), table.count::<Phantom>()), (0, 0), "{drops} drops");
        table.move_to(cell(2, 2)).release().settle();
        assert_eq!(table.published::<Dropped>(), before, "{drops} drops: what was dragged is gone");
        table.assert_agrees("after the drag");
        table.drop_as(last_drop).expect("the next drag works");
        table.settle().assert_agrees("after the next drag");
        assert_eq!(table.game().drops(), drops, "{drops} drops");
    }
}

#[test]
fn a_drag_goes_on_if_there_is_nothing_to_be_taken_back() {
    let mut table = Table::new(7);
    table.press(slot(1)).move_to(cell(3, 4)).undo().redo().release().settle();
    table.assert_agrees("it was let go");
    assert_eq!(table.game().drops(), 1);
}

#[test]
fn table_and_game_agree_whatever_is_let_go_in_the_frame_of_a_step_back() {
    for drops in 1..=4 {
        let mut table = Table::new(7);
        table.play_some(drops).settle();
        let held = table.mirror().slots.iter().position(Option::is_some).expect("the game goes on");
        table.press(slot(held)).move_to(cell(7, 7));
        let last = table.last::<PointerEvent>().expect("it was moved");
        let released = PointerEvent { phase: PointerPhase::Released, ..last };
        table.app.publish(released).expect("there is such a topic");
        table.undo().settle().assert_agrees("in one frame");
        let verified = table.timeline().recording().verify().expect("it is by the rules");
        assert_eq!(seen(table.game()), seen(&verified), "{drops} drops");
        assert_eq!(seen(table.reopened().game()), seen(&verified), "{drops} drops");
    }
}

#[test]
fn the_way_back_survives_a_restart() {
    let mut table = Table::new(9);
    let mut places = vec![seen(table.game())];
    for _ in 0..6 {
        table.play_some(1);
        places.push(seen(table.game()));
    }
    table.undo().undo().settle();
    let mut table = table.reopened();
    assert_eq!((table.timeline().undos(), table.mirror().steps), (2, [true, true]));
    for place in places[..5].iter().rev() {
        assert_eq!(seen(table.game()), *place);
        table.assert_agrees("after the restart");
        table.undo().settle();
    }
    let again = table.reopened();
    assert_eq!((again.timeline().undos(), again.game().drops()), (6, 0));
}

#[test]
fn the_way_on_survives_a_restart() {
    let mut table = Table::new(9);
    table.play_some(24);
    let places: Vec<Seen> = (0..20)
        .map(|_| {
            let place = seen(table.game());
            table.undo().settle();
            place
        })
        .collect();
    let mut table = table.reopened();
    assert_eq!((table.game().drops(), table.timeline().drops().len(), table.timeline().undos()), (4, 24, 20));
    for place in places.iter().rev() {
        table.redo().settle().assert_agrees("after the restart");
        assert_eq!(seen(table.game()), *place);
        table = table.reopened();
    }
    assert_eq!(table.mirror().steps, [true, false]);
}

#[test]
fn what_was_taken_back_is_gone_after_another_drop_in_the_storage_too() {
    let mut table = Table::new(9);
    table.play_some(6).undo().undo().settle();
    let mut table = table.reopened();
    table.drop_as(last_drop).expect("there is room");
    let again = table.reopened();
    assert_eq!((again.timeline().drops(), again.game().drops()), (table.timeline().drops(), 5));
}

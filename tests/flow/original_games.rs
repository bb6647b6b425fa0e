//! Recorded games of the original program, played with the mouse.

use blockers::events::Dropped;
use blockers::ports::Voice;
use blockers::world::Score;
use blockers_rules::trace::{Step, Trace, letter, picture};
use blockers_rules::{CELLS, Cell, Colour, SLOTS};

use crate::driver::{Session, cell, slot};

fn traces() -> Vec<Trace> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/crates/rules/tests/traces");
    let files = std::fs::read_dir(folder).unwrap();
    let read = |file: std::io::Result<std::fs::DirEntry>| std::fs::read_to_string(file.unwrap().path());
    files.map(|file| Trace::parse(&read(file).unwrap()).unwrap()).collect()
}

/// Returns the name of a sound in the traces; `None` for a sound that the original does not have.
fn sound(voice: Voice) -> Option<&'static str> {
    match voice {
        Voice::Place { .. } => Some("place"),
        Voice::Refused => Some("place-fail"),
        Voice::Clear { .. } => Some("clear"),
        Voice::GameOver => Some("game-over"),
        Voice::PickUp | Voice::NewHand => None,
    }
}

fn letters(cells: &[Option<Colour>; CELLS]) -> String {
    let rows: Vec<_> = Cell::all().map(|cell| letter(cells[cell.index()])).collect();
    rows.chunks(10).map(|row| row.iter().collect::<String>()).collect::<Vec<_>>().join("/")
}

/// Makes the drop of a step with the mouse, and compares board, hand, score and sounds with those of the original.
fn check(session: &mut Session, step: &Step, context: &str) {
    let before = session.app.world().resource::<Score>().points;
    session.audio.take_played();
    // Some drops end so near to where they start that they would be taps. So the pointer is moved elsewhere first.
    session.press(slot(step.slot)).move_to(cell(4, 4)).move_to(cell(step.row, step.col)).release();

    let view = session.view_model();
    assert_eq!(letters(&view.cells), step.board, "{context}: tiles");
    assert_eq!(picture(session.game().board()), step.board, "{context}: board of the rules");
    assert_eq!(view.score.points, step.score, "{context}: score");
    assert_eq!(view.score.points - before, step.gained, "{context}: gained");
    let hand: [_; SLOTS] = view.slots.map(|staged| staged.map(|staged| staged.piece.shape.number()));
    let colours = view.slots.map(|staged| staged.map(|staged| staged.piece.colour));
    let enabled = view.slots.map(|staged| staged.map(|staged| staged.fits));
    assert_eq!((hand, colours, enabled), (step.hand, step.colours, step.enabled), "{context}: staging area");
    assert_eq!(view.ended.is_some(), step.over, "{context}: over");
    let dropped = session.last_event::<Dropped>().unwrap();
    assert_eq!(dropped.outcome.is_ok(), step.ok, "{context}: accepted");
    let played: Vec<_> = session.audio.take_played().into_iter().filter_map(sound).collect();
    assert_eq!(played, step.sounds, "{context}: sounds");
}

#[test]
fn every_recorded_game_of_the_original_has_the_same_course() {
    let mut steps = 0;
    for trace in traces() {
        let mut session = Session::new(0);
        session.start(trace.game().unwrap());
        for (number, step) in trace.steps.iter().enumerate() {
            let context = format!("{}, step {number}", trace.name);
            let draggable = session.view_model().slots[step.slot].is_some_and(|staged| staged.fits);
            assert!(draggable, "{context}: the shape cannot be dragged");
            check(&mut session, step, &context);
            steps += 1;
        }
        // No seed deals these hands, so the archive refuses the game. There must be no other notice.
        let notices = session.announcer.take_noticed();
        assert!(notices.iter().all(|notice| notice.contains("is against the rules")), "{}: {notices:?}", trace.name);
    }
    assert!(steps > 1000, "only {steps} steps");
}

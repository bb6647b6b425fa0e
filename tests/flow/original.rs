//! The games of the original, played on this program by hand.

use blockers::events::Dropped;
use blockers::ports::Voice;
use blockers::rules::trace::{Step, Trace, letter, picture};
use blockers::rules::{CELLS, Cell, Colour, SLOTS};
use blockers::world::Score;

use crate::driver::{Table, cell, slot};

fn traces() -> Vec<Trace> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/traces");
    let files = std::fs::read_dir(folder).expect("the traces are part of the project");
    let read = |file: std::io::Result<std::fs::DirEntry>| std::fs::read_to_string(file.expect("it is listed").path());
    files.map(|file| Trace::parse(&read(file).expect("it can be read")).expect("it is a trace")).collect()
}

/// The names by which the traces call the sounds; the original has none for the others.
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

/// Makes the drop of a step with the mouse, and holds everything on the table against what the original had there.
fn check(table: &mut Table, step: &Step, context: &str) {
    let before = table.app.world().resource::<Score>().points;
    table.audio.take_played();
    // Some are let go so near to where they were pressed that it would be a tap, had they not been elsewhere meanwhile.
    table.press(slot(step.slot)).move_to(cell(4, 4)).move_to(cell(step.row, step.col)).release();

    let mirror = table.mirror();
    assert_eq!(letters(&mirror.cells), step.board, "{context}: tiles on the table");
    assert_eq!(picture(table.game().board()), step.board, "{context}: board of the rules");
    assert_eq!(mirror.score.points, step.score, "{context}: score");
    assert_eq!(mirror.score.points - before, step.gained, "{context}: gained");
    let hand: [_; SLOTS] = mirror.slots.map(|staged| staged.map(|staged| staged.piece.shape.number()));
    let colours = mirror.slots.map(|staged| staged.map(|staged| staged.piece.colour));
    let enabled = mirror.slots.map(|staged| staged.map(|staged| staged.fits));
    assert_eq!((hand, colours, enabled), (step.hand, step.colours, step.enabled), "{context}: staging area");
    assert_eq!(mirror.ended.is_some(), step.over, "{context}: over");
    let dropped = table.last::<Dropped>().expect("something was dropped");
    assert_eq!(dropped.outcome.is_ok(), step.ok, "{context}: accepted");
    let played: Vec<_> = table.audio.take_played().into_iter().filter_map(sound).collect();
    assert_eq!(played, step.sounds, "{context}: sounds");
}

#[test]
fn every_game_of_the_original_can_be_played_with_the_mouse_and_goes_the_same() {
    let mut steps = 0;
    for trace in traces() {
        let mut table = Table::new(0);
        table.begin(trace.game().expect("its hands are hands"));
        for (number, step) in trace.steps.iter().enumerate() {
            let context = format!("{}, step {number}", trace.name);
            // What cannot be picked up is not dropped either; a trace has no such step, and this would say so.
            let draggable = table.mirror().slots[step.slot].is_some_and(|staged| staged.fits);
            assert!(draggable, "{context}: it can be dragged");
            check(&mut table, step, &context);
            steps += 1;
        }
        // No seed deals these hands, so the archive cannot take the game; that is all that there is to be noticed.
        let notices = table.announcer.take_noticed();
        assert!(notices.iter().all(|notice| notice.contains("is against the rules")), "{}: {notices:?}", trace.name);
    }
    assert!(steps > 1000, "the traces have steps to speak of: {steps}");
}

//! With reduced motion, every animation is a short fade at the final place and size.

use blockers::view::animation::{ARRIVE, BUMP, LEAVE, PICK_UP, RETURN, SETTLE};
use blockers::world::geometry::{BoardPosition, Point, Rect};
use blockers::world::layout::Layout;
use blockers::world::{
    Arriving, Carried, Leaving, MotionChoice, Returning, ScoreBump, Settings, Settling, SystemPreferences,
};
use blockers_rules::{Colour, Slot};

use crate::easel::{Easel, cell, moving, over, shades, square, staged, texts, tile};

/// Returns an easel on a system that prefers reduced motion.
fn reduced() -> Easel {
    let mut easel = Easel::new();
    easel.world.insert_resource(SystemPreferences { still: true, ..SystemPreferences::default() });
    easel
}

/// Checks that the first tile of the moving layer stays at this place, and that its opacity grows to 1.
fn assert_fades_in(easel: &mut Easel, duration: f64, place: Rect) {
    let mut last = 0.0;
    for share in [0.0, 0.2, 0.4, 0.6, 0.8, 1.0] {
        let (drawn, opacity) = moving(&easel.paint(duration * share))[0];
        let off = (drawn.x - place.x).abs().max((drawn.y - place.y).abs()).max((drawn.width - place.width).abs());
        assert!(off < 0.01, "{drawn:?} instead of {place:?} at {share}");
        assert!(opacity > last || share == 0.0, "{opacity} after {last} at {share}");
        last = opacity;
    }
    assert_eq!(last, 1.0);
    assert!(moving(&easel.paint(0.0))[0].1 < 0.5, "a fade starts with a low opacity");
}

/// Returns the place of the first tile of a shape with this corner.
fn first_square(corner: Point, side: f32, share: f32) -> Rect {
    Rect::square(corner, side).scaled(share)
}

#[test]
fn a_shape_that_is_picked_up_fades_in_at_the_pointer() {
    let mut easel = reduced();
    let grip = over(&easel, 12.0, 3.0);
    easel.world.spawn((staged(), Carried { grip, since: 0 }));
    let layout = easel.world.resource::<Layout>().clone();
    let corner = layout.point_at(BoardPosition { row: 12.0, column: 3.0 });
    assert_fades_in(&mut easel, PICK_UP, first_square(corner, layout.cell, 0.85));
}

#[test]
fn a_refused_shape_fades_in_in_its_slot() {
    let mut easel = reduced();
    let grip = over(&easel, 1.0, 6.0);
    easel.world.spawn((staged(), Returning { grip, since: 0 }));
    let layout = easel.world.resource::<Layout>().clone();
    let corner = layout.staged_corner(Slot::ALL[0], square());
    assert_fades_in(&mut easel, RETURN, first_square(corner, layout.tray_cell, 0.94));
}

#[test]
fn a_placed_tile_fades_in() {
    let mut easel = reduced();
    easel.world.spawn((tile(2, 3), Settling { since: 0 }));
    let place = easel.cell_rect(cell(2, 3)).scaled(0.94);
    assert_fades_in(&mut easel, SETTLE, place);
}

#[test]
fn a_new_shape_fades_in() {
    let mut easel = reduced();
    easel.world.spawn((staged(), Arriving { since: 0 }));
    let layout = easel.world.resource::<Layout>().clone();
    let corner = layout.staged_corner(Slot::ALL[0], square());
    assert_fades_in(&mut easel, ARRIVE, first_square(corner, layout.tray_cell, 0.94));
}

#[test]
fn cleared_tiles_fade_out_all_at_once() {
    let mut easel = reduced();
    for column in 0..10 {
        let leaving = Leaving { cell: cell(4, column), colour: Colour::Red, since: 0, steps: column as u64 };
        easel.world.spawn(leaving);
    }
    let mut last = 1.1;
    for share in [0.0, 0.3, 0.6, 0.9] {
        let drawn = moving(&easel.paint(LEAVE * share));
        let opacity = drawn[0].1;
        assert!(drawn.iter().all(|(_, one)| *one == opacity) && opacity < last, "{drawn:?}");
        let places = (0..10).map(|column| easel.cell_rect(cell(4, column)).scaled(0.94));
        assert!(drawn.iter().map(|(rect, _)| *rect).eq(places), "{drawn:?}");
        last = opacity;
    }
    assert!(moving(&easel.paint(LEAVE)).iter().all(|(_, opacity)| *opacity == 0.0));
}

#[test]
fn points_do_not_rise() {
    let mut easel = reduced();
    easel.world.spawn(ScoreBump { points: 10, lines: 1, at: BoardPosition { row: 5.5, column: 5.0 }, since: 0 });
    let height = |strokes: &[_]| texts(strokes)[0].1;
    assert_eq!(height(&easel.paint(0.0)), height(&easel.paint(BUMP * 0.9)));
}

#[test]
fn at_the_end_the_whole_board_darkens_in_a_short_time() {
    let mut easel = reduced();
    easel.end();
    let early = shades(&easel.paint(100.0));
    assert!(early.iter().all(|(_, opacity)| *opacity == early[0].1 && *opacity > 0.2), "{early:?}");
    assert!(shades(&easel.paint(250.0)).iter().all(|(_, opacity)| *opacity > 0.6));
}

#[test]
fn the_setting_takes_precedence_over_the_system() {
    let mut easel = reduced();
    easel.world.insert_resource(Settings { motion: MotionChoice::Full, ..Settings::default() });
    easel.world.spawn((tile(2, 3), Settling { since: 0 }));
    let (drawn, opacity) = moving(&easel.paint(0.0))[0];
    assert!(drawn.width < easel.cell_rect(cell(2, 3)).width * 0.86 && opacity == 1.0);
}

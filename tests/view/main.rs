//! The view without a browser: the layout, the colours, and what the painter draws.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail that way")]

mod colours;
mod easel;
mod layout;
mod less_motion;

use blockers::view::animation::{BUMP, RETURN, SETTLE};
use blockers::view::surface::{Face, Layer, Stroke};
use blockers::words;
use blockers::world::geometry::{BoardPosition, Point, Rect};
use blockers::world::layout::Layout;
use blockers::world::{Carried, Grip, Phantom, Returning, ScoreBump, Settling, Staged};
use blockers_rules::{Anchor, Bitboard, CELLS, Cell, Colour, Piece, Shape, Slot, clearing, placement};

use easel::{Easel, cell, moving, over, shades, square, staged, texts, tile, tiles_on};
use layout::viewport;

#[test]
fn things_at_rest_are_drawn_once_and_then_only_where_they_change() {
    let mut easel = Easel::new();
    easel.world.spawn(tile(0, 0));
    easel.world.spawn(tile(5, 5));
    let strokes = easel.paint(0.0);
    assert!(matches!(strokes[0], Stroke::Reset(..)));
    assert_eq!(tiles_on(Layer::Rest, &strokes).len(), 2);

    assert_eq!(easel.calls(16.0), [], "nothing has changed");

    easel.world.spawn(tile(9, 9));
    let strokes = easel.paint(32.0);
    let rect = easel.cell_rect(cell(9, 9));
    assert_eq!(strokes[0], Stroke::EmptyCell(rect));
    assert_eq!(tiles_on(Layer::Rest, &strokes), [rect.scaled(0.94)]);
    assert_eq!(strokes.len(), 2);

    easel.world.insert_resource(Layout::new(viewport(844.0, 390.0, 2.0)));
    let strokes = easel.paint(48.0);
    assert!(matches!(strokes[0], Stroke::Reset(..)), "another window");
    assert_eq!(tiles_on(Layer::Rest, &strokes).len(), 3);
}

#[test]
fn what_the_surface_has_lost_is_drawn_again() {
    let mut easel = Easel::new();
    easel.world.spawn(tile(0, 0));
    let strokes = easel.paint(0.0);
    easel.painter.forget();
    assert_eq!(easel.paint(16.0), strokes);
    assert_eq!(easel.calls(32.0), []);
}

#[test]
fn a_shape_that_is_held_is_moved_and_nothing_is_drawn_again() {
    let mut easel = Easel::new();
    easel.paint(0.0);
    let shape = easel.world.spawn((staged(), Carried { grip: over(&easel, 4.0, 4.0), since: 0 })).id();
    let phantom =
        Phantom { piece: square(), at: Anchor { row: 4, column: 4 }, complete: clearing::complete(Bitboard::EMPTY) };
    let phantom = easel.world.spawn(phantom).id();
    easel.paint(1_000.0);
    let grip = over(&easel, 4.1, 4.2);
    easel.world.entity_mut(shape).insert(Carried { grip, since: 0 });
    let calls = easel.calls(1_016.0);
    assert!(matches!(calls[..], [Stroke::Hold(Some(_))]), "within a cell: {calls:?}");
    easel.world.despawn(phantom);
    let calls = easel.calls(1_032.0);
    assert!(matches!(calls[..], [Stroke::Wipe, Stroke::Hold(Some(_))]), "without the phantom: {calls:?}");
    easel.world.despawn(shape);
    let calls = easel.calls(1_048.0);
    assert_eq!(calls, [Stroke::Hold(None)], "it is gone");
}

#[test]
fn a_tile_that_settles_is_drawn_on_the_moving_layer_until_it_rests() {
    let mut easel = Easel::new();
    let entity = easel.world.spawn((tile(2, 3), Settling { since: 100 })).id();
    let strokes = easel.paint(100.0);
    assert!(tiles_on(Layer::Rest, &strokes).is_empty());
    let rect = easel.cell_rect(cell(2, 3));
    let drawn = tiles_on(Layer::Moving, &strokes)[0];
    assert!((drawn.width - rect.width * 0.85).abs() < 0.01, "it starts with the size of a dragged tile");
    let widest = (0..=SETTLE as u32).map(|ms| tiles_on(Layer::Moving, &easel.paint(100.0 + f64::from(ms)))[0].width);
    let widest = widest.fold(0.0, f32::max) / rect.width;
    assert!(widest > 0.96 && widest < 1.0, "it overshoots, but touches no neighbour: {widest}");
    let drawn = tiles_on(Layer::Moving, &easel.paint(100.0 + SETTLE))[0];
    assert!((drawn.width - rect.width * 0.94).abs() < 0.01, "it ends with the size of a tile at rest");
    easel.world.entity_mut(entity).remove::<Settling>();
    let strokes = easel.paint(300.0);
    assert_eq!((tiles_on(Layer::Rest, &strokes).len(), tiles_on(Layer::Moving, &strokes).len()), (1, 0));
}

#[test]
fn a_shape_grows_from_its_slot_to_the_pointer_without_a_jump() {
    let mut easel = Easel::new();
    let layout = easel.world.resource::<Layout>().clone();
    let staged = Staged { slot: Slot::ALL[0], piece: square(), fits: true };
    let corner = layout.staged_corner(staged.slot, staged.piece);
    let pointer = corner + Point::new(1.0, 1.0) * layout.tray_cell;
    let grip = Grip { pointer, grab: BoardPosition { row: 1.0, column: 1.0 } };
    let entity = easel.world.spawn(staged).id();
    let resting = tiles_on(Layer::Rest, &easel.paint(0.0));
    easel.world.entity_mut(entity).insert(Carried { grip, since: 0 });
    let picked_up = easel.paint(0.0);
    assert!(picked_up.contains(&Stroke::Erase(layout.slots[0])), "it has left its slot");
    for (rest, moving) in resting.iter().zip(tiles_on(Layer::Moving, &picked_up)) {
        assert!((rest.x - moving.x).abs() < 0.01 && (rest.width - moving.width).abs() < 0.01, "{rest:?} {moving:?}");
    }
    let grown = tiles_on(Layer::Moving, &easel.paint(500.0));
    assert!((grown[0].width - layout.cell * 0.85).abs() < 0.01);
    let middle = Point::new(grown[3].x, grown[3].y);
    assert!(middle.x > pointer.x && middle.y > pointer.y, "the pointer stays at the same point of the shape");
}

#[test]
fn the_phantom_highlights_the_lines_that_it_would_clear() {
    let mut easel = Easel::new();
    easel.paint(0.0);
    let occupied = (0..8).fold(Bitboard::EMPTY, |all, column| all.with(cell(3, column)));
    let placed = placement::cells(square().shape, Anchor { row: 3, column: 8 }).unwrap();
    let complete = clearing::complete(occupied | placed);
    easel.world.spawn(Phantom { piece: square(), at: Anchor { row: 3, column: 8 }, complete });
    let strokes = easel.paint(0.0);
    assert_eq!(tiles_on(Layer::Moving, &strokes).len(), 4);
    assert!(matches!(strokes[0], Stroke::Light(..)), "the highlight is below the phantom: {strokes:?}");
    let phantom = |stroke: &Stroke| matches!(stroke, Stroke::Tile(_, _, Face::Phantom(Colour::Green), 1.0));
    assert!(strokes[1..].iter().all(phantom), "{strokes:?}");
    let lit: Vec<_> = strokes.iter().filter(|stroke| matches!(stroke, Stroke::Light(..))).collect();
    let board = easel.world.resource::<Layout>().board;
    let [Stroke::Light(row, _)] = lit[..] else { panic!("one row: {lit:?}") };
    assert!((row.width - board.width).abs() < 0.01 && (row.y - board.y - 3.0 * board.height / 10.0).abs() < 0.01);
}

#[test]
fn a_shape_that_fits_nowhere_is_hollow() {
    let mut easel = Easel::new();
    easel.world.spawn(Staged { slot: Slot::ALL[2], piece: square(), fits: false });
    let grey = |stroke: &Stroke| matches!(stroke, Stroke::Tile(Layer::Rest, _, Face::Disabled, _));
    assert_eq!(easel.paint(0.0).iter().filter(|stroke| grey(stroke)).count(), 4);
}

#[test]
fn a_shape_over_the_board_is_transparent_where_it_does_not_fit() {
    let mut easel = Easel::new();
    easel.paint(0.0);
    let shape = easel.world.spawn((staged(), Carried { grip: over(&easel, 4.0, 4.0), since: 0 })).id();
    let held = |easel: &mut Easel| moving(&easel.paint(1_000.0)).last().unwrap().1;
    assert!((0.3..0.7).contains(&held(&mut easel)), "it must not look like placed tiles");
    let phantom =
        Phantom { piece: square(), at: Anchor { row: 4, column: 4 }, complete: clearing::complete(Bitboard::EMPTY) };
    let phantom = easel.world.spawn(phantom).id();
    assert_eq!(held(&mut easel), 1.0);
    easel.world.despawn(phantom);
    let grip = over(&easel, 14.0, 4.0);
    easel.world.entity_mut(shape).insert(Carried { grip, since: 0 });
    assert_eq!(held(&mut easel), 1.0, "beside the board it is opaque");
}

#[test]
fn a_refused_shape_overshoots_its_slot_a_little() {
    let mut easel = Easel::new();
    let grip = over(&easel, 1.0, 6.0);
    easel.world.spawn((staged(), Returning { grip, since: 0 }));
    let layout = easel.world.resource::<Layout>().clone();
    let slot = layout.staged_corner(Slot::ALL[0], square());
    let distance = slot.y - layout.point_at(BoardPosition { row: 1.0, column: 6.0 }).y;
    let lowest = (0..=RETURN as u32).map(|ms| moving(&easel.paint(f64::from(ms)))[0].0.y).fold(0.0, f32::max);
    let overshoot = (lowest - slot.y) / distance;
    assert!(overshoot > 0.02 && overshoot < 0.06, "{overshoot}");
    let end = moving(&easel.paint(RETURN))[0].0;
    assert!((end.y - slot.y).abs() < layout.tray_cell * 0.05, "it ends in the slot");
}

#[test]
fn points_rise_and_fade_out_and_two_lines_are_named() {
    let mut easel = Easel::new();
    easel.world.spawn(ScoreBump { points: 70, lines: 2, at: BoardPosition { row: 5.5, column: 5.0 }, since: 0 });
    let mut last = (f32::INFINITY, 1.0);
    for share in [0.1, 0.3, 0.5, 0.8, 0.95] {
        let strokes = easel.paint(BUMP * share);
        let texts = texts(&strokes);
        let [("+70", height, opacity), ("2 lines", below, _)] = texts[..] else { panic!("{texts:?}") };
        assert!(height < last.0 && height < below, "it rises: {height} after {}", last.0);
        assert!(
            if share < 0.6 { opacity == 1.0 } else { opacity < last.1 },
            "it fades out after half of the time: {opacity}"
        );
        last = (height, opacity);
    }
    assert!(texts(&easel.paint(BUMP)).iter().all(|(_, _, opacity)| *opacity == 0.0));
}

#[test]
fn at_the_end_the_board_and_its_frame_darken_from_the_bottom() {
    let mut easel = Easel::new();
    easel.end();
    let early = shades(&easel.paint(200.0));
    assert_eq!(early.len(), 10);
    assert!(early[9].1 > 0.5 && early[0].1 < 0.01, "{early:?}");
    let late = shades(&easel.paint(5_000.0));
    assert!(late.iter().all(|(_, opacity)| *opacity > 0.6));
    let Layout { board, cell, .. } = *easel.world.resource::<Layout>();
    let whole = late.iter().map(|(area, _)| *area).reduce(Rect::union).unwrap();
    let (frame, shaded) = (board.inset(-0.2 * cell), whole);
    assert!(shaded.x <= frame.x && shaded.y <= frame.y && shaded.width >= frame.width && shaded.height >= frame.height);
    let mut gaps = late.windows(2).map(|rows| rows[1].0.y - rows[0].0.y - rows[0].0.height);
    assert!(gaps.all(|gap| gap.abs() < 0.01), "the rows neither overlap nor leave a gap: {late:?}");
}

#[test]
fn cells_are_named_by_their_place_and_shapes_have_distinct_names() {
    assert_eq!(words::cell(cell(2, 4), None), "row 3, column 5, empty");
    assert_eq!(words::cell(cell(9, 9), Some(Colour::Red)), "row 10, column 10, red");
    let staged = Staged { slot: Slot::ALL[0], piece: Piece { shape: Shape::ALL[6], colour: Colour::Red }, fits: true };
    assert_eq!(words::staged(Some(&staged)), "L, 5 cells, red, fits");
    assert_eq!(words::staged(Some(&Staged { fits: false, ..staged })), "L, 5 cells, red, does not fit");
    assert_eq!(words::staged(None), "empty slot");
    let mut names: Vec<_> = Shape::ALL.into_iter().map(words::shape).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!((names.len(), Cell::all().count()), (Shape::ALL.len(), CELLS));
}

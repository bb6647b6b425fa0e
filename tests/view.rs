//! The layout, the colours, and what the painter draws, natively.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail that way")]

use bevy_ecs::prelude::*;
use blockers::rules::{Anchor, Bitboard, CELLS, Cell, Colour, Piece, Shape, Slot, clearing, placement};
use blockers::view::animation::{BUMP, SETTLE};
use blockers::view::painter::Painter;
use blockers::view::surface::{Face, Layer, MemorySurface, Stroke};
use blockers::view::theme::{self, Rgb, Theme};
use blockers::words;
use blockers::world::geometry::{BoardPosition, Point, Rect};
use blockers::world::layout::{Layout, Viewport};
use blockers::world::{Carried, Ended, Grip, Phantom, ScoreBump, Settings, Settling, Staged, SystemWishes, Tile};
use proptest::prelude::*;

fn viewport(width: f32, height: f32, pixel_ratio: f32) -> Viewport {
    Viewport { width, height, pixel_ratio }
}

fn parts(layout: &Layout) -> Vec<(&'static str, Rect)> {
    let [one, two, three] = layout.slots;
    vec![
        ("bar", layout.bar),
        ("board", layout.board),
        ("slot 1", one),
        ("slot 2", two),
        ("slot 3", three),
        ("buttons", layout.buttons),
    ]
}

fn overlap(one: Rect, other: Rect) -> bool {
    let apart = |a: f32, a_length: f32, b: f32, b_length: f32| a + a_length <= b + 0.01 || b + b_length <= a + 0.01;
    !(apart(one.x, one.width, other.x, other.width) || apart(one.y, one.height, other.y, other.height))
}

/// Everything is in the window, nothing overlaps, and the board is on whole device pixels.
fn check(layout: &Layout) -> Result<(), String> {
    let Viewport { width, height, pixel_ratio } = layout.viewport;
    let mut parts = parts(layout);
    // With its frame and the lip below it.
    parts[1].1 = layout.board.inset(-0.21 * layout.cell);
    for (n, &(name, rect)) in parts.iter().enumerate() {
        let inside = rect.x >= 0.0 && rect.y >= 0.0 && rect.x + rect.width <= width && rect.y + rect.height <= height;
        if !inside || rect.width <= 0.0 || rect.height <= 0.0 {
            return Err(format!("{name} is not in the window: {layout:?}"));
        }
        for &(other_name, other) in &parts[n + 1..] {
            if overlap(rect, other) {
                return Err(format!("{name} and {other_name} overlap: {layout:?}"));
            }
        }
    }
    for length in [layout.cell, layout.board.x, layout.board.y] {
        let pixels = length * pixel_ratio;
        if (pixels - pixels.round()).abs() > 0.02 {
            return Err(format!("{length} is not on a device pixel: {layout:?}"));
        }
    }
    if layout.tray_cell >= layout.cell {
        return Err(format!("a staged shape is not smaller: {layout:?}"));
    }
    Ok(())
}

#[test]
fn the_board_is_large_in_every_usual_window() {
    let table = [
        // width, height, landscape, the board's side at least
        (320.0, 480.0, false, 240.0),
        (320.0, 568.0, false, 300.0),
        (390.0, 844.0, false, 360.0),
        (480.0, 320.0, true, 230.0),
        (844.0, 390.0, true, 360.0),
        (1024.0, 768.0, true, 600.0),
        (1920.0, 1080.0, true, 1000.0),
        (3840.0, 2160.0, true, 2000.0),
    ];
    for (width, height, landscape, side) in table {
        let layout = Layout::new(viewport(width, height, 1.0));
        assert_eq!(layout.landscape, landscape, "{width} x {height}");
        assert!(layout.board.width >= side, "{width} x {height}: {}", layout.board.width);
        assert_eq!(check(&layout), Ok(()));
    }
}

#[test]
fn a_window_that_is_none_still_has_a_layout() {
    for bad in [0.0, -5.0, f32::NAN, f32::INFINITY, f32::MIN, 1e30] {
        for layout in [
            Layout::new(viewport(bad, 500.0, 1.0)),
            Layout::new(viewport(500.0, bad, 1.0)),
            Layout::new(viewport(500.0, 500.0, bad)),
        ] {
            assert!(layout.cell.is_finite() && layout.cell > 0.0 && layout.board.x.is_finite(), "{bad}: {layout:?}");
        }
    }
}

proptest! {
    #[test]
    fn every_layout_is_sound(width in 320.0..4000.0f32, height in 320.0..2200.0f32, ratio in prop::sample::select(vec![1.0f32, 1.25, 1.5, 2.0, 3.0])) {
        let layout = Layout::new(viewport(width, height, ratio));
        prop_assert_eq!(check(&layout), Ok(()));
    }

    #[test]
    fn a_point_of_the_board_is_found_again(row in -20.0..20.0f32, column in -20.0..20.0f32) {
        let layout = Layout::new(viewport(777.0, 555.0, 1.5));
        let found = layout.board_position(layout.point_at(BoardPosition { row, column }));
        prop_assert!((found.row - row).abs() < 1e-3 && (found.column - column).abs() < 1e-3);
    }
}

#[test]
fn colours_stand_out_from_what_they_lie_on() {
    for theme in Theme::ALL {
        for colour in Colour::ALL {
            let contrast = theme::tile(colour).contrast(theme.well());
            assert!(contrast >= 3.0, "{colour:?} in a well of {theme:?}: {contrast:.2}");
        }
    }
    assert!((Rgb(255, 255, 255).contrast(Rgb(0, 0, 0)) - 21.0).abs() < 1e-9);
}

/// A world with a table in it, and somebody who draws it.
struct Easel {
    world: World,
    painter: Painter,
    surface: MemorySurface,
}

impl Easel {
    fn new() -> Self {
        let mut world = World::new();
        world.insert_resource(Layout::new(viewport(390.0, 844.0, 2.0)));
        world.init_resource::<Settings>();
        world.init_resource::<SystemWishes>();
        let painter = Painter::new(&mut world);
        Self { world, painter, surface: MemorySurface::default() }
    }

    fn paint(&mut self, now: f64) -> Vec<Stroke> {
        self.painter.paint(&self.world, now, &mut self.surface);
        self.surface.take()
    }

    fn cell_rect(&self, cell: Cell) -> Rect {
        self.world.resource::<Layout>().cell_rect(cell.into())
    }
}

fn cell(row: i32, column: i32) -> Cell {
    Cell::new(row, column).expect("it is on the board")
}

fn tile(row: i32, column: i32) -> Tile {
    Tile { cell: cell(row, column), colour: Colour::Blue }
}

fn square() -> Piece {
    Piece { shape: Shape::ALL[8], colour: Colour::Green }
}

fn tiles_on(layer: Layer, strokes: &[Stroke]) -> Vec<Rect> {
    let on = |stroke: &Stroke| match stroke {
        Stroke::Tile(there, rect, ..) if *there == layer => Some(*rect),
        _ => None,
    };
    strokes.iter().filter_map(on).collect()
}

#[test]
fn what_rests_is_drawn_once_and_then_only_where_it_changed() {
    let mut easel = Easel::new();
    easel.world.spawn(tile(0, 0));
    easel.world.spawn(tile(5, 5));
    let strokes = easel.paint(0.0);
    assert_eq!(strokes[0], Stroke::Reset);
    assert_eq!(tiles_on(Layer::Rest, &strokes).len(), 2);

    assert_eq!(easel.paint(16.0), [Stroke::Wipe], "nothing has changed");

    easel.world.spawn(tile(9, 9));
    let strokes = easel.paint(32.0);
    let rect = easel.cell_rect(cell(9, 9));
    assert_eq!(strokes[0], Stroke::EmptyCell(rect));
    assert_eq!(tiles_on(Layer::Rest, &strokes), [rect.scaled(0.94)]);
    assert_eq!(strokes.len(), 3);

    easel.world.insert_resource(Layout::new(viewport(844.0, 390.0, 2.0)));
    let strokes = easel.paint(48.0);
    assert_eq!((strokes[0].clone(), tiles_on(Layer::Rest, &strokes).len()), (Stroke::Reset, 3), "another window");
}

#[test]
fn a_tile_that_settles_is_drawn_on_the_moving_layer_until_it_rests() {
    let mut easel = Easel::new();
    let entity = easel.world.spawn((tile(2, 3), Settling { since: 100 })).id();
    let strokes = easel.paint(100.0);
    assert!(tiles_on(Layer::Rest, &strokes).is_empty());
    let rect = easel.cell_rect(cell(2, 3));
    let drawn = tiles_on(Layer::Moving, &strokes)[0];
    assert!((drawn.width - rect.width * 0.85).abs() < 0.01, "it begins as it was dragged");
    let drawn = tiles_on(Layer::Moving, &easel.paint(100.0 + SETTLE))[0];
    assert!((drawn.width - rect.width * 0.94).abs() < 0.01, "and ends as it rests");
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
    assert!(middle.x > pointer.x && middle.y > pointer.y, "the pointer is where it took hold");
}

#[test]
fn the_phantom_lights_up_what_it_would_clear() {
    let mut easel = Easel::new();
    easel.paint(0.0);
    let occupied = (0..8).fold(Bitboard::EMPTY, |all, column| all.with(cell(3, column)));
    let placed = placement::cells(square().shape, Anchor { row: 3, column: 8 }).expect("it is on the board");
    let complete = clearing::complete(occupied | placed);
    easel.world.spawn(Phantom { piece: square(), at: Anchor { row: 3, column: 8 }, complete });
    let strokes = easel.paint(0.0);
    assert_eq!(tiles_on(Layer::Moving, &strokes).len(), 4);
    let lit: Vec<_> = strokes.iter().filter(|stroke| matches!(stroke, Stroke::Light(_))).collect();
    let board = easel.world.resource::<Layout>().board;
    let [Stroke::Light(row)] = lit[..] else { panic!("one row: {lit:?}") };
    assert!((row.width - board.width).abs() < 0.01 && (row.y - board.y - 3.0 * board.height / 10.0).abs() < 0.01);
}

#[test]
fn a_shape_that_does_not_fit_is_grey() {
    let mut easel = Easel::new();
    easel.world.spawn(Staged { slot: Slot::ALL[2], piece: square(), fits: false });
    let grey = |stroke: &Stroke| matches!(stroke, Stroke::Tile(Layer::Rest, _, Face::Disabled, _));
    assert_eq!(easel.paint(0.0).iter().filter(|stroke| grey(stroke)).count(), 4);
}

#[test]
fn points_rise_and_vanish_and_two_lines_say_so() {
    let mut easel = Easel::new();
    easel.world.spawn(ScoreBump { points: 70, lines: 2, at: BoardPosition { row: 0.5, column: 5.0 }, since: 0 });
    let strokes = easel.paint(BUMP / 2.0);
    let texts: Vec<_> = strokes.iter().filter(|stroke| matches!(stroke, Stroke::Text(_))).collect();
    assert_eq!(texts, [&Stroke::Text("+70".into()), &Stroke::Text("2 lines".into())]);
}

#[test]
fn at_the_end_the_board_darkens_from_the_bottom() {
    let mut easel = Easel::new();
    easel.world.insert_resource(Ended { score: 0, best: 0, drops: 0, lines: 0, all_own: true, since: 0 });
    let shades = |strokes: Vec<Stroke>| -> Vec<f32> {
        strokes
            .iter()
            .filter_map(|stroke| if let Stroke::Shade(_, opacity) = stroke { Some(*opacity) } else { None })
            .collect()
    };
    let early = shades(easel.paint(200.0));
    assert_eq!(early.len(), 10);
    assert!(early[9] > 0.5 && early[0] < 0.01, "{early:?}");
    assert!(shades(easel.paint(5_000.0)).iter().all(|&opacity| opacity > 0.6));
}

#[test]
fn every_cell_and_every_shape_has_a_name_of_its_own() {
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

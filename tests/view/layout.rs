//! Where everything is, in windows of every size.

use blockers::world::geometry::{BoardPosition, Rect};
use blockers::world::layout::{Layout, Viewport};
use proptest::prelude::*;

pub(crate) fn viewport(width: f32, height: f32, pixel_ratio: f32) -> Viewport {
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
        (568.0, 320.0, true, 290.0),
        (844.0, 390.0, true, 360.0),
        (1280.0, 720.0, true, 660.0),
        (1024.0, 768.0, true, 600.0),
        (1920.0, 1080.0, true, 1000.0),
        (3840.0, 2160.0, true, 2000.0),
    ];
    for (width, height, landscape, side) in table {
        let layout = Layout::new(viewport(width, height, 1.0));
        assert_eq!(layout.landscape, landscape, "{width} x {height}");
        assert!(layout.board.width >= side, "{width} x {height}: {}", layout.board.width);
        assert_eq!(check(&layout), Ok(()));
        let off = (layout.board.centre().x - width / 2.0).abs();
        assert!(off <= layout.cell, "{width} x {height}: the board is {off} off the middle");
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
        // From the middle the board gives way only to the bar or the tray, and only as far as they need it.
        let beside = (width - layout.board.width) / 2.0;
        let needed = if layout.landscape { layout.slots[0].width.max(124.0) + 0.06 * width.min(height).max(200.0) } else { 0.0 };
        let off = (layout.board.centre().x - width / 2.0).abs();
        prop_assert!(off <= (needed - beside).max(0.0) + 1.0, "the board is {} off the middle: {:?}", off, layout);
    }

    #[test]
    fn a_point_of_the_board_is_found_again(row in -20.0..20.0f32, column in -20.0..20.0f32) {
        let layout = Layout::new(viewport(777.0, 555.0, 1.5));
        let found = layout.board_position(layout.point_at(BoardPosition { row, column }));
        prop_assert!((found.row - row).abs() < 1e-3 && (found.column - column).abs() < 1e-3);
    }
}

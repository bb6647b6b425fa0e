//! The layout, in windows of every size.

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
    let separate = |a: f32, a_length: f32, b: f32, b_length: f32| a + a_length <= b + 0.01 || b + b_length <= a + 0.01;
    !(separate(one.x, one.width, other.x, other.width) || separate(one.y, one.height, other.y, other.height))
}

/// Checks that everything is in the window, that nothing overlaps, and that the board is on whole device pixels.
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
    let cases = [
        // width, height, landscape, the least side of the board
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
    for (width, height, landscape, side) in cases {
        let layout = Layout::new(viewport(width, height, 1.0));
        assert_eq!(layout.landscape, landscape, "{width} x {height}");
        assert!(layout.board.width >= side, "{width} x {height}: {}", layout.board.width);
        assert_eq!(check(&layout), Ok(()));
        let off = (layout.board.centre().x - width / 2.0).abs();
        assert!(off <= layout.cell, "{width} x {height}: the board is {off} pixels off the middle");
    }
}

#[test]
fn the_bar_is_as_wide_as_the_board_or_as_six_digits_need() {
    let cases = [
        // width, height, the bar's width
        (390.0, 844.0, 360.0),
        (320.0, 568.0, 300.0),
        (320.0, 400.0, 300.0),
        (600.0, 620.0, 304.0),
    ];
    for (width, height, least) in cases {
        let Layout { bar, board, .. } = Layout::new(viewport(width, height, 1.0));
        assert!(bar.width >= least && bar.width >= board.width, "{width} x {height}: {bar:?}");
        assert!((bar.centre().x - board.centre().x).abs() <= 1.0, "{width} x {height}: {bar:?}");
    }
}

#[test]
fn buttons_have_no_text_where_there_is_no_room_for_it() {
    let cases = [(390.0, 844.0, true), (768.0, 1024.0, false), (844.0, 390.0, true), (1280.0, 800.0, false)];
    for (width, height, compact) in cases {
        assert_eq!(Layout::new(viewport(width, height, 1.0)).is_compact(), compact, "{width} x {height}");
    }
}

#[test]
fn an_invalid_window_size_gives_a_finite_layout() {
    for bad in [0.0, -5.0, f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MIN, 1e30] {
        for viewport in [viewport(bad, 500.0, 1.0), viewport(500.0, bad, 1.0), viewport(500.0, 500.0, bad)] {
            let layout = Layout::new(viewport);
            for (name, Rect { x, y, width, height }) in parts(&layout) {
                assert!([x, y, width, height].iter().all(|length| length.is_finite()), "{name}: {layout:?}");
                assert!(x >= 0.0 && y >= 0.0 && width > 0.0 && height > 0.0, "{name}: {layout:?}");
            }
            assert!(layout.tray_cell > 0.0 && layout.tray_cell < layout.cell, "{layout:?}");
            // An invalid height counts as 100 pixels, which is too low for all parts.
            if viewport.height == 500.0 {
                assert_eq!(check(&layout), Ok(()));
            }
        }
    }
}

fn pixel_ratio() -> impl Strategy<Value = f32> {
    prop::sample::select(vec![1.0f32, 1.25, 1.5, 2.0, 3.0])
}

proptest! {
    #[test]
    fn every_layout_is_sound(width in 320.0..4000.0f32, height in 320.0..2200.0f32, ratio in pixel_ratio()) {
        prop_assert_eq!(check(&Layout::new(viewport(width, height, ratio))), Ok(()));
    }

    #[test]
    fn the_board_is_off_the_middle_only_where_there_is_no_space(
        width in 320.0..4000.0f32,
        height in 320.0..2200.0f32,
        ratio in pixel_ratio(),
    ) {
        let layout = Layout::new(viewport(width, height, ratio));
        let off = layout.board.centre().x - width / 2.0;
        // The board is on whole device pixels.
        if off.abs() > 1.0 / ratio {
            prop_assert!(layout.landscape, "nothing is beside the board: {:?}", layout);
            // What is left between the window's edge and the frame of the board, beside the part that pushes the board.
            let frame = layout.board.inset(-0.21 * layout.cell);
            let free = if off > 0.0 {
                frame.x - layout.bar.width.max(layout.buttons.width)
            } else {
                width - (frame.x + frame.width) - layout.slots[0].width
            };
            prop_assert!(free < layout.cell, "the board can be {} pixels nearer to the middle: {:?}", free, layout);
        }
    }

    #[test]
    fn a_point_of_the_board_is_converted_back_to_its_position(row in -20.0..20.0f32, column in -20.0..20.0f32) {
        let layout = Layout::new(viewport(777.0, 555.0, 1.5));
        let found = layout.board_position(layout.point_at(BoardPosition { row, column }));
        prop_assert!((found.row - row).abs() < 1e-3 && (found.column - column).abs() < 1e-3);
    }
}

//! Draws single tiles and wells. All lengths are pixels of the canvas. Tiles are drawn once for each size and theme,
//! and then copied from the sprite sheet.

use web_sys::CanvasRenderingContext2d;

use crate::view::theme::{BLACK, Rgb, Theme, WHITE, outline, rim, tile};
use blockers_rules::Colour;

/// The radius of a tile's corners, as a share of its side.
pub const ROUND: f64 = 0.2;

/// Draws an enamel tile: a thin outline of at least `min_outline` pixels, a light upper edge, a dark lower edge, and a
/// face that is lighter at the top.
pub fn draw_tile(context: &CanvasRenderingContext2d, [x, y]: [f64; 2], side: f64, min_outline: f64, colour: Colour) {
    let line = (side * 0.022).max(min_outline);
    let edge = (side * 0.075).max(1.0);
    let round = side * ROUND;
    fill_round(context, [x, y, side, side], round, &outline(colour).css());
    let colour = tile(colour);
    let inner = [x + line, y + line, side - 2.0 * line, side - 2.0 * line];
    fill_round(context, inner, round - line, &colour.towards(BLACK, 0.2).css());
    let [ix, iy, width, height] = inner;
    fill_round(context, [ix, iy, width, height - edge], round - line, &colour.towards(WHITE, 0.42).css());
    let face = [ix, iy + edge * 0.7, width, height - edge * 1.7];
    let gradient = context.create_linear_gradient(0.0, face[1], 0.0, face[1] + face[3]);
    // It throws only for an offset outside 0 to 1, or a colour that is no CSS colour.
    let _ = gradient.add_color_stop(0.0, &colour.towards(WHITE, 0.13).css());
    let _ = gradient.add_color_stop(1.0, &colour.towards(BLACK, 0.05).css());
    context.set_fill_style_canvas_gradient(&gradient);
    path_round(context, face, round - line);
    context.fill();
}

/// Draws a phantom: a rim, and a tint of its colour inside. It is opaque, so it hides the well below.
pub fn draw_phantom(context: &CanvasRenderingContext2d, corner: [f64; 2], side: f64, theme: Theme, colour: Colour) {
    let inside = theme.well().towards(tile(colour), 0.45);
    draw_rim(context, corner, side, (side * 0.085).max(1.5), &rim(colour).css(), &inside.css());
}

/// Draws a hollow tile: a rim, and a nearly transparent inside.
pub fn draw_hollow(context: &CanvasRenderingContext2d, corner: [f64; 2], side: f64, colour: Rgb) {
    draw_rim(context, corner, side, (side * 0.1).max(1.0), &colour.css(), &colour.css_with(0.14));
}

fn draw_rim(context: &CanvasRenderingContext2d, [x, y]: [f64; 2], side: f64, width: f64, rim: &str, inside: &str) {
    let inner = side - width;
    fill_round(context, [x + width / 2.0, y + width / 2.0, inner, inner], side * ROUND - width / 2.0, inside);
    context.set_line_width(width);
    context.set_stroke_style_str(rim);
    context.stroke();
}

/// Draws an empty cell: a shadow along the upper edge and a light along the lower one, so that it seems sunk into the
/// board.
pub fn draw_well(context: &CanvasRenderingContext2d, [x, y]: [f64; 2], side: f64, theme: Theme) {
    let edge = (side * 0.045).max(1.0);
    fill_round(context, [x, y, side, side], side * ROUND, &BLACK.css_with(0.32));
    fill_round(context, [x, y + edge, side, side - edge], side * ROUND, &WHITE.css_with(0.09));
    fill_round(context, [x, y + edge, side, side - 2.0 * edge], side * ROUND, &theme.well().css());
}

/// Returns the colour of the mark on a tile.
#[must_use]
pub fn ink(colour: Colour) -> Rgb {
    tile(colour).towards(BLACK, 0.68)
}

/// Draws the mark of a colour, for players who cannot distinguish the colours: dot, ring, bar, cross, diamond, wave.
pub fn draw_mark(context: &CanvasRenderingContext2d, [x, y]: [f64; 2], side: f64, colour: Colour, ink: Rgb) {
    let at = |across: f64, down: f64| (x + side * across, y + side * down);
    let line = |points: &[(f64, f64)]| {
        for (n, &(across, down)) in points.iter().enumerate() {
            let (x, y) = at(across, down);
            if n == 0 { context.move_to(x, y) } else { context.line_to(x, y) }
        }
    };
    let circle = |radius: f64| {
        let (x, y) = at(0.5, 0.5);
        // It throws only for a negative radius.
        let _ = context.arc(x, y, side * radius, 0.0, std::f64::consts::TAU);
    };
    let ink = ink.css();
    context.set_stroke_style_str(&ink);
    context.set_fill_style_str(&ink);
    context.set_line_width((side * 0.09).max(1.0));
    context.set_line_cap("round");
    context.set_line_join("round");
    context.begin_path();
    match colour {
        Colour::Red => {
            circle(0.13);
            context.fill();
            return;
        }
        Colour::Blue => circle(0.18),
        Colour::Green => line(&[(0.3, 0.5), (0.7, 0.5)]),
        Colour::Orange => {
            line(&[(0.35, 0.35), (0.65, 0.65)]);
            line(&[(0.65, 0.35), (0.35, 0.65)]);
        }
        Colour::Purple => {
            line(&[(0.5, 0.28), (0.72, 0.5), (0.5, 0.72), (0.28, 0.5)]);
            context.close_path();
        }
        Colour::Yellow => line(&[(0.27, 0.54), (0.38, 0.42), (0.5, 0.54), (0.62, 0.42), (0.73, 0.54)]),
    }
    context.stroke();
}

/// Fills a rectangle with round corners.
pub(super) fn fill_round(context: &CanvasRenderingContext2d, rect: [f64; 4], round: f64, style: &str) {
    context.set_fill_style_str(style);
    path_round(context, rect, round);
    context.fill();
}

/// Sets the current path to a rectangle with round corners.
pub(super) fn path_round(context: &CanvasRenderingContext2d, [x, y, width, height]: [f64; 4], round: f64) {
    let round = round.min(width / 2.0).min(height / 2.0).max(0.0);
    let (right, bottom) = (x + width, y + height);
    context.begin_path();
    context.move_to(x + round, y);
    for (to, then) in
        [((right, y), (right, bottom)), ((right, bottom), (x, bottom)), ((x, bottom), (x, y)), ((x, y), (right, y))]
    {
        // It throws only for a negative radius.
        let _ = context.arc_to(to.0, to.1, then.0, then.1, round);
    }
    context.close_path();
}

//! The contrast of the colours, as defined by WCAG 2, and the difference between tiles with a colour vision deficiency.
//!
//! The deficiencies are simulated on linear light with the matrices of Machado, Oliveira and Fernandes (2009), for
//! severity 1. The colour difference is CIEDE2000. A difference of 2 is just noticeable side by side, one of 12 is
//! obvious.

use blockers::view::theme::{self, Rgb, Theme, WHITE};
use blockers_rules::Colour;

type Matrix = [[f64; 3]; 3];

/// The kinds of colour vision.
const VISIONS: [(&str, Matrix); 4] = [
    ("normal", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    ("protan", [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    ("deutan", [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    ("tritan", [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
];

fn multiply(matrix: Matrix, vector: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(vector).map(|(one, other)| one * other).sum())
}

/// Returns a colour in CIELAB, as it appears with this vision.
fn perceived(Rgb(red, green, blue): Rgb, vision: Matrix) -> [f64; 3] {
    let linear = [red, green, blue].map(|channel| {
        let c = f64::from(channel) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    });
    let light = multiply(vision, linear).map(|channel| channel.clamp(0.0, 1.0));
    const TO_XYZ: Matrix =
        [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]];
    let [x, y, z] = multiply(TO_XYZ, light);
    let f = |t: f64| if t > 216.0 / 24389.0 { t.cbrt() } else { (24389.0 / 27.0 * t + 16.0) / 116.0 };
    let (x, y, z) = (f(x / 0.95047), f(y), f(z / 1.08883));
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// Returns the difference by CIEDE2000. The names are those of the paper (Sharma, Wu, Dalal 2005).
fn difference([l1, a1, b1]: [f64; 3], [l2, a2, b2]: [f64; 3]) -> f64 {
    let power = |c: f64| (c.powi(7) / (c.powi(7) + 25f64.powi(7))).sqrt();
    let g = 0.5 * (1.0 - power(f64::midpoint(a1.hypot(b1), a2.hypot(b2))));
    let polar = |a: f64, b: f64| {
        let a = a * (1.0 + g);
        (a.hypot(b), b.atan2(a).to_degrees().rem_euclid(360.0))
    };
    let ((c1, h1), (c2, h2)) = (polar(a1, b1), polar(a2, b2));
    let turn = (h2 - h1 + 180.0).rem_euclid(360.0) - 180.0;
    let (dl, dc) = (l2 - l1, c2 - c1);
    let dh = 2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin();
    let (l, c, h) = (f64::midpoint(l1, l2), f64::midpoint(c1, c2), (h1 + turn / 2.0).rem_euclid(360.0));
    let wave = |times: f64, by: f64| (times * h + by).to_radians().cos();
    let t = 1.0 - 0.17 * wave(1.0, -30.0) + 0.24 * wave(2.0, 0.0) + 0.32 * wave(3.0, 6.0) - 0.2 * wave(4.0, -63.0);
    let sl = 1.0 + 0.015 * (l - 50.0).powi(2) / (20.0 + (l - 50.0).powi(2)).sqrt();
    let (sc, sh) = (1.0 + 0.045 * c, 1.0 + 0.015 * c * t);
    let rt = -2.0 * power(c) * (60.0 * (-((h - 275.0) / 25.0).powi(2)).exp()).to_radians().sin();
    let (l, c, h) = (dl / sl, dc / sc, dh / sh);
    (l * l + c * c + h * h + rt * c * h).sqrt()
}

#[test]
fn the_colour_difference_agrees_with_the_examples_of_the_paper() {
    let cases = [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
        ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
        ([2.0776, 0.0795, -1.1350], [0.9033, -0.0636, -0.5514], 0.9082),
    ];
    for (one, other, expected) in cases {
        let found = difference(one, other);
        assert!((found - expected).abs() < 1e-4, "{one:?} {other:?}: {found} instead of {expected}");
    }
}

#[test]
fn the_six_colours_are_distinct_with_every_colour_vision() {
    for (vision, matrix) in VISIONS {
        for (n, one) in Colour::ALL.into_iter().enumerate() {
            for other in &Colour::ALL[..n] {
                let [one_seen, other_seen] = [one, *other].map(|colour| perceived(theme::tile(colour), matrix));
                let difference = difference(one_seen, other_seen);
                assert!(difference >= 12.0, "{one:?} and {other:?} with {vision} vision: {difference:.1}");
            }
        }
    }
}

#[test]
fn every_colour_has_enough_contrast_to_its_background() {
    for theme in Theme::ALL {
        let lit = theme.well().towards(WHITE, 0.14);
        for colour in Colour::ALL {
            let (tile, rim, outline) = (theme::tile(colour), theme::rim(colour), theme::outline(colour));
            let in_tray = tile.contrast(theme.ground()).max(outline.contrast(theme.ground()));
            let cases = [
                ("a tile in a well", tile.contrast(theme.well())),
                ("a phantom in a well", rim.contrast(theme.well())),
                ("a phantom in a highlighted well", rim.contrast(lit)),
                ("a tile in the tray", in_tray),
            ];
            for (what, contrast) in cases {
                assert!(contrast >= 3.0, "{colour:?}, {what} of {theme:?}: {contrast:.2}");
            }
        }
        let disabled = theme.disabled().contrast(theme.ground());
        assert!(disabled >= 3.0, "a disabled tile in {theme:?}: {disabled:.2}");
        let wells = theme.well().contrast(theme.board());
        assert!(wells >= 1.25, "wells in the board of {theme:?}: {wells:.2}");
    }
    assert!((Rgb(255, 255, 255).contrast(Rgb(0, 0, 0)) - 21.0).abs() < 1e-9);
}

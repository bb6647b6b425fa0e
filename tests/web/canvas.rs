//! The pixels that the canvas surface draws.

use blockers::view::canvas::CanvasSurface;
use blockers::view::surface::{Face, Layer, Stamp, Surface};
use blockers::view::theme::{self, Look, Theme};
use blockers::world::geometry::Point;
use blockers::world::layout::Layout;
use blockers_rules::{Cell, Colour, Piece, Shape};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::{added, document, layout};

/// Returns the colour in the middle of a cell, as red, green, blue and opacity.
fn pixel(canvas: &HtmlCanvasElement, layout: &Layout, row: i32, column: i32) -> [u8; 4] {
    let middle = layout.cell_rect(Cell::new(row, column).unwrap().into()).centre();
    let ratio = f64::from(layout.viewport.pixel_ratio);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").unwrap().unwrap().unchecked_into();
    let data =
        context.get_image_data(f64::from(middle.x) * ratio, f64::from(middle.y) * ratio, 1.0, 1.0).unwrap().data();
    [data[0], data[1], data[2], data[3]]
}

/// Returns `true` if a pixel is opaque and has about this colour.
fn near([r, g, b, a]: [u8; 4], theme::Rgb(red, green, blue): theme::Rgb) -> bool {
    let close = |one: u8, other: u8| one.abs_diff(other) < 24;
    close(r, red) && close(g, green) && close(b, blue) && a == 255
}

#[wasm_bindgen_test]
fn wells_and_tiles_are_drawn_at_their_cells_and_the_moving_layer_is_wiped() {
    let [rest, moving, held] = [(); 3].map(|()| added::<HtmlCanvasElement>("canvas"));
    let mut surface = CanvasSurface::new(&document(), [rest.clone(), moving.clone(), held]).unwrap();
    let layout = layout();
    surface.reset(&layout, Look { theme: Theme::Dark, marks: false });
    assert_eq!((rest.width(), rest.height()), (450, 750), "300 x 500 CSS pixels at a ratio of 1.5");
    assert!(near(pixel(&rest, &layout, 4, 4), Theme::Dark.well()));

    let rect = layout.cell_rect(Cell::new(4, 4).unwrap().into());
    surface.tile(Layer::Rest, rect.scaled(0.94), Face::Colour(Colour::Green), 1.0);
    assert!(near(pixel(&rest, &layout, 4, 4), theme::tile(Colour::Green)), "{:?}", pixel(&rest, &layout, 4, 4));
    assert!(near(pixel(&rest, &layout, 4, 5), Theme::Dark.well()));
    surface.empty_cell(rect);
    assert!(near(pixel(&rest, &layout, 4, 4), Theme::Dark.well()));

    surface.tile(Layer::Moving, rect, Face::Disabled, 1.0);
    surface.light(rect, Colour::Red);
    surface.text("+70", rect.centre(), 20.0, 1.0);
    assert_eq!(pixel(&moving, &layout, 4, 4)[3], 255);
    surface.wipe();
    assert_eq!(pixel(&moving, &layout, 4, 4)[3], 0);
    surface.erase(rect);
    assert_eq!(pixel(&rest, &layout, 4, 4)[3], 0);
}

#[wasm_bindgen_test]
fn a_held_shape_is_drawn_once_and_then_moved_by_whole_device_pixels() {
    let [rest, moving, held] = [(); 3].map(|()| added::<HtmlCanvasElement>("canvas"));
    let mut surface = CanvasSurface::new(&document(), [rest, moving, held.clone()]).unwrap();
    let layout = layout();
    surface.reset(&layout, Look { theme: Theme::Dark, marks: false });
    let piece = Piece { shape: Shape::ALL[8], colour: Colour::Blue };
    let corner = Point::new(-7.3, 40.4);
    let stamp =
        Stamp { piece, face: Face::Colour(Colour::Blue), corner, side: layout.cell, share: 0.85, opacity: 0.55 };
    surface.hold(Some(stamp));
    let size = (2.0 * layout.cell * 1.5).round() as u32;
    assert_eq!((held.width(), held.height(), held.hidden()), (size, size, false));
    let context: CanvasRenderingContext2d = held.get_context("2d").unwrap().unwrap().unchecked_into();
    let colour = || {
        let pixel = context.get_image_data(f64::from(size) / 4.0, f64::from(size) / 4.0, 1.0, 1.0).unwrap().data();
        [pixel[0], pixel[1], pixel[2], pixel[3]]
    };
    assert!(near(colour(), theme::tile(Colour::Blue)), "{:?}", colour());
    let style = |name: &str| held.style().get_property_value(name).unwrap();
    // -7.3 * 1.5 is about -11 device pixels, and 40.4 * 1.5 is about 61.
    assert_eq!(style("transform"), "translate(-7.333px, 40.667px)");
    assert_eq!(style("opacity"), "0.55");

    context.clear_rect(0.0, 0.0, f64::from(size), f64::from(size));
    surface.hold(Some(Stamp { corner: Point::new(0.0, 2.0), opacity: 1.0, ..stamp }));
    assert_eq!((style("transform"), style("opacity")), ("translate(0px, 2px)".to_owned(), "1".to_owned()));
    assert_eq!(colour()[3], 0, "a move draws nothing");
    surface.hold(Some(Stamp { face: Face::Disabled, ..stamp }));
    assert_ne!(colour(), [0; 4], "another face is drawn");
    surface.hold(None);
    assert!(held.hidden());
}

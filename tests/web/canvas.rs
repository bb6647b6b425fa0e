//! The canvas shows what it is told to show.

use blockers::rules::{self, Colour};
use blockers::view::canvas::CanvasSurface;
use blockers::view::surface::{Face, Layer, Surface};
use blockers::view::theme::{self, Look, Theme};
use blockers::world::layout::Layout;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::{document, layout, made};

/// The colour of a canvas in the middle of a cell, as red, green, blue and opacity.
fn pixel(canvas: &HtmlCanvasElement, layout: &Layout, row: i32, column: i32) -> [u8; 4] {
    let cell = rules::Cell::new(row, column).expect("it is on the board");
    let middle = layout.cell_rect(cell.into()).centre();
    let ratio = f64::from(layout.viewport.pixel_ratio);
    let context: CanvasRenderingContext2d =
        canvas.get_context("2d").ok().flatten().expect("it has a context").unchecked_into();
    let data = context
        .get_image_data(f64::from(middle.x) * ratio, f64::from(middle.y) * ratio, 1.0, 1.0)
        .expect("it can be read")
        .data();
    [data[0], data[1], data[2], data[3]]
}

fn near([r, g, b, a]: [u8; 4], theme::Rgb(red, green, blue): theme::Rgb) -> bool {
    let close = |one: u8, other: u8| one.abs_diff(other) < 24;
    close(r, red) && close(g, green) && close(b, blue) && a == 255
}

#[wasm_bindgen_test]
fn the_canvas_shows_wells_and_tiles_where_they_belong_and_wipes_what_moved() {
    let (rest, moving) = (made::<HtmlCanvasElement>("canvas"), made::<HtmlCanvasElement>("canvas"));
    let mut surface = CanvasSurface::new(&document(), rest.clone(), moving.clone()).expect("there is a canvas");
    let layout = layout();
    surface.reset(&layout, Look { theme: Theme::Dark, marks: false });
    assert_eq!((rest.width(), rest.height()), (450, 750), "as many pixels as the screen has");
    assert!(near(pixel(&rest, &layout, 4, 4), Theme::Dark.well()));

    let rect = layout.cell_rect(rules::Cell::new(4, 4).expect("it is on the board").into());
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
